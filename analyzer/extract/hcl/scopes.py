"""The tree of an HCL file -> references: every block and object is a scope, entries of one kind share one.

A block's type and labels are the parents of its keys. Variables, locals, outputs and entries with a name and a value
(`env { name, value }`, `set { name, value }`, parameters of a secret store) are rows of a scope that all of them share,
so that host and port meet. What blocks are for stands in `roles`, which text an expression is in `values`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from analyzer.extract.gathering.constants import Bound, scope_references
from analyzer.extract.hcl import texts
from analyzer.extract.hcl.entries import (
    assignment,
    command_words,
    entry_name,
    entry_of,
    entry_path,
    file_name,
    is_choice,
)
from analyzer.extract.hcl.nodes import (
    Attribute,
    Block,
    Body,
    Call,
    Choice,
    Node,
    Object,
    Other,
    Reference,
    Row,
)
from analyzer.extract.hcl.places import Place, Rows, rows_at
from analyzer.extract.hcl.roles import ARGUMENTS, PLACES, SCRIPTS, place_of, role_of, speaking, stores, writes
from analyzer.extract.hcl.told import templates, told, used
from analyzer.extract.hcl.values import COMPOSING, PASSING, Values
from analyzer.extract.inner.levels import Deeper
from analyzer.extract.inner.nested import Inner, nested_references, searched
from analyzer.extract.keyed.bindings import Binding, Scope, value_references
from analyzer.extract.keyed.keys import plain
from analyzer.extract.spelling.spelled import Spelled
from analyzer.model import Clue, Evidence, HostRef, Opaque, Region, Roster
from analyzer.source import SourceFile

_DEEPEST = 8  # objects behind references
_WORK = 50_000  # expressions that are looked at in one file


class Reader:
    """Collects the references of one file in `refs`, what its blocks are for in `regions`, what is hidden in `opaque`.

    `rosters` are what texts inside it tell of clusters. `read_inner` reads texts inside values; None where they are
    nested deeply enough.
    """

    def __init__(self, source: SourceFile, values: Values, read_inner: Deeper | None) -> None:
        self.refs: list[HostRef] = []
        self.regions: list[Region] = []
        self.opaque: list[Opaque] = []
        self.rosters: list[Roster] = []
        self._source = source
        self._values = values
        self._read_inner = read_inner
        self._work = _WORK

    @property
    def overrun(self) -> bool:
        """Whether there were too many expressions to look at them all."""
        return self._work < 0 or self._values.overrun

    def file(self, body: Body) -> None:
        """Read the whole file."""
        self._body(body, rows_at(Place()))

    def _body(self, body: Body, rows: Rows) -> None:
        self._pairs([item for item in body.items if isinstance(item, Attribute)], rows)
        for item in body.items:
            if isinstance(item, Block):
                self._block(item, rows)
        self._flush(rows)

    def _block(self, block: Block, rows: Rows) -> None:
        kind, labels = block.type, block.labels
        if kind == "dynamic" and labels:
            inner = (item for item in block.body.items if isinstance(item, Block) and item.type == "content")
            for item in inner:
                self._block(replace(item, type=labels[0]), rows)
            return
        place = self._place(block, rows.place)
        if place.role is not None and place.role is not rows.place.role:
            self.regions.append(Region(self._source.span(block.start, block.end), place.role))
        if place.role is not None and place.role.clue is Clue.INFRASTRUCTURE:
            self.refs += used(block, place.role, self._values, self._source)
        elif kind == "locals":
            self._body(block.body, rows.shared("locals", Place()))
        elif kind in ("variable", "output") and len(labels) == 1:
            self._declared(block, rows.shared(kind, Place()))
        else:
            taken = self._entry(kind, block.body.items, place, rows)
            rest = (item for item in block.body.items if all(item is not one for one in taken))
            self._body(Body(tuple(rest)), rows_at(place))

    def _place(self, block: Block, above: Place) -> Place:
        return replace(
            above.below(block.type, *speaking(block.type, block.labels)),
            role=role_of(block.type, block.labels) or above.role,
            store=stores(block.type, block.labels) or above.store,
            writes=above.writes or writes(block.labels, entry_path(block.body.items, self._values)),
        )

    def _declared(self, block: Block, rows: Rows) -> None:
        """`variable "db_host" { default = ... }`, `output "db_host" { value = ... }`."""
        for item in block.body.items:
            if isinstance(item, Attribute) and item.key in ("default", "value"):
                self._bind(block.labels[0], item.value, rows)

    def _entry(
        self, kind: str, items: Iterable[Attribute | Block], place: Place, rows: Rows
    ) -> tuple[Attribute | None, ...]:
        """The name and the value of a block or object that is an entry: a row of the scope of its kind."""
        store = kind == "resource" and place.store
        entry = entry_of(items)
        name = entry_name(entry, place.parents[-1] if store else "", self._values) if entry else ""
        if entry is None or not name:
            return ()
        self._bind(name, entry[1].value, rows.shared(place.store if store else kind, place))
        return entry

    def _pairs(self, pairs: Sequence[Attribute], rows: Rows) -> None:
        named = {pair.key: pair.value for pair in pairs}
        name, words = file_name(named, self._values), command_words(named, self._values)
        for pair in pairs:
            if not words or pair.key not in ARGUMENTS:
                self._bind(pair.key, pair.value, rows, document=name)
        if words:
            self._tell(texts.command(self._source, words), rows, words)

    def _bind(self, key: str, node: Node, rows: Rows, *, document: str = "", item: bool = False) -> None:
        """What an expression under a key adds to its scope, and what stands below it."""
        self._work -= 1
        if self._work < 0 or rows.place.depth > _DEEPEST:
            return
        match node:
            case Object():
                self._object(key, node, rows)
            case Row():
                self._row(key, node, rows)
            case Reference():
                self._reference(key, node, rows, item=item)
            case Choice(options=parts):
                for part in parts:
                    self._bind(key, part, rows, document=document, item=item)
            case Call(name=name, arguments=parts) if name in PASSING or name == "templatefile":
                for part in parts[name == "templatefile" :]:
                    self._bind(key, part, rows, document=document, item=item)
            case _ if isinstance(node, Other) or (isinstance(node, Call) and node.name not in COMPOSING):
                self._loose(node, rows)
            case _:
                self._value(key, node, rows, document=document, item=item)

    def _object(self, key: str, node: Object, rows: Rows) -> None:
        """A scope of its own, or the values of one key by the names of environments."""
        if is_choice(key, node):
            for pair in node.pairs:
                self._bind(key, pair.value, rows)
            return
        below = rows_at(rows.place.below(key))
        self._pairs(node.pairs, below)
        self._flush(below)

    def _row(self, key: str, node: Row, rows: Rows) -> None:
        if key in SCRIPTS:
            found = [text[0] for item in node.items if (text := self._values.of(item))]
            self._tell(texts.lines(self._source, found), rows, found)
            return
        for item in node.items:
            target = self._values.target(item)
            if isinstance(target, Object):
                taken = self._entry(key, target.pairs, rows.place.below(key), rows)
                rest = Object(tuple(pair for pair in target.pairs if all(pair is not one for one in taken)))
                self._bind(key, rest if taken else item, rows)
            elif not self._assigned(key, target, rows):
                self._bind(key, item, rows, item=True)

    def _assigned(self, key: str, node: Node, rows: Rows) -> bool:
        """Whether an item of a list is `NAME=value`, as containers take their environment."""
        found = assignment(node, self._values) if key in PLACES else None
        if found is None:
            return False
        binding = Binding(found[0], found[1].value(self._source))
        rows.shared(key, rows.place.below(key)).bound.append(Bound(binding, found[1]))
        return True

    def _reference(self, key: str, node: Reference, rows: Rows, *, item: bool) -> None:
        behind = self._values.target(node)
        if isinstance(behind, (Object, Row)):
            self._bind(key, behind, replace(rows, place=rows.place.deeper()))
        elif self._values.of(node):
            self._value(key, node, rows, document="", item=item)
        else:
            name = ".".join(node.parts)
            rows.bound.append(Bound(Binding(key, hidden=name if plain(name) else "an expression")))

    def _value(self, key: str, node: Node, rows: Rows, *, document: str, item: bool) -> None:
        for text in self._values.of(node):
            if key in SCRIPTS:
                self._tell(texts.script(self._source, text), rows, [text])
            elif name := texts.document_name(key, document, text.text):
                self._document(name, text, rows, place_of((*rows.place.parents, key)))
            else:
                rows.bound.append(Bound(Binding(key, text.value(self._source), item=item), text))

    def _document(self, name: str, text: Spelled, rows: Rows, place: Evidence | None) -> None:
        evidence = tuple(dict.fromkeys((*rows.evidence, *([place] if place else []))))
        inner = Inner(name, text.reading(self._source), evidence)
        if self._read_inner is None:
            self._tell(searched(inner), rows, [text])
            return
        found = nested_references(inner, self._read_inner)
        self.regions += found.regions
        self.opaque += found.opaque
        self.rosters += found.rosters
        self._tell(found.refs, rows, [text])

    def _loose(self, whole: Node, rows: Rows) -> None:
        """Parts of an expression whose value is another one: only certain connection strings count."""
        for node in templates([whole]):
            for text in self._values.of(node):
                self._tell(value_references(text.value(self._source), rows.evidence), rows, [text])

    def _flush(self, rows: Rows) -> None:
        """The references of a scope that is complete, and of the entries below it."""
        scope = Scope(rows.place.parents, rows.evidence, " = ", machines=not rows.place.parents and not rows.evidence)
        self._tell(scope_references(rows.bound, scope, self._source), rows, [])
        for entries in rows.entries.values():
            self._flush(entries)

    def _tell(self, refs: Iterable[HostRef], rows: Rows, found: Sequence[Spelled]) -> None:
        self.refs += told(refs, rows.place, found, self._source)
