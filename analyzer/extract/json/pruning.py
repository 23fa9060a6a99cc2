"""Leaves the dull parts of large JSON files out: rows of data in which no key and no value speaks of a connection.

Reading a scope costs far more than parsing it, and files of many megabytes are data. What is kept is kept with all of
its siblings, so that nothing is read differently. It may keep too much, never too little.
"""

import re
from functools import lru_cache

from analyzer.extract.keyed.keys import databaselike, read_key
from analyzer.extract.keyed.words import words
from analyzer.yamltree import Mapping, Node, Scalar, Sequence

LARGE = 200_000  # bytes from which on it is worth it

# Part of every connection string that needs no telling key; a web address does.
_FORM = re.compile(rb"(?<!http)(?<!https)://|[=({\\]|[:/][^@]{0,400}@")
# Below these keys other words count: environments, scripts, commands, `{name: x, value: y}`.
_ALWAYS = frozenset({"value", "default", "data"})
_WORDS = frozenset(
    {"env", "envs", "environment", "variables", "vars", "script", "scripts", "command", "commands", "args", "cmd"}
    | {"run", "exec", "shell", "entrypoint", "tasks", "kind"}
)


def pruned(root: Node) -> Node:
    """The tree without its dull parts; mappings and lists that held nothing else are empty."""
    return _kept(root) or _emptied(root)


def _kept(node: Node) -> Node | None:
    """The node with what is worth reading in it, or None where nothing is."""
    match node:
        case Scalar():
            return node if _FORM.search(node.buffer.data, node.start, node.end) else None
        case Mapping():
            return _mapping(node)
        case Sequence():
            items = [kept for item in node.items if (kept := _kept(item)) is not None]
            return Sequence(node.start, node.end, tuple(items), flow=True) if items else None
        case _:
            return node


def _mapping(node: Mapping) -> Mapping | None:
    pairs: list[tuple[Node, Node]] = []
    worth = False
    for key, value in node.pairs:
        whole = isinstance(key, Scalar) and _speaks(key.value)
        kept = value if whole else _kept(value)
        worth = worth or kept is not None
        pairs.append((key, kept or _emptied(value)))
    return Mapping(node.start, node.end, tuple(pairs), flow=True) if worth else None


def _emptied(node: Node) -> Node:
    """What stands for a dull node: siblings of a host are scalars, so these stay."""
    if isinstance(node, Mapping):
        return Mapping(node.start, node.end, (), flow=True)
    return Sequence(node.start, node.end, (), flow=True) if isinstance(node, Sequence) else node


@lru_cache(maxsize=4096)
def _speaks(key: str) -> bool:
    """Whether what stands under a key must be read: a host's name for one, or a word of databases."""
    clue = read_key(key)
    named = clue is not None and (clue.role in {"host", "hosts", "dsn"} or clue.database)
    return named or databaselike(key) or key.lower() in _ALWAYS or not _WORDS.isdisjoint(words(key))
