"""What TOML files and tables are: lock files, configuration of proxies, sources of metrics."""

from analyzer.extract.yaml.places import Place, child, child_text
from analyzer.model import Clue, Evidence
from analyzer.yamltree import Mapping, Node

_LOCKS = frozenset({"Cargo.lock", "poetry.lock", "uv.lock", "pdm.lock", "Gopkg.lock", "pylock.toml", "mise.lock"})
_ROUTED = ("http", "tcp", "udp")


def is_lock(path: str) -> bool:
    """Whether a path is that of a lock file, which names packages only."""
    return path.rsplit("/", 1)[-1] in _LOCKS


def nature_of(root: Node) -> Evidence | None:
    """Why a file is infrastructure, or None."""
    if any(child(found, "services") or child(found, "routers") for key in _ROUTED if (found := child(root, key))):
        return Evidence(Clue.INFRASTRUCTURE, "Traefik configuration")
    pools = child(root, "pools")
    if isinstance(pools, Mapping) and pools.pairs and all(child(pool, "server_host") for _, pool in pools.pairs):
        return Evidence(Clue.INFRASTRUCTURE, "PgDoorman configuration")
    return None


def inside(node: Mapping, place: Place) -> Place:
    """What the keys of a table say about the place of all of them."""
    kind = child_text(node, "type")
    if place.path[:1] == ("sources",) and kind.endswith("_metrics"):
        return place.saying(Evidence(Clue.INFRASTRUCTURE, "Vector source of metrics"))
    return place
