"""Connection services of libpq: the keys of a section are one keyword string, a line each.

Read as such, so that lists of hosts keep their lists of ports and what is said about the session.
https://www.postgresql.org/docs/17/libpq-pgservice.html
"""

import re
from collections.abc import Iterator, Sequence

from analyzer import hosts
from analyzer.extract.ini.layout import Item, Stretch
from analyzer.extract.keyed.values import Seen, host_references
from analyzer.extract.spelling.spelled import Run, spelled
from analyzer.model import Clue, Engine, Evidence, HostRef
from analyzer.source import SourceFile

_WHY = (Evidence(Clue.KEY, "connection service"),)
_LINE_END = re.compile(r"[ \t]*\r?\n")


def service_references(source: SourceFile, items: Sequence[Item]) -> Iterator[HostRef]:
    """The servers of one service; nothing where its keys are no keyword string."""
    lines = [_line(source.text, item) for item in items if len(item.value) == 1]
    runs: list[Run] = []
    for start, end in lines:
        if runs:
            before = runs[-1].end
            beside = _LINE_END.fullmatch(source.text, before, start) is not None
            runs.append(Run(source.text[before:start] if beside else "\n", before, start, verbatim=beside))
        runs.append(Run(source.text[start:end], start, end))
    if runs:
        value = spelled(runs, runs[0].start, runs[-1].end).value(source)
        parsed = hosts.parse(value.text, engine=Engine.POSTGRESQL)
        if parsed is not None and parsed.form == "libpq":
            yield from host_references(parsed, value, Seen(_WHY, "", Engine.POSTGRESQL))


def _line(text: str, item: Item) -> Stretch:
    """The characters of an item from its key on."""
    first, end = item.value[0]
    line = max(text.rfind("\n", 0, first), text.rfind("\r", 0, first)) + 1
    return text.index(item.key, line), end
