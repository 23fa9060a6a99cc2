"""PgBouncer's `[databases]`: what a pooler's backends are.

A pooler is an application's way to its database, and it is a proxy. This is how it is decided, row by row:

* Entries that name several servers are a pool of nodes: infrastructure, as for HAProxy (`infrastructure` tells the
  whole file by that, so nothing is said here).
* Entries that all name one server make that server's failover everybody's outage: a connection, reported as such.
  It is sealed all the same. The load balancer may route to this very pooler, and a pooler that were pointed back at it
  would run in a circle; only a person sees which stands in front of which.

https://www.pgbouncer.org/config.html#section-databases
"""

from collections.abc import Iterable, Iterator, Mapping

from analyzer import hosts
from analyzer.extract.keyed.bindings import Binding
from analyzer.extract.keyed.keys import plain
from analyzer.extract.keyed.values import Seen, expanded, host_references
from analyzer.model import Clue, Engine, Evidence, HostRef

SEALED = "a pooler may stand behind the load balancer itself: a person has to say where it leads"
_POOL = Evidence(Clue.DSN, "pool of PgBouncer")


def is_pool(section: str, sections: Mapping[str, object], path: str) -> bool:
    """Whether a section lists PgBouncer's databases; `path` is the file's."""
    named = path.rsplit("/", 1)[-1].startswith("pgbouncer")
    return section == "databases" and (named or "pgbouncer" in sections)


def pool_references(bindings: Iterable[Binding]) -> Iterator[HostRef]:
    """The servers behind the databases of a pooler."""
    for binding in bindings:
        value = expanded(binding.value) if binding.value else None
        parsed = hosts.parse(value.text, engine=Engine.POSTGRESQL) if value else None
        if parsed and value and parsed.form == "libpq":
            key = binding.key if plain(binding.key) else "…"
            yield from host_references(parsed, value, Seen((_POOL,), f"{key}=", Engine.POSTGRESQL, sealed=SEALED))
