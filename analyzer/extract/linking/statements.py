"""What a file of code takes from others, by its import statements, or by the owner that it names before a constant.

Read by regular expressions: a statement inside a comment or a string gives an import that nobody uses.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice

_MOST = 500  # imports of one file
_WORD = r"[A-Za-z_$][\w$]{0,63}"


@dataclass(frozen=True, slots=True)
class Import:
    """A name that comes from another file: `local` here, `name` there; `module` is the other as it is written.

    An empty `local` stands for every name of the other file, an empty `name` for that file itself.
    """

    local: tuple[str, ...]
    module: str
    name: tuple[str, ...] = ()


def imports(text: str, language: str) -> list[Import]:
    """The imports of a file; none for a language without a reader."""
    reader = _READERS.get(language)
    return list(dict.fromkeys(islice(reader(text), _MOST))) if reader else []


_PY_FROM = re.compile(
    r"^[ \t]*from[ \t]+(\.{0,6}[\w.]{0,200})[ \t]+import[ \t]*(?:\(([^()]{1,2000})\)|([^\r\n#;]{1,400}))", re.MULTILINE
)
_PY_IMPORT = re.compile(r"^[ \t]*import[ \t]+([\w., \t]{1,400})", re.MULTILINE)


def _python(text: str) -> Iterator[Import]:
    for match in _PY_FROM.finditer(text):
        module = match[1]
        for name, local in _renamed(match[2] or match[3], r"\s+as\s+"):
            if name == "*":
                yield Import((), module)
                continue
            yield Import((local,), module, (name,))
            yield Import((local,), f"{module}{name}" if module.endswith(".") else f"{module}.{name}")
    for match in _PY_IMPORT.finditer(text):
        for name, local in _renamed(match[1], r"\s+as\s+"):
            yield Import((local,) if local != name else tuple(name.split(".")), name)


_JS_FROM = re.compile(
    rf"\bimport\s{{1,99}}(?:type\s{{1,99}})?({_WORD})?\s{{0,9}},?\s{{0,9}}(?:\*\s{{0,9}}as\s+({_WORD})|\{{([^{{}}]{{0,2000}})\}})?"
    r"\s{0,9}from\s{0,9}['\"](\.{1,2}/[^'\"\r\n]{1,200})['\"]"
)
_JS_REQUIRE = re.compile(
    rf"\b(?:const|let|var)\s{{1,99}}(?:({_WORD})|\{{([^{{}}]{{0,2000}})\}})\s{{0,9}}=\s{{0,9}}require\(\s{{0,9}}['\"](\.{{1,2}}/[^'\"\r\n]{{1,200}})"
    rf"['\"]\s{{0,9}}\)((?:\.{_WORD}){{0,5}})"
)
_JS_INLINE = re.compile(r"\brequire\(\s{0,9}['\"](\.{1,2}/[^'\"\r\n]{1,200})['\"]\s{0,9}\)(?=\.)")


def named_inline(text: str) -> str:
    """The text with a name, as long as it, for each `require('./config')` that stands for its module: `.db` follows."""
    return _JS_INLINE.sub(lambda match: _inline_name(match.group()), text) if "require(" in text else text


def _inline_name(required: str) -> str:
    return re.sub(r"[^\w$]", "_", required)


def _javascript(text: str) -> Iterator[Import]:
    for default, namespace, named, module in (m.groups() for m in _JS_FROM.finditer(text)):
        yield from (Import((local,), module) for local in (default, namespace) if local)
        yield from (Import((local,), module, (name,)) for name, local in _renamed(named or "", r"\s+as\s+"))
    for local, named, module, inner in (m.groups() for m in _JS_REQUIRE.finditer(text)):
        below = tuple(inner.split(".")[1:])
        if local:
            yield Import((local,), module, below)
        yield from (Import((own,), module, (*below, name)) for name, own in _renamed(named or "", r"\s{0,9}:\s{0,9}"))
    for match in _JS_INLINE.finditer(text):
        yield Import((_inline_name(match.group()),), match[1])


_GO_BLOCK = re.compile(r"^import[ \t]{0,9}(?:\(([^()]{1,8000})\)|([^\r\n(]{1,300}))", re.MULTILINE)
_GO_SPEC = re.compile(r"(?:([A-Za-z_]\w{0,63})[ \t]{1,9})?\"([\w./~-]{1,200})\"")


def _go(text: str) -> Iterator[Import]:
    yield Import((), ".")  # all files of a package see each other
    for block in _GO_BLOCK.finditer(text):
        for alias, path in (m.groups() for m in _GO_SPEC.finditer(block[1] or block[2])):
            yield Import((alias or path.rsplit("/", 1)[-1],), path)


_OWNER = re.compile(r"(?<![\w$.:])([A-Z]\w{0,63})(?:\.|::)\$?[A-Za-z_]")
_STATIC = re.compile(
    r"^[ \t]*import[ \t]+(?:static[ \t]+)?([\w.]{1,200})\.([A-Z]\w{0,63})\.([A-Za-z_]\w{0,63}|\*|_)[ \t;\r\n]",
    re.MULTILINE,
)


def _owners(text: str) -> Iterator[Import]:
    """Languages in which a file is named after its class: `Config.HOST` leads to Config.java."""
    for match in _STATIC.finditer(text):
        every = match[3] in {"*", "_"}
        yield Import(() if every else (match[3],), match[2], (match[2],) if every else (match[2], match[3]))
    yield from (Import((name,), name, (name,)) for name in dict.fromkeys(_OWNER.findall(text)))


_PACKAGED = re.compile(
    r"^[ \t]*import[ \t]+([a-z_]\w{0,63}(?:\.[a-z_]\w{0,63}){0,20})\.(\w{1,64})(?:[ \t]+as[ \t]+(\w{1,64}))?",
    re.MULTILINE,
)
_PACKAGE_WHOLE = re.compile(r"^[ \t]*import[ \t]+([a-z_]\w{0,63}(?:\.[a-z_]\w{0,63}){0,20})\.[*_]", re.MULTILINE)


def _packages(text: str) -> Iterator[Import]:
    """Languages with constants outside of classes, which all files of a package see."""
    yield from _owners(text)
    yield Import((), ".")
    yield from (Import((m[3] or m[2],), m[1], (m[2],)) for m in _PACKAGED.finditer(text))
    yield from (Import((), m[1]) for m in _PACKAGE_WHOLE.finditer(text))


_PHP_INCLUDE = re.compile(
    r"\b(?:include|require)(?:_once)?\b[\s(]{0,9}(?:(?:__DIR__|dirname\(__FILE__\))\s{0,9}\.\s{0,9})?['\"]([^'\"\r\n]{1,200}\.(?:php|inc))['\"]"
)


def _php(text: str) -> Iterator[Import]:
    yield from (Import((), match[1]) for match in _PHP_INCLUDE.finditer(text))
    yield from _owners(text)


_RUST_USE = re.compile(r"\buse\s{1,99}((?:(?:crate|super|self|\w{1,64})::){1,6})(?:\{([^{}]{1,2000})\}|(\w{1,64}|\*))")
_RUST_PATH = re.compile(r"(?<![\w:])((?:(?:crate|super|self)::)?(?:[a-z_]\w{0,63}::){1,4})[A-Z][A-Z0-9_]{1,63}\b")


def _rust(text: str) -> Iterator[Import]:
    for path, several, one in (m.groups() for m in _RUST_USE.finditer(text)):
        module = path.rstrip(":").rsplit("::", 1)[-1]
        for name, local in _renamed(several or one, r"\s+as\s+"):
            if name == "*":
                yield Import((), module)
                continue
            yield Import((local,), module, (name,))
            yield Import((local,), name)
    for match in _RUST_PATH.finditer(text):
        owners = tuple(match[1].rstrip(":").split("::"))
        yield Import(owners, owners[-1])


def _renamed(listed: str, between: str) -> Iterator[tuple[str, str]]:
    """The pairs (name there, name here) of a list such as `A, B as C`."""
    for piece in listed.split(","):
        name, *own = re.split(between, piece.strip(), maxsplit=1)
        local = own[0].strip() if own else name
        if re.fullmatch(r"[\w$.]{1,200}|\*", name) and re.fullmatch(r"[\w$.]{1,200}|\*", local):
            yield name, local


_READERS: dict[str, Callable[[str], Iterator[Import]]] = {
    "python": _python,
    "javascript": _javascript,
    "typescript": _javascript,
    "go": _go,
    "java": _owners,
    "kotlin": _packages,
    "scala": _packages,
    "csharp": _owners,
    "ruby": _owners,
    "php": _php,
    "rust": _rust,
}
