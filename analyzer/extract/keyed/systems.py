"""Keys that name a system and no role, and what makes a host under a plain key certain: the port beside it.

`redis: 10.0.0.121:6379` tells as much as a key with a host word. It knows neither formats nor hosts.
"""

import re

from analyzer.extract.keyed.keys import LEVELS, KeyClue, operates
from analyzer.extract.keyed.pairing import engine_of_port
from analyzer.extract.keyed.siblings import Siblings
from analyzer.extract.keyed.vocabulary import CLUSTERED, DATABASE, FOREIGN, INTENTS, MEMBERS, ROUTES
from analyzer.extract.keyed.words import stripped, words
from analyzer.model import Engine, Intent

_SERVER = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,62}\.[A-Za-z0-9.-]{1,190}:([0-9]{2,5})")
_SEARCH = "es"  # in small letters it is a language as well


def read_system(key: str, parents: tuple[str, ...], text: str) -> KeyClue | None:
    """What a key without a role says about a server: `redis: x.org:6379`, `redis_lock: {a: x.org:6379}`."""
    server = _SERVER.fullmatch(text)
    if server is None or operates(key, parents):
        return None
    own, above = words(key), words("".join(parents[-1:]))
    around = {stripped(word) for name in (key, *parents[-LEVELS:]) for word in words(name)}
    numbered = len(own) == 1 and own[0] != stripped(own[0])  # pg1 is a server's name
    spoken = [stripped(word) for word in (own if _names_database(own) and not numbered else above)]
    engine = next((DATABASE[word] for word in reversed(spoken) if DATABASE.get(word)), None)
    if not _names_database(tuple(spoken)) or not around.isdisjoint(FOREIGN | ROUTES):
        return None
    if own[-1:] and own[-1] in MEMBERS and engine not in CLUSTERED:
        return None
    if engine is None and engine_of_port(int(server[1])) is None:
        return None
    intents = {INTENTS[word] for word in map(stripped, own) if word in INTENTS}
    intent = intents.pop() if len(intents) == 1 else Intent.UNKNOWN
    via = "" if _names_database(own) else parents[-1]
    return KeyClue("hosts", database=True, engine=engine, intent=intent, operation=False, stem=own, words=own, via=via)


def certain_port(clue: KeyClue, siblings: Siblings, port: int | None, parents: tuple[str, ...]) -> str:
    """What makes a database's port certain: a login beside it, or the short name of the search engine; else nothing."""
    engine, login = engine_of_port(port), siblings.logins.get(clue.stem)
    if engine is Engine.ELASTICSEARCH and _SEARCH in {*clue.words, *parents[-1:]}:
        return f"port {port} and {_SEARCH}"
    return f"port {port} and {login}" if engine and login else ""


def _names_database(own: tuple[str, ...]) -> bool:
    return any(stripped(word) in DATABASE for word in own)
