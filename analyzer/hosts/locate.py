"""Finds connection strings inside longer text: commands, prose, code.

Every family searches by a bounded, anchored pattern of its own; here the findings are put in order and what lies
inside another one is left out.
"""

from collections.abc import Iterator
from itertools import chain

from analyzer.hosts import ado, gomysql, libpq, pdo, stackexchange, tns, urls
from analyzer.hosts.holes import LongText
from analyzer.hosts.parts import Parsed


def find(text: str) -> Iterator[Parsed]:
    """The database connection strings inside `text`, in order; only those with a literal host. Never raises.

    Offsets are characters of `text`. Addresses of other services (http, amqp, kafka ...) are never among them.
    `dsn` is False for the few that other programs write too: libpq's `host=` and `port=` alone.
    """
    if "=" not in text and "(" not in text and ":" not in text:
        return
    long = LongText(text)
    found = chain(
        urls.find_urls(long),
        tns.find_descriptors(long),
        pdo.find_pdo(long),
        gomysql.find_dsns(long),
        ado.find_ado(long),
        stackexchange.find_configurations(long),
        libpq.find_keywords(long),
    )
    end = 0
    for parsed in sorted(found, key=lambda p: (p.start, not p.hosts, -p.end)):
        if parsed.start >= end and (parsed.hosts or parsed.form in {"uri", "jdbc"}):
            end = parsed.end
            if parsed.hosts:
                yield parsed
