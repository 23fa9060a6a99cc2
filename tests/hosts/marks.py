"""Marked samples of the text grammar.

«» hold a host, ⟨⟩ a port, ⟦⟧ the list that a collapse replaces, single guillemets what goes with it.
"""

import re
from dataclasses import dataclass, field

from analyzer.hosts import Parsed

PAIRS = {"«": "»", "⟨": "⟩", "⟦": "⟧", "‹": "›"}
_MARK = re.compile("[«»⟨⟩⟦⟧‹›]")


@dataclass
class Marked:
    text: str
    spans: dict[str, list[tuple[int, int]]] = field(default_factory=dict)

    def hosts(self):
        return self.spans["«"]


def marked(sample: str) -> Marked:
    found = {opening: [] for opening in PAIRS}
    open_at: dict[str, int] = {}
    text, last = "", 0
    for match in _MARK.finditer(sample):
        text += sample[last : match.start()]
        last = match.end()
        mark = match.group()
        if mark in PAIRS:
            open_at[mark] = len(text)
        else:
            opening = next(o for o, c in PAIRS.items() if c == mark)
            found[opening].append((open_at.pop(opening), len(text)))
    assert not open_at, sample
    return Marked(text + sample[last:], found)


def check(parsed: Parsed | None, sample: Marked) -> None:
    """Hosts always; ports, list and drops where the sample marks any of that kind."""
    assert parsed is not None, sample.text
    assert [(p.start, p.end) for p in parsed.hosts] == sample.spans["«"], (sample.text, parsed)
    ports = [(p.port_start, p.port_end) for p in parsed.hosts if p.port_start >= 0]
    if sample.spans["⟨"]:
        assert sorted(set(ports)) == sample.spans["⟨"], (sample.text, parsed)
        for part in parsed.hosts:
            if part.port_start >= 0:
                assert sample.text[part.port_start : part.port_end] == str(part.port)
    else:
        assert not ports, (sample.text, parsed)
    if sample.spans["⟦"]:
        assert [(parsed.list_start, parsed.list_end)] == sample.spans["⟦"], (sample.text, parsed)
    if sample.spans["‹"]:
        assert sorted(parsed.drops) == sample.spans["‹"], (sample.text, parsed)
    for part in parsed.hosts:
        if part.exact:
            assert sample.text[part.start : part.end] == part.host


def collapsed(text: str, parsed: Parsed, host: str, port: int | None) -> str:
    """The DSN with its list, ports and drops replaced by one endpoint, as a fix would write it."""
    edits = [(start, end, "") for start, end in parsed.drops]
    written = f"{host}:{port}" if parsed.inline_ports and port else host
    edits.append((parsed.list_start, parsed.list_end, written))
    if parsed.ports_start >= 0 and port:
        edits.append((parsed.ports_start, parsed.ports_end, str(port)))
    for start, end, new in sorted(edits, reverse=True):
        text = text[:start] + new + text[end:]
    return text
