"""Anchors and aliases: a value is edited once, where its anchor stands; every place that uses it is listed.

An alias stands for the last anchor of its name before it. Nothing is expanded.
"""

from bisect import bisect_left
from collections.abc import Iterator
from collections.abc import Sequence as Listed
from dataclasses import replace

from analyzer.extract.yaml.places import Found, key_text, shown
from analyzer.model import FlowStep, HostRef, Span
from analyzer.yamltree import Alias, Mapping, Node, Sequence

_MOST = 20  # uses of one anchor that are listed
_MOST_ANCHORS = 200
_KEYS = 2  # keys of a path that are shown


def with_uses(found: Iterator[Found], root: Node) -> Iterator[Found]:
    """The same, hosts inside of anchored nodes with a step to each alias of the node."""
    anchored = _anchored(root)
    if not anchored:
        yield from found
        return
    starts = [span.start for span, _ in anchored]
    for item in found:
        yield replace(item, flow=(*item.flow, *_steps(item, anchored, starts))) if isinstance(item, HostRef) else item


def _steps(
    ref: HostRef, anchored: Listed[tuple[Span, tuple[FlowStep, ...]]], starts: Listed[int]
) -> Iterator[FlowStep]:
    span = ref.slot.container.span if ref.slot.container else ref.slot.span
    for outer, steps in anchored[: bisect_left(starts, span.start + 1)]:
        if span.end <= outer.end:
            yield from steps


def _anchored(root: Node) -> list[tuple[Span, tuple[FlowStep, ...]]]:
    """The nodes that an alias names, in file order, each with its uses."""
    latest: dict[str, Node] = {}
    uses: dict[Span, list[FlowStep]] = {}
    for node, path in _walk(root):
        if isinstance(node, Alias):
            target = latest.get(node.name)
            if target is not None:
                step = FlowStep(Span(node.start, node.end), _said(node.name, path))
                uses.setdefault(Span(target.start, target.end), []).append(step)
        elif node.anchor:
            latest[node.anchor] = node
    listed = list(uses.items())[:_MOST_ANCHORS]
    return sorted(((span, tuple(steps[:_MOST])) for span, steps in listed), key=lambda pair: pair[0].start)


def _walk(root: Node) -> Iterator[tuple[Node, tuple[str, ...]]]:
    """The nodes in file order, each with the last keys above it."""
    waiting: list[tuple[Node, tuple[str, ...]]] = [(root, ())]
    while waiting:
        node, path = waiting.pop()
        yield node, path
        if isinstance(node, Mapping):
            for key, value in reversed(node.pairs):
                waiting += [(value, (*path, key_text(key))[-_KEYS - 1 :]), (key, path)]
        elif isinstance(node, Sequence):
            waiting += [(item, path) for item in reversed(node.items)]


def _said(name: str, path: tuple[str, ...]) -> str:
    """`*db under orders.database`, of plain identifiers only."""
    keys = [shown(key) for key in path if key != "<<"][-_KEYS:]
    where = ".".join(keys) if all(keys) else ""
    return f"*{shown(name) or 'alias'}" + (f" under {where}" if where else "")
