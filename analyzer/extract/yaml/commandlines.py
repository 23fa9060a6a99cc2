"""Commands in YAML: lists of words, and shell text in one value.

A list is read as the command line that it stands for; flags of programs that are not known count as keys
(`--db-host=10.0.0.121`). Which programs connect to databases is told by `shell`.
"""

import re
import shlex
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import accumulate, pairwise

from analyzer.extract import shell
from analyzer.extract.keyed.bindings import Binding, Scope, references
from analyzer.extract.shell.situation import Caller
from analyzer.extract.shell.walk import Walk
from analyzer.extract.shell.words import whole
from analyzer.extract.yaml.environments import variables
from analyzer.extract.yaml.places import Place
from analyzer.extract.yaml.scalars import Reading, read_scalar, ways
from analyzer.extract.yaml.scripts import Script
from analyzer.model import Clue, Evidence, HostRef, Slot
from analyzer.templates.cover import covered
from analyzer.yamltree import Scalar

COMMANDS = ("entrypoint", "command", "args", "cmd")  # in the order of the command line
SCRIPTS = frozenset(
    {
        "run",
        "script",
        "scripts",
        "before_script",
        "after_script",
        "command",
        "commands",
        "cmd",
        "cmds",
        "shell",
        "entrypoint",
    }
)
_SHELLS = frozenset({"sh", "bash", "ash", "dash", "ksh", "zsh", "busybox"})
_FLAG = re.compile(r"--?([A-Za-z][A-Za-z0-9_.-]{1,127})(?:=|\Z)")
_SHELL_TEXT_FLAG = re.compile(r"-[a-z]{0,4}c")


def script_references(readings: Sequence[Reading], place: Place) -> Iterator[HostRef]:
    """The references in shell text, its lines in several values or in one.

    Values that make no script together, for a quote that one of them leaves open, are read one by one.
    """
    for way in ways(readings):
        yield from _script(way, place)


def _script(readings: Sequence[Reading], place: Place) -> Iterator[HostRef]:
    script = Script(readings, partial(variables, place))
    walk = Walk(script.locate, Caller.WAITS)
    if walk.read(whole(script.text)) and len(readings) > 1:
        for reading in readings:
            yield from _script([reading], place)
        return
    for ref in walk.references():
        yield _placed(ref, place)


def command_references(words: Sequence[Scalar], place: Place) -> Iterator[HostRef]:
    """The references in a command that is written word by word."""
    readings = [read_scalar(word) for word in words]
    text = _shell_text(readings)
    if text is not None:
        yield from script_references([text], place)
        return
    for way in ways(readings):
        line = CommandLine(way)
        for ref in shell.references_in(covered(line.text), line.locate):
            yield _placed(ref, place)
    label = place.document.label
    fed = (Evidence(Clue.PLACE, f"container args of {label}"),) if label else ()
    yield from references(list(_flags(readings)), Scope((), (*place.evidence, *fed), "=", place.document.sealed))


class CommandLine:
    """Words joined by blanks and quoted where a shell would need it; `locate` leads back to the words' bytes."""

    def __init__(self, readings: Sequence[Reading]) -> None:
        quoted = [shlex.quote(reading.text) for reading in readings]
        self._readings = readings
        self._starts = [
            start + word.startswith("'")
            for start, word in zip(accumulate((len(word) + 1 for word in quoted), initial=0), quoted, strict=False)
        ]
        self.text = " ".join(quoted)

    def locate(self, start: int, end: int) -> Slot | None:
        """The bytes of `text[start:end]` where they lie in one word."""
        index = bisect_right(self._starts, start) - 1
        if index < 0:
            return None
        reading, first, last = self._readings[index], start - self._starts[index], end - self._starts[index]
        inside = last <= len(reading.text) and reading.text[first:last] == self.text[start:end]
        return reading.locate(first, last) if inside else None


def _shell_text(readings: Sequence[Reading]) -> Reading | None:
    """The script of `sh -c script`, or None."""
    if not readings or readings[0].text.rsplit("/", 1)[-1] not in _SHELLS:
        return None
    for flag, script in pairwise(readings):
        if _SHELL_TEXT_FLAG.fullmatch(flag.text):
            return script
    return None


def _flags(readings: Sequence[Reading]) -> Iterator[Binding]:
    """`--name=value` and `--name value` as bindings."""
    for index, reading in enumerate(readings):
        flag = _FLAG.match(reading.text)
        if flag is None:
            continue
        if flag.end() > flag.end(1):
            yield Binding(flag[1], reading.part(flag.end(), len(reading.text)).value)
        elif index + 1 < len(readings) and not readings[index + 1].text.startswith("-"):
            yield Binding(flag[1], readings[index + 1].value)


def _placed(ref: HostRef, place: Place) -> HostRef:
    return replace(ref, evidence=(*ref.evidence, *place.evidence), sealed=ref.sealed or place.document.sealed)
