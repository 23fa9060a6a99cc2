"""A log that runs at the same time may append to, each its whole block at once, and that is rotated by size.

Whoever holds the lock (flock) of the file that bears the name may write to it and rename it. After waiting for the
lock the name may bear another file: then all starts anew.
"""

import errno
import fcntl
import os
import stat
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from analyzer.errors import UsageError

_MODE = 0o640
_FLAGS = os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
_PATIENCE = 30.0  # seconds; a writer holds the lock for the time of one write
_PAUSE = 0.02
_HINT = "name a file in a folder that exists and that you may write to"


@dataclass(frozen=True, slots=True)
class Rotation:
    """A log of more than `size` bytes becomes `.1`, that one `.2`, up to `keep` of them; size 0: never."""

    size: int
    keep: int


def check(path: Path) -> None:
    """Whether the log can be written, before there is anything to write. Raises UsageError."""
    try:
        os.close(_open(path))
    except OSError as error:
        raise _refused(path, error) from None


def append(path: Path, block: bytes, rotation: Rotation) -> None:
    """Append a block, whole or not at all. Raises UsageError."""
    ends = time.monotonic() + _PATIENCE
    try:
        while not _appended(path, block, rotation, ends):
            pass
    except OSError as error:
        raise _refused(path, error) from None


def _appended(path: Path, block: bytes, rotation: Rotation, ends: float) -> bool:
    """One attempt: False where the name bears another file by now, or where the log was just rotated."""
    descriptor = _open(path)
    try:
        _lock(descriptor, ends)
        if not _bears_name(descriptor, path):
            return False
        size = os.fstat(descriptor).st_size
        if size and 0 < rotation.size < size + len(block):
            _rotate(path, rotation.keep)
            return False
        _write(descriptor, block, size)
    finally:
        os.close(descriptor)
    return True


def _open(path: Path) -> int:
    """The log, made if need be: a regular file and no link, whoever put it there. Raises OSError."""
    descriptor = os.open(path, _FLAGS, _MODE)
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise OSError(0, "it is no regular file")
    return descriptor


def _lock(descriptor: int, ends: float) -> None:
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > ends:
                raise OSError(0, f"another process has held it for {_PATIENCE:g} s") from None
            time.sleep(_PAUSE)
        else:
            return


def _bears_name(descriptor: int, path: Path) -> bool:
    try:
        named = path.lstat()
    except FileNotFoundError:
        return False
    return os.path.samestat(named, os.fstat(descriptor))


def _rotate(path: Path, keep: int) -> None:
    """Shift the older ones, the oldest falls off; the log itself last, for from then on others may write."""
    for number in range(keep, 1, -1):
        with suppress(FileNotFoundError):
            _numbered(path, number - 1).rename(_numbered(path, number))
    if keep:
        path.rename(_numbered(path, 1))
    else:
        path.unlink()


def _numbered(path: Path, number: int) -> Path:
    return path.with_name(f"{path.name}.{number}")


def _write(descriptor: int, block: bytes, size: int) -> None:
    """One write; what a full disk took of it is taken back, so that no line is half."""
    written = 0
    try:
        written = os.write(descriptor, block)
    finally:
        if written != len(block):
            os.ftruncate(descriptor, size)
    if written != len(block):
        raise OSError(0, "the disk is full")


def _refused(path: Path, error: OSError) -> UsageError:
    reason = "it is a symbolic link" if error.errno == errno.ELOOP else error.strerror
    return UsageError(f"{path}: the log cannot be written ({reason})", _HINT)
