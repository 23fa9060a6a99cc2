"""Database keys of a YAML document whose values cannot be seen: encrypted, sealed, or kept in another store.

One walk over the tree, apart from the reading of hosts. What says where a value lives stands in `stores`.
"""

from collections.abc import Iterator

from analyzer.extract.ciphertext import hidden_by, opaque
from analyzer.extract.yaml.objects.stores import kept_elsewhere
from analyzer.extract.yaml.objects.thing import Thing, is_object, thing_of
from analyzer.extract.yaml.places import child, key_text, shown
from analyzer.model import Opaque
from analyzer.yamltree import Mapping, Node, Scalar, Sequence

_NAMES = ("name", "key")
_SETTINGS = frozenset({"data", "stringData", "encryptedData"})
_MOST = 200_000  # nodes that are looked at
_SERVICES = (
    ("age", "age"),
    ("pgp", "PGP"),
    ("kms", "AWS KMS"),
    ("gcp_kms", "Google KMS"),
    ("azure_kv", "Azure Key Vault"),
    ("hc_vault", "Vault"),
)


def hidden_values(root: Node, *, marked: bool = True) -> tuple[Opaque, ...]:
    """The hidden values of a document, each key once for each place that hides it.

    `marked`: the file may hold ciphertext (`ciphertext.may_hide`).
    """
    found: dict[tuple[str, str], Opaque] = {}
    for item in (*(_encrypted(root) if marked else ()), *kept_elsewhere(root)):
        found.setdefault((item.key, item.where), item)
    return tuple(found.values())


def _encrypted(root: Node) -> Iterator[Opaque]:
    """Values that are ciphertext or name their store, wherever they stand."""
    thing = thing_of(root) if isinstance(root, Mapping) and is_object(root) else None
    service = _service(root)
    waiting: list[tuple[Node, tuple[str, ...]]] = [(root, ())]
    for _ in range(_MOST):
        if not waiting:
            return
        node, path = waiting.pop()
        if isinstance(node, Mapping):
            pairs = tuple((key, value) for key, value in node.pairs if path or key_text(key) != "sops")
            for key, value in pairs:
                if isinstance(value, Scalar) and isinstance(key, Scalar):
                    yield from _value(key, key.value, _parents(path, thing), value, service)
            yield from _named(node, service)
            waiting += [(value, (*path, key_text(key))[-6:]) for key, value in reversed(pairs)]
        elif isinstance(node, Sequence):
            for item in node.items:
                if isinstance(item, Scalar):
                    yield from _assigned(item, service)
            waiting += [(item, path) for item in reversed(node.items)]


def _parents(path: tuple[str, ...], thing: Thing | None) -> tuple[str, ...]:
    """The keys above; what a Secret holds stands below its name."""
    if thing is not None and path[-1:] and path[-1] in _SETTINGS:
        return (thing.name,) if shown(thing.name) else ()
    return path


def _named(node: Mapping, service: str) -> Iterator[Opaque]:
    """`{name: DB_HOST, value: ciphertext}`."""
    value = child(node, "value")
    name = next((found for key in _NAMES if isinstance(found := child(node, key), Scalar)), None)
    if name is not None and isinstance(value, Scalar):
        yield from _value(name, name.value, (), value, service)


def _assigned(item: Scalar, service: str) -> Iterator[Opaque]:
    """`DB_HOST=ciphertext` in a list."""
    name, sign, _ = item.value.partition("=")
    if sign:
        yield from _value(item, name, (), item, service, start=len(name) + 1)


def _value(
    at: Scalar, name: str, parents: tuple[str, ...], value: Scalar, service: str, *, start: int = 0
) -> Iterator[Opaque]:
    where = hidden_by(value.value[start:])
    if where == "encrypted by SOPS" and service:
        where = f"{where} ({service})"
    found = opaque(name, parents, where, at.literal, "=" if start else ": ")
    if found is not None:
        yield found


def _service(root: Node) -> str:
    """Who can decrypt what SOPS encrypted: the key services that its metadata lists."""
    sops = child(root, "sops")
    if sops is None:
        return ""
    listed = (said for key, said in _SERVICES if isinstance(node := child(sops, key), Sequence) and node.items)
    return ", ".join(listed)
