"""What a program asks the server that it connects to: about itself, which only administration does, or for its work.

The statements are the strings of the function that connects, and those of the constants that it names.
"""

import ast
import re
from collections.abc import Iterable, Iterator
from itertools import islice

from analyzer.extract.keyed.accounts import WHY, servant
from analyzer.extract.nature.asked import ROLE_QUERIES, VERBS, about_server
from analyzer.extract.python.containers import Entry
from analyzer.extract.python.flow import Flow
from analyzer.extract.python.scopes import Scope

_STATEMENT = re.compile(rf"(?:{VERBS})\s", re.IGNORECASE)
_SESSION = "-c "  # settings of the session: options="-c default_transaction_read_only=on"
_MOST = 5000  # nodes of a function, and as many of a module
_LONGEST = 20_000  # characters of a string


class Asking:
    """Answers for the functions of one file; each is read once."""

    def __init__(self, flow: Flow) -> None:
        self._flow = flow
        self._known: dict[int, str] = {}
        self._works = False

    @property
    def only(self) -> bool:
        """Whether the file connects, and each connection that was asked about is administration."""
        return bool(self._known) and not self._works

    def purpose(self, keywords: dict[str, Entry], hosts: Iterable[Entry], scope: Scope) -> str:
        """Why a connection with these keywords and hosts is administration, in a few words, or nothing."""
        if id(scope.node) not in self._known:
            self._known[id(scope.node)] = self._asked(scope)
        found = self._known[id(scope.node)] or self._account(keywords)
        if not found and any(_by_turns(entry, self._flow) for entry in hosts):
            found = "by turns with other servers"
        self._works = self._works or not found
        return found

    def _asked(self, scope: Scope) -> str:
        texts = [text.strip().lower() for text in self._strings(scope) if not text.startswith(_SESSION)]
        query = next((query for query in ROLE_QUERIES if any(_asks(text, query) for text in texts)), None)
        if query is not None:
            return query.strip()
        looks = about_server(text for text in texts if _STATEMENT.match(text))
        return "looks at the server itself" if looks else ""

    def _strings(self, scope: Scope) -> Iterator[str]:
        nodes = list(islice(_own(scope), _MOST))
        prose = {id(node.value) for node in nodes if isinstance(node, ast.Expr)}
        for node in nodes:
            if id(node) in prose:
                continue
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node.value[:_LONGEST]
            elif isinstance(node, ast.Name | ast.Attribute):
                yield from (text.text[:_LONGEST] for text in self._flow.texts(node, scope))

    def _account(self, keywords: dict[str, Entry]) -> str:
        users = (keywords[name] for name in ("user", "username") if name in keywords)
        names = [text.text for entry in users for text in self._flow.texts(entry.value, entry.scope)]
        return f"with {WHY.text}" if names and all(map(servant, names)) else ""


def _asks(text: str, query: str) -> bool:
    """Whether a string is a query for a server's role; prose may name one: "cluster info is cached"."""
    return query in text if _STATEMENT.match(text) else text.startswith(query)


def _own(scope: Scope) -> Iterator[ast.AST]:
    """The nodes of a function, or of a module without those of its functions and classes."""
    match scope.node:
        case ast.FunctionDef() | ast.AsyncFunctionDef() as function:
            yield from ast.walk(function)
        case ast.Module(body=body):
            for statement in body:
                if not isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                    yield from ast.walk(statement)
        case _:
            pass


def _by_turns(entry: Entry, flow: Flow) -> bool:
    """Whether an expression takes the hosts of a loop that visits each of several, whatever one gives."""
    names = [n for n in islice(ast.walk(entry.value), _MOST) if isinstance(n, ast.Name | ast.Attribute)]
    visited = [name for name in names if (found := flow.assigned(name, entry.scope)) and all(a.visits for a in found)]
    return bool(visited) and len({text.text for text in flow.texts(entry.value, entry.scope)}) > 1
