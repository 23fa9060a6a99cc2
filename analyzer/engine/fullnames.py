"""Full names of known servers, wherever they stand: `db-postgres-03.corp.internal` of a server called db-postgres-03.

Inventories often give short names and addresses only, while applications use full names.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain

from analyzer.draft import Told
from analyzer.hosts import is_address, uninteresting
from analyzer.model import Roster, RosterKind, Server, Span
from analyzer.source import SourceFile

_MOST = 200  # names that are looked for
_DOMAIN = rb"(?:\.[A-Za-z0-9][A-Za-z0-9-]{0,62}){1,5}(?![A-Za-z0-9_-])"


def short_names(told: Iterable[Told]) -> tuple[str, ...]:
    """The names without a domain by which rosters know servers; a hyphen or a digit tells them from words."""
    servers = [server for each in told for server in each.roster.servers]
    names = dict.fromkeys(name.lower() for server in servers for name in (server.host, server.label, *server.names))
    fitting = (name for name in names if "." not in name and ":" not in name and len(name) > 5)
    return tuple(name for name in fitting if "-" in name and any(c.isdigit() for c in name))[:_MOST]


def finder(names: Sequence[str]) -> Callable[[SourceFile], Iterator[Told]]:
    """What finds the full names of these servers in a file."""
    spelled = b"|".join(re.escape(name.encode()) for name in sorted(names, key=len, reverse=True))
    pattern = re.compile(rb"(?<![A-Za-z0-9_.-])(" + spelled + rb")" + _DOMAIN, re.IGNORECASE)

    def find(source: SourceFile) -> Iterator[Told]:
        seen: set[str] = set()
        for found in pattern.finditer(source.data) if names else ():
            full = found.group().decode().lower()
            if full not in seen and uninteresting(full) is None and not is_address(full):
                seen.add(full)
                yield Told(source, _roster(found[1].decode().lower(), full, Span(*found.span())))

    return find


def spelled_out(names: Sequence[str], told: Iterable[Told]) -> Iterator[Told]:
    """The full names under which rosters themselves know these servers: those of a range stand in no file.

    A name in two domains is of two servers, and tells nothing.
    """
    wanted = frozenset(names)
    found: dict[str, dict[str, list[Told]]] = defaultdict(lambda: defaultdict(list))
    for each in told:
        for server in each.roster.servers:
            full = server.host.lower()
            if "." in full and not is_address(full) and (short := full.split(".", 1)[0]) in wanted:
                found[short][full].append(Told(each.source, _roster(short, full, server.span)))
    for fulls in found.values():
        if len(fulls) == 1:
            yield from chain.from_iterable(fulls.values())


def _roster(short: str, full: str, span: Span) -> Roster:
    return Roster(RosterKind.NAMES, "name in full", span, (Server(short, span, names=(full,)),))
