"""What a forge shows of a changed file: the lines of the new version to which a comment can be attached."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

_HEADER = re.compile(r"@@ -(\d{1,9})(?:,\d{1,9})? \+(\d{1,9})(?:,\d{1,9})? @@")


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is shown: its text, its number in the old version where it stood there, and its hunk."""

    text: str
    old: int | None
    hunk: int


@dataclass(frozen=True, slots=True)
class Change:
    """A changed file: its paths from the top of the repository, and what is shown of it by new line number."""

    path: str
    old_path: str
    lines: Mapping[int, Line]

    def place(self, lines: Sequence[str], first: int, last: int) -> int | None:
        """Where the lines `first` to `last` of a file (1-based) are shown, all in one hunk; None where they are not.

        CI may have merged the change into another branch, so that lines stand lower than the forge says. Then they
        are looked for by what stands in them, and must stand there once.
        """
        wanted = lines[first - 1 : last]
        if self._shows(wanted, first):
            return first
        alike = [number for number, line in self.lines.items() if wanted and line.text == wanted[0]]
        found = [number for number in alike if self._shows(wanted, number)]
        return found[0] if len(found) == 1 else None

    def _shows(self, wanted: Sequence[str], first: int) -> bool:
        shown = [self.lines.get(first + at) for at in range(len(wanted))]
        texts = [line.text for line in shown if line is not None]
        return bool(wanted) and texts == list(wanted) and len({line.hunk for line in shown if line is not None}) == 1


def shown(patch: str) -> dict[int, Line]:
    """The lines of a unified diff of one file, without its file header, by their number in the new version.

    A carriage return at the end of a line is no part of its text.
    """
    found: dict[int, Line] = {}
    old = new = hunk = 0
    for raw in patch.split("\n"):
        header = _HEADER.match(raw)
        if header is not None:
            old, new, hunk = int(header[1]), int(header[2]), hunk + 1
        elif raw[:1] in {"+", " "}:
            found[new] = Line(raw[1:].removesuffix("\r"), old if raw[0] == " " else None, hunk)
            old, new = old + (raw[0] == " "), new + 1
        elif raw[:1] == "-":
            old += 1
    return found
