"""Loads the Semgrep rules that ship with the package and says what their metadata promises.

Rules name no host, fix nothing and use metavariables by convention:

* role `host`: `$HOST` is a host or host:port (`$...HOST` several of them), `$PORT` its port, `$LIST` the list it is
  a member of;
* role `dsn`: `$DSN` is a connection string; role `url`: `$URL` is the URL of a server;
* role `key`: `$VALUE` is what `$KEY` is set to; without a key it holds both: `${db.host:x}`, `DB_HOST=x`;
* role `object`: the match is a map, `$KEY` the name that it is bound to, `$TYPE` the type that is made.

Knows no engine and no scanned file.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import msgspec
import yaml

from analyzer.errors import RulesError
from analyzer.model import Engine, Intent

_PACKAGE = Path(__file__).resolve().parents[2]
Role = Literal["host", "dsn", "url", "key", "object"]
METAVARIABLES: Mapping[Role, tuple[str, ...]] = {
    "host": ("$HOST", "$PORT", "$LIST"),
    "dsn": ("$DSN",),
    "url": ("$URL",),
    "key": ("$KEY", "$VALUE"),
    "object": ("$KEY", "$TYPE"),
}


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. `body` is what Semgrep reads; `client` names a database client, `operation` another program."""

    id: str
    languages: tuple[str, ...]
    body: Mapping[str, object]
    role: Role
    engine: Engine | None = None
    intent: Intent = Intent.UNKNOWN
    client: str = ""
    operation: str = ""

    @property
    def textual(self) -> bool:
        """Whether the rule is matched against the text of the file, its comments included."""
        return "pattern-regex" in str(self.body)


class _Metadata(msgspec.Struct, forbid_unknown_fields=True):
    role: Role
    engine: Engine | None = None
    intent: Intent = Intent.UNKNOWN
    client: str = ""
    operation: str = ""


class _Head(msgspec.Struct):
    id: str
    languages: list[str]
    metadata: _Metadata


def rules_directory(package: Path = _PACKAGE) -> Path:
    """Where the rules lie: in the package (a wheel), or beside it (a checkout)."""
    for candidate in (package / "rules", package.parent / "rules"):
        if candidate.is_dir():
            return candidate
    raise RulesError("the Semgrep rules are missing", "reinstall analyzer: its wheel carries them in analyzer/rules")


def load_rules(directory: Path) -> tuple[Rule, ...]:
    """All rules below a directory, sorted by path. Raises `RulesError` with the file's name."""
    return tuple(rule for path in sorted(directory.rglob("*.yaml")) for rule in read_rules(path))


def read_rules(path: Path) -> list[Rule]:
    """The rules of one file, in its order."""
    try:
        bodies = yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader)["rules"]
        return [_rule(body) for body in bodies]
    except (yaml.YAMLError, msgspec.ValidationError, TypeError, KeyError, ValueError) as error:
        name = type(error).__name__
        raise RulesError(f"{path.name}: not a rules file ({name})", "compare it with the other rules") from error


def for_languages(rules: Iterable[Rule], languages: Iterable[str]) -> tuple[Rule, ...]:
    """The rules that read any of these languages."""
    wanted = set(languages)
    return tuple(rule for rule in rules if not wanted.isdisjoint(rule.languages))


def encode_rules(bodies: Sequence[Mapping[str, object]]) -> bytes:
    """Rules in the JSON that Semgrep takes in place of YAML."""
    return msgspec.json.encode({"rules": bodies})


def _rule(body: dict[str, object]) -> Rule:
    head = msgspec.convert(body, _Head)
    told = head.metadata
    return Rule(
        id=head.id,
        languages=tuple(head.languages),
        body={key: value for key, value in body.items() if key != "metadata"},
        role=told.role,
        engine=told.engine,
        intent=told.intent,
        client=told.client,
        operation=told.operation,
    )
