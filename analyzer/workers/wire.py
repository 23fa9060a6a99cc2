"""What supervisor and worker say to each other, as JSON by msgspec."""

from dataclasses import dataclass

from analyzer.model import Extraction


@dataclass(frozen=True, slots=True)
class Request:
    """The head of a request; the bytes of all files, one after the other, are the frame's body.

    `format` names a format or a kind of bundle. `files` are paths (for messages, and for bundles, which know their
    files by them) and sizes in bytes; `root` is a bundle's directory.
    """

    format: str
    files: tuple[tuple[str, int], ...]
    root: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """The head of an answer: an extraction for each file, or the class of the exception that ended the worker."""

    extractions: tuple[Extraction, ...] | None
    crash: str = ""
