"""Finds and loads the policy file: bytes -> checked `Policy`, or everything that is wrong with it at once."""

import json
import os
import stat
from functools import cache
from pathlib import Path
from typing import Any, cast

from analyzer.errors import PolicyError
from analyzer.model import Policy
from analyzer.policy.build import policy_of
from analyzer.policy.document import Document, Fault, read_document
from analyzer.yamltree import YamlFault

NAMES = ("db-endpoints.yaml", ".db-endpoints.yaml", ".github/db-endpoints.yaml")
LARGEST = 256 * 1024
MOST_FAULTS = 100
_HINT = "`analyzer policy schema` prints every key with what it means"


def find(root: Path) -> Path | None:
    """The policy file of a tree: the first of the known names that stands at its root.

    Raises PolicyError where something else bears the name: a tree must not lose its policy by a link or a folder.
    """
    for name in NAMES:
        path = root / name
        if os.path.lexists(path):
            if not path.is_file() or not path.resolve().is_relative_to(root.resolve()):
                raise PolicyError(f"{path}: not a file of this tree", "put the file itself there, or use --policy FILE")
            return path
    return None


@cache
def schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of the policy file."""
    return cast("dict[str, Any]", json.loads(Path(__file__).with_name("schema.json").read_bytes()))


def load(path: Path, data: bytes | None = None, shown: str | None = None) -> Policy:
    """The policy in a file, or in `data` where it was read elsewhere; `shown` names it in messages and in the policy.

    Raises PolicyError with one line a fault: `file:line:column: what is wrong; what to write instead`.
    """
    name = shown or str(path)
    text = _read(path, name) if data is None else data
    if len(text) > LARGEST:
        raise PolicyError(f"{name}: larger than {LARGEST // 1024} KiB", "write ranges, CIDRs or globs")
    try:
        document = read_document(text)
    except YamlFault as fault:
        raise PolicyError(f"{name}:{fault.line}:{fault.column}: {fault.reason}", _HINT) from None
    faults = _faults(document)
    if faults:
        raise PolicyError("\n".join(_lines(document, faults, name)), _HINT)
    return policy_of(document, name)


def _faults(document: Document) -> list[Fault]:
    if document.value is None and not document.faults:
        return [Fault(0, "the policy is empty; write `version: 1` and `clusters:`")]
    from analyzer.policy.meaning import meaning_faults  # noqa: PLC0415  only where there is a policy
    from analyzer.policy.structure import structure_faults  # noqa: PLC0415  jsonschema costs 0.1 s

    shaped = list(structure_faults(document, schema()))
    bad = frozenset(route for route, _ in shaped)
    found = {*document.faults, *(fault for _, fault in shaped), *meaning_faults(document, bad)}
    return sorted(found, key=lambda fault: (fault.byte, fault.message))


def _lines(document: Document, faults: list[Fault], name: str) -> list[str]:
    places = [(*document.position(fault.byte), fault.message) for fault in faults[:MOST_FAULTS]]
    lines = [f"{name}:{line}:{column}: {message}" for line, column, message in places]
    rest = len(faults) - len(lines)
    return [*lines, f"{name}: and {rest} more"] if rest else lines


def _read(path: Path, name: str) -> bytes:
    """The bytes of a regular file, one more than allowed at most."""
    try:
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0))
        with os.fdopen(descriptor, "rb") as file:
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                raise PolicyError(f"{name}: not a file", "give the path of a policy file")
            return file.read(LARGEST + 1)
    except OSError as error:
        hint = "give the path of a policy file; `analyzer policy schema` shows what one holds"
        raise PolicyError(f"{name}: cannot be read ({error.strerror})", hint) from None
