"""TOML as nodes of `yamltree`, by the tree of tree-sitter: https://github.com/tree-sitter-grammars/tree-sitter-toml.

The grammar has positions and goes on after an error; what it could not read is handed back as bytes. Which keys stand
in which table is put together here: https://toml.io/en/v1.0.0#table
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import tree_sitter
import tree_sitter_toml

from analyzer.extract.spelling.dotted import MAX_DEPTH, Table, TooDeepError
from analyzer.extract.spelling.quoting import TOML, Quoted, bare, quoted
from analyzer.model import Span
from analyzer.source import BOM
from analyzer.yamltree import Mapping, Node, Scalar
from analyzer.yamltree.nodes import Buffer
from analyzer.yamltree.nodes import Sequence as List

_MOST_ERRORS = 50
_TABLES = frozenset({"table", "table_array_element"})
_KEYS = frozenset({"bare_key", "quoted_key", "dotted_key"})
# What stands in comments and strings only need not be understood, and bytes stay bytes.
_ASCII = bytes(byte if byte in {9, 10, 13} or 32 <= byte < 127 else ord("x") for byte in range(256))
# Escapes that the grammar does not know (`\e` and `\x` of TOML 1.1, a line's end behind blanks) end no string.
_ESCAPE = re.compile(rb"\\([\s\S])")


@dataclass(frozen=True, slots=True)
class Tree:
    """The root table, the comments' bytes, and the bytes that are no TOML."""

    root: Mapping
    comments: tuple[Span, ...] = ()
    errors: tuple[Span, ...] = ()


def read_tree(data: bytes, shadow: bytes) -> Tree:
    """The tree of a file; `shadow` is `data`, or as many bytes with template actions covered. Raises TooDeepError."""
    bom = len(BOM) if data.startswith(BOM) else 0
    shadow = b" " * bom + shadow[bom:].translate(_ASCII)
    document = _parser().parse(_ESCAPE.sub(_harmless, shadow)).root_node
    root = Table(bom, len(data))
    _Reader(Buffer(data, shadow)).document(document, root)
    errors = tuple(_errors(document)) if document.has_error else ()
    comments = tuple(_comments(document)) if b"analyzer:" in data else ()
    return Tree(root.node(), comments, errors)


def _harmless(escape: re.Match[bytes]) -> bytes:
    return escape[0] if escape[1] in b'"\\' else b"x" + escape[1]


@cache
def _parser() -> tree_sitter.Parser:
    return tree_sitter.Parser(tree_sitter.Language(tree_sitter_toml.language()))


class _Reader:
    """Puts the pairs of one file into tables."""

    def __init__(self, buffer: Buffer) -> None:
        self._buffer = buffer

    def document(self, node: tree_sitter.Node, root: Table) -> None:
        """Everything of the document; what stands in an error counts as far as it was read."""
        table = root
        for child in node.children:
            if child.type in _TABLES:
                table = self._table(child, root)
            elif child.type == "ERROR":
                self.document(child, table)
            else:
                self._pair(child, table)

    def _table(self, node: tree_sitter.Node, root: Table) -> Table:
        """`[a.b]` or `[[a.b]]` and the pairs below."""
        header = next((child for child in node.children if child.type in _KEYS), None)
        path = self._path(header) if header else []
        table = root
        for key in path[:-1]:
            table = table.inner(key)
        if path:
            table = table.inner(path[-1]) if node.type == "table" else table.another(path[-1])
        for child in node.children:
            if child.type == "ERROR":
                self.document(child, table)
            else:
                self._pair(child, table)
        return table

    def _pair(self, node: tree_sitter.Node, table: Table) -> None:
        named = [child for child in node.named_children if child.type not in {"comment", "ERROR"}]
        if node.type != "pair" or len(named) != 2 or named[0].type not in _KEYS:
            return
        *above, key = self._path(named[0])
        for name in above:
            table = table.inner(name)
        if named[1].type == "inline_table":
            inner = table.inner(key)
            for child in named[1].children:
                self._pair(child, inner)
        else:
            table.put(key, self._value(named[1], table, 0))

    def _path(self, node: tree_sitter.Node) -> Sequence[Scalar]:
        """The keys of a dotted key, outermost first; the tree leans to the left."""
        path: list[Scalar] = []
        while node.type == "dotted_key" and len(path) <= MAX_DEPTH:
            path.append(self._key(node.named_children[-1]))
            node = node.named_children[0]
        return [self._key(node), *reversed(path)]

    def _key(self, node: tree_sitter.Node) -> Scalar:
        return self._string(node) if node.type == "quoted_key" else bare(self._buffer, node.start_byte, node.end_byte)

    def _value(self, node: tree_sitter.Node, table: Table, depth: int) -> Node:
        if depth > MAX_DEPTH:
            raise TooDeepError
        if node.type == "string":
            return self._string(node)
        if node.type == "array":
            items = (child for child in node.named_children if child.type not in {"comment", "ERROR"})
            return List(node.start_byte, node.end_byte, tuple(self._value(item, table, depth + 1) for item in items))
        if node.type == "inline_table":
            item = table.free(node.start_byte, node.end_byte)
            for child in node.children:
                self._pair(child, item)
            return item.node()
        return bare(self._buffer, node.start_byte, node.end_byte)

    def _string(self, node: tree_sitter.Node) -> Scalar:
        start, end, shadow = node.start_byte, node.end_byte, self._buffer.shadow
        escapes = TOML if shadow.startswith(b'"', start) else None
        if node.has_error:
            return bare(self._buffer, start, end)
        if not shadow.startswith((b'"""', b"'''"), start) or end - start < 6:
            return quoted(self._buffer, start, end, escapes)
        # A line end behind the opening quotes belongs to them.
        line = 2 if shadow.startswith(b"\r\n", start + 3) else int(shadow.startswith(b"\n", start + 3))
        style = chr(shadow[start])
        return Quoted(start, end, Span(start, end), style, "", self._buffer, head=3 + line, tail=3, escapes=escapes)


def _errors(document: tree_sitter.Node) -> Iterator[Span]:
    """The outermost bytes that the grammar could not read, and places where something is missing."""
    nodes, count = [document], 0
    while nodes and count < _MOST_ERRORS:
        node = nodes.pop()
        if node.is_error or node.is_missing:
            count += 1
            yield Span(node.start_byte, node.end_byte)
        elif node.has_error:
            nodes += reversed(node.children)


def _comments(document: tree_sitter.Node) -> Iterator[Span]:
    cursor = document.walk()
    while True:
        node = cursor.node
        if node is not None and node.type == "comment":
            yield Span(node.start_byte, node.end_byte)
        if cursor.goto_first_child() or cursor.goto_next_sibling():
            continue
        while cursor.goto_parent():
            if cursor.goto_next_sibling():
                break
        else:
            return
