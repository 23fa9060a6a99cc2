"""Monitoring exporters: their connections to single servers are meant, one exporter watches one server."""

from collections.abc import Iterator
from dataclasses import replace

from analyzer.extract.keyed.keys import watches
from analyzer.extract.yaml.places import Found, shown
from analyzer.model import Clue, Evidence, HostRef

_KEPT = frozenset({Clue.PLACE, Clue.PORT, Clue.INFRASTRUCTURE})


def exporter(*names: str) -> Evidence | None:
    """The first of some names that is an exporter's: of an object, a container or an image."""
    named = next((name for name in names if watches(name)), "")
    return Evidence(Clue.OPERATION, shown(_bare(named)) or "exporter") if named else None


def operated(found: Iterator[Found], nature: Evidence) -> Iterator[Found]:
    """The same with the exporter as the reason, whatever the keys say."""
    for item in found:
        if isinstance(item, HostRef):
            evidence = (nature, *(e for e in item.evidence if e.clue in _KEPT))
            yield replace(item, evidence=tuple(dict.fromkeys(evidence)))
        else:
            yield item


def _bare(name: str) -> str:
    """An image's name without registry, tag and digest."""
    return name.rsplit("/", 1)[-1].partition("@")[0].partition(":")[0]
