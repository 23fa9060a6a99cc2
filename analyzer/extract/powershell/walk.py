"""Walks through the commands of a PowerShell script: the shell's walk, with cmdlets beside programs.

Variables, keys and connection strings are followed as the shell's are.
"""

from collections.abc import Callable

from analyzer.extract.keyed.keys import databaselike
from analyzer.extract.powershell import cmdlets
from analyzer.extract.powershell.cmdletsites import connection_sites, object_sites, operation_sites, parameters
from analyzer.extract.powershell.launches import Launches
from analyzer.extract.shell.clients import CLIENTS
from analyzer.extract.shell.keys import KeyScope, KeyWord, key_words
from analyzer.extract.shell.programs import Words
from analyzer.extract.shell.script import Assignment, Block, Command
from analyzer.extract.shell.sites import Kind, Site
from analyzer.extract.shell.situation import is_report
from analyzer.extract.shell.words import Word
from analyzer.hosts import HOLE

_DSN_MARKS = ("://", "=", "(", HOLE)


class PowerShell(Launches):
    """What one text holds: `read` it once, then ask for `references`."""

    def assigned(self, found: Assignment, command: Command, block: Block, *, declared: str = "") -> None:
        """A variable gets a value; one of the environment is read by all programs that are started."""
        inside = found.value.variable()
        if found.name.startswith("env."):
            self.environment(found.name[4:], found.value, block)
        elif "." in found.name:
            if found.name.strip("."):
                self.member(found.name, found.value, block)
        else:
            argument = inside is not None and ":" in inside.name
            super().assigned(found, command, block, declared="local" if argument else declared)

    def defaults(self, word: Word, block: Block) -> None:
        """`$env:DB_HOST ?? 'value'` tells about DB_HOST; a parameter's default stands under its own name."""
        for _, expansion in word.expansions:
            if expansion.default is not None and ":" not in expansion.name:
                self._scope(block).pairs.append(KeyWord(expansion.name.removeprefix("env."), expansion.default))

    def run(self, words: Words, command: Command, block: Block) -> None:
        """Give a command line to those who know its program or cmdlet."""
        words = self.given(words)
        if not words:
            return
        name = words[0].text.lower()
        act = ACTS.get(name)
        if name in self.functions:
            self._call(words, command)
        elif act is not None:
            act(self, words, command, block)
        elif "-" in name and name not in CLIENTS and name.replace("-", "").isalnum() and words[0].text[:1].isupper():
            self._cmdlet(words)
        else:
            super().run(words, command, block)

    def _used(self, command: Command) -> None:
        """Which variables go only into messages, and which go anywhere else."""
        name = command.words[0].text.lower() if command.words else ""
        values = [found.value for found in command.assignments]
        names = {expansion.name for word in (*command.words, *values) for _, expansion in word.expansions}
        if name in cmdlets.MESSAGES and not command.piped:
            self.told |= names
        elif name not in cmdlets.SILENT:
            self.handed |= names

    def _call(self, words: Words, command: Command) -> None:
        """One of the script's own functions is called; arguments go by name or by place."""
        place, function = 0, words[0].text.lower()
        for argument in parameters(words[1:]):
            place += not argument.name
            name = argument.name.removeprefix("-").lower() or str(place)
            self.argument(f"{function}:{name}", argument.value, command)
        self._strings(words[1:])

    def connect(self, words: Words, _command: Command, _block: Block) -> None:
        """A cmdlet that connects to a database."""
        name = words[0].text
        self.sites += connection_sites(name, cmdlets.CONNECTS[name.lower()], words[1:])

    def create(self, words: Words, _command: Command, _block: Block) -> None:
        """`New-Object`."""
        self.sites += object_sites(words[1:])

    def operate(self, words: Words, _command: Command, _block: Block) -> None:
        """A cmdlet that administers."""
        name = words[0].text
        self.sites += operation_sites(name, words[1:], operands=name.lower() in cmdlets.TARGETS)

    def message(self, words: Words, command: Command, _block: Block) -> None:
        """A text for people; what `Write-Output` or a bare value prints may be caught."""
        for word in words[1:] if words[0].text.lower() in ("echo", "write-output") else ():
            self.variables.echoes.append((word.start, word))
            if command.piped:
                self.document(word)

    def returned(self, words: Words, _command: Command, _block: Block) -> None:
        """`return "Server=..."`."""
        for word in words[1:]:
            self.variables.echoes.append((word.start, word))
            self.sites.append(Site(word, Kind.CONNECTS, certain=True))

    def environment_set(self, words: Words, _command: Command, block: Block) -> None:
        """`[Environment]::SetEnvironmentVariable("PGHOST", "..."), `setx PGHOST ...`."""
        if len(words) > 2 and HOLE not in words[1].text:
            self.environment(words[1].text, words[2], block)

    def write(self, words: Words, _command: Command, block: Block) -> None:
        """`Set-Content .env -Value "..."`; `Set-Item Env:PGHOST`."""
        found = list(parameters(words[1:]))
        others = [each.value for each in found if not each.name]
        named = [each.value for each in found if each.name.lower() in ("-path", "-filepath", "-literalpath")]
        target = next(iter([*named, *others]), None)
        values = [each.value for each in found if each.name.lower() == "-value"] or (others if named else others[1:])
        if target is not None and target.text.lower().startswith("env:"):
            for value in values[:1]:
                self.environment(target.text[4:], value, block)
        elif target is None or not is_report(target):
            for one in (single for word in values for single in word.elements or (word,)):
                self.document(one)

    def _cmdlet(self, words: Words) -> None:
        """A cmdlet that no table holds: its noun may name a database, and its words may be connection strings."""
        verb, _, noun = words[0].text.partition("-")
        looks, named = verb.lower() in cmdlets.LOOKS, list(parameters(words[1:]))
        flat = [one for word in words[1:] for one in word.elements or (word,)]
        if noun.lower().startswith("dba") or (looks and databaselike(noun)):
            self.sites += operation_sites(words[0].text, words[1:], operands=False)
            return
        if any(each.name.lower() in cmdlets.COMPUTERS for each in named):
            self.sites += operation_sites(words[0].text, words[1:], operands=False)
        elif pairs := list(key_words(flat)):
            self.keys(KeyScope(pairs, (), (noun,), " ", exported=True, strict=True))
        self._strings(flat)

    def _strings(self, words: Words) -> None:
        """The connection strings among some words."""
        strings = (word for word in words if any(mark in word.text for mark in _DSN_MARKS))
        self.sites += (Site(word, Kind.CONNECTS, certain=True) for word in strings)


Act = Callable[[PowerShell, Words, Command, Block], None]
ACTS: dict[str, Act] = {
    **dict.fromkeys(cmdlets.CONNECTS, PowerShell.connect),
    **dict.fromkeys(cmdlets.OPERATES, PowerShell.operate),
    **dict.fromkeys(cmdlets.MESSAGES, PowerShell.message),
    **dict.fromkeys(cmdlets.WRITES, PowerShell.write),
    **dict.fromkeys(cmdlets.RUNS, PowerShell.lined),
    **dict.fromkeys(("start-process", "start", "saps"), PowerShell.launched),
    **dict.fromkeys(("setenvironmentvariable", "setx"), PowerShell.environment_set),
    **dict.fromkeys(("set-item", "si"), PowerShell.write),
    "new-object": PowerShell.create,
    "return": PowerShell.returned,
    "join-path": PowerShell.path,
}
