"""Candidates for hosts in raw bytes: whole tokens that begin as a declared host does.

A host stands alone: `10.0.0.120` is no part of 110.0.0.120, 10.0.0.1200, 10.0.0.120.5, v10.0.0.120; `db-01` none of
db-01-metrics. One pass, each byte read once; what a candidate means is the resolver's to say.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import takewhile

from analyzer.model import Span
from analyzer.policy.forms import Addresses, Form

_HEAD = 3  # characters of a host that a candidate must begin with
_MOST_HEADS = 40
_ALONE = rb"(?<![0-9a-z_.\-])"
_TOKEN = rb"[0-9a-z_\-]++(?>(?:(?:\.|%2e)[0-9a-z_][0-9a-z_\-]*+)*)"
# An escape before a host is letters of the same token: \n10.0.0.120, %4010.0.0.120.
_ESCAPE = rb"(?:(?<=%)[0-9a-f]{2}|(?<=\\)(?:x[0-9a-f]{2}|u[0-9a-f]{4}|[abfnrtv0]))"
_ESCAPED = re.compile(_ESCAPE)
_IPV6 = re.compile(
    rb"(?<![0-9a-z_.:\-])(?=[0-9a-f]{0,4}:[0-9a-f:])"
    rb"[0-9a-f:]{2,45}+(?:\.[0-9]{1,3}){0,3}(?![0-9a-z_\-:]|\.[0-9a-z_])"
)


class Sweep:
    """Finds candidates for a set of forms."""

    def __init__(self, forms: Iterable[Form]) -> None:
        heads = sorted({head for form in forms for head in _heads(form)})
        self._pattern: re.Pattern[bytes] | None = None
        if heads:
            begin = rb"|".join(map(re.escape, heads)) if b"" not in heads else b""
            if len(heads) > _MOST_HEADS and begin:
                begin = b"[" + b"".join(re.escape(c) for c in sorted({head[:1] for head in heads})) + b"]"
            self._pattern = re.compile(_ALONE + rb"(?=" + _ESCAPE + rb"?(?:" + begin + rb"))" + _TOKEN)

    def candidates(self, data: bytes) -> Iterator[Span]:
        """Spans of `data`, some of them overlapping: an IPv6 spelling comes before the tokens inside it."""
        if self._pattern is None:
            return
        low = data.lower()
        for found in _IPV6.finditer(low):
            end = found.end() - (low.endswith(b":", 0, found.end()) and not low.endswith(b"::", 0, found.end()))
            yield Span(found.start(), end)
        for found in self._pattern.finditer(low):
            yield Span(found.start(), found.end())
            if escape := _ESCAPED.match(low, found.start(), found.end()):
                yield Span(escape.end(), found.end())


def _heads(form: Form) -> Iterator[bytes]:
    """How a token may begin that is one of these hosts; empty: in any way. IPv6 has its own pattern."""
    if isinstance(form, Addresses):
        for block in form.blocks:
            if block.version == 4:
                low, high = block.low >> 24, block.high >> 24
                yield from (b"%d" % octet for octet in (range(low, high + 1) if high - low < 3 else range(1, 10)))
        return
    sets = takewhile(lambda token: token is not None and len(token) == 1, form.labels[0])
    yield "".join(next(iter(token)) for token in sets if token)[:_HEAD].encode("ascii")
