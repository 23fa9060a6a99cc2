"""The text functions of Helm's templates, on texts that keep the origin of their characters.

Sprig and Go: https://masterminds.github.io/sprig/ and https://pkg.go.dev/text/template#hdr-Functions. Sizes are
limited, texts are hostile.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from posixpath import basename, dirname, normpath, splitext

from analyzer.extract.helm.data import SOMETHING, UNKNOWN, Data, Kind, List, Map, Scalar, boolean, printed, string
from analyzer.extract.helm.functions.arguments import Function, count, known
from analyzer.extract.helm.functions.arguments import text as piped
from analyzer.extract.helm.functions.numbers import type_of
from analyzer.extract.helm.traced import Joiner, Traced, interleaved, joined
from analyzer.extract.helm.yamltext import quoted
from analyzer.hosts import HOLE

_LONGEST = 200_000
_WIDEST = 60  # columns of indentation
_VERB = re.compile(r"%(?:%|[-+# 0]{0,5}\d{0,3}(?:\.\d{0,3})?([a-zA-Z]))")
_WORD_START = re.compile(r"(?<![A-Za-z0-9])[a-z]")
_SEPARATOR = re.compile(r"[-_ .]+")
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


def _quote(arguments: Sequence[Data]) -> Data:
    return string(interleaved(" ", (quoted(printed(a)) for a in arguments if not _null(a))))


def _squote(arguments: Sequence[Data]) -> Data:
    return string(interleaved(" ", (joined(["'", printed(a), "'"]) for a in arguments if not _null(a))))


def _null(value: Data) -> bool:
    return isinstance(value, Scalar) and value.kind is Kind.NULL


def _indented(text: Traced, columns: int) -> Traced:
    pad = " " * max(0, min(columns, _WIDEST))
    whole = Joiner()
    for index, line in enumerate(text.split("\n")):
        whole.add("\n" if index else "")
        whole.add(pad)
        whole.add(line)
        if whole.size > _LONGEST:
            break
    return whole.done()


def _indent(arguments: Sequence[Data]) -> Data:
    return string(_indented(piped(arguments), count(arguments, 0, _WIDEST)))


def _nindent(arguments: Sequence[Data]) -> Data:
    return string(joined(["\n", _indented(piped(arguments), count(arguments, 0, _WIDEST))]))


def _trunc(arguments: Sequence[Data]) -> Data:
    text, most = piped(arguments), count(arguments, 0, _LONGEST)
    return string(text.part(0, min(most, len(text))) if most >= 0 else text.part(max(0, len(text) + most)))


def _trim_all(arguments: Sequence[Data]) -> Data:
    signs = known(arguments, 0)
    return string(piped(arguments).stripped(signs, signs))


def _trim_suffix(arguments: Sequence[Data]) -> Data:
    text, suffix = piped(arguments), known(arguments, 0)
    return string(text.part(0, len(text) - len(suffix)) if suffix and text.text.endswith(suffix) else text)


def _trim_prefix(arguments: Sequence[Data]) -> Data:
    text, prefix = piped(arguments), known(arguments, 0)
    return string(text.part(len(prefix)) if prefix and text.text.startswith(prefix) else text)


def _replace(arguments: Sequence[Data]) -> Data:
    text, old, new = piped(arguments), known(arguments, 0), piped(arguments, 1)
    if not old or len(text) + text.text.count(old) * len(new) > _LONGEST:
        return string(text)
    whole = Joiner()
    for index, piece in enumerate(text.split(old)):
        whole.add(new if index else "")
        whole.add(piece)
    return string(whole.done())


def _converted(convert: Callable[[str], str]) -> Function:
    """A change of single characters: they keep their origin where as many come out."""

    def converted(arguments: Sequence[Data]) -> Data:
        text = piped(arguments)
        new = convert(text.text)
        return string(Traced(new, text.marks if len(new) == len(text.text) else ()))

    return converted


def _printf(arguments: Sequence[Data]) -> Data:
    form, values = piped(arguments, 0), list(arguments[1:])
    whole, at = Joiner(), 0
    for verb in _VERB.finditer(form.text):
        whole.add(form.part(at, verb.start()))
        at = verb.end()
        if verb[1] is None:
            whole.add("%")
        elif values and whole.size < _LONGEST:
            whole.add(_formatted(verb[1], values.pop(0)))
    whole.add(form.part(at))
    return string(whole.done())


def _formatted(verb: str, value: Data) -> Traced:
    """A value as a verb prints it; widths are left out."""
    if verb == "T":
        return Traced(type_of(value) or HOLE)
    return quoted(printed(value)) if verb == "q" else printed(value)


def _print(arguments: Sequence[Data]) -> Data:
    """Operands that are no strings stand apart."""
    whole = Joiner()
    for index, argument in enumerate(arguments):
        apart = index and not _is_string(argument) and not _is_string(arguments[index - 1])
        whole.add(" " if apart else "")
        whole.add(printed(argument))
    return string(whole.done())


def _is_string(value: Data) -> bool:
    return isinstance(value, Scalar) and value.kind is Kind.STRING


def _cat(arguments: Sequence[Data]) -> Data:
    return string(interleaved(" ", (printed(a) for a in arguments if not _null(a))))


def _join(arguments: Sequence[Data]) -> Data:
    last = arguments[-1] if arguments else UNKNOWN
    if not isinstance(last, List):
        return last if isinstance(last, Scalar) else SOMETHING
    return string(interleaved(known(arguments, 0), (printed(item) for item in last.items if not _null(item))))


def _pieces(arguments: Sequence[Data]) -> list[Data]:
    separator, text = known(arguments, 0), piped(arguments)
    if not separator:
        return [string(text)]
    return [string(piece) for piece in text.split(separator)[:1_000]]


def _split(arguments: Sequence[Data]) -> Data:
    return Map({f"_{index}": piece for index, piece in enumerate(_pieces(arguments))})


def _split_n(arguments: Sequence[Data]) -> Data:
    separator, most, text = known(arguments, 0), count(arguments, 1, 1_000), piped(arguments)
    pieces: dict[str, Data] = {}
    while separator and len(pieces) + 1 < most and (at := text.text.find(separator)) >= 0:
        pieces[f"_{len(pieces)}"] = string(text.part(0, at))
        text = text.part(at + len(separator))
    pieces[f"_{len(pieces)}"] = string(text)
    return Map(pieces)


def _asked(ask: Callable[[str, str], bool]) -> Function:
    """A question about two texts, the second of which was piped; an unknown text leaves it open."""

    def asked(arguments: Sequence[Data]) -> Data:
        other, text = piped(arguments, 0).text, piped(arguments).text
        return UNKNOWN if HOLE in other + text else boolean(ask(other, text))

    return asked


def _repeat(arguments: Sequence[Data]) -> Data:
    text = piped(arguments)
    times = min(max(count(arguments, 0, 1_000), 0), _LONGEST // (len(text) + 1))
    return string(joined([text] * times))


def _substr(arguments: Sequence[Data]) -> Data:
    text, start, end = piped(arguments), count(arguments, 0, _LONGEST), count(arguments, 1, _LONGEST)
    first = max(start, 0)
    last = len(text) if end < 0 or end > len(text) else end
    return string(text.part(first, last) if first < last else Traced())


def _camel(text: str) -> str:
    return "".join(word[:1].upper() + word[1:] for word in _SEPARATOR.split(text))


def _words(text: str) -> Iterator[str]:
    yield from (word.lower() for word in _SEPARATOR.split(_HUMP.sub("_", text)) if word)


def _same(arguments: Sequence[Data]) -> Data:
    """What was piped, as a text."""
    return string(piped(arguments))


def _nothing_known(_arguments: Sequence[Data]) -> Data:
    return SOMETHING


TEXTS: dict[str, Function] = {
    "quote": _quote,
    "squote": _squote,
    "indent": _indent,
    "nindent": _nindent,
    "trim": lambda a: string(piped(a).stripped()),
    "trimAll": _trim_all,
    "trimSuffix": _trim_suffix,
    "trimPrefix": _trim_prefix,
    "trunc": _trunc,
    "upper": _converted(str.upper),
    "lower": _converted(str.lower),
    "title": _converted(lambda text: _WORD_START.sub(lambda found: found.group().upper(), text)),
    "untitle": _converted(lambda text: text[:1].lower() + text[1:]),
    "camelcase": _converted(_camel),
    "snakecase": _converted(lambda text: "_".join(_words(text))),
    "kebabcase": _converted(lambda text: "-".join(_words(text))),
    "nospace": _converted(lambda text: "".join(text.split())),
    "replace": _replace,
    "printf": _printf,
    "print": _print,
    "println": _print,
    "cat": _cat,
    "join": _join,
    "split": _split,
    "splitn": _split_n,
    "splitList": lambda a: List(_pieces(a)),
    "repeat": _repeat,
    "substr": _substr,
    "contains": _asked(lambda part, text: part in text),
    "hasPrefix": _asked(lambda part, text: text.startswith(part)),
    "hasSuffix": _asked(lambda part, text: text.endswith(part)),
    "base": _converted(basename),
    "dir": _converted(dirname),
    "clean": _converted(normpath),
    "ext": _converted(lambda text: splitext(text)[1]),
    **dict.fromkeys(("toString", "urlquery", "html", "js", "toStrings"), _same),
    **dict.fromkeys(
        (
            *("sha256sum", "sha1sum", "sha512sum", "adler32sum", "md5sum", "htpasswd", "bcrypt", "derivePassword"),
            *("randAlphaNum", "randAlpha", "randNumeric", "randAscii", "randInt", "randBytes", "shuffle", "uuidv4"),
            *("now", "date", "dateInZone", "htmlDate", "ago", "unixEpoch", "genPrivateKey", "env", "expandenv"),
            "getHostByName",
        ),
        _nothing_known,
    ),
}
