"""Where one call of a module takes a host: applies the tables of clients to arguments."""

from collections.abc import Callable, Iterator, Sequence

from analyzer.extract.keyed.keys import plain
from analyzer.extract.perl.clients import OPERATES, TARGETS, Client
from analyzer.extract.perl.dsns import dsn_site
from analyzer.extract.perl.nodes import Called, Entry, Items, flat
from analyzer.extract.shell.sites import Kind, Site
from analyzer.extract.shell.words import Word
from analyzer.model import Clue, Evidence


def operates(function: str) -> bool:
    """Whether a call administers or probes: `Net::OpenSSH->new`, `LWP::Simple::get`."""
    module, _, method = function.rpartition("->")
    return (module or function.rpartition("::")[0]) in OPERATES and method != "connect_cached"


def client_sites(name: str, client: Client, found: Called, inlined: Callable[[Word], Word]) -> Iterator[Site]:
    """The servers of a client's constructor."""
    entries = _entries(found.arguments)
    shown = name if plain(name.replace("::", "").replace("->", "")) else "…"
    port = next((word for entry in entries if entry.key in client.port for word in flat(entry.value)), None)
    evidence = (Evidence(Clue.CALL, shown),)
    first = next((entry for entry in entries if not entry.key), None)
    if first is not None and client.dsn:
        for word in flat(first.value):
            yield dsn_site(inlined(word), evidence, f"{shown} ", client.engine)
    elif first is not None and client.first:
        for word in flat(first.value):
            yield Site(word, Kind.CONNECTS, evidence, f"{shown} ", client.engine)
    for entry in entries:
        if entry.key in client.host:
            words = list(flat(entry.value))
            for word in words:
                prefix = f"{shown} {entry.key} => "
                yield Site(word, Kind.CONNECTS, evidence, prefix, client.engine, port=port)


def _entries(items: Items) -> Sequence[Entry]:
    """The arguments, those of a hash reference included: `->new({ host => ... })`."""
    inner = [entry.value for entry in items.entries if not entry.key and isinstance(entry.value, Items)]
    return [*items.entries, *(entry for one in inner for entry in one.entries if entry.key)]


def operation_sites(name: str, found: Called) -> Iterator[Site]:
    """The servers of a module that administers."""
    shown = name if plain(name.replace("::", "").replace("->", "")) else "…"
    evidence = (Evidence(Clue.OPERATION, shown),)
    for entry in _entries(found.arguments):
        if not entry.key or entry.key.lower() in TARGETS:
            yield from (Site(word, Kind.OPERATES, evidence, f"{shown} ") for word in flat(entry.value))
