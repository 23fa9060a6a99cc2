"""Reads the text of a word that names hosts: whole values, connection strings inside, targets of administration.

It knows which words are meant, not what follows from them.
"""

import re
from collections.abc import Iterator

from analyzer import hosts
from analyzer.extract.shell.sites import Site
from analyzer.extract.shell.words import Expansion, Word
from analyzer.hosts import HOLE, HostPart, Parsed
from analyzer.model import Clue, Engine

_WINDOW = 4096  # characters of a word in which an administration command's targets are looked for
_KEPT = re.compile(r"(?::|port[ \t]?=[ \t]?)\ufffc", re.IGNORECASE)
_TARGET = re.compile(
    r"(?<![^\s,;=\"'\[(@])"
    r"(?:\d{1,5}:(?=[^\s:]{1,200}:\d))?"  # ssh -L 5432:host:5432
    r"(?:[A-Za-z][A-Za-z0-9+.\-]{0,40}://)?"
    r"(?:[^\s,;/@\"'=()\[\]]{1,200}@)?"
    r"(?P<host>[^\s,;/@\"'=()?#]{1,300})"
)
_FILES = """
    sh bash py pl rb js yaml yml json conf cfg ini cnf txt log sql csv gz tgz tar zip pem key crt cert pub service out
    md htm html d
"""
_ENDINGS = frozenset(_FILES.split())


_Key = tuple[str, Engine | None, bool]


class Readings:
    """Readings of words, each made once."""

    def __init__(self) -> None:
        self._values: dict[_Key, tuple[Parsed, ...]] = {}
        self._targets: dict[int, tuple[Word, list[tuple[Parsed, Word]]]] = {}  # the word is kept: its id is its key

    def values(self, text: str, site: Site) -> tuple[Parsed, ...]:
        """What a client takes for hosts in `text`."""
        key = (text, site.engine, site.certain)
        if key not in self._values:
            self._values[key] = tuple(_values(text, site))
        return self._values[key]

    def count(self, text: str, site: Site) -> int:
        """How many hosts that is; a variable in it counts as one."""
        return sum(len(parsed.hosts) for parsed in self.values(text, site)) or HOLE in text

    def variables(self, word: Word, site: Site) -> Iterator[tuple[Parsed, HostPart, Expansion]]:
        """The variables that are a host inside a longer word: each hole is read as the one-letter host it may be."""
        if not word.expansions or word.text == HOLE:
            return
        kept = {match.end() - 1 for match in _KEPT.finditer(word.text)}
        letters = list(word.text)
        for at, _ in word.expansions:
            letters[at] = HOLE if at in kept else "q"
        for parsed in self.values("".join(letters), site):
            for part in parsed.hosts:
                expansion = word.expansion(part.start)
                if expansion is not None and part.end == part.start + 1:
                    yield parsed, part, expansion

    def targets(self, word: Word, site: Site) -> Iterator[tuple[Parsed, Word]]:
        """The hosts of an administration command's word, each with its part of the word."""
        if id(word) not in self._targets:
            self._targets[id(word)] = (word, list(_targets(word)))
        yield from (found for found in self._targets[id(word)][1] if _likely(found[0], site))


def _values(text: str, site: Site) -> Iterator[Parsed]:
    parsed = None if site.certain and "\n" in text else hosts.parse(text, engine=site.engine)
    if parsed is not None and (not site.certain or parsed.dsn or parsed.form == "libpq"):
        yield parsed
    else:
        yield from (found for found in hosts.find(text) if found.dsn)


def _targets(word: Word) -> Iterator[tuple[Parsed, Word]]:
    """Where hosts may stand: behind `user@`, behind `scheme://`, between commas. Longer words are data."""
    for match in _TARGET.finditer(word.text if len(word.text) <= _WINDOW else ""):
        host, sign, path = match["host"].rstrip(":.").rpartition(":")
        remote = sign and ":" not in host and not path.isdecimal() and HOLE not in path  # host:path of scp
        start = match.start("host")
        part = word.part(start, start + len(host if remote else f"{host}{sign}{path}"))
        parsed = hosts.parse(part.text)
        if parsed is not None and parsed.form == "host":
            yield parsed, part


def _likely(parsed: Parsed, site: Site) -> bool:
    """Whether a word of an administration command is a host, not a subcommand or a file."""
    part = parsed.hosts[0]
    if part.port is not None or ":" in part.host or site.named:
        return True
    if any(e.clue is Clue.INFRASTRUCTURE for e in site.evidence):
        return all(c.isdigit() or c == "." for c in part.host)
    looks = any(c.isdigit() or c in ".-" for c in part.host)
    return looks and not part.host.startswith("-") and part.host.rsplit(".", 1)[-1] not in _ENDINGS
