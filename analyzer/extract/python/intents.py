"""What a connection is for, writes or reads: by what a session asks for, else by the names that it goes by."""

from collections.abc import Iterable, Mapping

from analyzer.extract.keyed.vocabulary import INTENTS
from analyzer.extract.keyed.words import words
from analyzer.extract.python.containers import Entry
from analyzer.extract.python.flow import Flow
from analyzer.extract.python.getters import dotted
from analyzer.extract.python.values import Text
from analyzer.model import Intent

# What keywords ask of the session; values in lower case.
_SESSION_INTENTS = {
    "target_session_attrs": {
        **dict.fromkeys(("read-write", "primary"), Intent.WRITE),
        **dict.fromkeys(("read-only", "standby", "prefer-standby"), Intent.READ),
    },
    "options": {"-c default_transaction_read_only=on": Intent.READ},
    "readpreference": {
        **dict.fromkeys(("primary", "primarypreferred"), Intent.WRITE),
        **dict.fromkeys(("secondary", "secondarypreferred"), Intent.READ),
    },
    "applicationintent": {"readonly": Intent.READ, "readwrite": Intent.WRITE},
}


def intent_of_session(keywords: Mapping[str, Entry], made: str, flow: Flow) -> Intent:
    """What the keywords of a call ask for, else what the result is called: `replica = psycopg2.connect(...)`."""
    for name, entry in keywords.items():
        asked = _SESSION_INTENTS.get(name.lower())
        if asked is not None:
            texts = (text.text.strip().lower() for text in flow.texts(entry.value, entry.scope))
            found = {asked[text] for text in texts if text in asked}
            return found.pop() if len(found) == 1 else Intent.UNKNOWN
    return _intent_of_words(words(made))


def intent_of_names(text: Text) -> Intent:
    """What the names say through which a text came."""
    used = (name for run in text.runs for name in run.names)
    return _intent_of_words([word for name in used for word in words(dotted(name))])


def _intent_of_words(tokens: Iterable[str]) -> Intent:
    found = {INTENTS[token] for token in tokens if token in INTENTS}
    return found.pop() if len(found) == 1 else Intent.UNKNOWN
