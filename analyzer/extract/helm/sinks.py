"""Where values land: the references of a rendered manifest, moved to the values files that hold their hosts.

What the place is, the extractors of Kubernetes objects say. A host counts where one value holds all of it; a port that
stands in another file than its host can be seen, not changed.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from analyzer.extract import yaml
from analyzer.extract.helm.composed import Composed, Home, documents, source_of
from analyzer.extract.helm.interest import Interest
from analyzer.extract.helm.ledger import Ledger, Region
from analyzer.extract.helm.renders import Rendered
from analyzer.extract.helm.scopes import Budget
from analyzer.extract.keyed.values import ESCAPED
from analyzer.extract.yaml import BROKEN
from analyzer.model import Clue, Evidence, FlowStep, HostGroup, HostRef, PortRef, Slot, Span

_KEY = re.compile(r"([A-Za-z0-9_.-]{1,64})(=|: )")
_SHOWN = re.compile(r"[\w@%+=:,./ -]{1,200}")
_ENVIRONMENT = "container env of "
COMPUTED = "a template"


@dataclass(frozen=True, slots=True)
class Sink:
    """A reference in a values file, by the place that its host feeds; `region` is the value.

    `relies` names the port where it stands in another values file: path and slot. `assumed`: only other values lead
    there.
    """

    region: Region
    ref: HostRef
    relies: tuple[str, Slot] | None = None
    assumed: bool = False

    @property
    def place(self) -> tuple[str, Slot, str]:
        """What makes two references one: the file, the bytes, the host."""
        return self.region.source.path, self.ref.slot, self.ref.host


@dataclass(slots=True)
class SinkReader:
    """Reads rendered templates. `silent` are the values that stand in a document in which nothing was said of them."""

    ledger: Ledger
    budget: Budget
    silent: set[Region] = field(default_factory=set)
    _read: dict[Composed, list[Sink]] = field(default_factory=dict)

    def sinks(self, rendered: Rendered, interest: Interest) -> Iterator[Sink]:
        """The places of one rendered template that values feed. Raises ExhaustedError."""
        for composed in documents(rendered.text, self.ledger, interest):
            if composed not in self._read:
                self.budget.spend(len(composed.data) // 40)
                self._read[composed] = found = list(_sinks(composed, rendered.template.path))
                standing = {self.ledger.find(mark[2])[0] for mark in interest.standing(composed.text)}
                self.silent |= standing.difference(sink.region for sink in found)
            yield from (replace(sink, assumed=rendered.assumed) for sink in self._read[composed])


def _sinks(composed: Composed, path: str) -> Iterator[Sink]:
    found = yaml.extract(source_of(composed, path))
    nature = (found.nature,) if found.nature else ()
    for ref in found.refs:
        home = composed.home(ref.slot)
        if home is not None and home.region.keys is not None:
            port = composed.home(ref.port.slot) if ref.port and ref.port.slot else None
            elsewhere = port is not None and port.region.keys is not None and port.path != home.path
            relies = (port.path, port.slot) if port and elsewhere else None
            yield Sink(home.region, _moved(ref, nature, composed, home, path), relies)


def _moved(ref: HostRef, nature: tuple[Evidence, ...], composed: Composed, home: Home, path: str) -> HostRef:
    key = found[1] if (found := _KEY.match(ref.shape)) else ""
    evidence = tuple(_feeding(each, key) for each in (*ref.evidence, *nature))
    place = composed.template_place(ref.slot, path) or Span(0, 0)
    sealed = "" if ref.sealed == BROKEN else ref.sealed
    return replace(
        ref,
        slot=home.slot if home.exact else Slot(home.region.literal),
        evidence=evidence,
        shape=_shape(ref, home, found.end() if found else 0),
        port=_port(ref.port, composed, home, path) if ref.port else None,
        group=_group(ref.group, composed, home) if ref.group else None,
        flow=(FlowStep(place, _told(evidence, key, composed), path),),
        sealed=home.region.sealed or sealed or ("" if home.exact else ESCAPED),
    )


def _feeding(evidence: Evidence, key: str) -> Evidence:
    """A place is told as what the value feeds: it is not the value's own."""
    if evidence.clue is not Clue.PLACE:
        return evidence
    text = evidence.text
    if key and text.startswith(_ENVIRONMENT):
        text = f"container env {key} of {text.removeprefix(_ENVIRONMENT)}"
    return Evidence(Clue.PLACE, f"feeds {text}")


def _told(evidence: tuple[Evidence, ...], key: str, composed: Composed) -> str:
    place = next((each.text.removeprefix("feeds ") for each in evidence if each.clue is Clue.PLACE), composed.kind)
    command = next((each.text for each in evidence if each.clue in (Clue.COMMAND, Clue.CHOICE)), "")
    named = key or command
    if named and f" {named} " not in place:
        return f"feeds {named} in {place}" if place else f"feeds {named}"
    return f"feeds {place}" if place else "is rendered here"


def _shape(ref: HostRef, home: Home, behind: int) -> str:
    """The shape under the value's own key; a value that is just the host shows nothing of the place that it feeds."""
    head = f"{home.region.shown}: "
    bare = home.exact and home.region.text.strip() == ref.host
    return f"{head}«{ref.host}»" if bare else head + ref.shape[behind:]


def _port(port: PortRef, composed: Composed, host: Home, path: str) -> PortRef:
    """The same port; what must be edited in another file than the host can only be looked at."""
    if port.slot is None:
        return port
    home = composed.home(port.slot) if not port.others else None
    if home is not None and home.exact and home.path == host.path and home.region.keys is not None:
        return _insertable(port, host, home) if port.value is None else replace(port, slot=home.slot)
    return PortRef(port.value, origin=port.origin, hidden=shown_path(home.path if home is not None else path))


def shown_path(path: str) -> str:
    """A path that may be shown in a message of ours."""
    return path if _SHOWN.fullmatch(path) else "another file"


def _insertable(port: PortRef, host: Home, home: Home) -> PortRef:
    """A port may be written into a value that is a connection string, not into one that is just a host."""
    whole = home.region is host.region and host.start > 0
    return replace(port, slot=home.slot) if whole else PortRef(hidden=COMPUTED)


def _group(group: HostGroup, composed: Composed, host: Home) -> HostGroup:
    """The list can be collapsed where one value holds all of it."""
    hosts, ports = _inside(group.hosts, composed, host), _inside(group.ports, composed, host)
    drops = tuple(slot for drop in group.drops if (slot := _inside(drop, composed, host)) is not None)
    whole = hosts is not None and len(drops) == len(group.drops) and (ports is None) == (group.ports is None)
    return replace(group, hosts=hosts if whole else None, ports=ports, drops=drops)


def _inside(slot: Slot | None, composed: Composed, host: Home) -> Slot | None:
    home = composed.home(slot) if slot is not None else None
    return home.slot if home is not None and home.exact and home.region is host.region else None
