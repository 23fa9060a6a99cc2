"""Reads HCL (Terraform, OpenTofu): attributes, blocks, maps and lists with string values.

A block's type and labels are the parents of its keys: `variable "postgres_host" { default = ... }`. `name` and `value`
of an environment become a key of its own. Expressions are not evaluated; `${...}` inside a string is a hole. Syntax:
https://github.com/hashicorp/hcl/blob/main/hclsyntax/spec.md
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from analyzer.extract.hcltokens import Kind, Token, tokens
from analyzer.extract.keyed.bindings import Binding, Scope, Value, references, value_references
from analyzer.extract.shell import references_in
from analyzer.model import Clue, Comment, Evidence, Extraction, HostRef, Intent, Slot
from analyzer.source import SourceFile

_PLACES = frozenset(
    {"environment", "env", "env_vars", "environment_variables", "set", "set_sensitive", "container_definitions"}
)
_DEEPEST = 200  # blocks in blocks; deeper ones count as one


@dataclass(slots=True)
class _Block:
    """A block, map or object that is open: its bindings, and the `name` and `value` of an environment's entry."""

    parents: tuple[str, ...] = ()
    bindings: list[Binding] = field(default_factory=list)
    name: str = ""
    value: Value | None = None
    key: str = ""  # the attribute whose value comes next
    labels: tuple[str, ...] = ()
    listed: bool = False  # inside the brackets of an attribute


def extract(source: SourceFile) -> Extraction:
    """Hosts and connection strings in HCL; comments with directives."""
    found = list(tokens(source.text))
    refs = list(_references(source, found))
    comments = (
        token for token in found if token.kind is Kind.COMMENT and "analyzer:" in source.text[token.start : token.end]
    )
    return Extraction(tuple(refs), comments=tuple(_comment(source, token) for token in comments))


def _references(source: SourceFile, found: list[Token]) -> Iterator[HostRef]:
    stack = [_Block()]
    for token in found:
        block = stack[-1]
        text = source.text[token.start : token.end]
        if token.kind is Kind.WORD or (token.kind is Kind.STRING and not block.key and not block.listed):
            _word(block, text, token, source)
        elif token.kind is Kind.STRING:
            _string(block, _value(source, token))
        elif token.kind is Kind.HEREDOC:
            yield from _document(_value(source, token))
        elif text == "{" and len(stack) < _DEEPEST:
            stack.append(_Block((*block.parents, *block.labels, *([block.key] if block.key else []))))
            block.labels = ()
        elif text == "}" and len(stack) > 1:
            yield from _closed(stack.pop(), stack[-1])
        else:
            _sign(block, text)
    while stack:
        yield from _closed(stack.pop(), stack[-1] if stack else None)


def _document(body: Value) -> Iterator[HostRef]:
    """A here-document: a script where it starts like one (`user_data`), else text."""
    if body.text.lstrip().startswith("#!"):
        yield from references_in(body.text, body.locate)
    else:
        yield from value_references(body)


def _word(block: _Block, text: str, token: Token, source: SourceFile) -> None:
    """A name: a label of a block, or the key of an attribute; a number behind a key is its value."""
    if block.key and text.isdecimal():
        block.bindings.append(Binding(block.key, _value(source, token)))
    elif not block.key and not block.listed:
        block.labels = (*block.labels[-3:], text)


def _string(block: _Block, value: Value) -> None:
    if block.key == "name" and not block.listed:
        block.name = value.text
    elif block.key == "value" and not block.listed:
        block.value = value
    block.bindings.append(Binding(block.key, value, item=block.listed))


def _sign(block: _Block, text: str) -> None:
    if text in ("=", ":") and block.labels and not block.listed:
        block.key, block.labels = block.labels[-1], ()
    elif text == "[" and block.key:
        block.listed = True
    elif text == "]":
        block.listed = False
    elif text in ("\n", ",") and not block.listed:
        block.key, block.labels = "", ()


def _closed(block: _Block, parent: _Block | None) -> Iterator[HostRef]:
    """A block ends: an environment's entry belongs to the scope around it, anything else is a scope itself."""
    if parent is not None and block.name and block.value is not None:
        parent.bindings.append(Binding(block.name, block.value))
        return
    place = next((name for name in block.parents[-2:] if name in _PLACES), "")
    evidence = (Evidence(Clue.PLACE, f"Terraform {place}"),) if place else ()
    vault = any(name.startswith("vault_database") for name in block.parents)
    for ref in references(block.bindings, Scope(block.parents, evidence, " = ")):
        yield replace(ref, intent=Intent.WRITE) if vault and ref.intent is Intent.UNKNOWN else ref


def _value(source: SourceFile, token: Token) -> Value:
    text, start = source.text[token.start : token.end], token.start
    escaped = "\\" in text and token.kind is Kind.STRING

    def locate(first: int, last: int) -> Slot | None:
        return None if escaped and "\\" in text[:last] else source.slot(start + first, start + last)

    return Value(text, locate, source.slot(token.start, token.end))


def _comment(source: SourceFile, token: Token) -> Comment:
    line = source.text.rfind("\n", 0, token.start) + 1
    text = source.text[token.start : token.end].rstrip("\r")
    own = not source.text[line : token.start].strip()
    return Comment(source.span(token.start, token.start + len(text)), text, own_line=own)
