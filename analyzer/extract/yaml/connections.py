"""Connections that are written in two mappings: the kind of database above, the host below.

`client: pg` with `connection: {host: x}` (Knex), `type: postgres` with `replication: {master: {host: x}}` (TypeORM),
`engine: mysql` with `details: {host: x}` (Metabase). It knows no other key.
"""

from dataclasses import replace

from analyzer.extract.keyed.siblings import read_siblings
from analyzer.extract.yaml.places import Place, key_text
from analyzer.yamltree import Mapping, Scalar, Sequence

_BELOW = frozenset(
    {
        "connection",
        "connections",
        "replication",
        "properties",
        "config",
        "configuration",
        "options",
        "settings",
        "params",
        "parameters",
        "credentials",
        "details",
    }
)
_MOST = 50  # keys that are looked at


def of_engine(node: Mapping, place: Place) -> Place:
    """The place of a mapping's keys, below the name of the engine where another mapping holds the connection."""
    pairs = node.pairs[:_MOST]
    if not any(key_text(key) in _BELOW and isinstance(value, Mapping | Sequence) for key, value in pairs):
        return place
    told = read_siblings((key_text(key), value.value) for key, value in pairs if isinstance(value, Scalar))
    sibling = told.kinds.get(())
    if sibling is None or sibling.engine is None:
        return place
    return replace(place, path=(*place.path, sibling.engine.value))
