"""The worker process: `python -I -m analyzer.workers`. Reads frames, runs one extractor for each, answers.

There is no `except` here: an extractor that raises ends the process, the hook below says with which class, and
the supervisor blames the file. Exception texts are never passed on, they may quote the file.
"""

import os
import resource
import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from typing import BinaryIO

import msgspec

from analyzer.extract import format_named
from analyzer.extract.together import kind_named
from analyzer.model import Extraction, HostRef
from analyzer.source import SourceFile
from analyzer.workers import frame
from analyzer.workers.wire import Answer, Request

_STACK = 192 * 1024 * 1024
_MOST_MEMBERS = 200  # of one list
_MEMORY = 3 * 1024 * 1024 * 1024


def main() -> None:
    """Serve until standard input ends."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    threading.stack_size(_STACK)
    threading.excepthook = lambda args: _give_up(answers, args.exc_type)
    sys.excepthook = lambda kind, _error, _trace: _give_up(answers, kind)
    server = threading.Thread(target=_serve, args=(sys.stdin.buffer, answers))
    server.start()
    server.join()


def _serve(requests: BinaryIO, answers: BinaryIO) -> None:
    while (received := frame.read(requests)) is not None:
        head, body = received
        request = msgspec.json.decode(head, type=Request)
        extractions = _extract(request, _files(request, body))
        frame.write(answers, msgspec.json.encode(Answer(tuple(map(_speakable, extractions)))))


def _files(request: Request, body: bytes) -> Iterator[SourceFile]:
    at = 0
    for path, size in request.files:
        yield SourceFile(path, body[at : at + size])
        at += size


def _extract(request: Request, files: Iterator[SourceFile]) -> tuple[Extraction, ...]:
    together = kind_named(request.format)
    if together is not None:
        return together.extract(request.root, tuple(files))
    read = format_named(request.format).load()
    return tuple(read(file) for file in files)


def _give_up(answers: BinaryIO, kind: type[BaseException]) -> None:
    frame.write(answers, msgspec.json.encode(Answer(None, crash=kind.__name__)))
    os._exit(1)


def _speakable(extraction: Extraction) -> Extraction:
    """Comments may hold bytes that are not UTF-8, which JSON cannot carry; long lists are told once, not per member."""
    comments = tuple(replace(c, text=_clean(c.text)) for c in extraction.comments)
    return replace(extraction, refs=tuple(map(_brief, extraction.refs)), comments=comments)


def _brief(ref: HostRef) -> HostRef:
    group = ref.group
    if group is None or len(group.members) <= _MOST_MEMBERS:
        return ref
    # What is cut off cannot be judged, so the list cannot be collapsed.
    return replace(ref, group=replace(group, members=group.members[:_MOST_MEMBERS], hosts=None))


def _clean(text: str) -> str:
    return text.encode("utf-8", "replace").decode("utf-8")


if __name__ == "__main__":
    main()
