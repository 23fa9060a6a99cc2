"""The functions of Helm's templates that take a pattern; one that could search for long is not asked."""

import re
from collections.abc import Callable, Sequence

from analyzer.extract.helm.data import UNKNOWN, Data, List, boolean, string
from analyzer.extract.helm.functions.arguments import Function, known
from analyzer.extract.helm.functions.arguments import text as piped
from analyzer.extract.helm.traced import Joiner, Traced
from analyzer.hosts import HOLE

_LONGEST = 2_000
_REPEATING = re.compile(r"[*+{]")


def _searched(find: Callable[[re.Pattern[str], Sequence[Data]], Data]) -> Function:
    """A function of a pattern, the first argument; one that could take long is not asked."""

    def searched(arguments: Sequence[Data]) -> Data:
        pattern = known(arguments, 0)
        if not pattern or len(_REPEATING.findall(pattern)) > 1 or len(piped(arguments, 1)) > _LONGEST:
            return UNKNOWN
        try:
            return find(re.compile(pattern), arguments)
        except re.error:
            return UNKNOWN

    return searched


def _replaced(pattern: re.Pattern[str], arguments: Sequence[Data]) -> Data:
    text, new = piped(arguments, 1), piped(arguments, 2)
    whole, at = Joiner(), 0
    for found in pattern.finditer(text.text):
        whole.add(text.part(at, found.start()))
        whole.add(HOLE if "$" in new.text else new)
        at = found.end()
    whole.add(text.part(at))
    return string(whole.done())


def _found(pattern: re.Pattern[str], arguments: Sequence[Data]) -> Data:
    text = piped(arguments, 1)
    found = pattern.search(text.text)
    return string(text.part(*found.span()) if found else Traced())


def _split_by(pattern: re.Pattern[str], arguments: Sequence[Data]) -> Data:
    text, at = piped(arguments, 1), 0
    pieces: list[Data] = []
    for found in pattern.finditer(text.text):
        pieces.append(string(text.part(at, found.start())))
        at = found.end()
    return List([*pieces, string(text.part(at))])


def _matches(pattern: re.Pattern[str], arguments: Sequence[Data]) -> Data:
    text = piped(arguments, 1).text
    return UNKNOWN if HOLE in text else boolean(pattern.search(text))


SEARCHES: dict[str, Function] = {
    "regexReplaceAll": _searched(_replaced),
    "regexReplaceAllLiteral": _searched(_replaced),
    "regexFind": _searched(_found),
    "regexMatch": _searched(_matches),
    "regexSplit": _searched(_split_by),
}
