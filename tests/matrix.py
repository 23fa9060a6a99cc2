"""The matrix of languages, engines and forms: which cells the real extractors fill. `python -m tests.matrix` prints it.

A snippet for each client stands in `languages/<language>.yaml`; the forms are made of it. A constant is named without
a database word, so that only its way into the client's call can tell what it is.
"""

import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from analyzer.engine.places import Limits, extract_sources
from analyzer.model import Clue, Engine, Extraction
from analyzer.source import SourceFile

LANGUAGES = (
    *("python", "javascript", "typescript", "go", "java", "kotlin", "scala"),
    *("php", "ruby", "csharp", "rust", "shell", "powershell", "perl"),
)
FORMS = ("host", "dsn", "constant", "default", "config")
HOST = "10.0.0.121"
DSNS = {
    "postgresql": f"postgresql://app:secret@{HOST}:5432/orders",
    "mysql": f"mysql://app:secret@{HOST}:3306/orders",
    "mongodb": f"mongodb://app:secret@{HOST}:27017/orders",
    "redis": f"redis://:secret@{HOST}:6379/0",
    "sqlserver": f"sqlserver://app:secret@{HOST}:1433?database=orders",
    "oracle": f"oracle://app:secret@{HOST}:1521/ORCL",
    "cassandra": "",
    "elasticsearch": f"http://{HOST}:9200",
    "clickhouse": f"http://{HOST}:8123",
}
ENGINES = tuple(DSNS)
_CERTAIN = {Clue.DSN, Clue.CALL, Clue.COMMAND, Clue.KEY}
_SAME = {frozenset((Engine.MYSQL, Engine.MARIADB))}


@dataclass(frozen=True)
class Probe:
    """One file of a cell."""

    language: str
    engine: str
    form: str
    path: str
    text: str


def probes(languages: Sequence[str] = LANGUAGES) -> list[Probe]:
    """The files of all cells; a cell may have several and may have none."""
    return [probe for language in languages for probe in _of_language(language)]


def _of_language(language: str) -> Iterator[Probe]:
    table = yaml.safe_load(Path(__file__).with_name("languages").joinpath(f"{language}.yaml").read_text())
    for engine, client in table["clients"].items():
        text = table.get("texts", {}).get(engine, DSNS[engine])
        for form in FORMS:
            for number, (call, constant) in enumerate(_calls(form, client, table, text)):
                filled = _file(table["file"], client.get("import", ""), constant, call)
                yield Probe(language, engine, form, f"{language}/{engine}/{form}{number}/{table['path']}", filled)


def _calls(form: str, client: Mapping[str, str], table: Mapping[str, str], text: str) -> Iterator[tuple[str, str]]:
    """Pairs of a call and the constant that it needs."""
    place, dsn = client.get("host", ""), client.get("dsn", "")
    if form == "config" and "config" in client:
        yield client["config"], ""
    elif form == "host" and place:
        yield _with(place, _quoted(HOST)), ""
    elif form == "dsn" and dsn:
        yield _with(dsn, _quoted(text)), ""
    elif form == "default" and (place or dsn):
        value = HOST if place else text
        yield _with(place or dsn, table["default"].replace("VALUE", _quoted(value)).replace("BARE", value)), ""
    elif form == "constant":
        constant = table["constant"].replace("VALUE", _quoted(HOST))
        if place:
            yield _with(place, table["name"]), constant
        before, after = text.split(HOST, 1) if dsn else ("", "")
        for join in table["join"] if dsn else ():
            written = join.replace("BEFORE", before).replace("AFTER", after)
            yield _with(dsn, _with(written, table["name"].strip('"'))), constant


def _quoted(text: str) -> str:
    return f'"{text}"'


def _with(snippet: str, expression: str) -> str:
    return snippet.replace("EXPRESSION", expression)


def _file(template: str, imported: str, constant: str, call: str) -> str:
    filled = template.replace("IMPORT", imported).replace("CONSTANT", constant)
    line = next(line for line in filled.split("\n") if line.strip() == "CALL")
    indent = line[: line.index("CALL")] if "\n" not in call or "EOF" not in call else ""
    return filled.replace(line, indent + call)


def found(asked: Sequence[Probe]) -> dict[Probe, bool]:
    """Whether the host of each file is told to be in a connection of its engine."""
    sources = [SourceFile(probe.path, probe.text.encode()) for probe in asked]
    extractions = extract_sources(sources, Limits(), lambda data: HOST.encode() in data)
    return {probe: _connects(extractions[probe.path], Engine(probe.engine)) for probe in asked}


def _connects(extraction: Extraction, engine: Engine) -> bool:
    refs = [ref for ref in extraction.refs if ref.host == HOST]
    sure = [ref for ref in refs if not _CERTAIN.isdisjoint(e.clue for e in ref.evidence)]
    return any(ref.engine in (None, engine) or {ref.engine, engine} in _SAME for ref in sure)


def cells(results: Mapping[Probe, bool]) -> dict[tuple[str, str, str], str]:
    """(language, engine, form) -> "found", "not found" or "no such client"."""
    told = {}
    for language in dict.fromkeys(probe.language for probe in results):
        for engine in ENGINES:
            for form in FORMS:
                own = [ok for p, ok in results.items() if (p.language, p.engine, p.form) == (language, engine, form)]
                told[language, engine, form] = ("found" if all(own) else "not found") if own else "no such client"
    return told


def main(languages: Sequence[str]) -> int:
    """Print the matrix, and the files of the cells that are not found."""
    results = found(probes(languages or LANGUAGES))
    signs = {"found": "yes", "not found": "NO", "no such client": "-"}
    lines = [f"{'':<11} {'':<14}" + "".join(f"{form:>10}" for form in FORMS)]
    table = cells(results)
    for language, engine in dict.fromkeys((language, engine) for language, engine, _ in table):
        row = "".join(f"{signs[table[language, engine, form]]:>10}" for form in FORMS)
        lines.append(f"{language:<11} {engine:<14}{row}")
    missing = [probe for probe, ok in results.items() if not ok]
    lines += [f"\n--- {probe.path}\n{probe.text}" for probe in missing]
    lines.append(f"\nfiles {len(results)}, not found {len(missing)}")
    sys.stdout.write("\n".join(lines) + "\n")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
