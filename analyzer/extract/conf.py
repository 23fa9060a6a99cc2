"""Configuration files whose name tells no format: `*.conf`, `*.cnf`, `*.cfg`, `*.ini` and their like.

The text is looked at, in the order of the table: what only one syntax writes comes first, INI last, since it reads any
lines of keys and values. It knows no policy and reads nothing itself.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, cast

from analyzer.extract.inventory import is_inventory
from analyzer.extract.toml.look import looks_like_toml
from analyzer.extract.topology.texts import with_rosters
from analyzer.model import Extraction
from analyzer.source import SourceFile

if TYPE_CHECKING:
    from analyzer.extract import Extract
from analyzer.extract.hocon import looks_like_hocon

_LOOKED_AT = 20_000  # characters
_B = r"[ \t]{0,40}"


def _pattern(*alternatives: str) -> Callable[[str], bool]:
    found = re.compile("|".join(alternatives), re.MULTILINE)
    return lambda head: found.search(head) is not None


@dataclass(frozen=True, slots=True)
class Look:
    """A module, and whether the first characters of a text look like what it reads."""

    module: str
    test: Callable[[str], bool]


_NESTED = re.compile(
    r"^[A-Za-z_][\w.\-]{0,100}:[ \t]{0,40}\r?\n(?:[ \t]{1,40}|(?=-))(?:-[ \t]|[A-Za-z_\"'][\w.\-\"']{0,100}:\s)",
    re.MULTILINE,
)
_INI = re.compile(r"^(?:\[[^\]\n]{1,100}\]|[ \t]{0,40}[A-Za-z_][\w.\-]{0,100}[ \t]{0,40}=)", re.MULTILINE)


def _looks_like_yaml(head: str) -> bool:
    """Keys with keys or lists below them, and nothing that INI files have: mongod.conf."""
    return _NESTED.search(head) is not None and _INI.search(head) is None


_NGINX_BLOCK = rf"(?:http|events|server|stream|upstream{_B}[\w.\-]{{1,100}}|location{_B}[^\n{{]{{1,200}})"
_APACHE_BLOCK = "VirtualHost|(?:Directory|Location|Files)(?:Match)?|IfModule|IfDefine|Proxy"
LOOKS: tuple[Look, ...] = (
    Look("inventory", is_inventory),
    Look("systemd", _pattern(rf"^\[(?:Service|Unit|Container)\]{_B}\r?$")),
    Look("hocon", looks_like_hocon),
    Look("toml", looks_like_toml),
    Look(
        "webserver",
        _pattern(
            rf"^{_B}{_NGINX_BLOCK}{_B}\{{{_B}\r?$",
            rf"^{_B}(?:fastcgi|uwsgi|scgi)_param[ \t]",
            rf"^{_B}<(?:{_APACHE_BLOCK})\b",
            rf"^{_B}(?:SetEnv|LoadModule|DBDParams|php_(?:admin_)?value)[ \t]",
        ),
    ),
    Look("xml", _pattern(r"\A\s{0,40}<\?xml[ \t]")),
    Look("yaml", _looks_like_yaml),
)


def extract(source: SourceFile) -> Extraction:
    """What the extractor of the format reads that the text looks like."""
    read = cast("Extract", import_module(f"analyzer.extract.{look_of(source.text)}").extract)
    return with_rosters(source, read(source))


def look_of(text: str) -> str:
    """The module that reads texts which look like this one."""
    head = text[:_LOOKED_AT]
    return next((look.module for look in LOOKS if look.test(head)), "ini")
