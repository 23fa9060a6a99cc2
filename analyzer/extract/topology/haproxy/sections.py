"""HAProxy's sections: what a proxy says itself and what it inherits from `defaults`.

Manual: https://docs.haproxy.org/3.0/configuration.html#4
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from analyzer.extract.topology.haproxy.lines import Line

_PROXIES = frozenset({"listen", "frontend", "backend"})
_SECTIONS = _PROXIES | {
    *("global", "defaults", "peers", "resolvers", "mailers", "userlist", "program", "http-errors", "ring", "cache"),
    *("log-forward", "log-profile", "fcgi-app", "crt-store", "traces", "acme"),
}
_INHERITED = frozenset({"option", "no", "http-check", "tcp-check", "default-server", "default_backend"})
_RULES = ("http-check", "tcp-check")
_MOST = 2000  # proxies of one file
_MOST_INHERITED = 40  # lines


@dataclass
class Section:
    """One proxy; `inherited` are the lines of its `defaults`, outermost first."""

    kind: str
    name: str
    header: Line
    inherited: tuple[Line, ...] = ()
    own: list[Line] = field(default_factory=list)

    @cached_property
    def heritage(self) -> tuple[Line, ...]:
        """What sections below inherit from these `defaults`, once they are read to their end."""
        return tuple(line for line in self.settings() if _inherits(line))[-_MOST_INHERITED:]

    def settings(self) -> Iterator[Line]:
        """Inherited lines, then its own. Check rules of its own replace all inherited ones of that kind."""
        replaced = {rule for rule in _RULES if any(line.text(0) == rule for line in self.own)}
        yield from (line for line in self.inherited if line.text(0) not in replaced)
        yield from self.own


def proxies(lines: Iterable[Line]) -> list[Section]:
    """The `listen`, `frontend` and `backend` sections of a configuration, in order."""
    reader = _Reader()
    for line in lines:
        reader.read(line)
    return reader.found[:_MOST]


class _Reader:
    def __init__(self) -> None:
        self.found: list[Section] = []
        self._open: list[Line] | None = None
        self._defaults: Section | None = None
        self._named: dict[str, Section] = {}

    def read(self, line: Line) -> None:
        kind = line.text(0)
        if kind not in _SECTIONS:
            if self._open is not None:
                self._open.append(line)
            return
        self._open = None
        if kind == "defaults":
            self._defaults = self._section(line, "" if line.text(1) == "from" else line.text(1))
            if self._defaults.name:
                self._named[self._defaults.name] = self._defaults
            self._open = self._defaults.own
        elif kind in _PROXIES and line.text(1):
            section = self._section(line, line.text(1))
            self.found.append(section)
            self._open = section.own

    def _section(self, line: Line, name: str) -> Section:
        """A section with what it inherits: from the `defaults` that it names, else from those above it."""
        words = [word.text for word in line.words]
        named = words[words.index("from") + 1 : words.index("from") + 2] if "from" in words[1:] else []
        parent = self._named.get(named[0]) if named else None
        if parent is None and line.text(0) != "defaults":
            parent = self._defaults
        return Section(line.text(0), name, line, parent.heritage if parent else ())


def _inherits(line: Line) -> bool:
    """Whether a line of `defaults` says something here: of options, those that are checks."""
    option = line.text(2) if line.text(0) == "no" else line.text(1)
    return line.text(0) in _INHERITED and (line.text(0) not in {"option", "no"} or "ch" in option)
