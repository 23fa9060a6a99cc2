"""Reads Dockerfiles: ENV and ARG as keys of a container's environment, RUN, CMD and ENTRYPOINT as commands.

Exec forms are read as the command line they stand for. Build arguments and stages are not followed. Syntax:
https://docs.docker.com/reference/dockerfile/
"""

import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import accumulate

from analyzer.extract.keyed.bindings import Binding, Scope, Value, references
from analyzer.extract.shell import references_in
from analyzer.extract.shell.ports import Locate
from analyzer.model import Clue, Comment, Evidence, Extraction, HostRef, Slot
from analyzer.source import SourceFile

_INSTRUCTION = re.compile(r"[ \t]{0,40}(?:HEALTHCHECK[ \t][^\n\\]{0,200}?)?(?P<name>[A-Za-z]{3,11})[ \t]{1,40}")
_OPTIONS = re.compile(r"(?:--[a-z]{1,20}=[^\s]{1,300}[ \t]{1,8}){1,10}")
_SPACED = re.compile(r"(?P<key>[A-Za-z_][A-Za-z0-9_]{0,127})[ \t]{1,40}(?P<value>[^\s=][^\n]{0,2000})")
_STRING = re.compile(r"\"((?:[^\"\\\n]|\\.){0,2000})\"")
_SHELLS = frozenset({"sh", "bash", "ash", "dash", "/bin/sh", "/bin/bash", "/bin/ash", "/bin/dash"})
_KEYS = frozenset({"ENV", "ARG"})
_COMMANDS = frozenset({"RUN", "CMD", "ENTRYPOINT"})
_PLACE = Evidence(Clue.PLACE, "environment of a container image")


@dataclass(frozen=True, slots=True)
class Instruction:
    """One instruction: its name in capitals, characters `start` to `end` are its arguments."""

    name: str
    start: int
    end: int


def extract(source: SourceFile) -> Extraction:
    """Hosts in a Dockerfile's environment and commands; comments with directives."""
    refs: list[HostRef] = []
    for instruction in _instructions(source.text):
        if instruction.name in _KEYS:
            refs += _environment(source, instruction)
        elif instruction.name in _COMMANDS:
            refs += _command(source, instruction)
    return Extraction(tuple(refs), comments=tuple(_comments(source)))


def _instructions(text: str) -> Iterator[Instruction]:
    at = 0
    while at < len(text):
        end, following = _logical_line(text, at)
        match = _INSTRUCTION.match(text, at, end)
        if match is not None:
            name = match["name"].upper()
            options = _OPTIONS.match(text, match.end(), end)
            yield Instruction(name, options.end() if options else match.end(), end)
        at = following


def _logical_line(text: str, at: int) -> tuple[int, int]:
    """The end of an instruction, whose lines go on behind a backslash or a comment line, and the next one's start."""
    first = True
    while True:
        stop = text.find("\n", at)
        stop = len(text) if stop < 0 else stop
        line = text[at:stop].strip()
        skipped = line.startswith("#") and not first
        if stop == len(text) or not (skipped or line.endswith("\\")) or (first and line.startswith("#")):
            return stop, stop + 1
        at, first = stop + 1, False


def _environment(source: SourceFile, instruction: Instruction) -> Iterator[HostRef]:
    """`ENV KEY=value KEY=value` is shell's syntax for assignments; `ENV KEY value` has one key."""
    text = source.text[instruction.start : instruction.end]
    spaced = _SPACED.fullmatch(text.rstrip("\r"))
    if spaced is not None:
        start, (first, last) = instruction.start, spaced.span("value")
        binding = Binding(spaced["key"], _value(source, start + first, start + last))
        yield from references([binding], Scope(evidence=(_PLACE,)))
        return
    for ref in references_in(text, _locator(source, instruction.start)):
        yield replace(ref, evidence=(*ref.evidence, _PLACE))


def _command(source: SourceFile, instruction: Instruction) -> Iterator[HostRef]:
    text = source.text[instruction.start : instruction.end]
    if not text.lstrip().startswith("["):
        yield from references_in(text, _locator(source, instruction.start))
        return
    words = [(instruction.start + found.start(1), found[1]) for found in _STRING.finditer(text)]
    if len(words) > 2 and words[0][1] in _SHELLS and words[1][1].endswith("c"):
        start, script = words[2]
        yield from references_in(script, _locator(source, start))
    else:
        yield from _words(source, words)


def _words(source: SourceFile, words: list[tuple[int, str]]) -> Iterator[HostRef]:
    """An exec form: quoted for a shell where a word needs it, with the way back to each word."""
    quoted = [shlex.quote(word) for _, word in words]
    ends = accumulate(len(word) + 1 for word in quoted)
    starts = [at + word.startswith("'") for at, word in zip((0, *ends), quoted, strict=False)]

    def locate(start: int, end: int) -> Slot | None:
        for at, (place, word) in zip(starts, words, strict=True):
            if at <= start and end <= at + len(word):
                return source.slot(place + start - at, place + end - at)
        return None

    yield from references_in(" ".join(quoted), locate)


def _locator(source: SourceFile, offset: int) -> Locate:
    return lambda start, end: source.slot(offset + start, offset + end)


def _value(source: SourceFile, start: int, end: int) -> Value:
    return Value(source.text[start:end], _locator(source, start), source.slot(start, end))


def _comments(source: SourceFile) -> Iterator[Comment]:
    """A comment stands on a line of its own; behind an instruction `#` is part of it."""
    at = 0
    while (at := source.text.find("analyzer:", at)) >= 0:
        line, stop = source.text.rfind("\n", 0, at) + 1, source.text.find("\n", at)
        at = len(source.text) if stop < 0 else stop
        text = source.text[line:at].rstrip("\r")
        start = line + len(text) - len(text.lstrip())
        if text.lstrip().startswith("#"):
            yield Comment(source.span(start, line + len(text)), text.lstrip(), own_line=True)
