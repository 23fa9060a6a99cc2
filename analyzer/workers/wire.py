"""What supervisor and worker say to each other, as JSON by msgspec."""

from dataclasses import dataclass

from analyzer.model import Extraction


@dataclass(frozen=True, slots=True)
class Request:
    """The head of a request; the file's bytes are the frame's body. `path` is for messages only."""

    path: str
    format: str


@dataclass(frozen=True, slots=True)
class Answer:
    """The head of an answer: the extraction, or the class of the exception that ended the worker."""

    extraction: Extraction | None
    crash: str = ""
