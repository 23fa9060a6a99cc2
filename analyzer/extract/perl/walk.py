"""Walks through what happens in a Perl file and says what it means for hosts: variables, hashes, clients, commands.

Variables, keys and connection strings are followed as the shell's are; commands are read by the shell's reader.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from analyzer.extract.perl.clients import COMMANDS, CONFIGURES, CONNECTS, HANDED, MESSAGES, SCREENS
from analyzer.extract.perl.dsns import dsn_site, marked
from analyzer.extract.perl.hashes import Hashes
from analyzer.extract.perl.modules import client_sites, operates, operation_sites
from analyzer.extract.perl.nodes import Assigned, Called, Event, Items, Program, Value, flat
from analyzer.extract.perl.strings import concatenated
from analyzer.extract.shell.flow import Definition
from analyzer.extract.shell.script import Command
from analyzer.extract.shell.words import Word

_LONGEST_TEXT = 1_000  # characters of a text that assignments put together
_OPTION = re.compile(r"[\w@%+=:,./\ufffc-]*")
_PIPE = re.compile(r"^\s{0,20}\|?|\|\s{0,20}$")


class Perl(Hashes):
    """What one file holds: `walk` it once, then ask for `references`."""

    def walk(self, program: Program, choices: Sequence[tuple[int, Word]]) -> None:
        """Look at everything that happens."""
        self.variables.echoes += choices
        for block in program.blocks:
            self.block(block)
        for event in _heard(program.events):
            if isinstance(event, Assigned):
                self._assigned(event)
            else:
                self._called(event)
        for block in program.blocks:
            self.turns(block)

    def _assigned(self, found: Assigned) -> None:
        self._spent(flat(found.value), told=False)
        for word in flat(found.value):
            self.defaults(word, found.block)
        if isinstance(found.value, Items):
            self.structure(found.name, found.value, found)
            return
        value = self.inlined(found.value)
        if found.appends and (before := self.texts.get(found.name)) is not None:
            value = concatenated([before, value]) if len(before.text) < _LONGEST_TEXT else value
        self.text(found.name, value, found)
        self.stored(found.value, Command((), (), (), found.start, found.end, 0), found.block)
        if marked(value):
            self.sites.append(dsn_site(value, (), f"{found.name.rpartition('.')[2]}="))

    def _called(self, found: Called) -> None:
        words = list(found.arguments.words())
        name = found.function
        for word in words:
            self.defaults(word, found.block)
        self._spent(words, told=_is_message(found))
        if _is_message(found):
            if found.handle and found.handle not in SCREENS:
                self._written(words)
        elif name in COMMANDS:
            self._started(found)
        elif name in CONNECTS:
            self.sites += client_sites(name, CONNECTS[name], found, self.inlined)
        elif operates(name):
            self.sites += operation_sites(name, found)
        elif name in CONFIGURES and len(found.arguments.entries) > 1:
            self._configured(found)
        else:
            self._handed(found, words)

    def _spent(self, words: Iterable[Word], *, told: bool) -> None:
        """Which variables go only into messages, and which go anywhere else."""
        names = {expansion.name for word in words for _, expansion in word.expansions}
        (self.told if told else self.handed).update(names)

    def _written(self, words: Sequence[Word]) -> None:
        """A text goes into a file."""
        for word in words:
            self.document(word)

    def _configured(self, found: Called) -> None:
        """`Set($DatabaseHost, 'value')`."""
        target, *rest = found.arguments.entries
        known = target.value.variable() if isinstance(target.value, Word) else None
        if known is None or not known.name:
            self._handed(found, list(found.arguments.words()))
            return
        value: Value = rest[0].value if len(rest) == 1 else Items(tuple(rest), found.start, found.end)
        self._assigned(Assigned(known.name, value, found.block, found.start, found.end))

    def _handed(self, found: Called, words: Sequence[Word]) -> None:
        """A function that no table holds: its keys may name a database, and its words may be connection strings."""
        name = found.function
        if name == "return":
            self._returned(found, words)
        elif name not in HANDED and name:
            self._argued(found)
            self.hash(tuple(filter(None, name.split("->")[:1])), found.arguments, found)
        for word in words:
            text = self.inlined(word)
            if marked(text):
                self.sites.append(dsn_site(text, (), ""))

    def _returned(self, found: Called, words: Sequence[Word]) -> None:
        """What a function gives may be used by its name."""
        block = self.body(found.start)
        self.hash((block.name,) if block is not None else (), found.arguments, found)
        if block is not None and len(words) == 1:
            definition = Definition(block.name, (words[0],), 0, 0, self.length, adds=True)
            self.variables.define(definition)

    def _argued(self, found: Called) -> None:
        """One of the file's own functions is called."""
        name = found.function.rpartition("->")[2].rpartition("::")[2]
        if name not in self.functions:
            return
        offset = 2 if "->" in found.function else 1
        for index, entry in enumerate(found.arguments.entries[:10]):
            for word in flat(entry.value):
                place = f"{name}:{index + offset}"
                at, end = found.start, found.end
                self.variables.define(Definition(place, (word,), at, at, end, adds=True, several=True))

    def _started(self, found: Called) -> None:
        """`system "psql -h $host"`, `system("psql", "-h", $host)`, `open(my $rows, "psql ... |")`."""
        words = list(found.positional())
        if found.function == "open":
            words = words[2:] if len(words) > 2 and words[1].text.strip() in ("-|", "|-") else words[1:2]
            if not words or not (len(found.positional()) > 2 or "|" in words[0].text):
                return
        if not words:
            return
        if len(words) == 1:
            self.nested(words[0])
            return
        before = len(self.sites)
        blank = Word(" ", found.start, found.start)
        self.nested(concatenated([piece for word in words for piece in (*_quoted(word), blank)]))
        # nothing can be put between the items of a list
        self.sites[before:] = [replace(site, insert="") for site in self.sites[before:]]


def _is_message(found: Called) -> bool:
    """Whether a call shows a text to people, or writes one."""
    return found.function in MESSAGES or f"->{found.function.rpartition('->')[2]}" in MESSAGES


def _heard(events: Sequence[Event]) -> Sequence[Event]:
    """The events but for texts that are put together inside of a message."""
    kept: list[Event] = []
    start, end = 0, 0
    for event in reversed(events):
        if isinstance(event, Called) and start <= event.start and event.end <= end and not _acts(event):
            continue
        if isinstance(event, Called) and _is_message(event) and not (start <= event.start and event.end <= end):
            start, end = event.start, event.end
        kept.append(event)
    return kept[::-1]


def _acts(found: Called) -> bool:
    return found.function not in HANDED and found.function != ""


def _quoted(word: Word) -> tuple[Word, ...]:
    """A word as the shell reads it: in quotes where it holds more than letters and variables."""
    if "'" in word.text or _OPTION.fullmatch(word.text):
        return (word,)
    quote = Word("'", word.start, word.start)
    return quote, word, quote
