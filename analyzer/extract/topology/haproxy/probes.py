"""How HAProxy asks its servers: `option ...chk`, `http-check`, `tcp-check`, and what `server` lines say of checks.

Manual: https://docs.haproxy.org/3.0/configuration.html#4.2-option%20httpchk
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal, TypeAlias

from analyzer.extract.topology.haproxy.lines import Line
from analyzer.hosts import HOLE

Asks: TypeAlias = Literal["connection", "http", "pgsql", "mysql", "redis", "other"]

_OPTIONS: dict[str, Asks] = {
    "httpchk": "http",
    "pgsql-check": "pgsql",
    "mysql-check": "mysql",
    "redis-check": "redis",
    "external-check": "other",
    "tcp-check": "connection",
    "ssl-hello-chk": "connection",
    "ldap-check": "connection",
    "smtpchk": "connection",
    "spop-check": "connection",
}
_MASTER = re.compile(r"role:\S{0,8}master")
_TRACKED = frozenset({"track", "agent-check", "init-state"})
# Parameters whose value a template may fill in without saying anything of the check.
_NUMBERED = frozenset({"inter", "fastinter", "downinter", "fall", "rise", "weight", "maxconn", "minconn", "slowstart"})
_HIDDEN = 0


@dataclass(frozen=True, slots=True)
class Asked:
    """A check as it is written: the kind, the request, which answers count, the port, and the line that says so."""

    option: str = ""
    path: str = ""
    wants: Literal["any", "status", "content", "master"] = "any"
    port: int | None = None
    line: Line | None = None

    @property
    def asks(self) -> Asks:
        """What is asked; without an option a check is a connection."""
        return _OPTIONS.get(self.option, "connection")


@dataclass(frozen=True, slots=True)
class Checking:
    """What a `server` line, or the `default-server` lines before it, say of checks; None: cannot be seen.

    `port` is 0 where one is written that cannot be seen.
    """

    checked: bool | None = False
    port: int | None = None


def asked_by(settings: Iterable[Line]) -> Asked:
    """The check of a proxy, by its lines in order."""
    asked = Asked()
    rules: list[Line] = []
    for line in settings:
        if line.text(0) in {"http-check", "tcp-check"}:
            rules.append(line)
        elif line.starts("option") and line.text(1) in _OPTIONS:
            path = _path(line) if line.text(1) == "httpchk" else ""
            asked = Asked(line.text(1), path, line=line)
        elif line.starts("no", "option", asked.option):
            asked = Asked()
    kind = {"httpchk": "http-check", "tcp-check": "tcp-check"}.get(asked.option, "")
    for rule in rules:
        if rule.text(0) == kind:
            asked = _ruled(asked, rule)
    return asked


def _path(line: Line) -> str:
    """The URI of `option httpchk [<method>] [<uri>] [<version>]`."""
    given = [word.text for word in line.words[2:5]]
    uri = next((text for text in given if text.startswith("/") or HOLE in text), "")
    return uri or "/"


def _ruled(asked: Asked, rule: Line) -> Asked:
    words = [word.text for word in rule.words]
    if words[1:2] == ["connect"]:
        return replace(asked, port=_number(_after(words, "port")) or asked.port)
    if words[1:2] == ["send"]:
        return replace(asked, path=_after(words, "uri") or asked.path)
    if words[1:2] != ["expect"]:
        return asked
    if asked.wants == "master" or any(_MASTER.search(word) for word in words):
        return replace(asked, wants="master")  # whatever else must answer, as +OK to QUIT
    plain_status = "status" in words and "!" not in words and words[-1] == "200"
    return replace(asked, wants="status" if plain_status and asked.wants != "content" else "content")


def checking(line: Line, inherited: Checking) -> Checking:
    """What the parameters of a `server` or `default-server` line make of what was said before."""
    words = [word.text for word in line.words[3 if line.starts("server") else 1 :]]
    checked = inherited.checked
    if "no-check" in words:
        checked = False
    elif "check" in words:
        checked = True
    filled = any(HOLE in word and before not in _NUMBERED for before, word in pairwise(["", *words]))
    if not _TRACKED.isdisjoint(words) or (not checked and filled):
        checked = None
    if "port" in words:
        return Checking(checked, _number(_after(words, "port")) or _HIDDEN)
    return Checking(checked, _HIDDEN if filled and inherited.port is None else inherited.port)


def _after(words: list[str], name: str) -> str:
    return words[words.index(name) + 1] if name in words[:-1] else ""


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 6 else None
