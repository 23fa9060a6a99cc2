"""Runs the program in this process the way a person does: in a folder, with arguments, and with what it printed."""

import contextlib
import io
import sys
from dataclasses import dataclass
from pathlib import Path
from unittest import mock

from analyzer.cli import main


@dataclass(frozen=True, slots=True)
class Ran:
    """Exit code and both outputs."""

    code: int
    out: bytes
    err: bytes


def run(folder: Path, *arguments: str, stdin: bytes = b"") -> Ran:
    """One run of `analyzer` with its working directory in `folder`."""
    out, err = io.TextIOWrapper(io.BytesIO(), "utf-8"), io.TextIOWrapper(io.BytesIO(), "utf-8")
    given = io.TextIOWrapper(io.BytesIO(stdin))
    outputs = contextlib.redirect_stdout(out), contextlib.redirect_stderr(err)
    with contextlib.chdir(folder), mock.patch.object(sys, "stdin", given), outputs[0], outputs[1]:
        code = main(arguments)
    return Ran(code, _written(out), _written(err))


def _written(stream: io.TextIOWrapper) -> bytes:
    stream.flush()
    return stream.buffer.getvalue()
