"""Commands while they are read, and the here-documents that follow on a later line.

Between the reader of words and the reader of command lists: it knows neither operators nor reserved words.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from analyzer.extract.shell.reader import WordReader
from analyzer.extract.shell.script import Assignment, Block, Command, Fault, Redirect, Script
from analyzer.extract.shell.words import Word


@dataclass(slots=True)
class Draft:
    """A command that is being read; a here-document may come after its end."""

    start: int
    block: int
    conditional: bool
    words: list[Word] = field(default_factory=list)
    assignments: list[Assignment] = field(default_factory=list)
    redirects: list[Redirect] = field(default_factory=list)
    end: int = -1
    piped: bool = False

    def finished(self) -> Command:
        """The command, once everything of it was read."""
        words, assignments, redirects = tuple(self.words), tuple(self.assignments), tuple(self.redirects)
        return Command(words, assignments, redirects, self.start, self.end, self.block, self.conditional, self.piped)


class Collector(WordReader):
    """Holds what was read: `found` commands, `blocks` and `comments`; here-documents wait for their line."""

    def __init__(self, source: Word, literal: frozenset[int] = frozenset()) -> None:
        super().__init__(source, literal)
        self.found: list[Draft] = []
        self.blocks: list[Block] = []
        self.comments: list[tuple[int, int]] = []
        self.documents: list[tuple[int, int]] = []
        self._heredocs: list[tuple[Draft, bool, Word]] = []

    def script(self, faults: Sequence[Fault], *, complete: bool = True) -> Script:
        """What was read so far; blocks that stand open reach to the end."""
        end = self.source.place(len(self.text))
        for block in self.blocks:
            block.end = end if block.end < 0 else block.end
        commands = tuple(draft.finished() for draft in self.found)
        comments, documents = tuple(self.comments), tuple(self.documents)
        return Script(commands, tuple(self.blocks), comments, tuple(faults), complete, documents)

    def queue(self, draft: Draft, operator: str, delimiter: Word) -> None:
        """Remember a here-document whose body starts on the next line."""
        self._heredocs.append((draft, operator.endswith("-"), delimiter))

    def newline(self) -> None:
        """Step over a line end and the here-documents behind it."""
        line_end = self.at
        self.at += 1
        queued, self._heredocs = self._heredocs, []
        for index, (draft, tabs, delimiter) in enumerate(queued):
            self.at = min(self.at + (index > 0), self.end)
            end, following = self._body_end(delimiter.text, tabs=tabs)
            body = self.source.part(self.at, end) if delimiter.quoted else self.body(end)
            draft.redirects.append(Redirect("<<", body))
            self.at = following
            self.documents.append((self.source.place(line_end), self.source.place(end)))

    def comment(self) -> None:
        """Step over a comment."""
        start, self.at = self.at, self._line_end()
        self.comments.append((self.source.place(start), self.source.place(self.at)))

    def _body_end(self, delimiter: str, *, tabs: bool) -> tuple[int, int]:
        """Where the body ends and where the text goes on."""
        at = self.at
        while at < self.end:
            stop = self.text.find("\n", at, self.end)
            stop = self.end if stop < 0 else stop
            line = self.text[at:stop].rstrip("\r")
            if (line.lstrip("\t") if tabs else line) == delimiter:
                return at, stop
            at = stop + 1
        return self.end, self.end
