"""Worlds of a template as plain values, for tests."""

from analyzer.templates.segments import GONE_TEXT
from analyzer.templates.worlds import read_template
from analyzer.yamltree import Alias, Mapping, Scalar


def plain(node):
    if isinstance(node, Scalar):
        return node.value.replace(GONE_TEXT, "").strip()
    if isinstance(node, Alias):
        return f"*{node.name}"
    if isinstance(node, Mapping):
        return {plain(key): plain(value) for key, value in node.pairs}
    return [plain(item) for item in node.items]


def read(text, dialect):
    return read_template(text.encode(), dialect)


def worlds(template):
    """The documents of the worlds of the whole file."""
    return [[plain(root) for root in world.roots] for world in template.worlds if world.part.whole]


def parts(template):
    """Name and documents of the worlds of its parts."""
    return [(w.part.name, [plain(root) for root in w.roots]) for w in template.worlds if not w.part.whole]
