"""Programs that only ask servers for their state: each of their statements is about the server itself.

A tool that shows who leads connects to the nodes on purpose, whatever it is written in.
"""

import re

from analyzer.extract.nature.asked import ROLE_QUERIES, VERBS, about_server

_STATEMENT = re.compile(rf"[\"'`]\s{{0,40}}((?:{VERBS})\s(?:[^\"'`\\]|\\.){{1,4000}})[\"'`]", re.IGNORECASE)
_MOST = 200  # statements


def only_asks(text: str) -> bool:
    """Whether the statements in a program's strings all look at servers; False where none is written."""
    found = [match[1].lower() for _, match in zip(range(_MOST + 1), _STATEMENT.finditer(text), strict=False)]
    roles = [one for one in found if any(query in one for query in ROLE_QUERIES)]
    # `select version()` alone is how an application tries its connection.
    return bool(roles) and len(found) <= _MOST and all(one in roles or about_server([one]) for one in found)
