"""Walks through the commands of a script and gives each to those who understand it.

Wrappers (`sudo`, `timeout`), shells (`sh -c`), remote commands (`ssh host ...`) and containers (`docker exec`) lead to
the command inside. What is found is gathered; nothing is judged here.
"""

from analyzer.extract.shell.clients import CLIENTS
from analyzer.extract.shell.commands import (
    CONTAINERS,
    EDITORS,
    OPERATIONS,
    PRINTS,
    QUIET,
    SHELLS,
    WRAPPERS,
    Target,
)
from analyzer.extract.shell.keys import KeyScope, KeyWord
from analyzer.extract.shell.parse import parse
from analyzer.extract.shell.ports import Locate
from analyzer.extract.shell.programs import ACTS, Programs, Words
from analyzer.extract.shell.purposes import command_sites, on_server, restores, server_of, stops
from analyzer.extract.shell.script import Block, Command, Fault, Redirect, Script, assignment
from analyzer.extract.shell.sites import Kind, Site, network_site, operation_sites, program_name, remote
from analyzer.extract.shell.situation import Caller, Situation
from analyzer.extract.shell.words import Word, joined

_NESTED = 4  # shell text inside shell text
_WRAPPERS = 20  # programs that run programs


class Walk(Programs):
    """What one text holds: `read` it once, then ask for `references`."""

    def __init__(self, locate: Locate, caller: Caller) -> None:
        super().__init__(locate)
        self._caller = caller
        self.comments: list[tuple[int, int]] = []
        self._situation = Situation(Script((), ()), caller)
        self.documents: list[tuple[int, int]] = []
        self._level = 0
        self._depth = 0

    def read(self, text: Word) -> tuple[Fault, ...]:
        """Read the text; what could not be followed. Then only its connection strings are looked for."""
        script = self.script(text)
        above, self._situation = self._situation, Situation(script, self._caller)
        if self._level == 0:
            self.comments += script.comments
            self.documents += script.documents
        for block in script.blocks:
            self.block(block)
        for command in script.commands:
            self._command(command, script.blocks[command.block])
        if not script.complete:
            self.sites.append(Site(text, Kind.CONNECTS, certain=True))
        self._situation = above
        return script.faults

    def script(self, text: Word) -> Script:
        """The commands of a text."""
        return parse(text)

    def _command(self, command: Command, block: Block) -> None:
        for word in (*command.words, *(found.value for found in command.assignments)):
            self.defaults(word, block)
        self._used(command)
        if command.words:
            self._environment([KeyWord(found.name, found.value) for found in command.assignments])
            self.run(command.words, command, block)
        else:
            for found in command.assignments:
                self.assigned(found, command, block)
                self.stored(found.value, command, block)
        for redirect in command.redirects:
            self.defaults(redirect.word, block)
            self._redirected(redirect, command)

    def _used(self, command: Command) -> None:
        """Which variables a program that edits takes, and which go anywhere but into a message."""
        programs = {program_name(word) for word in command.words}
        values = [found.value for found in command.assignments]
        names = {expansion.name for word in (*command.words, *values) for _, expansion in word.expansions}
        if not programs.isdisjoint(EDITORS):
            self.edited |= names
        elif not programs or program_name(command.words[0]) not in QUIET:
            self.handed |= names
        elif self._situation.tells(command):
            self.told |= names
        elif program_name(command.words[0]) in PRINTS:
            self.printed |= names

    def _redirected(self, redirect: Redirect, command: Command) -> None:
        body, programs = redirect.word, {program_name(word) for word in command.words}
        site = network_site(body) if redirect.operator != "<<" else None
        if site is not None:
            self.sites.append(site)
        elif redirect.operator not in ("<<", "<<<") or _nothing(command):
            return
        elif not programs.isdisjoint(SHELLS | {"ssh", "sshpass", "autossh"}) and not _stores(command.words):
            self._remotely(body, command.words if program_name(command.words[0]) == "ssh" else ())
        elif not programs.isdisjoint(CLIENTS):
            self.sites.append(Site(body, Kind.CONNECTS, certain=True))
        elif not self._situation.is_message(command):
            self.document(body)

    def stored(self, value: Word, command: Command, block: Block) -> None:
        """`PSQL="psql -h 10.0.0.121"` and `PSQL=(psql -h 10.0.0.121)`."""
        if value.elements:
            if _starts_known(value.elements[0].text):
                self.run(value.elements, command, block)
        elif " " in value.text and _starts_known(next(iter(value.text.split(None, 1)), "")):
            self.nested(value)

    def run(self, words: Words, command: Command, block: Block) -> None:
        """Give a command line to those who know its program."""
        pairs: list[KeyWord] = []
        while len(pairs) < len(words) and (pair := assignment(words[len(pairs)])) is not None:
            pairs.append(KeyWord(pair.name, pair.value))
        self._environment(pairs)
        words = words[len(pairs) :]
        if not words or self._depth > _WRAPPERS:
            return
        name = program_name(words[0])
        self.restores = self.restores or restores(words)
        if name in self.functions and "/" not in words[0].text:
            self.called(words, command)
        elif (act := ACTS.get(name)) is not None:
            self._depth += 1
            act(self, words, command, block)
            self._depth -= 1
        elif name in CLIENTS:
            self._connect(words, command)
        elif name in OPERATIONS:
            self._operate(words, OPERATIONS[name])
        else:
            self.unknown(words)

    def _connect(self, words: Words, command: Command) -> None:
        whole = ((words[0], word.variable()) for word in words[1:])
        self.options += [(program, variable) for program, variable in whole if variable and not variable.default]
        self.sites += command_sites(words, command, self._situation, self.user)

    def _environment(self, pairs: list[KeyWord]) -> None:
        """`NAME=value` before a program."""
        self.keys(KeyScope(pairs, exported=True, strict=True))

    def _operate(self, words: Words, target: Target) -> None:
        self.sites += operation_sites(words, target)
        self.drill = self.drill or self._stops(words, target)
        if target is Target.REMOTE:
            _, rest = remote(words)
            self._remotely(joined(rest[1:]) if len(rest) > 1 else Word("", 0, 0), words)

    def _stops(self, words: Words, target: Target) -> bool:
        program, rest = program_name(words[0]), remote(words)[1] if target is Target.REMOTE else words
        told = bool(rest) and (target is Target.REMOTE or program == "patronictl")
        return told and stops(program, joined(rest).text)

    def _remotely(self, text: Word, words: Words) -> None:
        """Shell text that runs on the server that a command line of ssh names, or here."""
        before = len(self.sites)
        self.nested(text)
        _, rest = remote(words)
        if rest:
            self.servers.add(server_of(rest[0]))
            self.sites[before:] = [on_server(site, rest[0]) for site in self.sites[before:]]

    def nested(self, text: Word) -> None:
        """Shell text inside a word."""
        if self._level < _NESTED and text.text.strip():
            self._level += 1
            self.read(text)
            self._level -= 1


def _stores(words: Words) -> bool:
    """`ssh host "cat > file"`, `ssh host tee file`: what comes in is written there, not run."""
    texts = [word.text.lstrip().removeprefix("sudo ") for word in words[1:]]
    return any(text == "tee" or text.startswith(("cat >", "cat>", "tee ")) for text in texts)


def _nothing(command: Command) -> bool:
    """Whether a command is `:`, which with a here-document is a comment of several lines."""
    return bool(command.words) and command.words[0].text == ":"


def _starts_known(text: str) -> bool:
    name = text.rsplit("/", 1)[-1]
    return any(name in table for table in (CLIENTS, OPERATIONS, WRAPPERS, CONTAINERS))
