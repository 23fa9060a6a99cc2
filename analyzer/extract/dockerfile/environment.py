"""ENV and ARG: the assignments of a Dockerfile, and the shell text that says the same.

`ENV K=V K2=V2` quotes as a shell does, `ENV K V` takes the rest of the line. Values are never run.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from analyzer.extract.dockerfile.instructions import Instruction
from analyzer.extract.spelling.spelled import Run, Spelled, spelled

_PAIR = re.compile(
    r"(?<!\S)(?P<name>[A-Za-z_][A-Za-z0-9_]{0,127})=(?P<value>(?>(?:\"(?>(?:[^\"\\]|\\.)*)\"|'[^']*'|\\.|[^\s\"'\\])*))"
)
_SPACED = re.compile(r"(?P<name>[A-Za-z_][A-Za-z0-9_]{0,127})[ \t]{1,40}(?P<value>[^\s=].*)", re.DOTALL)
_COMMAND = re.compile(r"\$\(|`")  # shell would run it, Docker takes it as it stands


@dataclass(frozen=True, slots=True)
class Assignment:
    """A variable of the image, and its value as shell text."""

    name: str
    value: Spelled


def text_of(text: str, instruction: Instruction) -> Spelled:
    """The arguments of an instruction as one line."""
    first, last = instruction.lines[0], instruction.lines[-1]
    runs = (Run(text[start:end], start, end) for start, end in instruction.lines)
    return spelled(runs, first[0], max(first[0], last[1]))


def assignments(text: Spelled) -> Iterator[Assignment]:
    """The assignments of one instruction's arguments; what is none is passed."""
    spaced = _SPACED.fullmatch(text.text.strip())
    if spaced is not None:
        lead = len(text.text) - len(text.text.lstrip())
        start, end = (lead + at for at in spaced.span("value"))
        yield Assignment(spaced["name"], _quoted(text.part(start, end)))
        return
    for pair in _PAIR.finditer(text.text):
        yield Assignment(pair["name"], text.part(*pair.span("value")))


def exported(assigned: Iterable[Assignment]) -> list[Run]:
    """Shell text that gives the variables their values and hands them to every program."""
    runs: list[Run] = []
    for one in assigned:
        if one.value.text and not _COMMAND.search(one.value.text):
            start = one.value.start
            runs += [Run(f"export {one.name}=", start, start, verbatim=False), *one.value.runs]
            runs.append(Run("\n", one.value.end, one.value.end, verbatim=False))
    return runs


def _quoted(value: Spelled) -> Spelled:
    """A value that goes to the end of its line, quoted where it is not."""
    body = value.text
    sign = next((sign for sign in "\"'" if sign not in body), "")
    if not sign or (body[0] == body[-1] and body[0] in "\"'"):
        return value
    left, right = Run(sign, value.start, value.start, verbatim=False), Run(sign, value.end, value.end, verbatim=False)
    return spelled([left, *value.runs, right], value.start, value.end)
