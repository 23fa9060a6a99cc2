"""Where a command stands in its script: as a condition that is waited for, alone, or with its output on a terminal."""

from analyzer.extract.shell.flow import around
from analyzer.extract.shell.script import Block, Command, Script

_SILENT = frozenset({"exit", "echo", "printf", "sleep", "true", "false", ":", "set"})
_CAT = frozenset({"cat", "-"})
_WRITES = frozenset({">", ">>", ">|", "&>", "&>>"})


class Situation:
    """Answers for the commands of one script; `awaited`: something waits for each of them."""

    def __init__(self, script: Script, *, awaited: bool = False) -> None:
        self._blocks = sorted(script.blocks, key=lambda block: block.start)
        self._loops = {i for i, block in enumerate(script.blocks) if block.kind == "loop" and not block.name}
        self._firsts: dict[int, int] = {}
        for command in script.commands:
            first = self._firsts.setdefault(command.block, command.start)
            self._firsts[command.block] = min(first, command.start)
        doing = (one for one in script.commands if one.words and one.words[0].text not in _SILENT)
        self._awaited = awaited or len(list(doing)) <= 1
        self._catching = {one.words[0].text for one in script.commands if one.words and self._caught(one)}

    def waits(self, command: Command) -> bool:
        """Whether a command is the condition of `until` or `while`, or all that a text does: a container's probe."""
        return self._awaited or (command.block in self._loops and command.start == self._firsts[command.block])

    def is_message(self, command: Command) -> bool:
        """Whether a command is `cat` whose output reaches a person only: nobody catches what its function prints."""
        if not command.words or not _CAT.issuperset(word.text for word in command.words) or self._caught(command):
            return False
        functions = {block.name for block in around(self._blocks, command.start) if block.kind != "loop"}
        return self._catching.isdisjoint(functions)

    def _caught(self, command: Command) -> bool:
        """Whether a file, a program or a variable takes the output; that of a group or a loop may be redirected."""
        if command.piped or any(redirect.operator in _WRITES for redirect in command.redirects):
            return True
        return any(map(_catches, around(self._blocks, command.start)))


def _catches(block: Block) -> bool:
    return block.kind in ("substitution", "loop") or (block.kind in ("group", "subshell") and not block.name)
