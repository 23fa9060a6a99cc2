"""Constants that several places use, each with a port of its own: one edit of the constant must suit them all.

Where the ports of its uses are not one written number, none of them is edited with the host.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from analyzer.hosts import DEFAULT_PORTS
from analyzer.model import Engine, HostRef, PortRef, Slot

HIDDEN = "the other places that use the constant"
TORN = "the places that use the constant name different ports"


def agreed(refs: Iterable[HostRef]) -> list[HostRef]:
    """The same references; those that reach one literal by several ways have one port, or one that is not edited.

    A port that is not written is taken for the engine's default.
    """
    found = list(refs)
    uses: dict[Slot, list[HostRef]] = defaultdict(list)
    for ref in found:
        if ref.flow:
            uses[ref.slot].append(ref)
    torn = {slot for slot, reached in uses.items() if len({_place(ref) for ref in reached}) > 1}
    return [_settled(ref, uses[ref.slot]) if ref.slot in torn and ref.flow else ref for ref in found]


def _settled(ref: HostRef, reached: list[HostRef]) -> HostRef:
    value = ref.port.value if ref.port is not None else None
    engine = next((other.engine for other in reached if other.engine is not None), None)
    values = {_value(other, engine) for other in reached}
    port = PortRef(value, origin=ref.port.origin if ref.port else "", hidden=HIDDEN)
    return replace(ref, port=port, sealed=ref.sealed or (TORN if len(values) > 1 else ""))


def _place(ref: HostRef) -> Slot | str | None:
    return (ref.port.slot or ref.port.hidden) if ref.port is not None else None


def _value(ref: HostRef, engine: Engine | None) -> int | None:
    """The port that a client would use; None where nothing tells."""
    if ref.port is not None and ref.port.value is not None:
        return ref.port.value
    return DEFAULT_PORTS[engine][0] if engine is not None else None
