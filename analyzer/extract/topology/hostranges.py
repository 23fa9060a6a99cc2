"""Host patterns of an Ansible inventory: `db[01:50].example.com`, `db-[a:f]`, `web[1:9:2]`, and a port behind.

https://docs.ansible.com/ansible/latest/inventory_guide/intro_inventory.html#adding-ranges-of-hosts
"""

import re
from collections.abc import Iterator

from analyzer.hosts import is_host

_RANGE = re.compile(
    r"\[(?:(?P<low>\d{1,6}):(?P<high>\d{1,6})|(?P<from>[A-Za-z]):(?P<to>[A-Za-z]))(?::(?P<step>\d{1,3}))?\]"
)
_PORT = re.compile(r":\d{1,5}\Z")
_MOST = 100  # hosts of one pattern


def expanded(pattern: str) -> Iterator[str]:
    """The hosts that a pattern stands for, in order; itself where it is one host, none where it is no host."""
    waiting = [_PORT.sub("", pattern) if pattern.count(":") == 1 or "]:" in pattern else pattern]
    count = 0
    while waiting and count <= _MOST:
        text = waiting.pop(0)
        found = _RANGE.search(text)
        if found is not None:
            waiting[:0] = [f"{text[: found.start()]}{part}{text[found.end() :]}" for part in _parts(found)]
        elif is_host(text):
            count += 1
            yield text


def _parts(found: re.Match[str]) -> Iterator[str]:
    step = int(found["step"] or 1) or 1
    if found["low"] is None:
        yield from map(chr, range(ord(found["from"]), ord(found["to"]) + 1, step))
        return
    low, width = int(found["low"]), len(found["low"]) if found["low"].startswith("0") else 0
    for number in range(low, min(int(found["high"]), low + _MOST * step) + 1, step):
        yield f"{number:0{width}d}"
