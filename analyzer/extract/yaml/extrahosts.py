"""Names that a container's own hosts file gets: `extra_hosts: ["db:10.0.0.121"]`, docker's `--add-host` in YAML.

An application connects to the address through the name. Only an address may stand there, and no port.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from analyzer.extract.keyed.keys import plain, read_key
from analyzer.extract.keyed.values import Seen, expanded, host_references
from analyzer.extract.nature.infrakeys import counted
from analyzer.extract.yaml.places import Place, key_text
from analyzer.extract.yaml.scalars import Reading, read_scalar
from analyzer.hosts import canonical, is_address, parse
from analyzer.model import CONNECTING, Clue, Engine, Evidence, HostRef, Intent, PortRef
from analyzer.yamltree import Mapping, Node, Scalar
from analyzer.yamltree import Sequence as List

_PORT = PortRef(hidden="whatever connects through this name")


@dataclass(frozen=True)
class HostEntry:
    """A name and the address it gets."""

    name: str
    address: Reading


@dataclass
class HostTable:
    """The entries of one document; what they mean is known when all its connections are."""

    _entries: list[tuple[HostEntry, Place]] = field(default_factory=list)

    def add(self, entries: Iterable[HostEntry], place: Place) -> None:
        """Add the entries of one hosts file."""
        self._entries += ((entry, place) for entry in entries)

    def references(self, connections: Sequence[HostRef]) -> Iterator[HostRef]:
        """The addresses; `connections` are the other references of the document."""
        used = {
            canonical(ref.host): ref.engine
            for ref in connections
            if any(evidence.clue in CONNECTING for evidence in ref.evidence)
        }
        for entry, place in self._entries:
            value = expanded(entry.address.value)
            parsed = parse(value.text)
            if parsed is None or not all(is_address(part.host) for part in parsed.hosts):
                continue
            seen = _meaning(entry.name, used)
            seen = replace(seen, evidence=(*seen.evidence, *place.evidence), sealed=place.document.sealed)
            for ref in host_references(parsed, value, seen):
                yield replace(ref, takes="address")


def host_entries(node: Node, place: Place) -> Iterator[HostEntry]:
    """The entries of a list `name:address` or `name=address`, or of a map from names to addresses."""
    if isinstance(node, Mapping):
        for key, value in node.pairs:
            target = place.document.resolved(value)
            for item in target.items if isinstance(target, List) else (target,):
                if isinstance(item, Scalar):
                    yield HostEntry(key_text(key), _unbracketed(read_scalar(item)))
    for item in node.items if isinstance(node, List) else ():
        entry = place.document.resolved(item)
        if isinstance(entry, Scalar):
            reading = read_scalar(entry)
            signs = [at for sign in "=:" if (at := reading.text.find(sign)) > 0]
            if signs:
                at = min(signs)
                yield HostEntry(reading.text[:at].strip(), _unbracketed(reading.part(at + 1, len(reading.text))))


def _unbracketed(reading: Reading) -> Reading:
    text = reading.text
    return reading.part(1, len(text) - 1) if text.startswith("[") and text.endswith("]") else reading


def _meaning(name: str, used: dict[str, Engine | None]) -> Seen:
    """What an entry is for: a connection names it, its own name tells, or it merely stands there."""
    clue = read_key(f"{name}_host")
    text = name if plain(name) else "…"
    shown, prefix = f"extra_hosts {text}", f"{text}:"
    if canonical(name) in used:
        why = Evidence(Clue.KEY, f"{shown}, the host of a connection here")
        return Seen((why,), prefix, used[canonical(name)], clue.intent if clue else Intent.UNKNOWN, _PORT)
    if clue is None or clue.foreign or counted(name):
        # db-postgres-01, db-postgres-a: a server's own name, as in a hosts file.
        return Seen((Evidence(Clue.TEXT, shown),), prefix, port=_PORT)
    why = Evidence(Clue.KEY if clue.database else Clue.NAME, shown)
    return Seen((why,), prefix, clue.engine, clue.intent, _PORT)
