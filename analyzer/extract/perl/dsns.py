"""Connection strings of DBI in Perl: which texts may be one, and where their parts are variables.

https://metacpan.org/pod/DBI#connect, https://metacpan.org/pod/DBD::mysql#DATABASE-HANDLES: `dbi:Pg:dbname=x;host=h`,
`DBI:mysql:database=x;host=h;port=3306`, and the old `DBI:mysql:x:h:3306`.
"""

import re
from dataclasses import replace

from analyzer.extract.shell.sites import Kind, Site
from analyzer.extract.shell.words import Word
from analyzer.hosts import HOLE
from analyzer.model import Clue, Engine, Evidence

_MARK = re.compile(r"\bdbi:|://|\bdbname[ \t]{0,4}=|jdbc:", re.IGNORECASE)
_PORT = re.compile(r"(?<![A-Za-z_])port[ \t]{0,4}=[ \t]{0,4}(?=\ufffc(?:[;:\s]|\Z))", re.IGNORECASE)
_POSITIONAL = re.compile(
    r"dbi:(?P<driver>mysql|mariadb|mysqlpp)(?:\([^()]{0,60}\))?:[^:;=\s/@]{1,64}:(?P<host>[^:;=\s/@]{1,253})"
    r"(?::(?P<port>\ufffc|\d{1,5}))?(?=;|\Z)",
    re.IGNORECASE,
)
_ENGINES = {"mysql": Engine.MYSQL, "mysqlpp": Engine.MYSQL, "mariadb": Engine.MARIADB}


def marked(word: Word) -> bool:
    """Whether a text may hold a connection string."""
    return _MARK.search(word.text) is not None


def dsn_site(word: Word, evidence: tuple[Evidence, ...], prefix: str, engine: Engine | None = None) -> Site:
    """The site of a word that may hold a connection string; a port that is a variable goes with its host."""
    old = _POSITIONAL.fullmatch(word.text) if HOLE in word.text else None
    if old is not None:
        form = Evidence(Clue.DSN, f"dbi:{old['driver'].lower()}")
        port = word.part(*old.span("port")) if old["port"] else None
        part, known = word.part(*old.span("host")), _ENGINES[old["driver"].lower()]
        return Site(part, Kind.CONNECTS, (*evidence, form), f"{prefix}{form.text}:…:", known, port=port)
    site = Site(word, Kind.CONNECTS, evidence, prefix, engine, certain=True)
    port_at = _PORT.search(word.text)
    return replace(site, port=word.part(port_at.end(), port_at.end() + 1)) if port_at else site
