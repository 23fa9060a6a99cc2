"""Which keys and texts of an XML file are worth a closer look: most elements of most files say nothing about hosts."""

import re

from analyzer.extract.keyed.keys import databaselike, read_key
from analyzer.extract.keyed.words import words

_BESIDE = frozenset(
    {"type", "kind", "engine", "driver", "dialect", "adapter", "vendor", "provider", "protocol", "platform", "dbtype"}
    | {"database", "dbname", "db", "keyspace", "sid", "schema", "user", "username", "login", "password", "uid", "pwd"},
)
_FORM = re.compile(  # one of them stands in every connection string
    r"://|jdbc:|dbi:|@[a-z]{0,5}\(|(?:host|hostaddr|hostname|server|source|addr|address)[ \t]{0,4}=|:\d{4,5},",
    re.IGNORECASE,
)
_TEXT = re.compile(r"://|jdbc:|host|server|addr|url|dsn|data source|endpoint|\d\.\d", re.IGNORECASE)
_LONGEST = 8000  # characters that are looked at


def telling(key: str, parent: str, text: str) -> bool:
    """Whether a row may name a host, a port, an engine, a database or a user, or hold a connection string.

    `parent` is the key above: it may give its role to this one.
    """
    if key == "driver":
        return databaselike(text)
    return connecting(text) or not _BESIDE.isdisjoint(words(key)) or read_key(key, (parent,)) is not None


def connecting(text: str) -> bool:
    """Whether a text may hold a connection string."""
    return _FORM.search(text) is not None


def is_document(text: str) -> bool:
    """Whether a text has lines of its own that may tell something."""
    return "\n" in text.strip() and _TEXT.search(text, 0, _LONGEST) is not None
