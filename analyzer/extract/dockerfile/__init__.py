"""Reads Dockerfiles: ENV and ARG as the environment of the image, RUN, CMD and ENTRYPOINT as commands that see it.

Here-documents are read as the files that they become. Build arguments of the outside and stages are not followed.
Syntax: https://docs.docker.com/reference/dockerfile/
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from analyzer.extract.dockerfile.commands import documents_of, exec_form, script_of, target_of, with_documents
from analyzer.extract.dockerfile.environment import Assignment, assignments, exported, text_of
from analyzer.extract.dockerfile.instructions import Document, Instruction, Parsed, parse
from analyzer.extract.gathering.directivelines import directives
from analyzer.extract.gathering.merging import merged
from analyzer.extract.gathering.sharedports import agreed
from analyzer.extract.gathering.signed import SHELL, signed_directives
from analyzer.extract.inner.levels import Deeper, deeper
from analyzer.extract.inner.nested import Inner, nested_references, searched
from analyzer.extract.shell import Caller, references_in
from analyzer.extract.spelling.spelled import Spelled, spelled, whole
from analyzer.extract.yaml.commandlines import CommandLine
from analyzer.model import Clue, Comment, Evidence, Extraction, HostRef, Roster
from analyzer.source import SourceFile

_PLACE = Evidence(Clue.PLACE, "environment of a container image")
_FILE = Evidence(Clue.PLACE, "file of a container image")
_KEYS = frozenset({"ENV", "ARG"})
_COMMANDS = frozenset({"RUN", "CMD", "ENTRYPOINT"})
_FILES = frozenset({"COPY", "ADD"})
_VARIABLE = re.compile(r"\$\{?([A-Za-z_]\w{0,127})")
_CLIENTS = ("PG", "MYSQL_")  # variables that client programs read by themselves
_MOST = 40  # variables that one command sees


def extract(source: SourceFile) -> Extraction:
    """Hosts in a Dockerfile's environment, commands and files; comments with directives."""
    return extract_at(source, 0)


def extract_at(source: SourceFile, depth: int) -> Extraction:
    """The same of a text that stands inside `depth` others."""
    parsed = parse(source.text)
    reader = _Reader(source, deeper(depth))
    for instruction in parsed.instructions:
        reader.read(instruction)
    return Extraction(
        refs=tuple(merged(agreed(reader.references()))),
        comments=tuple(_directives(source, parsed)),
        rosters=tuple(dict.fromkeys(reader.rosters)),
    )


class _Reader:
    """Collects the references of one file; what a command sees is what stands before it."""

    def __init__(self, source: SourceFile, read_inner: Deeper | None) -> None:
        self.rosters: list[Roster] = []
        self._source = source
        self._read_inner = read_inner
        self._assigned: dict[str, Assignment] = {}
        self._all: list[Assignment] = []
        self._refs: list[HostRef] = []

    def read(self, instruction: Instruction) -> None:
        """Read one instruction."""
        text = text_of(self._source.text, instruction)
        if instruction.name in _KEYS:
            for assignment in assignments(text):
                self._all.append(assignment)
                self._assigned[assignment.name] = assignment
        elif instruction.name in _COMMANDS:
            self._refs += self._command(instruction, text)
        elif instruction.name in _FILES:
            for document in instruction.documents:
                self._refs += self._file(target_of(text, document), document)

    def references(self) -> Iterator[HostRef]:
        """The references in the environment, then all others."""
        if runs := exported(self._all):
            for ref in self._shell(spelled(runs, runs[0].start, runs[-1].end)):
                yield replace(ref, evidence=(*ref.evidence, _PLACE))
        yield from self._refs

    def _command(self, instruction: Instruction, text: Spelled) -> Iterator[HostRef]:
        words = exec_form(text)
        if words is not None:
            script = script_of(words)
            yield from self._script(script) if script is not None else self._words(words)
            return
        name, documents = documents_of(instruction, text)
        for document in documents:
            body = whole(self._source, document.start, document.end)
            shebang = body.text.lstrip().startswith("#!")
            yield from self._file(name, document) if name or shebang else self._script(body)
        if not documents and instruction.documents:
            text = with_documents(self._source, text, instruction.documents)
        if not documents:
            yield from self._script(text)

    def _words(self, words: Sequence[Spelled]) -> Iterator[HostRef]:
        line = CommandLine([word.reading(self._source) for word in words])
        yield from references_in(line.text, line.locate, Caller.WAITS_EACH)

    def _script(self, text: Spelled) -> Iterator[HostRef]:
        """Shell text with the variables that it, or a program that it may call, reads."""
        wanted = dict.fromkeys(_VARIABLE.findall(text.text))
        wanted |= dict.fromkeys(name for name in self._assigned if name.startswith(_CLIENTS))
        seen = [self._assigned[name] for name in wanted if name in self._assigned][:_MOST]
        yield from self._shell(spelled([*exported(seen), *text.runs], text.start, text.end))

    def _shell(self, text: Spelled) -> Iterator[HostRef]:
        yield from references_in(text.text, text.value(self._source).locate, Caller.WAITS_EACH)

    def _file(self, name: str, document: Document) -> Iterator[HostRef]:
        reading = whole(self._source, document.start, document.end).reading(self._source)
        inner = Inner(name, reading, (_FILE,))
        if self._read_inner is None:
            yield from searched(inner)
        else:
            found = nested_references(inner, self._read_inner)
            self.rosters += found.rosters
            yield from found.refs


def _directives(source: SourceFile, parsed: Parsed) -> Iterator[Comment]:
    """Comment lines, and the shell's own comments; behind ENV and its like a `#` is no comment."""
    yield from directives(source.data, (source.span(*comment) for comment in parsed.comments))
    commands = [each for each in parsed.instructions if each.name in _COMMANDS]
    lines = [line for each in commands for line in each.lines]
    documents = [(document.start, document.end) for each in parsed.instructions for document in each.documents]
    yield from signed_directives(source.data, (source.span(*place) for place in sorted([*lines, *documents])), SHELL)
