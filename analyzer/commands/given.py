"""Files that the user names one by one, whatever they are called, and standard input."""

import sys
from pathlib import Path

from analyzer.errors import UsageError
from analyzer.source import SourceFile

_MOST = 10 * 1024 * 1024
_STDIN = "standard input"
_TABLE = b"| Member "


def given(name: str) -> SourceFile:
    """A file, or standard input for -. Raises UsageError where it holds nothing that can be read."""
    shown = _STDIN if name == "-" else name
    data = sys.stdin.buffer.read(_MOST + 1) if name == "-" else _read(Path(name))
    if len(data) > _MOST:
        raise UsageError(f"{shown}: larger than 10 MiB", "cut out what tells of the cluster")
    if not data.strip():
        said = "look at what the command before the pipe says" if name == "-" else "name another file by --from FILE"
        raise UsageError(f"{shown} is empty", said)
    if b"\0" in data[:8192]:
        raise UsageError(f"{shown}: a binary file, not text", "export it as text; UTF-16 must become UTF-8")
    if _TABLE in data[:8192]:
        raise UsageError(f"{shown}: a table for people", "let `patronictl list -f json` write it")
    return SourceFile(shown, data)


def _read(path: Path) -> bytes:
    if path.is_dir():
        raise UsageError(f"{path}: a folder", f"search it by `analyzer init {path}`, without --from")
    try:
        with path.open("rb") as file:
            return file.read(_MOST + 1)
    except OSError as error:
        raise UsageError(
            f"{path}: cannot be read ({error.strerror})", "name a file that exists, or - for standard input"
        ) from None
