"""Helpers for tests of Kubernetes objects."""

from base64 import b64encode

from analyzer.extract.yaml import extract
from analyzer.model import Clue, Extraction
from analyzer.source import SourceFile
from tests.kit import check, check_none


def found(marked: str, **options) -> Extraction:
    return check(extract, marked, path="k8s/app.yaml", comment="#", **options)


def nothing(text: str, **options) -> Extraction:
    return check_none(extract, text, path="k8s/app.yaml", comment="#", **options)


def extracted(text: str, path: str = "k8s/app.yaml") -> Extraction:
    return extract(SourceFile(path, text.encode()))


def b64(text: str) -> str:
    return b64encode(text.encode()).decode()


def indented(text: str, by: int) -> str:
    return "".join(f"{' ' * by}{line}\n" if line else "\n" for line in text.splitlines())


def regions(text: str) -> list[tuple[str, str]]:
    """The bytes of each region and its nature."""
    extraction = extracted(text)
    data = text.encode()
    return [
        (data[r.span.start : r.span.end].decode(), r.nature.clue.value if r.nature else "copy")
        for r in extraction.regions
    ]


def infrastructure(text: str) -> set[str]:
    """The hosts that are told as infrastructure."""
    refs = extracted(text).refs
    return {ref.host for ref in refs if Clue.INFRASTRUCTURE in {e.clue for e in ref.evidence}}
