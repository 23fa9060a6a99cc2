"""From sites and keys to host references: reads literals in place, follows variables to theirs.

What is said about a literal is joined in `shellliterals`.
"""

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace

from analyzer.extract.keyed.keys import plain
from analyzer.extract.keyed.values import Seen, Value, dsn_evidence, host_references
from analyzer.extract.shell.flow import Leaf, Variables
from analyzer.extract.shell.literals import Literals, Use
from analyzer.extract.shell.ports import Locate, Ports
from analyzer.extract.shell.sites import Kind, Site
from analyzer.extract.shell.targets import Readings
from analyzer.extract.shell.words import Expansion, Word
from analyzer.hosts import HOLE, HostPart, Parsed
from analyzer.model import Clue, Evidence, FlowStep, HostRef, Intent, PortRef, Slot

_DEPTH = 6  # composed values behind composed values
_LOOKED_AT = 300  # characters of a word that is put together
_WORK = 50_000  # values looked at for all uses of variables


@dataclass(frozen=True, slots=True)
class _Reach:
    """How a site's meaning reaches a word: straight, or through variables from `step` on."""

    site: Site
    evidence: tuple[Evidence, ...]
    port: PortRef | None
    use: Use
    step: FlowStep | None = None
    seen: set[int] = field(default_factory=set)  # values that it has reached
    depth: int = 0


class Findings:
    """Collects what the sites and keys of one text say about its literals.

    `overrun`: there were too many ways through variables to follow them all.
    """

    def __init__(self, locate: Locate, variables: Variables, exported: AbstractSet[str]) -> None:
        self.overrun = False
        self._locate = locate
        self._variables = variables
        self._ports = Ports(locate, variables, exported)
        self._readings = Readings()
        self._literals = Literals()
        self._work = _WORK

    def value(self, word: Word) -> Value | None:
        """A word as a value with a way back to the bytes; None where nothing of it can be placed."""
        # A run may be put together of several pieces: then any character of it tells where the word stands.
        runs = [(raw, size) for _, raw, size in word.runs if size]
        pieces = (self._locate(at, at + long) for raw, size in runs for at, long in ((raw, size), *_single(raw, size)))
        whole = self._locate(word.start, word.end) or next((slot for slot in pieces if slot), None)
        if whole is None:
            return None

        def locate(start: int, end: int) -> Slot | None:
            place = word.locate(start, end)
            return self._locate(*place) if place else None

        return Value(word.text, locate, whole)

    def site(self, site: Site) -> None:
        """Read a site."""
        use = Use.CONNECTS if site.kind is Kind.CONNECTS else Use.OPERATES
        self._read(site.word, _Reach(site, site.evidence, self._ports.of(site), use))

    def keyed(self, ref: HostRef, *, exported: bool) -> None:
        """Add what a key says; `exported`: other programs may read it."""
        self._literals.add(ref, Use.EXPORTED if exported else Use.KEY)

    def references(self) -> Iterator[HostRef]:
        """The references, in the order of the text."""
        yield from self._literals.references()

    def _read(self, word: Word, reach: _Reach) -> None:
        if reach.site.kind is Kind.CONNECTS:
            self._connect(word, reach)
        else:
            self._operate(word, reach)

    def _connect(self, word: Word, reach: _Reach) -> None:
        value = self.value(word)
        for parsed in self._readings.values(word.text, reach.site) if value else ():
            self._found(parsed, value, _with_dsn(reach, parsed))
        for parsed, part, expansion in self._readings.variables(word, reach.site):
            self._follow(expansion, self._composed(word, parsed, part, _with_dsn(reach, parsed)))
        if (whole := word.variable()) is not None:
            self._follow(whole, reach)

    def _operate(self, word: Word, reach: _Reach) -> None:
        for parsed, part in self._readings.targets(word, reach.site):
            self._found(parsed, self.value(part), reach)
        for _, expansion in word.expansions:
            self._follow(expansion, reach)

    def _found(self, parsed: Parsed, value: Value | None, reach: _Reach) -> None:
        site = reach.site
        seen = Seen(reach.evidence, site.prefix, site.engine, site.intent, reach.port)
        for ref in host_references(parsed, value, seen) if value else ():
            self._literals.add(ref, reach.use, reach.step)

    def _composed(self, word: Word, parsed: Parsed, part: HostPart, reach: _Reach) -> _Reach:
        """What is known about a host that a variable puts into a connection string."""
        engine = parsed.engine or reach.site.engine
        intent = parsed.intent if parsed.intent is not Intent.UNKNOWN else reach.site.intent
        site = replace(reach.site, engine=engine, intent=intent, certain=False)
        port, value = reach.port, self.value(word)
        if part.port is not None and value is not None:
            port = PortRef(part.port, value.locate(part.port_start, part.port_end))
        elif word.text[part.end : part.end + 2] == f":{HOLE}":
            port = self._ports.of_word(word.part(part.end + 1, part.end + 2))
        elif part.insert_at >= 0 and value is not None and (slot := value.locate(part.insert_at, part.insert_at)):
            port = PortRef(slot=slot, insert=part.insert)
        return replace(reach, site=site, port=port)

    def _follow(self, expansion: Expansion, reach: _Reach) -> None:
        """Carry a site to the values of a variable."""
        if self._work < 0 or reach.depth > _DEPTH:
            self.overrun = self._work < 0
            return
        leaves = self._variables.leaves(expansion, expansion.start)
        self._work -= 1 + len(leaves)
        reach = replace(reach, step=reach.step or self._step(expansion, reach), depth=reach.depth + 1)
        several = sum(self._readings.count(leaf.word.text, reach.site) for leaf in leaves if leaf.several) > 1
        for leaf in leaves:
            if id(leaf.word) not in reach.seen:
                reach.seen.add(id(leaf.word))
                self._read(leaf.word, _through(leaf, reach, several=several))

    def _step(self, expansion: Expansion, reach: _Reach) -> FlowStep | None:
        slot = self._locate(expansion.start, expansion.end)
        return FlowStep(slot.span, _said(reach)) if slot is not None and slot.container is None else None


def _through(leaf: Leaf, reach: _Reach, *, several: bool) -> _Reach:
    """The reach behind a variable. A client that asks several servers in turn looks for the leader: a mention."""
    name = f"{leaf.name}=" if plain(leaf.name) else reach.site.prefix
    site = replace(reach.site, word=leaf.word, prefix=name)
    if not (leaf.several and several and site.engine is not None and site.kind is Kind.CONNECTS):
        return replace(reach, site=site)
    text = f"{_said(reach)} by turns with other servers"
    return replace(reach, site=site, evidence=(Evidence(Clue.TEXT, text),), use=Use.TURNS)


def _with_dsn(reach: _Reach, parsed: Parsed) -> _Reach:
    if not parsed.dsn or any(e.clue in (Clue.DSN, Clue.CHOICE) for e in reach.evidence):
        return reach
    return replace(reach, evidence=(*reach.evidence, dsn_evidence(parsed)))


def _said(reach: _Reach) -> str:
    return reach.evidence[0].text if reach.evidence else "connection string"


def _single(raw: int, size: int) -> Iterator[tuple[int, int]]:
    return ((at, 1) for at in range(raw, raw + min(size, _LOOKED_AT)))
