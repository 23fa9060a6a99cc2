"""Keys and values in a script: assignments, `docker run -e KEY=..`, `--set a.host=..`, `--db-host ..`, written files.

Pairs are collected by scope, so that a host finds its port; what a key means is told by `bindings`.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from analyzer.extract.keyed.bindings import Binding, Scope, references
from analyzer.extract.keyed.keys import plain, read_key
from analyzer.extract.keyed.values import Value
from analyzer.extract.keyed.words import words as key_parts
from analyzer.extract.rows import key_rows
from analyzer.extract.shell.flow import Variables
from analyzer.extract.shell.sites import Kind, Site
from analyzer.extract.shell.words import Word
from analyzer.model import Clue, Evidence, HostRef, Intent

_CARRIERS = frozenset(
    [
        "-e",
        "-E",
        "-D",
        "-v",
        "--env",
        "--set",
        "--set-string",
        "--set-file",
        "--from-literal",
        "--build-arg",
        "--set-env-vars",
        "--update-env-vars",
        "--var",
        "-var",
        "--setenv",
        "--environment",
        "--environment-variables",
        "--settings",
        "--parameters",
        "--extra-vars",
        "--parameter-overrides",
        "--set-secrets",
    ]
)
_KEY = re.compile(r"(?P<key>[A-Za-z_][A-Za-z0-9_.\-\[\]]{0,127})=")
_JAVA = re.compile(r"-D(?=[A-Za-z_])")
_FLAG = re.compile(r"--?(?P<key>[A-Za-z][A-Za-z0-9_.\-]{1,127})")
_NEXT = re.compile(r",(?=[A-Za-z_][A-Za-z0-9_.\-\[\]]{0,127}=)")
_SETS = frozenset({"set", "cfg", "conf", "config", "configure", "setting"})
_LONGEST = 64
_CERTAIN = frozenset({Clue.DSN, Clue.KEY, Clue.PLACE, Clue.OPERATION})
_VAULT_KEYS = frozenset({"connection_url", "hosts", "host", "addr"})


@dataclass(frozen=True, slots=True)
class KeyWord:
    """A key and the word of its value; `item`: one of an array's."""

    key: str
    value: Word
    item: bool = False


@dataclass(slots=True)
class KeyScope:
    """Keys that belong together. `exported`: other programs read them. `strict`: only database keys count."""

    pairs: list[KeyWord] = field(default_factory=list)
    evidence: tuple[Evidence, ...] = ()
    parents: tuple[str, ...] = ()
    separator: str = "="
    exported: bool = False
    strict: bool = False


def key_words(words: Sequence[Word]) -> Iterator[KeyWord]:
    """The keys with values among the words behind a program."""
    for index, word in enumerate(words):
        following = words[index + 1] if index + 1 < len(words) else None
        yield from _read(word, following)


def set_words(words: Sequence[Word]) -> Iterator[KeyWord]:
    """A setting and its value as words of their own: `wp config set DB_HOST 10.0.0.121`, `cfg enrol dbhost x`."""
    setting = False
    for word, following in pairwise(words):
        setting = setting or not _SETS.isdisjoint(key_parts(word.text[:_LONGEST]))
        clue = read_key(word.text) if setting and plain(word.text) else None
        if clue is not None and clue.database and clue.role != "port" and not following.text.startswith("-"):
            yield KeyWord(word.text, following)


def document_scopes(text: Word, evidence: tuple[Evidence, ...]) -> Iterator[KeyScope]:
    """The rows of a text that a script writes into a file, by section."""
    scopes: dict[tuple[str, str], KeyScope] = {}
    for row in key_rows(text.text):
        separator = ": " if row.sign == ":" else "="
        parents = (row.section,) if row.section else ()
        scope = scopes.setdefault(
            (row.section, separator), KeyScope([], evidence, parents, separator, exported=True, strict=True)
        )
        scope.pairs.append(KeyWord(row.key, text.part(row.start, row.end)))
    yield from scopes.values()


def scope_references(
    scope: KeyScope, variables: Variables, value_of: Callable[[Word], Value | None]
) -> Iterator[tuple[HostRef, str]]:
    """The references of a scope's literals, each with its key."""
    bindings = [
        Binding(pair.key, value, item=pair.item or len(words) > 1)
        for pair in scope.pairs
        for words in [variables.literals(pair.value)]
        for word in words
        if (value := value_of(word)) is not None
    ]
    for ref in references(bindings, Scope(scope.parents, scope.evidence, scope.separator)):
        if not scope.strict or any(e.clue in _CERTAIN for e in ref.evidence):
            yield ref, ref.shape.partition(scope.separator)[0]


def key_sites(scope: KeyScope, exported: set[str]) -> Iterator[Site]:
    """The values of a scope that variables complete: `-e DB_HOST=$PRIMARY`, `DSN=postgres://u@$PRIMARY/app`."""
    for pair in scope.pairs:
        if not pair.value.expansions:
            continue
        whole = pair.value.variable() is not None
        clue = read_key(pair.key, scope.parents)
        prefix = f"{pair.key}{scope.separator}" if plain(pair.key) else f"…{scope.separator}"
        if not whole:
            yield Site(pair.value, Kind.CONNECTS, scope.evidence, prefix, certain=True)
        elif clue is not None and clue.role != "port" and (scope.exported or pair.key in exported):
            if not clue.database and not scope.evidence:
                continue
            reason = Evidence(Clue.KEY if clue.database else Clue.NAME, pair.key if plain(pair.key) else "…")
            certain = clue.role in ("dsn", "url")
            evidence = (reason, *scope.evidence)
            yield Site(pair.value, Kind.CONNECTS, evidence, prefix, clue.engine, clue.intent, certain=certain)


def vault_sites(pairs: Iterable[KeyWord]) -> Iterator[Site]:
    """The hosts of `vault write database/config/x`: Vault creates users there, so it writes."""
    for pair in pairs:
        if pair.key in _VAULT_KEYS:
            evidence = (Evidence(Clue.COMMAND, f"vault write {pair.key}"),)
            certain = pair.key == "connection_url"
            prefix = f"vault write {pair.key}="
            yield Site(pair.value, Kind.CONNECTS, evidence, prefix, None, Intent.WRITE, certain=certain)


def _read(word: Word, following: Word | None) -> Iterator[KeyWord]:
    text = word.text
    java = _JAVA.match(text)
    if java:
        yield from _pairs(word.part(java.end()))
    elif not text.startswith("-"):
        yield from _pairs(word)
    elif flag := _FLAG.match(text):
        name, end = flag.group(), flag.end()
        if text.startswith("=", end):
            value = word.part(end + 1)
            yield from _pairs(value) if name in _CARRIERS else iter([KeyWord(flag["key"], value)])
        elif text.startswith("-e") and "=" in text and not text.startswith("--"):
            yield from _pairs(word.part(2))
        elif end == len(text) and name not in _CARRIERS and following is not None and read_key(flag["key"]):
            yield KeyWord(flag["key"], following)


def _pairs(word: Word) -> Iterator[KeyWord]:
    """`KEY=VALUE`, and several with commas between them."""
    if _KEY.match(word.text) is None:
        return
    cuts = [cut.start() for cut in _NEXT.finditer(word.text)] if "://" not in word.text else []
    start = 0
    for end in (*cuts, len(word.text)):
        pair = _KEY.match(word.text, start, end)
        if pair is not None:
            yield KeyWord(pair["key"], word.part(pair.end(), end))
        start = end + 1
