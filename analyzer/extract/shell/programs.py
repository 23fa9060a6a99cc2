"""Programs that lead to other commands, or carry keys: `sudo`, `sh -c`, `export`, `echo`, `docker run`, `vault write`.

Each says what its words are; the walk that they belong to goes on from there.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence

from analyzer.extract.keyed.keys import operates, watches
from analyzer.extract.shell.commands import (
    CONTAINERS,
    DECLARES,
    PLACES,
    PRINTS,
    QUIET,
    SHELL_TEXT,
    SHELLS,
    SWITCHES,
    WRAPPERS,
)
from analyzer.extract.shell.gather import Gathered
from analyzer.extract.shell.keys import KeyScope, key_words, set_words, vault_sites
from analyzer.extract.shell.purposes import by_hand
from analyzer.extract.shell.script import Block, Command, assignment
from analyzer.extract.shell.sites import Kind, Site, program_name
from analyzer.extract.shell.situation import is_report
from analyzer.extract.shell.words import Word, joined
from analyzer.extract.shell.wrappers import contained_at, wrapped_at
from analyzer.hosts import HOLE
from analyzer.model import Clue, Evidence

_DSN_MARKS = ("://", "=", "(", "jdbc:", HOLE)
Words = Sequence[Word]


class Programs(Gathered, ABC):
    """What single programs mean."""

    @abstractmethod
    def run(self, words: Words, command: Command, block: Block) -> None:
        """Give a command line to those who know its program."""

    @abstractmethod
    def nested(self, text: Word) -> None:
        """Read shell text inside a word."""

    @abstractmethod
    def stored(self, value: Word, command: Command, block: Block) -> None:
        """Read a command line that a variable gets."""

    def unknown(self, words: Words) -> None:
        """A program that no table holds: its keys count where they name a database, and so do connection strings."""
        place = PLACES.get(program_name(words[0]), "").format(program=program_name(words[0]))
        evidence = (Evidence(Clue.PLACE, place),) if place else ()
        pairs = [*key_words(words[1:]), *set_words(words)]
        exporter = next((word.text for word in words if watches(word.text)), "")
        if pairs:
            parents = ("exporter",) if exporter else ()
            self.keys(KeyScope(pairs, evidence, parents, exported=True, strict=not evidence))
        for word in words[1:] if not exporter else ():
            if any(mark in word.text for mark in _DSN_MARKS) and not operates(word.text.partition("=")[0]):
                self.sites.append(Site(word, Kind.CONNECTS, certain=True))
            last = word.expansion(len(word.text) - 1)
            if last is not None and (len(word.text) == 1 or word.text[-2] == "="):
                self.taken.add(last.name)

    def wrapped(self, words: Words, command: Command, block: Block) -> None:
        """`sudo -u postgres psql ...`, `watch "psql ..."`."""
        rest = words[wrapped_at(words) :]
        if len(rest) == 1 and " " in rest[0].text:
            self.nested(rest[0])
        else:
            self.run(rest, command, block)

    def switched(self, words: Words, command: Command, block: Block) -> None:
        """`su postgres -c "..."`, `sh -c "..."`, `bash script.sh args`."""
        for index, word in enumerate(words[1:-1], 1):
            if word.text in ("-c", "--command") or (word.text.startswith("-") and word.text.endswith("c")):
                self.nested(words[index + 1])
                return
        if program_name(words[0]) in WRAPPERS:
            self.wrapped(words, command, block)
        else:
            self.unknown(words)

    def evaluated(self, words: Words, _command: Command, _block: Block) -> None:
        """`eval "..."`, `trap "..." EXIT`."""
        if len(words) > 1:
            self.nested(words[1] if program_name(words[0]) == "trap" else joined(words[1:]))

    def aliases(self, words: Words, _command: Command, _block: Block) -> None:
        """`alias p="psql -h 10.0.0.121"`: what a person types, and no program runs."""
        before = len(self.sites)
        for word in words[1:]:
            if (found := assignment(word)) is not None:
                self.nested(found.value)
        self.sites[before:] = [by_hand(site) for site in self.sites[before:]]

    def declared(self, words: Words, command: Command, block: Block) -> None:
        """`export NAME=value`, `local`, `readonly`."""
        declared = program_name(words[0])
        for word in words[1:]:
            found = assignment(word)
            if word.text.startswith("-"):
                declared = "export" if "x" in word.text else declared
            elif found is not None:
                self.assigned(found, command, block, declared=declared)
                self.stored(found.value, command, block)
            elif declared == "export":
                self.export(word.text)

    def shown(self, words: Words, command: Command, _block: Block) -> None:
        """`echo` and its like: what is written into a file or a pipe counts, a message does not."""
        if program_name(words[0]) not in PRINTS:
            return
        for word in words[1:]:
            self.variables.echoes.append((word.start, word))
        targets = [redirect.word for redirect in command.redirects if redirect.operator in (">", ">>", ">|")]
        if command.piped or (targets and not all(map(is_report, targets))):
            for word in words[1:]:
                self.document(word)

    def contained(self, words: Words, command: Command, block: Block) -> None:
        """`docker run -e KEY=value image psql ...`: its own words, and the command in the container."""
        inner = contained_at(words)
        self.unknown(words[:inner])
        if inner < len(words):
            self.run(words[inner:], command, block)

    def vault(self, words: Words, _command: Command, _block: Block) -> None:
        """`vault write database/config/x connection_url=...`: Vault creates users there, so it writes."""
        if len(words) > 1 and words[1].text == "write":
            self.sites += vault_sites(key_words(words[2:]))
        else:
            self.unknown(words)


Act = Callable[[Programs, Words, Command, Block], None]
ACTS: dict[str, Act] = {
    **dict.fromkeys(QUIET, Programs.shown),
    **dict.fromkeys(WRAPPERS, Programs.wrapped),
    **dict.fromkeys(SHELLS | SWITCHES, Programs.switched),
    **dict.fromkeys(SHELL_TEXT, Programs.evaluated),
    **dict.fromkeys(DECLARES, Programs.declared),
    **dict.fromkeys(CONTAINERS, Programs.contained),
    "alias": Programs.aliases,
    "vault": Programs.vault,
}
