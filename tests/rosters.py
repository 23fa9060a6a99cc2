"""Rosters of a text in a test: read by its format, and held against a policy."""

from pathlib import Path

from analyzer.checks import CHECKS
from analyzer.engine.lineups import lineups
from analyzer.extract import format_of
from analyzer.policy import load
from analyzer.resolve import Resolver
from analyzer.source import SourceFile

POLICY = b"""\
version: 1
clusters:
  - name: orders-pg17
    engine: postgresql
    nodes: [10.0.0.120-10.0.0.122, "db-postgres-0[1-3]"]
    endpoints:
      write: {host: 10.0.0.10, port: 5432}
      read: {host: 10.0.0.10, port: 5433}
  - {name: erp, engine: mariadb, nodes: [10.0.0.20, 10.0.0.21], endpoints: {write: {host: 10.0.0.11, port: 3306}}}
  - {name: sessions, engine: redis, nodes: [10.0.0.30, 10.0.0.31], endpoints: {}}
"""


def rosters(text, path="haproxy.cfg"):
    source = SourceFile(path, text.encode())
    return format_of(path, source.data[:256]).load()(source).rosters


def remarks(rule, text, path="haproxy.cfg", policy=POLICY):
    """What one check says of a file, in order: the text at each place, and the message."""
    known = load(Path("db-endpoints.yaml"), policy)
    check = next(check for check in CHECKS if check.id == rule)
    data = text.encode()
    found = lineups(data, rosters(text, path), known, Resolver(known))
    said = [remark for lineup in found for remark in check.judge_lineup(lineup)]
    return [(data[r.span.start : r.span.end].decode(), r.verdict.message) for r in said]
