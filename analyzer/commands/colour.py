"""Colour of the text report: on a terminal, and as `NO_COLOR` and `FORCE_COLOR` say (no-color.org, force-color.org)."""

import re
from collections.abc import Mapping
from typing import IO

_HEAD = re.compile(r"^(\S[^\n]*?:\d+:\d+: )(error|warning|note)( [a-z-]+)(?=: )", re.MULTILINE)
_HOST = re.compile(r"^(    [^\n]*?«)([^»\n]+)(?=»)", re.MULTILINE)
_COLOURS = {"error": "31", "warning": "33", "note": "36"}


def wanted(stream: IO[str], environment: Mapping[str, str]) -> bool:
    """Whether to colour what goes to `stream`; an empty variable counts as none, and `NO_COLOR` wins."""
    if environment.get("NO_COLOR"):
        return False
    if environment.get("FORCE_COLOR"):
        return True
    return stream.isatty() and environment.get("TERM") != "dumb"


def coloured(report: str) -> str:
    """The text report with its severities, places and hosts marked."""
    headed = _HEAD.sub(lambda m: f"{_in('1', m[1])}{_in(_COLOURS[m[2]], m[2])}{m[3]}", report)
    return _HOST.sub(lambda m: f"{m[1]}{_in('1', m[2])}", headed)


def _in(code: str, text: str) -> str:
    return f"\x1b[{code}m{text}\x1b[0m"
