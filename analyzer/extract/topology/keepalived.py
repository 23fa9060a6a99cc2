"""keepalived: the addresses that move to the machine that is alive, behind which proxies stand.

Format: https://keepalived.readthedocs.io/en/latest/configuration_synopsis.html
"""

import re
from collections.abc import Iterator

from analyzer.hosts import is_address
from analyzer.model import Bind, Roster, RosterKind
from analyzer.source import SourceFile

_BLOCK = re.compile(r"^[ \t]{0,40}virtual_ipaddress[ \t]{0,40}\{(?P<body>[^{}]{0,4000})\}", re.MULTILINE)
_ENTRY = re.compile(r"^[ \t]{0,40}(?P<address>[0-9A-Fa-f:.]{2,45})(?:/\d{1,3})?(?=[ \t\r\n]|\Z)", re.MULTILINE)


def rosters(source: SourceFile) -> Iterator[Roster]:
    """One roster without servers for each block of virtual addresses."""
    for block in _BLOCK.finditer(source.text):
        binds = []
        for entry in _ENTRY.finditer(source.text, block.start("body"), block.end("body")):
            address = entry["address"]
            if is_address(address):
                binds.append(Bind(address, None, source.span(*entry.span("address"))))
        if binds:
            span = source.span(block.start(), block.start("body"))
            yield Roster(RosterKind.ADDRESS, "keepalived virtual_ipaddress", span, binds=tuple(binds))
