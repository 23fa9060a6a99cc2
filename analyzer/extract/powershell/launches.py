"""What PowerShell gives to a program: its environment, arguments from hashtables and lists, command lines in strings.

Half of the walk: which cmdlet means what stands in the other.
"""

from collections.abc import Iterator
from dataclasses import replace

from analyzer.extract.powershell.cmdletsites import parameters
from analyzer.extract.powershell.parse import parse
from analyzer.extract.shell.clients import CLIENTS
from analyzer.extract.shell.flow import Definition
from analyzer.extract.shell.keys import KeyScope, KeyWord
from analyzer.extract.shell.ports import Locate
from analyzer.extract.shell.programs import Words
from analyzer.extract.shell.script import Block, Command, Script
from analyzer.extract.shell.sites import Site
from analyzer.extract.shell.situation import Caller
from analyzer.extract.shell.walk import Walk
from analyzer.extract.shell.words import Expansion, Word
from analyzer.hosts import HOLE
from analyzer.model import Engine

_TAILS = ("exe", "path", "command", "cmd", "cli", "bin", "tool", "client")
_PROGRAMS = {name.replace("_", "").replace("-", ""): name for name in CLIENTS}
_NEAR = 8  # paths and values that are looked at for the name of a program


class Launches(Walk):
    """How programs are started."""

    def __init__(self, locate: Locate, caller: Caller) -> None:
        super().__init__(locate, caller)
        self.spellings: dict[str, str] = {}
        self.foreign = False  # what is read is shell text
        self.paths: list[tuple[int, str]] = []  # what Join-Path makes, by its place
        self._members: dict[str, dict[str, None]] = {}
        self._keyed: dict[tuple[int, int, tuple[str, ...]], KeyScope] = {}

    def script(self, text: Word) -> Script:
        """The commands of a text, by the shell that it is written for."""
        return super().script(text) if self.foreign else parse(text, self.spellings)

    def nested(self, text: Word) -> None:
        """Text that a program gets which starts a shell of its own."""
        outer, self.foreign = self.foreign, True
        super().nested(text)
        self.foreign = outer

    def evaluated_here(self, text: Word) -> None:
        """Text that PowerShell, or `cmd`, runs itself."""
        outer, self.foreign = self.foreign, False
        super().nested(text)
        self.foreign = outer

    def environment(self, name: str, value: Word, block: Block) -> None:
        """A variable of the environment gets a value."""
        flown = self.spellings.setdefault(f"env.{name}".lower(), f"env.{name}")
        self.variables.define(Definition(flown, (value,), value.end, block.start, block.end))
        self.export(flown)
        self._key(("env",), name, value, block)

    def member(self, name: str, value: Word, block: Block) -> None:
        """An entry of a hashtable, or a property of an object, gets a value: `params.Server`, or `.Server` of none."""
        table, _, entry = name.partition(".")
        if table:
            self._members.setdefault(table.lower(), {})[entry] = None
            self.variables.define(Definition(name, (value,), value.end, block.start, block.end))
        *parents, key = filter(None, name.split("."))
        self._key(tuple(parents), key, value, block)

    def _key(self, parents: tuple[str, ...], key: str, value: Word, block: Block) -> None:
        """A value under a key, with those under the same parents in one scope."""
        pairs = [KeyWord(key, one, item=value.elements is not None) for one in value.elements or (value,)]
        known = self._keyed.get((block.start, block.end, parents))
        if known is not None:
            known.pairs.extend(pairs)
            return
        exported = parents == ("env",)
        scope = KeyScope(pairs, parents=() if exported else parents, exported=exported)
        self._keyed[block.start, block.end, parents] = scope
        self.keys(scope)

    def argument(self, name: str, value: Word, command: Command) -> None:
        """A function of the script gets an argument."""
        start, end = command.start, command.end
        self.variables.define(Definition(name, (value,), start, start, end, adds=True, several=True))

    def given(self, words: Words) -> Words:
        """The words with what `@params` stands for, and the bare name of the program first."""
        found = [one for word in words for one in self._splatted(word)]
        return [self._program(found[0]), *found[1:]] if found else []

    def launched(self, words: Words, command: Command, block: Block) -> None:
        """`Start-Process psql -ArgumentList "-h $DbHost"`."""
        found = list(parameters(words[1:]))
        named = {each.name.lower(): each.value for each in found if each.name}
        others = [each.value for each in found if not each.name]
        program = named.get("-filepath") or (others.pop(0) if others else None)
        given = named.get("-argumentlist") or named.get("-args") or (others.pop(0) if others else None)
        if program is None or given is None:
            return
        if given.elements is not None:
            # nothing can be put between the items of a list
            self.run([program, *given.elements], replace(command, end=command.start), block)
        elif lines := parse(given, self.spellings).commands:
            self.run([program, *lines[0].words], command, block)

    def lined(self, words: Words, command: Command, block: Block) -> None:
        """`Invoke-Expression "..."`, `cmd /c ...`, `pwsh -Command "..."`."""
        at = next((i for i, word in enumerate(words) if i and word.text.lower() in ("/c", "/k", "-command", "-c")), 0)
        rest = words[at + 1 :]
        if len(rest) == 1:
            self.evaluated_here(rest[0])
        elif rest and at:
            self.run(rest, command, block)

    def path(self, words: Words, command: Command, _block: Block) -> None:
        """`Join-Path $bin "psql.exe"`."""
        self.paths.append((command.start, words[-1].text))

    def _connect(self, words: Words, command: Command) -> None:
        before = len(self.sites)
        super()._connect(words, command)
        self.sites[before:] = [_placed(site, command) for site in self.sites[before:]]

    def _splatted(self, word: Word) -> Iterator[Word]:
        variable = word.variable()
        if variable is None or not variable.name.startswith("@"):
            yield word
            return
        name, at, end = variable.name[1:], variable.start, variable.end
        for entry in self._members.get(name.lower(), ()):
            flown = self.spellings.get(f"{name}.{entry}".lower(), f"{name}.{entry}")
            yield Word(f"-{entry}", at, at)
            yield Word(HOLE, at, end, expansions=((0, Expansion(flown, at, end)),))
        for definition in self.variables.definitions.get(name, [])[-1:]:
            yield from definition.words[0].elements or ()

    def _program(self, word: Word) -> Word:
        """The program that a first word runs: of a path the last part, of a variable what it holds."""
        variable = word.variable()
        text = word.text if variable is None else self._stands_for(variable)
        bare = text.replace("\\", "/").rsplit("/", 1)[-1].strip("\"' ").removesuffix(".exe").removesuffix(".EXE")
        return Word(bare.lower() if bare.lower() in CLIENTS else bare, word.start, word.end, quoted=word.quoted)

    def _stands_for(self, variable: Expansion) -> str:
        inside, name = variable.inside, variable.name.lower()
        values = [one for found in self.variables.definitions.get(variable.name, [])[-_NEAR:] for one in found.words]
        inner = [found.inside for value in values if (found := value.variable()) and found.inside]
        for low, high in [inside] if inside else inner:
            paths = [text for start, text in self.paths[-_NEAR:] if low <= start < high]
            if paths:
                return paths[-1]
        texts = [value.text for value in values if HOLE not in value.text]
        bare = name.rpartition(".")[2].replace("_", "")
        short = next((bare.removesuffix(tail) for tail in _TAILS if bare.endswith(tail)), bare)
        return texts[-1] if texts else _PROGRAMS.get(short, HOLE)


def _placed(site: Site, command: Command) -> Site:
    """The same site; a port can be put behind a word of the command itself, and behind a comma only in one string."""
    away = not command.start <= site.word.start < command.end
    listed = site.engine is Engine.SQLSERVER and (site.word.quoted or bool(site.word.expansions))
    variable = f"env.{site.variable}" if site.variable else ""
    return replace(site, insert="" if away or listed else site.insert, variable=variable)
