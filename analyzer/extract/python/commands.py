"""Programs that Python code starts: `subprocess.run(["psql", "-h", "10.0.0.121"])`, `os.system("ssh root@10.0.0.121")`.

The command is put together as shell text; what programs do with their arguments is told by `shell`.
"""

import ast
import shlex
from collections.abc import Iterator

from analyzer.extract.python import values as pyvalues
from analyzer.extract.python.flow import Flow
from analyzer.extract.python.places import value_of, with_flow
from analyzer.extract.python.scopes import Scope
from analyzer.extract.python.values import Text
from analyzer.model import HostRef

_STARTERS = frozenset(
    {
        f"subprocess.{name}"
        for name in ("run", "Popen", "call", "check_call", "check_output", "getoutput", "getstatusoutput")
    }
    | {"os.system", "os.popen", "asyncio.create_subprocess_shell", "asyncio.create_subprocess_exec", "pexpect.spawn"}
    | {"get_ipython().system", "get_ipython().getoutput"}
    | {"pexpect.run", "sh.ssh", "commands.getoutput", "commands.getstatusoutput", "invoke.run", "fabric.api.local"}
)
_CELL_MAGIC = "get_ipython().run_cell_magic"  # with the name of the magic, its line, and the text below it
_SHOWN = {"get_ipython().system": "!", "get_ipython().getoutput": "!"}  # as notebooks write them
_SPREAD = frozenset({"asyncio.create_subprocess_exec"})


def command_references(call: ast.Call, scope: Scope, flow: Flow) -> Iterator[HostRef]:
    """The hosts in the command that a call starts; nothing where it starts none."""
    path = flow.qualified(call.func, scope)
    if path == _CELL_MAGIC:
        call = _below_shell(call, scope, flow)
    elif path not in _STARTERS:
        return
    if not call.args:
        return
    from analyzer.extract.shell import Caller, references_in  # noqa: PLC0415  many modules that few files need

    for text in _commands(call, scope, flow, spread=path in _SPREAD):
        value = value_of(flow.tree, text)
        if value is not None:
            found = references_in(text.text, value.locate, Caller.WAITS if flow.tree.hands_over else Caller.ASKS)
            yield from with_flow(flow.tree, found, [text], _SHOWN.get(path, path))


def _below_shell(call: ast.Call, scope: Scope, flow: Flow) -> ast.Call:
    """The call of a cell magic with nothing but the text that it hands to a shell, if it does."""
    from analyzer.extract.shell.commands import SHELLS  # noqa: PLC0415  as above

    names = [text.text for text in flow.texts(call.args[0], scope)] if len(call.args) > 2 else []
    return ast.Call(call.func, call.args[2:3] if names and SHELLS.issuperset(names) else [], [])


def _commands(call: ast.Call, scope: Scope, flow: Flow, *, spread: bool) -> Iterator[Text]:
    places = [(argument, scope) for argument in call.args] if spread else flow.items(call.args[0], scope)
    if not places:
        yield from flow.texts(call.args[0], scope)
        return
    words = [next(iter(flow.texts(value, where)), pyvalues.UNKNOWN) for value, where in places]
    command = pyvalues.joined(piece for word in words for piece in (_quoted(word), Text(" ")))
    if command is not None:
        yield command


def _quoted(word: Text) -> Text:
    """A word as the shell reads it: in quotes where it holds more than letters and holes."""
    if "'" in word.text or shlex.quote(word.text.replace("\ufffc", "x")) == word.text.replace("\ufffc", "x"):
        return word
    return pyvalues.joined((Text("'"), word, Text("'"))) or pyvalues.UNKNOWN
