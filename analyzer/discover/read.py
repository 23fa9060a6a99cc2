"""The bytes of one file, once, or why they are not read. Knows nothing of what they mean.

No link is followed, nothing but a regular file is read, nothing blocks, nothing larger than the limit comes in.
"""

import codecs
import os
import stat
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

from analyzer.rewrite.beneath import HARMLESS, Beneath, contained, read_all, reason_of

LIMIT = 10 * 1024 * 1024
WIDE = "UTF-16 text; save it as UTF-8"
_HEAD = 8 * 1024


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a file was not read, in plain words; `incomplete`: it might hold what is looked for."""

    reason: str
    incomplete: bool = False


class Readable(Protocol):
    """What files are read from: the disk, or a commit."""

    def read(self, path: str) -> bytes | Refusal:
        """The whole file at `path` (POSIX, relative to the root), or the reason why not."""


class Reader:
    """Reads files below one root, keeping a few directories open. A context manager, for one thread.

    Raises OSError if the root cannot be opened.
    """

    def __init__(self, root: Path, limit: int = LIMIT) -> None:
        self._tree = Beneath(root)
        self._limit = limit

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._tree.__exit__(kind, error, at)

    def read(self, path: str) -> bytes | Refusal:
        """The whole file at `path` (POSIX, relative to the root), or the reason why not; raises nothing."""
        if not contained(path):
            return Refusal("outside the root", incomplete=True)
        try:
            descriptor = self._tree.open(path)
            try:
                data = self._read(descriptor)
            finally:
                os.close(descriptor)
        except OSError as error:
            return _refuse(error)
        return data if isinstance(data, Refusal) else as_text(data)

    def _read(self, descriptor: int) -> bytes | Refusal:
        info = os.fstat(descriptor)
        if not stat.S_ISREG(info.st_mode):
            return Refusal("not a regular file")
        if info.st_size > self._limit:
            return too_large(self._limit)
        # Asking for one byte more than there is finds the end in the same call.
        data = os.read(descriptor, info.st_size + 1)
        if len(data) != info.st_size or not data:
            data += read_all(descriptor, self._limit + 1 - len(data))
        return too_large(self._limit) if len(data) > self._limit else data


def read(root: Path, path: str, limit: int = LIMIT) -> bytes | Refusal:
    """One file; for many, a Reader is faster."""
    with Reader(root, limit) as reader:
        return reader.read(path)


def too_large(limit: int) -> Refusal:
    """Why a file of more bytes than the limit is not read."""
    mebibytes, rest = divmod(limit, 1024 * 1024)
    return Refusal(f"larger than {limit} bytes" if rest else f"larger than {mebibytes} MiB", incomplete=True)


def _refuse(error: OSError) -> Refusal:
    reason = reason_of(error)
    return Refusal(reason, incomplete=reason not in HARMLESS)


def as_text(data: bytes) -> bytes | Refusal:
    """The bytes, unless what they start with says that they are no text in an encoding that is read."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return Refusal(WIDE, incomplete=True)
    return Refusal("binary") if b"\0" in data[:_HEAD] else data
