"""Where a command stands in its script: as a condition that is waited for, alone, or with its output on a terminal."""

from enum import Enum

from analyzer.extract.keyed.words import words
from analyzer.extract.shell.commands import PRINTS
from analyzer.extract.shell.flow import around
from analyzer.extract.shell.script import Block, Command, Script
from analyzer.extract.shell.words import Word
from analyzer.hosts import HOLE

_SILENT = frozenset({"exit", "echo", "printf", "sleep", "true", "false", ":", "set"})
_REPORTS = frozenset({"report", "reports", "log", "logs", "logfile", "summary"})
_CAT = frozenset({"cat", "-"})
_WRITES = frozenset({">", ">>", ">|", "&>", "&>>"})


class Caller(Enum):
    """Who runs a text, and what for."""

    WAITS = "a container, a job: what comes next starts when the text has ended well"
    WAITS_EACH = "a unit, a Dockerfile: the same for each command"
    ASKS = "a program or cron: it goes on whatever the answer is"
    UNSEEN = "a script's file: nobody is seen who waits for its end"


class Situation:
    """Answers for the commands of one script, told who runs it."""

    def __init__(self, script: Script, caller: Caller) -> None:
        self._blocks = sorted(script.blocks, key=lambda block: block.start)
        self._ends = [block.end for block in script.blocks]
        self._loops = {i for i, block in enumerate(script.blocks) if block.kind == "loop" and not block.name}
        self._firsts: dict[int, int] = {}
        for command in script.commands:
            first = self._firsts.setdefault(command.block, command.start)
            self._firsts[command.block] = min(first, command.start)
        doing = [one for one in script.commands if one.words and one.words[0].text not in _SILENT]
        self._caller = caller
        self._alone = len(doing) <= 1
        self._last = max((one.start for one in doing), default=0)
        self._catching = {one.words[0].text for one in script.commands if one.words and self.caught(one)}

    def waits(self, command: Command) -> bool:
        """Whether something waits for a command: the condition of a loop, or all that a container's probe does."""
        if self._caller is Caller.WAITS_EACH or (self._alone and self._caller is not Caller.ASKS):
            return True
        loop = command.block in self._loops and command.start == self._firsts[command.block]
        return loop and (self._caller is not Caller.UNSEEN or self._last >= self._ends[command.block])

    def tells(self, command: Command) -> bool:
        """Whether a command prints a sentence for a person: words around its variables that nothing catches."""
        texts = [word.text.replace(HOLE, "") for word in command.words[1:] if not word.text.startswith("-")]
        sentence = any(" " in text.strip() for text in texts) or sum(map(str.isalpha, texts)) > 1
        return bool(command.words) and command.words[0].text in PRINTS and sentence and not self.caught(command)

    def is_message(self, command: Command) -> bool:
        """Whether a command is `cat` whose output reaches a person only: nobody catches what its function prints."""
        if not command.words or not _CAT.issuperset(word.text for word in command.words) or self.caught(command):
            return False
        functions = {block.name for block in around(self._blocks, command.start) if block.kind != "loop"}
        return self._catching.isdisjoint(functions)

    def caught(self, command: Command) -> bool:
        """Whether a file, a program or a variable takes the output; that of a group or a loop may be redirected."""
        if command.piped or any(redirect.operator in _WRITES for redirect in command.redirects):
            return True
        return any(map(_catches, around(self._blocks, command.start)))


def is_report(target: Word) -> bool:
    """Whether a file that a script writes is for people, by its ending or the variable that holds its path."""
    name = target.variable()
    told = name is not None and not _REPORTS.isdisjoint(words(name.name))
    return told or target.text.lower().endswith((".md", ".log", ".html", ".csv"))


def _catches(block: Block) -> bool:
    return block.kind in ("substitution", "loop") or (block.kind in ("group", "subshell") and not block.name)
