"""The drawing of a cluster: applications -> endpoints -> nodes, as boxes and lines with coordinates.

Three columns of boxes; lines that go past the endpoints straight to a node are told apart. Knows neither SVG nor
colours: the template draws.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from analyzer.inventory import ClusterEntry
from analyzer.report.audit.pages import address, count

_WIDTH, _BOX, _HEIGHT, _STEP, _TOP = 860, 222, 34, 46, 30
_COLUMNS = (1, 320, 637)
_MOST = 12  # boxes of a column; the last one stands for all that are left
_FEW = 6  # the same of those that need no attention, where others do
_LONGEST = 28  # characters in a box

Key = tuple[str, str]  # what a box is, and its name


@dataclass(frozen=True, slots=True)
class Stop:
    """What a box shows; `text` is short, `title` whole. `keys` are what it stands for, one or many.

    `warned`: an application that goes straight to a node.
    """

    keys: tuple[Key, ...]
    text: str
    title: str
    warned: bool = False


@dataclass(frozen=True, slots=True)
class Box:
    """A stop with the place of its upper left corner."""

    x: int
    y: int
    stop: Stop


@dataclass(frozen=True, slots=True)
class Line:
    """A curve from the right side of a box to the left side of another.

    `kind`: used (an endpoint), straight (past the endpoints to a node), or leads (from an endpoint to its nodes).
    `bend` is how far the curve goes level at both ends.
    """

    x1: int
    y1: int
    x2: int
    y2: int
    bend: int
    kind: str
    title: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """All of one cluster; every box has the same size. `heads` are where the titles of the columns start."""

    height: int
    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]
    width: int = _WIDTH
    box_width: int = _BOX
    box_height: int = _HEIGHT
    heads: tuple[int, ...] = _COLUMNS


def drawing_of(cluster: ClusterEntry) -> Drawing:
    """The drawing of a cluster. What goes past the endpoints stands below them, so that no line crosses a box."""
    links = Counter(dict(_links(cluster)))
    endpoints, nodes = _folded(_endpoints(cluster), _MOST), _folded(_nodes(cluster), _MOST)
    applications = _applications(links)
    past = _folded([stop for stop in applications if stop.warned], _MOST)
    calm = _folded([stop for stop in applications if not stop.warned], _FEW if past else _MOST)
    upper = max(len(calm), len(endpoints)) if past else 0
    lower = max(len(past), len(nodes), 1) if past else max(len(calm), len(endpoints), len(nodes), 1)
    left, middle, right = _COLUMNS
    first, rest = (0, upper) if past else (0, lower), (upper, lower)
    boxes = [*_placed(calm, left, *first), *_placed(past, left, *rest)]
    boxes += [*_placed(endpoints, middle, *first), *_placed(nodes, right, *rest)]
    by_key = {key: box for box in boxes for key in box.stop.keys}
    leads = [(e.keys[0], n.keys[0]) for e in endpoints for n in nodes]
    lines = (*_leading(leads, by_key), *_used(links, by_key))
    return Drawing(_TOP + (upper + lower) * _STEP, tuple(boxes), lines)


def _links(cluster: ClusterEntry) -> Iterator[tuple[tuple[Key, Key], int]]:
    """How many places lead from an application to an endpoint or a node."""
    members = [(("endpoint", e.intent.value), e.users) for e in cluster.endpoints]
    members += [(("node", n.name), n.users) for n in cluster.nodes]
    for key, users in members:
        yield from (((("application", user.application), key), user.places) for user in users)


def _applications(links: Counter[tuple[Key, Key]]) -> list[Stop]:
    """Those with most places first."""
    totals: Counter[Key] = Counter()
    warned: set[Key] = set()
    for (application, member), places in links.items():
        totals[application] += places
        if member[0] == "node":
            warned.add(application)
    ordered = sorted(totals, key=lambda key: (-totals[key], key))
    return [Stop((k,), _short(k[1]), f"{k[1]}: {count(totals[k], 'place')}", k in warned) for k in ordered]


def _endpoints(cluster: ClusterEntry) -> list[Stop]:
    shown = ((e.intent.value, f"{e.intent} {address(e.host, e.port)}") for e in cluster.endpoints)
    return [Stop((("endpoint", intent),), _short(text), text) for intent, text in shown]


def _nodes(cluster: ClusterEntry) -> list[Stop]:
    shown = ((n.name, " ".join((n.name, *n.names[:1]))) for n in cluster.nodes)
    return [Stop((("node", name),), _short(text), text) for name, text in shown]


def _folded(stops: Sequence[Stop], most: int) -> list[Stop]:
    """At most so many boxes: the last one stands for all that are left."""
    if len(stops) <= most:
        return list(stops)
    rest = stops[most - 1 :]
    keys = tuple(key for stop in rest for key in stop.keys)
    said = f"and {len(rest)} more"
    return [*stops[: most - 1], Stop(keys, said, said, rest[0].warned)]


def _placed(stops: Sequence[Stop], x: int, first: int, rows: int) -> Iterator[Box]:
    """The boxes of a column, in the middle of some rows."""
    top = _TOP + first * _STEP + (rows - len(stops)) * _STEP // 2
    yield from (Box(x, top + at * _STEP, stop) for at, stop in enumerate(stops))


def _leading(pairs: Sequence[tuple[Key, Key]], boxes: dict[Key, Box]) -> Iterator[Line]:
    for one, other in dict.fromkeys((boxes[a], boxes[b]) for a, b in pairs):
        yield _line(one, other, "leads", "the load balancer leads to the right node")


def _used(links: Counter[tuple[Key, Key]], boxes: dict[Key, Box]) -> Iterator[Line]:
    """A line for each pair of boxes; those that warn are drawn last, on top."""
    sums: Counter[tuple[Box, Box]] = Counter()
    for (application, member), places in links.items():
        sums[boxes[application], boxes[member]] += places
    for (one, other), places in sorted(sums.items(), key=lambda item: item[0][1].stop.keys[0][0] == "node"):
        kind = "straight" if other.stop.keys[0][0] == "node" else "used"
        yield _line(one, other, kind, f"{one.stop.text} to {other.stop.text}: {count(places, 'place')}")


def _line(one: Box, other: Box, kind: str, title: str) -> Line:
    x1, x2, middle = one.x + _BOX, other.x, _HEIGHT // 2
    return Line(x1, one.y + middle, x2, other.y + middle, (x2 - x1) // 2, kind, title)


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
