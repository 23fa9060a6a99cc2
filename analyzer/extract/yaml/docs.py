"""Any bytes called YAML -> documents, and what could not be read as such.

Tried in this order: as it stands; as a template, one set of documents for each of its worlds; without the line, or the
document, that the parser stumbles over. What is left out is handed back, to be read as text.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from analyzer.model import Span
from analyzer.templates.blocks import Block
from analyzer.templates.dialects import Dialect, dialect_of
from analyzer.templates.lexer import Action
from analyzer.templates.repair import Left, stumble
from analyzer.templates.variables import variables
from analyzer.templates.worlds import World, read_template
from analyzer.yamltree import Mapping, Node, Scalar, Sequence, YamlFault, parse_shadow, shadow_of

__all__ = ["Documents", "Left", "read_documents"]

_ATTEMPTS = 30
_EFFORT = 4_000_000  # bytes that are parsed again in search of what is wrong
_SIGNS = {
    Dialect.GO: (b"{{",),
    Dialect.JINJA: (b"{{", b"{%", b"{#"),
    Dialect.ERB: (b"<%",),
    Dialect.TERRAFORM: (b"${", b"%{"),
}


@dataclass(frozen=True, slots=True)
class Documents:
    """The roots of the documents that were read, and what was left out.

    A template's documents come once for each world in which they differ; `parts` are those of its definitions and of
    branches that fit nowhere, `texts` definitions that hold a text and no YAML. `actions` are those of the template,
    none where it is read as it stands.
    """

    roots: tuple[Node, ...]
    left: tuple[Left, ...] = ()
    parts: tuple[Node, ...] = ()
    texts: tuple[World, ...] = ()
    actions: tuple[Action, ...] = ()
    masked: bool = False


def read_documents(data: bytes, path: str = "", template: Dialect | None = None) -> Documents:
    """Read all that can be read; never raises.

    In a template every action counts, valid YAML or not: in a folder of them, or where `template` names the language.
    """
    dialect = template or dialect_of(data, path)
    templated = any(sign in data for sign in _SIGNS[dialect])
    if templated and (template or in_templates(path, dialect)):
        return _template(data, dialect, certain=True)
    shadow = shadow_of(data)
    try:
        roots = parse_shadow(data, shadow)
    except YamlFault as fault:
        if fault.limit:
            return Documents((), (Left(Span(0, len(data)), fault),))
        return _template(data, dialect) if templated else _with_variables(data, shadow)
    if templated and any(_swallowed(root, data) for root in roots):
        return _template(data, dialect)
    return Documents(roots)


def in_templates(path: str, dialect: Dialect) -> bool:
    """Whether a file is a template by its folder in a chart; YAML of Ansible is read as it stands."""
    return dialect is Dialect.GO and "templates" in path.split("/")[:-1]


def _swallowed(node: Node, data: bytes) -> bool:
    """Whether an action was read as a mapping in a mapping: `key: {{ name }}` is YAML, but does not mean that."""
    if isinstance(node, Mapping):
        own = node.flow and data.startswith((b"{{", b"{%"), node.start)
        return own or any(_swallowed(key, data) or _swallowed(value, data) for key, value in node.pairs)
    return isinstance(node, Sequence) and any(_swallowed(item, data) for item in node.items)


def _template(data: bytes, dialect: Dialect, *, certain: bool = False) -> Documents:
    """All worlds of a template; a file that only might be one and is no valid YAML is told as such."""
    template = read_template(data, dialect)
    certain = certain or any(isinstance(node, Block) for node in template.nodes)
    left = tuple(replace(part, branch=part.branch and certain) for part in template.left)
    whole = [world for world in template.worlds if world.part.whole]
    texts = [world for world in template.worlds if world.part.name and all(_is_text(root) for root in world.roots)]
    known = set(map(id, (*whole, *texts)))
    parts = [world for world in template.worlds if id(world) not in known]
    return Documents(
        tuple(_different(whole)), left, tuple(_different(parts)), tuple(texts), template.actions, masked=True
    )


def _is_text(root: Node) -> bool:
    return isinstance(root, Scalar) and root.style not in ("|", ">")


def _different(worlds: Iterable[World]) -> Iterator[Node]:
    """The documents of all worlds, each reading of the same bytes once."""
    seen: set[tuple[int, bytes, bytes]] = set()
    for world in worlds:
        for root in world.roots:
            key = (root.start, world.view[root.start : root.end], world.shadow[root.start : root.end])
            if key not in seen:
                seen.add(key)
                yield root


def _with_variables(data: bytes, shadow: bytes) -> Documents:
    """YAML that another program fills in (`[${A}, b]`, `host: @host@`), or whatever is left without what is wrong."""
    found = variables(data)
    if found:
        template = read_template(data, Dialect.GO, found)
        if not template.left:
            return Documents(tuple(_different(template.worlds)), masked=True)
    return _cut(data, shadow)


def _cut(data: bytes, shadow: bytes) -> Documents:
    """The documents without the lines, in the end without the documents, in which something is wrong."""
    left: list[Left] = []
    buffer = bytearray(shadow)
    attempts = max(2, min(_ATTEMPTS, _EFFORT // (len(data) + 1)))
    for attempt in range(attempts):
        try:
            return Documents(parse_shadow(data, bytes(buffer)), tuple(left))
        except YamlFault as fault:
            if fault.limit:
                break
            span = stumble(data, bytes(buffer), fault, whole=2 * attempt >= attempts)
            left.append(Left(span, fault))
            buffer[span.start : span.end] = b"\n" * (span.end - span.start)
    whole = left[0].fault if left else YamlFault("not valid YAML", 1, 1)
    return Documents((), (Left(Span(0, len(data)), whole),))
