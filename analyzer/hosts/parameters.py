"""Parameters of a connection string that say which server is wanted: what they intend, and which lose their meaning.

Keys are compared without case, blanks, hyphens and underscores, since each driver spells them its own way:
libpq `target_session_attrs`, pgjdbc `targetServerType`, Npgsql `Target Session Attributes`.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from analyzer.hosts.members import first_of, trimmed
from analyzer.hosts.parts import Range, removable
from analyzer.hosts.words import words
from analyzer.model import Intent


@dataclass(frozen=True, slots=True)
class Parameter:
    """`key` folded, `value` as written; the span from the key to the end of the value, and the value's own."""

    key: str
    value: str
    start: int
    end: int
    value_start: int
    value_end: int


_TRUE = words("true 1 yes on")
_WRITE_VALUES = {
    "targetsessionattrs": words("readwrite primary"),
    "targetsessionattributes": words("readwrite primary preferprimary"),
    "targetservertype": words("primary master preferprimary"),
    "applicationintent": words("readwrite"),
    "readpreference": words("primary primarypreferred"),
}
_READ_VALUES = {
    "targetsessionattrs": words("readonly standby preferstandby"),
    "targetsessionattributes": words("readonly standby preferstandby"),
    "targetservertype": words("secondary slave prefersecondary preferslave replica"),
    "applicationintent": words("readonly"),
    "readpreference": words("secondary secondarypreferred"),
    "readonly": _TRUE,
    "defaulttransactionreadonly": _TRUE,
}
_MEANINGLESS = (
    # PostgreSQL: libpq, pgjdbc, Npgsql, R2DBC
    words("targetsessionattrs targetsessionattributes loadbalancehosts targetservertype hostrecheckseconds")
    | words("hostrechecktime")
    # MySQL Connector/J, MariaDB Connector/J, MySqlConnector
    | words("loadbalance loadbalancestrategy loadbalanceconnectiongroup loadbalanceblacklisttimeout")
    | words("loadbalanceblocklisttimeout loadbalancepingtimeout loadbalancevalidateconnectiononswapserver")
    | words("loadbalanceautocommitstatementthreshold loadbalanceautocommitstatementregex roundrobinloadbalance")
    | words("failoverreadonly secondsbeforeretrymaster secondsbeforeretrysource queriesbeforeretrymaster")
    | words("queriesbeforeretrysource retriesalldown failoverloopretries assurereadonly")
    | words("allowmasterdownconnections allowsourcedownconnections allowslavedownconnections")
    | words("allowreplicadownconnections allowmasterdownconnection readfrommasterwhennoslaves")
    | words("readfromsourcewhennoreplicas replicationconnectiongroup hostremovalgraceperiod")
    # MongoDB, SQL Server
    | words("replicaset failoverpartner multisubnetfailover")
)


def folded(key: str) -> str:
    """`Target Session Attributes` -> `targetsessionattributes`."""
    return key.lower().replace("_", "").replace(" ", "").replace("-", "")


def intent_of(parameters: Iterable[Parameter]) -> Intent:
    """What the connection is for, by its parameters; reading wins where they disagree."""
    found = {_intent(p.key, folded(p.value)) for p in parameters}
    if Intent.READ in found:
        return Intent.READ
    return Intent.WRITE if Intent.WRITE in found else Intent.UNKNOWN


def query_parameters(text: str, start: int, end: int, separators: str = "&") -> list[Parameter]:
    """`key=value` pairs between `start` and `end`; a part without `=` is a key without value."""
    found: list[Parameter] = []
    at = start
    while at < end:
        stop = first_of(text, separators, at, end)
        equals = text.find("=", at, stop)
        key_end = equals if equals >= 0 else stop
        value_start, value_end = trimmed(text, min(key_end + 1, stop), stop)
        key = folded(text[at:key_end].strip())
        found.append(Parameter(key, text[value_start:value_end], at, stop, value_start, value_end))
        at = stop + 1
    return found


def drops_of(parameters: Sequence[Parameter], lead: int = -1, *, also: Iterable[Parameter] = ()) -> Iterator[Range]:
    """Spans of the meaningless parameters and of `also`, with the right separator.

    `lead`: where a `?` or `;` stands that goes with the last of them; without one, one parameter has to stay.
    """
    spare = {p.start for p in also}
    marked = [(p.start, p.end, p.key in _MEANINGLESS or p.start in spare) for p in parameters]
    if marked and lead >= 0 and all(drop for _, _, drop in marked):
        yield lead, marked[-1][1]
        return
    yield from removable(marked)


def _intent(key: str, value: str) -> Intent:
    if value in _READ_VALUES.get(key, ()) or (key == "options" and "defaulttransactionreadonly=on" in value):
        return Intent.READ
    return Intent.WRITE if value in _WRITE_VALUES.get(key, ()) else Intent.UNKNOWN
