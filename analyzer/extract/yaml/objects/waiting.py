"""Programs that wait until a port answers, as containers run them before an application starts.

`nc -z 10.0.0.121 5432` is administration in a shell; in a container the application does not start without that server.
"""

import re
from dataclasses import replace

from analyzer.extract.keyed.pairing import engine_of_port
from analyzer.model import Clue, Evidence, HostRef, PortRef, Slot, Span

_WAITERS = frozenset(
    {"nc", "ncat", "netcat", "wait-for-it", "wait-for-it.sh", "wait-for", "wait-for.sh", "dockerize", "tcping"}
)
# The port behind the host: the next word of the shell text, or the next item of the list of words.
_PORT = re.compile(rb"[\"']?(?:[ \t]+|[ \t]*,[ \t]*|[ \t]*\r?\n[ \t]*-[ \t]+)[\"']?(\d{1,5})(?![\w.])")


def waiting(ref: HostRef, data: bytes) -> HostRef:
    """The same reference, a command that depends on a database where a program waits for its port."""
    program = next((e.text for e in ref.evidence if e.clue is Clue.OPERATION and e.text in _WAITERS), "")
    port = (ref.port if ref.port and ref.port.value else _port_behind(ref, data)) if program else None
    engine = engine_of_port(port.value) if port else None
    if port is None or engine is None:
        return ref
    reason = Evidence(Clue.COMMAND, f"{program} waits for port {port.value}")
    evidence = tuple(reason if e.clue is Clue.OPERATION and e.text == program else e for e in ref.evidence)
    return replace(ref, evidence=evidence, port=port, engine=ref.engine or engine)


def _port_behind(ref: HostRef, data: bytes) -> PortRef | None:
    if ref.slot.container is not None:
        return None
    found = _PORT.match(data, ref.slot.span.end)
    return PortRef(int(found[1]), Slot(Span(*found.span(1)))) if found else None
