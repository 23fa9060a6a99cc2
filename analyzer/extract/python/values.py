"""Text that Python code builds: which characters come from which literal, through which names.

Joined strings, f-strings, `%` and `.format` all become one `Text` with a HOLE for what is not known. Knows neither
scopes nor hosts.
"""

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from analyzer.extract.python.literals import Literal, locate
from analyzer.extract.python.tree import Tree
from analyzer.hosts import HOLE
from analyzer.model import Slot

LONGEST = 16_384  # characters of a text that is put together; no connection string is longer
_PERCENT = re.compile(r"%(?:\((\w{1,64})\))?[#0 +-]{0,4}\d{0,4}(?:\.\d{1,4})?([a-zA-Z%])")
_BRACES = re.compile(r"\{\{|\}\}|\{([^{}]{0,200})\}")
_FIELD = re.compile(r"\w*")


@dataclass(frozen=True, slots=True)
class Run:
    """`length` characters from `start` of a text are those from `at` of a literal's value; `names` led there."""

    start: int
    length: int
    atom: Literal
    at: int
    names: tuple[ast.expr, ...] = ()


@dataclass(frozen=True, slots=True)
class Text:
    """A string that the code builds; characters outside `runs` are HOLEs."""

    text: str
    runs: tuple[Run, ...] = ()

    def run_at(self, start: int, end: int) -> Run | None:
        """The run that holds the characters `start` to `end`."""
        return next((r for r in self.runs if r.start <= start and end <= r.start + r.length), None)

    def locate(self, tree: Tree, start: int, end: int) -> Slot | None:
        """The slot of `text[start:end]`; None where it is spread over literals or hidden by escapes.

        An empty range is a place to insert at: behind the character before it.
        """
        run = self.run_at(max(start - 1, 0), end) if start == end else self.run_at(start, end)
        return locate(tree, run.atom, run.at + start - run.start, run.at + end - run.start) if run else None

    def cut(self, start: int, end: int) -> "Text":
        """The text of `text[start:end]`."""
        runs = (_cut(run, start, end) for run in self.runs)
        return Text(self.text[start:end], tuple(run for run in runs if run is not None))

    def through(self, name: ast.expr) -> "Text":
        """The same text, reached by the use of a name."""
        return Text(self.text, tuple(replace(r, names=(name, *r.names)) for r in self.runs))


UNKNOWN = Text(HOLE)


def whole(atom: Literal) -> Text:
    """The text of one literal."""
    return Text(atom.value, (Run(0, len(atom.value), atom, 0),))


def joined(parts: Iterable[Text]) -> Text | None:
    """The parts in a row; None where that is too long to matter."""
    text: list[str] = []
    runs: list[Run] = []
    length = 0
    for part in parts:
        runs += (replace(run, start=run.start + length) for run in part.runs)
        text.append(part.text)
        length += len(part.text)
        if length > LONGEST:
            return None
    return Text("".join(text), tuple(runs))


def percent(template: Text, named: dict[str, Text], listed: list[Text]) -> Text | None:
    """`template % arguments`; what has no argument becomes a HOLE."""
    queue = iter(listed)

    def fields() -> Iterator[tuple[int, int, Text]]:
        for found in _PERCENT.finditer(template.text):
            if found[2] == "%":
                yield found.start(), found.end(), template.cut(found.start(), found.start() + 1)
            else:
                value = named.get(found[1]) if found[1] else next(queue, None)
                yield found.start(), found.end(), value or UNKNOWN

    return _filled(template, fields())


def formatted(template: Text, named: dict[str, Text], listed: list[Text]) -> Text | None:
    """`template.format(arguments)`; attributes, items and what has no argument become a HOLE."""
    queue = iter(listed)

    def value(inside: str) -> Text | None:
        field = _FIELD.match(inside)
        name = field[0] if field else ""
        if inside[len(name) :][:1] not in ("", "!", ":"):
            return None
        if not name:
            return next(queue, None)
        return (listed[int(name)] if int(name) < len(listed) else None) if name.isdecimal() else named.get(name)

    def fields() -> Iterator[tuple[int, int, Text]]:
        for found in _BRACES.finditer(template.text):
            if found[1] is None:
                yield found.start(), found.end(), template.cut(found.start(), found.start() + 1)
            else:
                yield found.start(), found.end(), value(found[1]) or UNKNOWN

    return _filled(template, fields())


def _filled(template: Text, fields: Iterable[tuple[int, int, Text]]) -> Text | None:
    parts: list[Text] = []
    at = 0
    for start, end, value in fields:
        parts += (template.cut(at, start), value)
        at = end
    return joined((*parts, template.cut(at, len(template.text))))


def _cut(run: Run, start: int, end: int) -> Run | None:
    first, last = max(run.start, start), min(run.start + run.length, end)
    if first >= last:
        return None
    return Run(first - start, last - first, run.atom, run.at + first - run.start, run.names)
