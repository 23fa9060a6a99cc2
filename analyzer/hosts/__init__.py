"""The text grammar of hosts, host lists, URLs and DSNs: parts with character offsets.

It works on text, knows no bytes, no files and no policy, and never raises on what it is given.
"""

from analyzer.hosts.address import bounded, canonical, is_address, is_host
from analyzer.hosts.grammar import parse
from analyzer.hosts.locate import find
from analyzer.hosts.parts import HOLE, HostPart, Parsed
from analyzer.hosts.ports import DEFAULT_PORTS, OPERATION_PORTS
from analyzer.hosts.reserved import uninteresting

__all__ = [
    "DEFAULT_PORTS",
    "HOLE",
    "OPERATION_PORTS",
    "HostPart",
    "Parsed",
    "bounded",
    "canonical",
    "find",
    "is_address",
    "is_host",
    "parse",
    "uninteresting",
]
