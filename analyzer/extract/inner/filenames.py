"""What the name of a file says about the keys in it: `postgres.properties`, `database.ini`.

Only a name that is made of nothing but a database and neutral words speaks; `db-hosts.ini` may be anything.
"""

from analyzer.extract.keyed.keys import databaselike
from analyzer.extract.keyed.words import stripped, words

_NEUTRAL = frozenset(
    {"config", "configuration", "conf", "cfg", "settings", "connection", "client", "default", "example", "sample"}
    | {"local", "dev", "development", "test", "testing", "qa", "stage", "staging", "prod", "production", "live"}
)


def speaking(path: str) -> tuple[str, ...]:
    """The name without its ending as the outermost parent of all keys, or nothing. `path` is POSIX, or a bare name."""
    name = path.rsplit("/", 1)[-1].lstrip(".")
    stem = name.rsplit(".", 1)[0] if "." in name else ""
    own = [word for word in words(stem) if stripped(word) not in _NEUTRAL]
    return (stem,) if own and all(databaselike(word) for word in own) else ()
