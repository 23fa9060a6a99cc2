"""Connections that differ by their server alone: a definition for each of several servers, on purpose.

Connection services, foreign servers and data sources are written so by those who look after the servers. An
application that is told two of them writes to one and reads from the other.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

_OWN = frozenset({"postgres", "template1"})  # databases that belong to no application
_SEVERAL = 3


@dataclass(frozen=True, slots=True)
class Login:
    """What a connection says besides its server: the database, and all else that it is told."""

    database: str
    others: tuple[str, ...] = ()


def reaching_each(connections: Iterable[tuple[Login, str]]) -> frozenset[Login]:
    """The logins that stand with each of several servers, among some connections with their servers.

    Two servers are several where the database is the server's own.
    """
    servers: dict[Login, set[str]] = defaultdict(set)
    for login, server in connections:
        servers[login].add(server)
    return frozenset(
        login for login, found in servers.items() if len(found - {""}) >= (2 if login.database in _OWN else _SEVERAL)
    )
