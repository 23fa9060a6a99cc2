"""Cuts a Dockerfile into instructions: continued lines, comment lines between them, here-documents.

Syntax: https://docs.docker.com/reference/dockerfile/
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_DIRECTIVE = re.compile(r"[ \t]*#[ \t]*(?P<name>[A-Za-z]{1,40})[ \t]*=[ \t]*(?P<value>[^\r\n]{0,200})")
_NAME = re.compile(r"[ \t]{0,40}(?:ONBUILD[ \t]{1,40})?(?P<name>[A-Z]{3,11})(?=[ \t\r\n]|\Z)[ \t]{0,40}", re.IGNORECASE)
_CHECK = re.compile(r"(?:--[a-z-]{1,20}=\S{1,100}[ \t]{1,40}){0,8}CMD[ \t]{1,40}", re.IGNORECASE)
_OPTIONS = re.compile(r"(?:--[a-z]{1,20}(?:=[^\s]{1,300})?[ \t]{1,8}){1,10}")
_HEREDOC = re.compile(r"<<(?P<cut>-?)[ \t]{0,4}(?P<quote>[\"']?)(?P<mark>[A-Za-z_][\w.]{0,100})(?P=quote)")
_WITH_DOCUMENTS = frozenset({"RUN", "COPY", "ADD"})
_MOST = 10  # here-documents of one instruction


@dataclass(frozen=True, slots=True)
class Document:
    """A here-document: its mark, and the characters of its body."""

    mark: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Instruction:
    """One instruction: its name in capitals, and the characters of its arguments line by line.

    What continues a line is in none of them, nor are comments between lines. `documents` follow the last line.
    """

    name: str
    lines: tuple[tuple[int, int], ...]
    documents: tuple[Document, ...] = ()


@dataclass(frozen=True, slots=True)
class Parsed:
    """The instructions of a file in order, and its comment lines (start, end)."""

    instructions: tuple[Instruction, ...]
    comments: tuple[tuple[int, int], ...]


def parse(text: str) -> Parsed:
    """Cut the text of a Dockerfile. Lines that are no instruction are passed."""
    comments: list[tuple[int, int]] = []
    return Parsed(tuple(_instructions(text, _escape(text), comments)), tuple(comments))


def _escape(text: str) -> str:
    """The character that continues a line: directives stand before everything else."""
    at = 0
    while (match := _DIRECTIVE.match(text, at)) is not None:
        if match["name"].lower() == "escape" and match["value"][:1] in ("\\", "`"):
            return match["value"][:1]
        at = text.find("\n", match.end()) + 1
        if not at:
            break
    return "\\"


def _instructions(text: str, escape: str, comments: list[tuple[int, int]]) -> Iterator[Instruction]:
    at = 0
    while at < len(text):
        lines, at = _logical_line(text, at, escape, comments)
        match = _NAME.match(text, *lines[0]) if lines else None
        if match is None:
            continue
        name, start = match["name"].upper(), match.end()
        if name == "HEALTHCHECK" and (check := _CHECK.match(text, start, lines[0][1])):
            name, start = "CMD", check.end()
        options = _OPTIONS.match(text, start, lines[0][1])
        lines[0] = (options.end() if options else start, lines[0][1])
        documents: list[Document] = []
        if name in _WITH_DOCUMENTS:
            at = _documents(text, lines, at, documents)
        yield Instruction(name, tuple(lines), tuple(documents))


def _logical_line(
    text: str, at: int, escape: str, comments: list[tuple[int, int]]
) -> tuple[list[tuple[int, int]], int]:
    """The lines of one instruction without what continues them, and where the next one starts."""
    lines: list[tuple[int, int]] = []
    while at < len(text):
        stop = text.find("\n", at)
        stop = len(text) if stop < 0 else stop
        line = text[at:stop].rstrip()
        start, at = at, stop + 1
        if line.lstrip().startswith("#"):
            comments.append((start + len(line) - len(line.lstrip()), start + len(line)))
        elif line.endswith(escape):
            lines.append((start, start + len(line) - 1))
            continue
        elif line:
            lines.append((start, start + len(line)))
            break
        if not lines:
            break
    return lines, at


def _documents(text: str, lines: list[tuple[int, int]], at: int, found: list[Document]) -> int:
    """The here-documents that an instruction opens; where the next instruction starts."""
    marks = [match for line in lines for match in _HEREDOC.finditer(text, *line)]
    for match in marks[:_MOST]:
        end, following = _closing(text, at, match["mark"], cut=bool(match["cut"]))
        if end is None:
            break
        found.append(Document(match["mark"], at, end))
        at = following
    return at


def _closing(text: str, at: int, mark: str, *, cut: bool) -> tuple[int | None, int]:
    """Where a here-document ends and where the text goes on."""
    pattern = re.compile(rf"^{chr(9) + '*' if cut else ''}{re.escape(mark)}\r?$", re.MULTILINE)
    match = pattern.search(text, at)
    return (match.start(), match.end() + 1) if match else (None, at)
