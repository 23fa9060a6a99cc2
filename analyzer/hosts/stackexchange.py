"""StackExchange.Redis: `10.0.0.5:6379,10.0.0.6:6379,password=...,ssl=true`, hosts first and without a scheme.

https://stackexchange.github.io/StackExchange.Redis/Configuration
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from analyzer.hosts.holes import QUOTES, LongText, covered
from analyzer.hosts.members import first_of, read_row
from analyzer.hosts.parameters import query_parameters
from analyzer.hosts.parts import Parsed, listed, row_pieces, shifted
from analyzer.hosts.words import words
from analyzer.model import Engine

_OPTION = re.compile(r",\s{0,8}[A-Za-z]\w{1,40}\s{0,8}=")
_OPTIONS = words(
    """abortconnect allowadmin asynctimeout channelprefix checkcertificaterevocation configcheckseconds connectretry
    connecttimeout configchannel defaultdatabase keepalive name password user proxy resolvedns servicename ssl sslhost
    sslprotocols synctimeout tiebreaker version writebuffer tunnel setclientlibrary protocol prefix poolsize"""
)
_INSIDE = re.compile(
    r",[ ]?(?:abortconnect|allowadmin|connecttimeout|synctimeout|connectretry|defaultdatabase|ssl|password)=",
    re.IGNORECASE,
)
_BACK = re.compile(r"[\w.:,\-\[\] ]{1,512}\Z")


def read_configuration(text: str) -> Parsed | None:
    """The configuration that fills `text`: hosts, then options that this client knows."""
    cover = covered(text)
    option = _OPTION.search(cover)
    if not option:
        return None
    row = read_row(cover, 0, option.start())
    keys = {p.key for p in query_parameters(cover, option.start() + 1, len(cover), ",")}
    if not row.valid or not row.parts or not keys <= _OPTIONS:
        return None
    parsed = Parsed(
        "stackexchange",
        "",
        Engine.REDIS,
        row.parts,
        dsn=True,
        doubt=row.doubt,
        end=len(text),
        pieces=row_pieces("", row.parts, ",…"),
    )
    return listed(parsed, row.parts)


def find_configurations(long: LongText) -> Iterator[Parsed]:
    """Configurations inside longer text that start with a host and its port."""
    end = 0
    for match in _INSIDE.finditer(long.text):
        back = _BACK.search(long.text, max(end, match.start() - 512), match.start())
        if match.start() < end or back is None:
            continue
        start = back.start() + len(back.group()) - len(back.group().lstrip(", "))
        stop = first_of(long.text, QUOTES + "\n;<", match.end(), min(len(long.text), match.end() + 1024))
        parsed = read_configuration(long.text[start:stop])
        if parsed and parsed.hosts[0].port is not None:
            end = stop
            yield shifted(replace(parsed, start=0), start)
