"""Functions of a file that hand a parameter on to a database client: `connect("10.0.0.121")` of its own `connect`.

Each becomes a row like those of `pyclients`, so that its calls are read in the same way. Knows no hosts.
"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass, replace

from analyzer.extract.python.calls import Call, call_references
from analyzer.extract.python.clients import Client
from analyzer.extract.python.flow import Flow
from analyzer.extract.python.scopes import Parameter, Scope
from analyzer.model import FlowStep, HostRef


@dataclass(frozen=True, slots=True)
class Wrapper:
    """A function's row, and the place in it where the host goes to the client."""

    client: Client
    step: FlowStep


class Wrappers:
    """The wrappers of one file, by the node that is called."""

    def __init__(self, flow: Flow) -> None:
        self._flow = flow
        self._rows: dict[int, Wrapper] = {}

    def note(self, call: Call) -> None:
        """Remember the function that a client's call takes its host or connection string from."""
        client = call.client
        for name, entry in call.argument(client.host, (client.host_at,)):
            self._add(call, name, self._flow.parameter(entry.value, entry.scope), entry.value, dsn=False)
        for name, entry in call.argument(client.dsn, client.dsn_at):
            self._add(call, name, self._flow.parameter(entry.value, entry.scope), entry.value, dsn=True)

    def of(self, call: ast.Call, scope: Scope) -> Wrapper | None:
        """The wrapper that a call calls, or None."""
        defined = self._flow.defined(call.func, scope)
        return self._rows.get(id(defined)) if defined is not None else None

    def _add(self, call: Call, name: str, host: Parameter | None, argument: ast.expr, *, dsn: bool) -> None:
        if host is None or isinstance(host.function, ast.Lambda):
            return
        owner = self._flow.method_of(host.function)
        port = self._port(call, host)
        row = Client(
            owner.name if owner and host.function.name == "__init__" else host.function.name,
            call.client.engine,
            host=() if dsn else (host.name,),
            host_at=-1 if dsn else self._place(host),
            port=(port.name,) if port else (),
            port_at=self._place(port) if port else -1,
            dsn=(host.name,) if dsn else (),
            dsn_at=(self._place(host),) if dsn else (),
            operation=call.client.operation or bool(call.asks),
        )
        tree = self._flow.tree
        step = FlowStep(tree.slot(*tree.offsets(argument)).span, f"{call.client.name}({name}=)")
        called = owner if owner and host.function.name == "__init__" else host.function
        self._rows[id(called)] = Wrapper(row, step)

    def _port(self, call: Call, host: Parameter) -> Parameter | None:
        for _, entry in call.argument(call.client.port, (call.client.port_at,)):
            found = self._flow.parameter(entry.value, entry.scope)
            return found if found is not None and found.function is host.function else None
        return None

    def _place(self, parameter: Parameter) -> int:
        """The position of an argument; `self` is not written by those who call a method."""
        bound = self._flow.method_of(parameter.function) is not None and not _static(parameter.function)
        return parameter.position - bound if parameter.position >= bound else -1


def wrapper_references(call: Call, wrapper: Wrapper, flow: Flow) -> Iterator[HostRef]:
    """The hosts that a call gives to a wrapper."""
    for ref in call_references(call, flow):
        yield replace(ref, flow=(*ref.flow, wrapper.step))


def _static(function: ast.AST) -> bool:
    decorators = getattr(function, "decorator_list", [])
    return any(isinstance(decorator, ast.Name) and decorator.id == "staticmethod" for decorator in decorators)
