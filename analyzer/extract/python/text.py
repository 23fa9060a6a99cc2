"""Python files that do not parse (newer syntax, broken code), read as text.

Connection strings and `name = "value"` lines are found, nothing is known about calls, and nothing may be edited.
"""

import re
from collections.abc import Callable, Iterator

from analyzer import hosts
from analyzer.extract.keyed.bindings import Binding, Scope, Value, references
from analyzer.extract.keyed.values import Seen, dsn_evidence, host_references
from analyzer.model import HostRef, Slot
from analyzer.source import SourceFile

SEALED = "the file does not parse; not rewritten"
# `DB_HOST = "x"`, `"host": 'x'`, `host="x",`: a key, a sign, a literal without escapes on one line.
_BINDING = re.compile(
    r"""(?<!\w)(?P<key>[A-Za-z_]\w{0,63})["']?[ \t]{0,40}[=:][ \t]{0,40}"""
    r"""[uUrRbB]{0,2}(?P<quote>["'])(?P<value>[^"'\\\r\n]{1,1000})(?P=quote)"""
)


def text_references(source: SourceFile) -> Iterator[HostRef]:
    """The hosts of connection strings and of literals under telling names."""
    text = source.text
    whole = Value(text, source.slot, source.slot(0, len(text)))
    for parsed in hosts.find(text):
        if parsed.dsn:
            yield from host_references(parsed, whole, Seen((dsn_evidence(parsed),)))
    bound = [
        Binding(
            found["key"],
            Value(found["value"], _locate(source, found.start("value")), source.slot(*found.span("value"))),
        )
        for found in _BINDING.finditer(text)
    ]
    yield from references(bound, Scope())


def _locate(source: SourceFile, start: int) -> Callable[[int, int], Slot | None]:
    return lambda i, j: source.slot(start + i, start + j)
