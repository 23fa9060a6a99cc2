"""Calls whose result is one of their literals: wrappers, conversions, defaults, lists, formats. Tables.

Names are matched by their last part and without regard to case: `os.getenv`, `System.getenv`, `env::var`.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from analyzer.extract.semgrep.tokens import Token, opening_of_last, split


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Calls that hand over their first argument.
_WRAPPERS = _words(
    "string number parseint parsefloat url uri create from some ok text str strval trim secret new valueof "
    "secretstring option ofnullable of just box cow hostport strings.trim intval int parse "
    "getbyname inetsocketaddress httphost serveraddress hostandport hostandport.fromstring create mongoserveraddress"
)
_WRAPPED_BY = frozenset(
    ("", *_words("inetaddress ipaddress httphost string url uri number optional option box cow"))
) | {
    "secret",
    "objects",
}
# Methods that hand over what they are called on.
_SELF = _words(
    "to_string into to_owned tostring trim strip freeze as_str clone to_s unwrap expect as_ref as_deref ok_or "
    "strip_prefix string lowercase tolowercase tolower lower downcase get toint tointornull toi to_i parse build"
)
# Methods whose arguments stand in where what they are called on is missing.
_OTHERWISE = _words(
    "unwrap_or unwrap_or_else orelse orelseget getorelse or or_else valueor presence getvalueordefault ifempty "
    "ifblank ifnullorempty coalesce"
)
_GETTER = re.compile(r"(?i)(?:\A|_|\b)?(?:get|fetch|env|lookup|opt|conf|param|setting|prop|default|read|str|must|or\Z)")
_LISTS = _words(
    "list.of set.of arrays.aslist collections.singletonlist collections.singleton immutablelist.of "
    "immutableset.of listof setof arrayof mutablelistof seq list array set vector arraylist array.of "
    "lists.newarraylist stream.of vec! java.util.list.of java.util.arrays.aslist list.apply nonemptylist.of"
)
_PRINTF = frozenset(("sprintf", "format", "formatted", "stringformat", "format_string"))
_BRACES = frozenset(("format!", "format_args!", "write!"))
_JOINED = _words(
    "net.joinhostport joinhostport inetsocketaddress inetsocketaddress.createunresolved hostandport "
    "hostandport.fromparts httphost serveraddress dnsendpoint ipendpoint contactpoint"
)


@dataclass(frozen=True, slots=True)
class Call:
    """`receiver.name(arguments)`; `receiver` is empty where a plain name is called, `block` a trailing `{ ... }`."""

    receiver: Sequence[Token]
    name: str
    arguments: list[Sequence[Token]]


def read_call(tokens: Sequence[Token]) -> Call | None:
    """The call that the whole of the tokens is, or None."""
    opening = opening_of_last(tokens)
    if opening < 1 or tokens[opening].text not in {"(", "{", "["}:
        return None
    bracket, head = tokens[opening].text, tokens[:opening]
    if bracket == "{" and head[-1].text == ")":
        # A block behind the arguments, of Ruby or Kotlin, is one more argument.
        call = read_call(head)
        return Call(call.receiver, call.name, [*call.arguments, tokens[opening + 1 : -1]]) if call else None
    if head[-1].kind != "name" or (bracket != "(" and not head[-1].text.endswith("!")):
        return None
    inside = tokens[opening + 1 : -1]
    arguments = split(inside, frozenset(",")) if inside else []
    before = head[:-1]
    owner, sign, last = head[-1].text.rpartition(".")
    if not inside and not before and sign and last.lower() in _SELF:
        return Call([Token("name", owner, head[-1].start, head[-1].start + len(owner))], last, [])
    receiver = before[:-1] if before and before[-1].text in {".", "?.", "::", "->"} else before
    return Call(receiver, head[-1].text, arguments)


def first_argument(call: Call) -> Sequence[Token] | None:
    """The argument that a wrapper or a conversion hands over."""
    owner, name = _parts(call.name)
    if call.arguments and not call.receiver and name in _WRAPPERS and owner in _WRAPPED_BY:
        return call.arguments[0]
    return None


def receiver_of(call: Call) -> Sequence[Token] | None:
    """What a conversion is called on."""
    _, name = _parts(call.name)
    return call.receiver if call.receiver and name in _SELF and len(call.arguments) < 2 else None


def alternatives(call: Call) -> list[Sequence[Token]]:
    """What a call may hand over besides what is not written here: defaults of getters, of options."""
    _, name = _parts(call.name)
    if name in _OTHERWISE and call.arguments:
        keyed = len(call.arguments) > 1 and not call.receiver
        receiver = [call.receiver] if call.receiver else []
        return [*receiver, *(_closure_result(argument) for argument in call.arguments[keyed:])]
    if (
        len(call.arguments) > 1
        and _GETTER.search(name)
        and any(t.kind in {"string", "name"} for t in call.arguments[0])
    ):
        return [_closure_result(argument) for argument in call.arguments[1:]]
    return []


def members(call: Call) -> list[Sequence[Token]] | None:
    """The members of a list that a call makes, or None."""
    name = call.name.lower()
    plain = name.rsplit(".", 1)[-1] in {"of", "aslist"} and name not in _LISTS
    return call.arguments if name in _LISTS and not call.receiver and not plain else None


def formats(call: Call) -> str:
    """How a call formats its first argument: "printf", "braces", "host:port", or nothing."""
    name = call.name.lower()
    last = re.split(r"\.|::|->", name)[-1]
    if name in _JOINED and len(call.arguments) > 1:
        return "host:port"
    if name in _BRACES or (name == "string.format" and call.arguments and _numbered(call.arguments[0])):
        return "braces"
    return "printf" if last in _PRINTF or last.removesuffix("f") == "sprint" else ""


def _numbered(template: Sequence[Token]) -> bool:
    """Whether a template of `String.format` is C#'s: `{0}`, not `%s`."""
    return any(token.string is not None and "{0" in token.string.text for token in template)


def formatted(call: Call) -> list[Sequence[Token]]:
    """The template and what fills it: `String.format(t, a)`, `t.formatted(a)`."""
    own = bool(call.receiver) and len(call.receiver) == 1 and call.receiver[0].kind == "string"
    return [call.receiver, *call.arguments] if own else call.arguments


def _closure_result(tokens: Sequence[Token]) -> Sequence[Token]:
    """What a closure hands over: `|_| x`, `() -> x`, `() => x`."""
    if tokens and tokens[0].text == "|":
        closing = next((i for i, token in enumerate(tokens) if i and token.text == "|"), 0)
        return tokens[closing + 1 :]
    arrow = next((i for i, token in enumerate(tokens[:8]) if token.text in {"->", "=>", "||"}), -1)
    return tokens[arrow + 1 :]


def _parts(name: str) -> tuple[str, str]:
    """The last two parts of a dotted name, in lower case."""
    parts = re.split(r"\?\.|!\.|\.|::|->", name.lower())
    return (parts[-2] if len(parts) > 1 else "", parts[-1])
