"""Redis Sentinel: the servers that it watches under one name. What Sentinel found out itself it writes below.

Format: https://redis.io/docs/latest/operate/oss_and_stack/management/sentinel/
"""

import re
from collections import defaultdict
from collections.abc import Iterator

from analyzer.extract.keyed.keys import plain
from analyzer.hosts import is_host
from analyzer.model import Engine, Roster, RosterKind, Server, Span
from analyzer.source import SourceFile

_LINE = re.compile(
    r"^[ \t]{0,40}sentinel[ \t]{1,40}(?P<what>monitor|known-replica|known-slave)[ \t]{1,40}"
    r"(?P<name>\S{1,200})[ \t]{1,40}(?P<host>\S{1,255})[ \t]{1,40}(?P<port>\d{1,5})\b",
    re.MULTILINE,
)


def rosters(source: SourceFile) -> Iterator[Roster]:
    """One roster for each name; whole where Sentinel has written down the replicas."""
    found: dict[str, list[Server]] = defaultdict(list)
    headers: dict[str, Span] = {}
    told: set[str] = set()
    for line in _LINE.finditer(source.text):
        name, host = line["name"], line["host"]
        if line["what"] == "monitor":
            headers[name] = source.span(line.start("what"), line.end())
        else:
            told.add(name)
        if is_host(host):
            found[name].append(Server(host, source.span(*line.span("host")), int(line["port"])))
    for name, span in headers.items():
        shown = name if plain(name) else ""
        servers = tuple(found[name])
        kind = RosterKind.MEMBERS if name in told else RosterKind.SEEDS
        what = f"Sentinel monitor {shown}".rstrip()
        if servers:
            yield Roster(kind, what, span, servers, name=shown, engine=Engine.REDIS, whole=name in told)
