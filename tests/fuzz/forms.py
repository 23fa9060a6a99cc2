"""Random texts that hold one connection: `form(dice, host, port)` writes it, the same dice write the same text.

Every form is a way in which a format spells a host and its port; what stands around them is drawn.
"""

import json
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass

Write = Callable[[random.Random, str, int], str]
WORDS = ("orders", "größe", "名前", "x y", "a'b", 'say "x"', "50 %", "\U0001f418")
_ASCII = ("orders", "billing", "x1", "cache-2", "eu.west")


@dataclass(frozen=True)
class Form:
    """A format, the name of a file that holds it, and its comment sign (empty: it has none)."""

    name: str
    path: str
    comment: str
    write: Write


def word(dice: random.Random) -> str:
    return dice.choice(_ASCII)


def _dsn(dice: random.Random, host: str, port: int) -> str:
    return dice.choice(
        (
            f"postgresql://app:s3cret@{host}:{port}/{word(dice)}",
            f"postgres://app:p%40ss@{host}:{port}/{word(dice)}?sslmode=disable",
            f"jdbc:postgresql://{host}:{port}/{word(dice)}",
            f"host={host} port={port} user=app dbname={word(dice)}",
            f"Host={host};Port={port};Database={word(dice)};Username=app",
        )
    )


def _noise(dice: random.Random, line: Callable[[str, str], str]) -> list[str]:
    return [line(f"note_{n}", word(dice)) for n in range(dice.randrange(3))]


def _lines(dice: random.Random, host: str, port: int, line: Callable[[str, str], str], comment: str) -> str:
    pair = [line("DB_HOST", host), line("DB_PORT", str(port))]
    if dice.random() < 0.4:
        pair = [line("DATABASE_URL", _dsn(dice, host, port))]
    elif dice.random() < 0.3:
        pair.reverse()
    remark = [f"{comment} {dice.choice(WORDS)}"] if dice.random() < 0.5 else []
    return "\n".join((*_noise(dice, line), *remark, *pair, *_noise(dice, lambda k, v: line(f"more_{k}", v)))) + "\n"


def _dotenv(dice: random.Random, host: str, port: int) -> str:
    export = dice.choice(("", "", "export "))
    quote = dice.choice(('"', "'"))
    return _lines(dice, host, port, lambda k, v: f"{export}{k}={quote}{v}{quote}", "#")


def _properties(dice: random.Random, host: str, port: int) -> str:
    sign = dice.choice(("=", " = ", ": "))
    names = {"DB_HOST": "db.host", "DB_PORT": "db.port", "DATABASE_URL": "spring.datasource.url"}
    return _lines(dice, host, port, lambda k, v: f"{names.get(k, k)}{sign}{v}", "#")


def _ini(dice: random.Random, host: str, port: int) -> str:
    names = {"DB_HOST": "host", "DB_PORT": "port", "DATABASE_URL": "url"}
    return "[database]\n" + _lines(dice, host, port, lambda k, v: f"{names.get(k, k)} = {v}", ";")


def _tree(dice: random.Random, host: str, port: int) -> dict[str, object]:
    kind = dice.randrange(3)
    inner: dict[str, object] = {"host": host, "port": port} if kind == 0 else {"url": _dsn(dice, host, port)}
    if kind == 2:
        inner = {"env": [{"name": "PGHOST", "value": host}, {"name": "PGPORT", "value": str(port)}]}
    return {"title": dice.choice(WORDS), "database": inner, "other": {"name": word(dice)}}


def _json(dice: random.Random, host: str, port: int) -> str:
    indent = dice.choice((None, 2, 4))
    return json.dumps(_tree(dice, host, port), indent=indent, ensure_ascii=dice.random() < 0.5) + "\n"


def _yaml(dice: random.Random, host: str, port: int) -> str:
    return "\n".join(_block(dice, _tree(dice, host, port), 0)) + "\n"


def _block(dice: random.Random, node: object, depth: int) -> Iterator[str]:
    pad = "  " * depth
    assert isinstance(node, dict)
    for key, value in node.items():
        if isinstance(value, dict):
            yield f"{pad}{key}:"
            yield from _block(dice, value, depth + 1)
        elif isinstance(value, list):
            yield f"{pad}{key}:"
            for item in value:
                first, *rest = _block(dice, item, depth + 2)
                yield f"{pad}  - {first.lstrip()}"
                yield from rest
        else:
            yield f"{pad}{key}: {_scalar(dice, value)}"


def _scalar(dice: random.Random, value: object) -> str:
    if isinstance(value, int):
        return str(value)
    text = str(value)
    styles = [json.dumps(text, ensure_ascii=False), "'" + text.replace("'", "''") + "'"]
    if all(c.isalnum() or c in "._/:@-=" for c in text) and not text.isdigit() and text.isascii():
        styles.append(text)
    return dice.choice(styles)


def _toml(dice: random.Random, host: str, port: int) -> str:
    quote = dice.choice(('"', "'"))
    body = [f"host = {quote}{host}{quote}", f"port = {port}"]
    if dice.random() < 0.5:
        body = [f"url = {quote}{_dsn(dice, host, port)}{quote}"]
    return f'title = "{word(dice)}"\n\n[database]  # {dice.choice(WORDS)}\n' + "\n".join(body) + "\n"


def _shell(dice: random.Random, host: str, port: int) -> str:
    quote = dice.choice(("", '"', "'"))
    return dice.choice(
        (
            f'#!/bin/sh\nDB={quote}{host}{quote}\nPORT={port}\npsql -h "$DB" -p "$PORT" -c \'select 1\'\n',
            f"#!/bin/sh\n# {dice.choice(WORDS)}\npsql -h {quote}{host}{quote} -p {port} -U app {word(dice)}\n",
            f"#!/bin/sh\nexport DATABASE_URL={quote or chr(34)}{_dsn(dice, host, port)}{quote or chr(34)}\n",
        )
    )


def _powershell(dice: random.Random, host: str, port: int) -> str:
    quote = dice.choice(('"', "'"))
    return dice.choice(
        (
            f"$Db = {quote}{host}{quote}\n$Port = {port}\npsql -h $Db -p $Port -c 'select 1'\n",
            f"# {dice.choice(WORDS)}\npsql -h {quote}{host}{quote} -p {port} -U app {word(dice)}\n",
            f"$env:DATABASE_URL = {quote}{_dsn(dice, host, port)}{quote}\n",
            f'$Db = {quote}{host}{quote}\n$Cs = "Host=$Db;Port={port};Database={word(dice)};Username=app"\n',
        )
    )


def _python(dice: random.Random, host: str, port: int) -> str:
    quote = dice.choice(('"', "'"))
    head = f"import psycopg2\n# {dice.choice(WORDS)}\nNAME = {quote}größe{quote}\n"
    return head + dice.choice(
        (
            f"c = psycopg2.connect(host={quote}{host}{quote}, port={port})\n",
            f"HOST = {quote}{host}{quote}\nPORT = {port}\nc = psycopg2.connect(host=HOST, port=PORT)\n",
            f"DATABASE = {{{quote}host{quote}: {quote}{host}{quote}, {quote}port{quote}: {port}}}\n",
        )
    )


def _terraform(dice: random.Random, host: str, port: int) -> str:
    pair = f'DB_HOST = "{host}"\n    DB_PORT = "{port}"'
    rows = (("host", host), ("port", port))
    body = dice.choice(
        (
            f"  environment = {{\n    {pair}\n  }}",
            f'  environment = {{\n    DATABASE_URL = "{_dsn(dice, host, port)}"\n  }}',
            f"  secret = jsonencode({{\n    {pair}\n  }})",
            "\n".join(f'  set {{\n    name  = "db.{key}"\n    value = "{value}"\n  }}' for key, value in rows),
            f"  env = <<-EOT\n    DB_HOST={host}\n      A=größe ${{var.x}}\n    DB_PORT={port}\n  EOT",
            f'  env = "A=\\u00fc\\nDB_HOST={host}\\nDB_PORT={port}\\n"',
            f'  env = ["DB_HOST={host}", "DB_PORT={port}"]',
        )
    )
    return f'resource "x" "y" {{ # {dice.choice(WORDS)}\n{body}\n}}\n'


def _xml(dice: random.Random, host: str, port: int) -> str:
    quote = dice.choice(('"', "'"))
    url = f"jdbc:postgresql://{host}:{port}/{word(dice)}"
    number = f"<property name={quote}port{quote} value={quote}{port}{quote}/>"
    body = dice.choice(
        (
            f"<property name={quote}url{quote} value={quote}{url}?a=b&amp;c=d{quote}/>",
            f"<url>{url}</url>",
            f"<prop key={quote}url{quote}><![CDATA[{url}?a=b&c=d]]></prop>",
            f"<db><property name={quote}host{quote}><value>{host}</value></property>\n  {number}</db>",
            f"<database host={quote}{host}{quote}\n    port={quote}{port}{quote}/>",
            f"<database>\n  <host>{host}</host>\n  <port>\n  {port}</port>\n</database>",
            f"<add key={quote}Db{quote} value={quote}Host={host};Port={port};Username=gr&#246;&amp;{quote}/>",
        )
    )
    return f"<?xml version={quote}1.0{quote}?>\n<beans>\n  <!-- {dice.choice(WORDS)} -->\n  {body}\n</beans>\n"


def _dockerfile(dice: random.Random, host: str, port: int) -> str:
    quote = dice.choice(("", '"'))
    head = f"FROM debian:12\n# {dice.choice(WORDS)}\n"
    body = dice.choice(
        (
            f"ENV DB_HOST={quote}{host}{quote} DB_PORT={quote}{port}{quote}",
            f"ENV DB_HOST={quote}{host}{quote} \\\n    # {dice.choice(WORDS)}\n    DB_PORT={port}",
            f"ENV DB_HOST {quote}{host}{quote}\nARG DB_PORT={port}",
            f'CMD ["psql", "-h", "{host}", "-p", "{port}"]',
            f"RUN apt-get update && \\\n  psql -h {host} \\\n    -p {port}",
            f"COPY <<EOF /srv/app/.env\nDB_HOST={host}\nDB_PORT={port}\nEOF",
        )
    )
    return f"{head}{body}\n"


def _systemd(dice: random.Random, host: str, port: int) -> str:
    quote = dice.choice(('"', "'"))
    body = f"Environment={quote}DB_HOST={host}{quote} {quote}DB_PORT={port}{quote}\n"
    if dice.random() < 0.4:
        body = f"ExecStart=/usr/bin/psql -h {host} -p {port}\n"
    return f"[Unit]\nDescription={word(dice)}\n# {dice.choice(WORDS)}\n\n[Service]\n{body}"


def _hocon(dice: random.Random, host: str, port: int) -> str:
    sign = dice.choice((" = ", ": ", "="))
    body = f'  host{sign}"{host}"\n  port{sign}{port}\n'
    if dice.random() < 0.5:
        body = f'  url{sign}"jdbc:postgresql://{host}:{port}/{word(dice)}"\n'
    return f'# {dice.choice(WORDS)}\ninclude "base"\ndatabase {{\n{body}}}\n'


def _go(dice: random.Random, host: str, port: int) -> str:
    """A Helm template: the values stand beside actions, in branches, as defaults."""
    value = dice.choice((f'{{{{ .Values.host | default "{host}" }}}}', f'"{host}"', host))
    number = dice.choice((f'"{port}"', f'{{{{ .Values.port | default "{port}" | quote }}}}'))
    head = "{{- if .Values.enabled }}\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: {{ .Release.Name }}\n"
    return f"{head}data:\n  # {dice.choice(WORDS)}\n  DB_HOST: {value}\n  DB_PORT: {number}\n{{{{- end }}}}\n"


def _notebook(dice: random.Random, host: str, port: int) -> str:
    """Cells in Python and behind magics, as lists of lines or as one string, however JSON spells them."""
    code = dice.choice(
        (
            _python(dice, host, port),
            f"%env DB_HOST={host}\n%env DB_PORT={port}\n",
            f"%sql postgresql://app:s3cret@{host}:{port}/{word(dice)}\n",
            f"x = 1\nfor x in range(3):\n    !psql -h {host} \\\n  -p {port} -c '{{x}}'\n",
            f"%%bash\npsql -h {host} -p {port} {word(dice)}\n",
        )
    )
    cells = [f"# {dice.choice(WORDS)}\nprint('{word(dice)}')\n", code, dice.choice(("x = (\n", "!ls\n", "y = 2"))]
    whole = dice.random() < 0.5
    document = {
        "cells": [
            {"cell_type": "code", "outputs": [], "source": cell if whole else cell.splitlines(keepends=True)}
            for cell in cells
        ],
        "metadata": {"kernelspec": {"name": "python3"}},
    }
    return json.dumps(document, indent=dice.choice((None, 1)), ensure_ascii=dice.random() < 0.5) + "\n"


FORMS: tuple[Form, ...] = (
    Form("dotenv", "app.env", "#", _dotenv),
    Form("properties", "app.properties", "#", _properties),
    Form("ini", "app.ini", ";", _ini),
    Form("json", "app.json", "", _json),
    Form("yaml", "app.yaml", "#", _yaml),
    Form("toml", "app.toml", "#", _toml),
    Form("shell", "run.sh", "", _shell),
    Form("powershell", "run.ps1", "", _powershell),
    Form("python", "app.py", "#", _python),
    Form("terraform", "main.tf", "#", _terraform),
    Form("xml", "app.xml", "", _xml),
    Form("dockerfile", "Dockerfile", "#", _dockerfile),
    Form("systemd", "app.service", "#", _systemd),
    Form("hocon", "application.conf", "#", _hocon),
    Form("notebook", "load.ipynb", "", _notebook),
    Form("helm", "templates/settings.yaml", "#", _go),
)
