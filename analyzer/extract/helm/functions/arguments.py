"""The arguments of a template function: the last one is what was piped into it."""

from collections.abc import Callable, Sequence

from analyzer.extract.helm.data import NULL, Data, plain, printed
from analyzer.extract.helm.traced import Traced

Function = Callable[[Sequence[Data]], Data]


def at(arguments: Sequence[Data], index: int) -> Data:
    """An argument, a null where there is none."""
    return arguments[index] if -len(arguments) <= index < len(arguments) else NULL


def text(arguments: Sequence[Data], index: int = -1) -> Traced:
    """An argument as it prints."""
    return printed(at(arguments, index))


def known(arguments: Sequence[Data], index: int) -> str:
    """An argument that is no content (a separator, a key); empty where nobody knows it."""
    return plain(at(arguments, index)) or ""


def count(arguments: Sequence[Data], index: int, most: int) -> int:
    """A whole number among the arguments, between -most and most; 0 where there is none."""
    digits = known(arguments, index)
    value = int(digits) if len(digits) < 12 and digits.lstrip("-").isdecimal() and digits.isascii() else 0
    return max(-most, min(value, most))
