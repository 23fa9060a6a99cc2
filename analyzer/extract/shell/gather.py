"""Gathers what a text holds while it is walked through: variables, keys by scope, sites; then the references.

It reads no command; `shellwalk` does.
"""

from collections.abc import Iterator, Sequence

from analyzer.extract.keyed.keys import read_key
from analyzer.extract.nature.infrastructure import signature
from analyzer.extract.nature.operated import operated
from analyzer.extract.shell.flow import Definition, Variables
from analyzer.extract.shell.keys import KeyScope, KeyWord, document_scopes, key_sites, scope_references, set_words
from analyzer.extract.shell.parse import parse
from analyzer.extract.shell.ports import Locate
from analyzer.extract.shell.purposes import Server, on_drill, on_restore, waits_for
from analyzer.extract.shell.refs import Findings
from analyzer.extract.shell.script import Assignment, Block, Command
from analyzer.extract.shell.sites import Kind, Site, client_sites
from analyzer.extract.shell.words import Expansion, Word
from analyzer.model import Clue, Evidence, HostRef

_EDITED = Evidence(Clue.OPERATION, "only searched for or replaced")
_SHOWN = Evidence(Clue.OPERATION, "only shown in messages")
_OPTIONS = 500  # uses of variables that are read for options


class Gathered:
    """Variables, keys and sites of one text."""

    def __init__(self, locate: Locate) -> None:
        self.overrun = False
        self.functions: set[str] = set()
        self.sites: list[Site] = []
        self.options: list[tuple[Word, Expansion]] = []  # a client and a variable that may hold its options
        self.taken: set[str] = set()  # variables whose values go to programs that no table holds
        self.edited: set[str] = set()  # variables whose values programs search for or replace
        self.told: set[str] = set()  # variables that messages show
        self.printed: set[str] = set()  # those that a file or a program may be given
        self.handed: set[str] = set()  # those that go anywhere else but into a message
        self.drill = False  # servers are stopped or switched
        self.restores = False  # a backup is restored
        self.user = ""  # the account that clients take from the environment
        self.servers: set[Server] = set()  # where ssh leads
        self.variables = Variables()
        self._locate = locate
        self._scopes: dict[tuple[int, int], KeyScope] = {}
        self._others: list[KeyScope] = []
        self._exported: set[str] = set()

    def references(self) -> Iterator[HostRef]:
        """The references, in the order of the text; `overrun` is known behind the last."""
        self.variables.settle()
        findings = Findings(self._locate, self.variables, self._exported)
        known = self._exported | self.taken
        for scope in (*self._scopes.values(), *self._others):
            for ref, key in scope_references(scope, self.variables, findings.value):
                why = None if key in known | self.handed else self._looked_at(key)
                findings.keyed(operated(ref, why) if why else ref, exported=scope.exported or key in known)
            for site in key_sites(scope, self._exported):
                findings.site(site)
        for site in self.sites:
            findings.site(self._in_script(site))
        for site in self._option_sites():
            findings.site(site)
        self.overrun = findings.overrun
        yield from findings.references()

    def _in_script(self, site: Site) -> Site:
        """A site as what else the script does lets it appear."""
        site = on_drill(site) if self.drill else waits_for(site, self.servers)
        return on_restore(site) if self.restores else site

    def _looked_at(self, key: str) -> Evidence | None:
        """Why a variable that nothing else takes holds no connection; one that is a database's setting may."""
        if key in self.edited:
            return _EDITED
        clue = read_key(key)
        shown = key in self.told - self.printed and not (clue is not None and clue.database)
        return _SHOWN if shown else None

    def _option_sites(self) -> Iterator[Site]:
        """`OPTS="-h 10.0.0.121 -U app"; psql $OPTS`."""
        for program, expansion in self.options[:_OPTIONS]:
            for leaf in self.variables.leaves(expansion, expansion.start):
                if leaf.word.text.lstrip().startswith("-"):
                    commands = parse(leaf.word).commands
                    yield from client_sites([program, *commands[0].words]) if commands else ()

    def block(self, block: Block) -> None:
        """A loop gives its variable values; a function has arguments of its own."""
        if block.kind == "loop":
            self.variables.loops.append(block)
            if block.name:
                loop = Definition(block.name, block.words, block.start, block.start, block.end, loop=True)
                self.variables.define(loop)
        elif block.name:
            self.functions.add(block.name)
            self.variables.functions.append(block)

    def assigned(self, found: Assignment, command: Command, block: Block, *, declared: str = "") -> None:
        """A variable gets a value; `declared` by `export`, `local` ..."""
        start, end = (command.start, command.end) if command.conditional else (block.start, block.end)
        value, elements = found.value, found.value.elements
        local = declared in ("local", "declare", "typeset")
        self.variables.define(Definition(found.name, (value,), value.end, start, end, adds=found.append, local=local))
        if declared == "export":
            self.export(found.name)
        self.user = value.text if found.name == "PGUSER" else self.user
        pairs = self._scope(block).pairs
        if elements is None:
            pairs.append(KeyWord(found.name, value))
        else:
            pairs += (KeyWord(found.name, element, item=True) for element in elements)

    def export(self, name: str) -> None:
        """Other programs may read a variable."""
        self._exported.add(name)

    def called(self, words: Sequence[Word], command: Command) -> None:
        """One of the script's own functions is called."""
        self.keys(KeyScope(list(set_words(words)), exported=True, strict=True))
        for index, word in enumerate(words[1:10], 1):
            name = f"{words[0].text}:{index}"
            start, end = command.start, command.end
            self.variables.define(Definition(name, (word,), start, start, end, adds=True, several=True))

    def defaults(self, word: Word, block: Block) -> None:
        """`${NAME:-value}`, wherever it stands, tells about NAME."""
        for element in word.elements or ():
            self.defaults(element, block)
        for _, expansion in word.expansions:
            default = expansion.default
            if default is not None and expansion.name:
                self._scope(block).pairs.append(KeyWord(expansion.name, default))
                self.defaults(default, block)
                if expansion.assigns:
                    start, end = expansion.start, expansion.end
                    self.variables.define(Definition(expansion.name, (default,), end, start, end))

    def keys(self, scope: KeyScope) -> None:
        """Keys with values that other programs read."""
        if scope.pairs:
            self._others.append(scope)

    def document(self, body: Word) -> None:
        """Text that a script writes into a file or hands to a program."""
        nature = signature("", body.text)
        if nature is not None:
            self.sites.append(Site(body, Kind.OPERATES, (nature,), "…"))
            return
        self.sites.append(Site(body, Kind.CONNECTS, certain=True))
        self._others += document_scopes(body, ())

    def _scope(self, block: Block) -> KeyScope:
        return self._scopes.setdefault((block.start, block.end), KeyScope())
