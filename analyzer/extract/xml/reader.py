"""Tags -> references: every element is a scope of its attributes and of the properties below it.

A property is an element with a name and a value, or with text alone; what Spring, .NET, application servers and build
tools write is the same to this reader. It never fails: end tags without a start are passed, elements that are never
closed end with the file.
"""

from collections.abc import Iterable, Iterator, Sequence

from analyzer.extract.keyed.bindings import value_references
from analyzer.extract.xml.elements import Element, Row, opened, pair_of, piece, root_of
from analyzer.extract.xml.lexer import Attribute, Kind, Token
from analyzer.extract.xml.rows import Rows
from analyzer.extract.xml.telling import connecting
from analyzer.model import HostRef, Region
from analyzer.source import SourceFile

_DEEPEST = 100  # elements in elements; deeper ones are passed
_LISTS = frozenset({"list", "set", "array", "values", "collection"})
_ITEMS = frozenset({"value", "Value", "item", "string"})


class Reader:
    """Collects the references of one file in `refs`, its special elements in `regions`.

    `faults` are the characters where tags do not match, `deep` where elements were left out.
    """

    def __init__(self, source: SourceFile, rows: Rows) -> None:
        self.refs: list[HostRef] = []
        self.regions: list[Region] = []
        self.faults: list[int] = []
        self.deep: list[int] = []
        self._source = source
        self._text = source.text
        self._rows = rows
        self._open = [root_of(source.text)]
        self._passed = 0  # elements that are nested too deeply and still open

    def read(self, tokens: Iterable[Token]) -> None:
        """Read the whole file."""
        for token in tokens:
            if token.kind is Kind.TEXT or token.kind is Kind.CDATA:
                self._open[-1].texts.append(token)
            elif token.kind is Kind.END:
                self._end(token)
            elif token.kind is Kind.ENTITY:
                self._open[0].rows.append(Row(token.name, (token,)))
            elif token.kind is not Kind.COMMENT:
                self._start(token)
        self.faults += [element.start for element in self._open[1:]]
        while len(self._open) > 1:
            self._close(len(self._text))
        self.refs += self._rows.references(self._open[0].rows, self._open[0])

    def _start(self, token: Token) -> None:
        above = self._open[-1]
        above.children += 1
        if self._text[token.end - 1] != ">":
            self.faults.append(token.start)
        if len(self._open) > _DEEPEST:
            self.deep.append(token.start)
            self._passed += token.kind is Kind.START
            return
        self._open.append(opened(token, above, self._text))
        if token.kind is Kind.EMPTY:
            self._close(token.end)

    def _end(self, token: Token) -> None:
        if self._passed:
            self._passed -= 1
            return
        last = len(self._open) - 1
        depth = next((at for at in range(last, 0, -1) if self._open[at].name == token.name), 0)
        if depth != last:
            self.faults.append(token.start)
        while depth and len(self._open) > depth:
            self._close(token.end)

    def _close(self, end: int) -> None:
        element = self._open.pop()
        above = self._open[-1]
        if element.role is not None and element.role is not above.role:
            self.regions.append(Region(self._source.span(element.start, end), element.role))
        if (pair := pair_of(element)) is not None:
            name = "".join(map(element.raw, pair[0].pieces)).strip()
            element.rows = [row for row in element.rows if row is not pair[1]]
            above.rows.append(Row(name, pair[1].pieces, element.kind))
        taken = _contribute(element, above)
        rows = [*_attributes(element, taken), *element.rows]
        if rows:
            self.refs += self._rows.references(rows, element)
        if element.children:
            self.refs += self._between(element)

    def _between(self, element: Element) -> Iterator[HostRef]:
        """Text between elements: only certain connection strings count."""
        for token in element.texts:
            if connecting(element.raw(token)):
                text = self._rows.spell((token,))
                yield from self._rows.told(value_references(text.value(self._source)), element, [text])


def _contribute(element: Element, above: Element) -> Sequence[Attribute]:
    """Give an element's value to the scope above; the attributes that it was made of."""
    naming, valuing = (element.naming, element.valuing) if element.attributes else (None, None)
    name = element.raw(naming).strip()
    if valuing is not None:
        key = name or _positional(element, element.raw(valuing))
        above.rows.append(Row(key, piece(valuing), element.kind))
    elif not element.children and any(element.raw(text).strip() for text in element.texts):
        listed = element.local in _ITEMS and not name
        if listed and (above.local in _LISTS or above.naming is not None):
            above.items.append(element.texts[0])
        else:
            above.rows.append(Row(name or element.local, tuple(element.texts), element.kind))
    if element.items and element.local in _LISTS and not name:
        above.items += element.items
    else:
        above.rows += (Row(name or element.local, (item,), element.kind) for item in element.items)
    return [attribute for attribute in (naming, valuing) if attribute is not None]


def _attributes(element: Element, taken: Sequence[Attribute]) -> Iterator[Row]:
    for name, attribute in element.attributes.items():
        if attribute not in taken:
            yield Row(name, piece(attribute))
    if element.attributes and (kind := element.classing) is not None:
        yield Row("driver", piece(kind))


def _positional(element: Element, value: str) -> str:
    """The key of a value without a name: its element's, or what a constructor is told by position."""
    if element.local != "constructor-arg":
        return element.local
    return "port" if value.strip().isdecimal() else "host"
