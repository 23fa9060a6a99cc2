"""Texts inside texts: which extractor reads one, and how deep.

A format whose values may be files again has `extract_at(source, depth)`; the others are read as they are.
"""

from collections.abc import Callable
from functools import partial
from importlib import import_module
from typing import TypeAlias, cast

from analyzer.extract.topology.texts import with_rosters
from analyzer.model import Extraction
from analyzer.source import SourceFile

LEVELS = 2  # texts inside texts whose values are read as texts again
LAYERED = frozenset({"yaml", "json", "toml", "hocon", "hcl", "xml", "dockerfile", "notebook"})

Deeper: TypeAlias = Callable[[SourceFile, str], Extraction]


def deeper(depth: int) -> Deeper | None:
    """Reads a text that stands in a value at `depth`, by the name of its extractor; None where it is deep enough."""
    return partial(_read, depth=depth + 1) if depth < LEVELS else None


def _read(source: SourceFile, module: str, *, depth: int) -> Extraction:
    if module == "conf":
        look = import_module("analyzer.extract.conf").look_of(source.text)
        return with_rosters(source, _read(source, look, depth=depth))
    extractor = import_module(f"analyzer.extract.{module}")
    found = extractor.extract_at(source, depth) if module in LAYERED else extractor.extract(source)
    return cast("Extraction", found)


FIRST: Deeper = partial(_read, depth=1)
"""Reads a text in a value of a file."""
