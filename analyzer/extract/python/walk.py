"""The walk over a Python file: every call, dictionary, name and string goes to the module that understands it.

Only order and surroundings are decided here: under which names an expression stands, and whether it is prose (a
docstring, a message, a help text). The walk is a loop, so that nesting cannot exhaust the stack.
"""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from analyzer.extract.keyed.keys import plain
from analyzer.extract.nature.asked import ASKS
from analyzer.extract.python.asking import Asking
from analyzer.extract.python.calls import Call, call_references, read_call
from analyzer.extract.python.clients import Client, client_of
from analyzer.extract.python.commands import command_references
from analyzer.extract.python.compared import COMPARED, Compared, checks, sought
from analyzer.extract.python.flow import Flow, addends
from analyzer.extract.python.getters import dotted
from analyzer.extract.python.imports import imported
from analyzer.extract.python.names import (
    Pools,
    dictionary_references,
    keyword_references,
    note_assignment,
    note_lookup,
    note_pair,
    scope_references,
)
from analyzer.extract.python.places import dsn_references, with_flow
from analyzer.extract.python.scopes import Scope, Scopes, inside
from analyzer.extract.python.tree import Tree, children
from analyzer.extract.python.wrappers import Wrappers, wrapper_references
from analyzer.model import CONNECTING, Clue, Evidence, HostRef

_MESSAGES = frozenset(
    {"print", "debug", "info", "warning", "warn", "error", "exception", "critical", "log", "echo", "secho"}
)
_HELP = frozenset(
    {
        "help",
        "description",
        "epilog",
        "usage",
        "example",
        "examples",
        "metavar",
        "short_help",
        "doc",
        "title",
        "placeholder",
    }
)
# Every form of connection string has one of these.
_SIGNS = re.compile(r"://|@|(?i:host|server|source|addr)[a-z \t]{0,20}=|,[ \t]{0,8}\w{1,40}=")
_ERRORS = ("Error", "Exception", "Warning", "Configured")
_DOCSTRING = Evidence(Clue.COMMENT, "docstring")
_MESSAGE = Evidence(Clue.COMMENT, "message")
_ASSERTED = Evidence(Clue.COMMENT, "assertion")
_HELP_TEXT = Evidence(Clue.COMMENT, "help text")


@dataclass(frozen=True, slots=True)
class _Visit:
    """A node, its scope, the names above it (assigned name, keys, keywords) and the prose that it stands in."""

    node: ast.AST
    scope: Scope
    parents: tuple[str, ...] = ()
    prose: Evidence | None = None


def references(tree: Tree) -> Iterator[HostRef]:
    """Every host reference of a file; a place comes once for each reason that was found."""
    scopes = Scopes(tree.module)
    flow = Flow(tree, scopes, imported(scopes.imports))
    asking = Asking(flow)
    for ref in list(_references(tree, scopes, flow, asking)):
        bare = asking.only and CONNECTING.isdisjoint(e.clue for e in ref.evidence)
        yield replace(ref, evidence=(*ref.evidence, ASKS)) if bare else ref


def _references(tree: Tree, scopes: Scopes, flow: Flow, asking: Asking) -> Iterator[HostRef]:
    pools, wrappers = Pools(), Wrappers(flow)
    taken: set[int] = set()
    unknown: list[tuple[ast.Call, _Visit]] = []
    for visit in _visits(tree.module, scopes, flow.compared):
        if isinstance(visit.node, ast.Call):
            client = client_of(flow.qualified(visit.node.func, visit.scope))
            if client is None:
                unknown.append((visit.node, visit))
            else:
                call = _read(visit.node, visit, client, flow, asking)
                wrappers.note(call)
                yield from call_references(call, flow)
        yield from _named(visit, flow, pools)
        if id(visit.node) not in taken and _builds_text(visit.node):
            taken.update(_pieces(visit.node))
            yield from _dsns(visit, flow)
    yield from _unknown_calls(unknown, flow, wrappers, asking)
    for scope in scopes:
        yield from scope_references(scope, flow)
    yield from pools.references(flow)


def _read(node: ast.Call, visit: _Visit, client: Client, flow: Flow, asking: Asking) -> Call:
    return read_call(node, visit.scope, client, flow, asking, visit.parents[-1] if visit.parents else "")


def _unknown_calls(
    calls: list[tuple[ast.Call, _Visit]], flow: Flow, wrappers: Wrappers, asking: Asking
) -> Iterator[HostRef]:
    """Calls of no known client: of the file's own functions around one, of programs, of anything with keywords."""
    for node, visit in calls:
        wrapper = wrappers.of(node, visit.scope)
        if wrapper is not None:
            wrappers.note(_read(node, visit, wrapper.client, flow, asking))  # a wrapper around a wrapper
    for node, visit in calls:
        wrapper = wrappers.of(node, visit.scope)
        if wrapper is not None:
            yield from wrapper_references(_read(node, visit, wrapper.client, flow, asking), wrapper, flow)
        yield from keyword_references(node, visit.scope, visit.parents, flow)
        yield from command_references(node, visit.scope, flow)


def _named(visit: _Visit, flow: Flow, pools: Pools) -> Iterator[HostRef]:
    scope = visit.scope
    match visit.node:
        case ast.Call() as call:
            note_lookup(call, scope, pools)
        case ast.Dict() as node:
            yield from dictionary_references(node, scope, visit.parents, flow)
        case ast.Assign(targets=targets, value=value):
            for target in targets:
                if isinstance(target, ast.Subscript | ast.Attribute):
                    note_assignment(target, value, scope, pools)
        case ast.Tuple(elts=[_, _]) as node:
            note_pair(node, scope, visit.parents, pools)
        case _:
            pass


def _dsns(visit: _Visit, flow: Flow) -> Iterator[HostRef]:
    """The certain connection strings that a string expression builds."""
    for text in flow.texts(visit.node, visit.scope):
        if _SIGNS.search(text.text):
            name = visit.parents[-1] if visit.parents and plain(visit.parents[-1]) else ""
            refs = dsn_references(flow.tree, text, f"{name}=" if name else "", visit.prose)
            yield from with_flow(flow.tree, refs, [text], name or "text")


def _builds_text(node: ast.AST) -> bool:
    match node:
        case ast.Constant(value=str() | bytes()) | ast.JoinedStr():
            return True
        case ast.BinOp(op=ast.Add() | ast.Mod()):
            return True
        case ast.Call(func=ast.Attribute(attr="format" | "join")):
            return True
        case _:
            return False


def _pieces(node: ast.AST) -> Iterator[int]:
    """The parts that are no text of their own any more."""
    match node:
        case ast.JoinedStr(values=parts):
            yield from (id(part) for part in parts if isinstance(part, ast.Constant))
        case ast.BinOp(left=left, op=ast.Mod()) | ast.Call(func=ast.Attribute(value=left)):
            yield id(left)
        case ast.BinOp(op=ast.Add()):
            yield from (id(part) for part in addends(node))
            while isinstance(node, ast.BinOp):  # the shorter chains that it begins with
                node = node.left
                yield id(node)
        case _:
            pass


def _visits(module: ast.Module, scopes: Scopes, compared: Compared) -> Iterator[_Visit]:
    todo = [_Visit(module, scopes.module)]
    while todo:
        visit = todo.pop()
        yield visit
        todo += reversed([*_below(visit, scopes, compared)])


def _below(visit: _Visit, scopes: Scopes, compared: Compared) -> Iterator[_Visit]:
    node, scope = visit.node, visit.scope
    match node:
        case ast.Constant():
            return
        case ast.Dict(keys=keys, values=values):
            for key, value in zip(keys, values, strict=True):
                text = key.value if isinstance(key, ast.Constant) and isinstance(key.value, str) else ""
                yield _Visit(value, scope, (*visit.parents, text) if text else visit.parents, visit.prose)
                if key is not None:  # {old: new} is a table of replacements
                    replaced = isinstance(value, ast.Constant) and isinstance(value.value, str)
                    yield _Visit(key, scope, (), COMPARED if replaced else visit.prose)
        case ast.keyword(arg=str() as name, value=value):
            yield _Visit(value, scope, (*visit.parents, name), _HELP_TEXT if name in _HELP else visit.prose)
        case _:
            parents, prose = _surroundings(visit, compared)
            inner = scopes.of(node)
            looked = {id(argument) for argument in sought(node)} if isinstance(node, ast.Call) else ()
            for child in children(node):
                where = inner if inner is not None and inside(node, child) else scope
                yield _Visit(child, where, parents, COMPARED if id(child) in looked else prose)


def _surroundings(visit: _Visit, compared: Compared) -> tuple[tuple[str, ...], Evidence | None]:
    """The names and the prose in which the children of a node stand."""
    match visit.node:
        case ast.Assign(targets=[target, *_]) | ast.AnnAssign(target=target):
            owner = (visit.scope.node.name,) if isinstance(visit.scope.node, ast.ClassDef) else ()
            sole = isinstance(target, ast.Name) and target.id in compared
            return (*owner, *_target_names(target)), COMPARED if sole else None
        case ast.Return():
            function = visit.scope.node
            return ((function.name,) if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef) else ()), None
        case ast.stmt() as statement:
            return (), _prose_of(statement)
        case ast.Call(func=function) as call:
            name = dotted(function).rsplit(".", 1)[-1]
            kept = name in ("format", "join") or name.endswith(_ERRORS) or (visit.prose is _ASSERTED and checks(call))
            return visit.parents, _MESSAGE if name in _MESSAGES else visit.prose if kept else None
        case ast.Compare():
            return visit.parents, visit.prose or COMPARED
        case ast.List() | ast.Tuple() | ast.Set():
            return (*visit.parents, ""), visit.prose  # the keys of an item say what they are themselves
        case _:
            return visit.parents, visit.prose


def _prose_of(statement: ast.stmt) -> Evidence | None:
    match statement:
        case ast.Expr(value=ast.Constant()):
            return _DOCSTRING
        case ast.Raise():
            return _MESSAGE
        case ast.Assert():
            return _ASSERTED
        case _:
            return None


def _target_names(target: ast.expr) -> tuple[str, ...]:
    if isinstance(target, ast.Subscript) and isinstance(target.slice, ast.Constant):
        return (*_target_names(target.value), str(target.slice.value))
    return tuple(part for part in dotted(target).split(".") if part and part not in ("self", "cls"))[-2:]
