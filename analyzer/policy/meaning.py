"""Checks what a schema cannot: addresses, dates, hosts with two meanings, names that stand twice.

Every check looks only at values whose shape is right, so that one run tells everything.
"""

import re
from collections.abc import Iterator
from datetime import date

from analyzer.policy.clashes import Claim, clashes, qualified
from analyzer.policy.document import Document, Fault, Route, quoted
from analyzer.policy.forms import Addresses, Form, Names
from analyzer.policy.notation import FormFault, read_form

MOST_GLOBS = 200
_OUTSIDE = re.compile(r"[/~]|\./|(?:[^/]*/)*\.\.(?:/|$)|.*\\", re.DOTALL)


def meaning_faults(document: Document, bad: frozenset[Route]) -> Iterator[Fault]:
    """What is wrong with values of the right shape; `bad` are the routes of the others."""
    reading = _Reading(document, bad)
    yield from reading.clusters()
    yield from reading.exceptions()
    yield from reading.globs(("exclude",))


class _Reading:
    def __init__(self, document: Document, bad: frozenset[Route]) -> None:
        self.document = document
        self.bad = bad

    def clusters(self) -> Iterator[Fault]:
        claims: list[Claim] = []
        for route in self.items(("clusters",)):
            own: list[Claim] = []
            yield from self.nodes(route, own)
            yield from self.endpoints(route, own)
            yield from self.ports(route)
            claims += qualified(own)
        yield from self.names()
        yield from self.doors()
        globs = [claim for claim in claims if isinstance(claim.form, Names) and not claim.form.name]
        if len(globs) > MOST_GLOBS:
            yield self.document.fault(globs[-1].route, f"more than {MOST_GLOBS} globs; write names, ranges or CIDRs")
            return
        for earlier, later in clashes(claims):
            yield self.clash(earlier, later)

    def nodes(self, cluster: Route, own: list[Claim]) -> Iterator[Fault]:
        for node in self.items((*cluster, "nodes")):
            for route in (node, *self.hosts(node)):
                yield from self.claim(route, "node", own)

    def endpoints(self, cluster: Route, own: list[Claim]) -> Iterator[Fault]:
        for intent in ("write", "read"):
            found: list[Claim] = []
            for route in self.hosts((*cluster, "endpoints", intent)):
                yield from self.claim(route, "endpoint", found)
            for claim in found:
                form = claim.form
                if form.single if isinstance(form, Addresses) else form.name:
                    own.append(claim)
                else:
                    said = "several hosts where one is wanted; write one address or name"
                    yield self.document.fault(claim.route, said)

    def claim(self, route: Route, role: str, own: list[Claim]) -> Iterator[Fault]:
        form = self.form(route)
        if isinstance(form, Fault):
            yield form
        elif form is not None:
            own.append(Claim(form, "endpoint" if role == "endpoint" else "node", int(route[1]), route))

    def form(self, route: Route) -> Form | Fault | None:
        """The form of the text at `route`, what is wrong with it, or None where no text stands there."""
        text = self.at(route)
        if not isinstance(text, str):
            return None
        try:
            return read_form(text)
        except FormFault as fault:
            return self.document.fault(route, f"{quoted(text)} is {fault}")

    def ports(self, cluster: Route) -> Iterator[Fault]:
        """A port is for clients or for operation, not both."""
        database = self.at((*cluster, "ports", "database"))
        if isinstance(database, list):
            for route in self.items((*cluster, "ports", "operation")):
                if self.at(route) in database:
                    yield self.document.fault(
                        route, f"{self.at(route)} is also a database port; write it in one of the lists"
                    )

    def names(self) -> Iterator[Fault]:
        first: dict[str, Route] = {}
        for cluster in self.items(("clusters",)):
            route = (*cluster, "name")
            name = self.at(route)
            if isinstance(name, str) and first.setdefault(name, route) != route:
                line = self.line(first[name])
                yield self.document.fault(
                    route, f"another cluster is named {quoted(name)} ({line}); write another name"
                )

    def doors(self) -> Iterator[Fault]:
        """One host and port leads to one cluster, by whatever name."""
        first: dict[tuple[Form, object], Route] = {}
        for form, port, route in self.answering():
            known = first.setdefault((form, port), route)
            if known != route and (known[1] != route[1] or known[3] == route[3]):
                yield self.taken(known, route)

    def answering(self) -> Iterator[tuple[Form, object, Route]]:
        """The hosts of all endpoints, each with its port."""
        for cluster in self.items(("clusters",)):
            for intent in ("write", "read"):
                door = (*cluster, "endpoints", intent)
                port = self.at((*door, "port"))
                for route in self.hosts(door) if isinstance(port, int) else ():
                    form = self.form(route)
                    if form is not None and not isinstance(form, Fault):
                        yield form, port, route

    def taken(self, known: Route, route: Route) -> Fault:
        """A host of an endpoint that is known with the same port, in another cluster or in the same endpoint."""
        line, shown = self.line(known), quoted(self.at(route))
        if known[1] == route[1]:
            return self.document.fault(route, f"{shown} stands twice in its endpoint ({line}); remove one")
        other = f"an endpoint of cluster {self.name(int(known[1]))} ({line})"
        if route[-1] == "host":
            said = f"the same host and port as {other}; write where this cluster answers"
            return self.document.key_fault(route[:-1], said)
        said = f"{shown} with the same port is {other}; write names that lead to this cluster only"
        return self.document.fault(route, said)

    def exceptions(self) -> Iterator[Fault]:
        for entry in self.items(("allow",)):
            yield from self.globs((*entry, "paths"))
            for route in self.items((*entry, "hosts")):
                form = self.form(route)
                if isinstance(form, Fault):
                    yield form
            expires = self.at((*entry, "expires"))
            if isinstance(expires, str) and not _is_day(expires):
                yield self.document.fault(
                    (*entry, "expires"), f"{quoted(expires)} is no day; write one like 2027-03-31"
                )

    def globs(self, route: Route) -> Iterator[Fault]:
        for item in self.items(route):
            text = self.at(item)
            if not isinstance(text, str):
                continue
            if _OUTSIDE.match(text):
                yield self.document.fault(
                    item, "paths are relative to what is scanned; write them like 'ops/**', with / and without .."
                )
            elif text.startswith("!") or not text.removeprefix("./").strip("/"):
                yield self.document.fault(item, f"{quoted(text)} is empty or negated; write the paths that are meant")

    def clash(self, earlier: Claim, later: Claim) -> Fault:
        if earlier.role != later.role:
            door, node = (earlier, later) if earlier.role == "endpoint" else (later, earlier)
            said = f"{self.shown(door)} is also a node of cluster {self.name(node.cluster)} ({self.line(node.route)})"
            wanted = "names" if "names" in door.route else "address"
            advice = f"write the {wanted} of the load balancer or proxy in front of the nodes"
            return self.document.fault(door.route, f"{said}; {advice}")
        line = self.line(earlier.route)
        if earlier.cluster == later.cluster:
            return self.document.fault(
                later.route, f"{self.shown(later)} stands twice in its cluster ({line}); remove one"
            )
        said = f"{self.shown(later)} is also a node of cluster {self.name(earlier.cluster)} ({line})"
        return self.document.fault(later.route, f"{said}; a node belongs to one cluster, write it in one of them")

    def shown(self, claim: Claim) -> str:
        return quoted(self.at(claim.route))

    def name(self, cluster: int) -> str:
        return quoted(self.at(("clusters", cluster, "name")))

    def line(self, route: Route) -> str:
        return f"line {self.document.position(self.document.values[route])[0]}"

    def at(self, route: Route) -> object:
        """The value at `route`; None where there is none or where its shape is wrong."""
        value: object = self.document.value
        for depth, step in enumerate(route):
            if isinstance(value, dict) or (isinstance(value, list) and isinstance(step, int) and step < len(value)):
                value = value.get(step) if isinstance(value, dict) else value[int(step)]
            else:
                return None
            if route[: depth + 1] in self.bad:
                return None
        return value

    def hosts(self, entry: Route) -> list[Route]:
        """The routes of an entry's host and its other names."""
        return [(*entry, "host"), *self.items((*entry, "names"))]

    def items(self, route: Route) -> list[Route]:
        """The routes of a list's entries."""
        value = self.at(route)
        return [(*route, i) for i in range(len(value))] if isinstance(value, list) else []


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
