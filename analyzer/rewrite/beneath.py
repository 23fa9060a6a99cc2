"""Opens directories and files beneath a root without ever following a link. Knows nothing of contents.

Each component is opened from the descriptor of its parent with O_NOFOLLOW, so that nobody can lead the program out of
the root by putting a link in the place of a directory. Needs a POSIX system.
"""

import errno
import os
import re
import stat
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

_DIRECTORY = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
FILE = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC  # a FIFO must not block

_STRAY = re.compile(r"(?:\A|/)\.{0,2}(?:/|\Z)|\0")  # an empty, `.` or `..` component
HARMLESS = frozenset({"symbolic link", "not a regular file"})  # reasons that leave nothing unread
_REASONS = {
    errno.ELOOP: "symbolic link",
    errno.ENOENT: "vanished",
    errno.ENOTDIR: "vanished",
    errno.EACCES: "permission denied",
    errno.EPERM: "permission denied",
    errno.ENXIO: "not a regular file",
    errno.EISDIR: "not a regular file",
}


def reason_of(error: OSError) -> str:
    """Plain words for an error of the system, never its text, which holds the path."""
    return _REASONS.get(error.errno or 0, f"error {code_of(error)}")


def code_of(error: OSError) -> str:
    """The symbol of an error: ENOSPC."""
    return errno.errorcode.get(error.errno or 0, type(error).__name__)


def contained(path: str) -> bool:
    """Whether a POSIX path is relative and names something below its root by plain components."""
    return _STRAY.search(path) is None


class Beneath:
    """A root directory and the `keep` directories below it that were used last. A context manager, for one thread.

    The root itself may be reached through links: it is what the user named. Raises OSError as the system does, with
    ELOOP for every link, and EINVAL for a path that is not `contained`.
    """

    def __init__(self, root: Path, *, keep: int = 32) -> None:
        self._root = os.open(root, _DIRECTORY & ~os.O_NOFOLLOW)
        self._open: OrderedDict[str, int] = OrderedDict()
        self._keep = keep

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        while self._open:
            os.close(self._open.popitem()[1])
        os.close(self._root)

    def directory(self, path: str) -> int:
        """A descriptor of the directory `path` ("" is the root), good until the next call."""
        if path in self._open:
            self._open.move_to_end(path)
            return self._open[path]
        if path and not contained(path):
            raise OSError(errno.EINVAL, os.strerror(errno.EINVAL))
        known = path
        while known and known not in self._open:
            known = known.rpartition("/")[0]
        descriptor = self._open.get(known, self._root)
        for name in path[len(known) :].split("/"):
            if name:
                known = f"{known}/{name}" if known else name
                descriptor = self._enter(known, name, descriptor)
        return descriptor

    def _enter(self, path: str, name: str, parent: int) -> int:
        descriptor = _descend(name, parent)
        self._open[path] = descriptor
        if len(self._open) > self._keep:
            os.close(self._open.popitem(last=False)[1])
        return descriptor

    def open(self, path: str) -> int:
        """A fresh descriptor for reading the file `path`, whatever kind of file it is; the caller closes it."""
        folder, _, name = path.rpartition("/")
        if not contained(path):
            raise OSError(errno.EINVAL, os.strerror(errno.EINVAL))
        return os.open(name, FILE, dir_fd=self.directory(folder))


@contextmanager
def closing(descriptor: int) -> Iterator[int]:
    """Closes a descriptor at the end of the block."""
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def _descend(name: str, parent: int) -> int:
    try:
        return os.open(name, _DIRECTORY, dir_fd=parent)
    except NotADirectoryError as error:
        # Linux says ENOTDIR for a link that O_DIRECTORY and O_NOFOLLOW meet together.
        if stat.S_ISLNK(os.stat(name, dir_fd=parent, follow_symlinks=False).st_mode):
            raise OSError(errno.ELOOP, os.strerror(errno.ELOOP)) from error
        raise


def read_all(descriptor: int, limit: int) -> bytes:
    """Up to `limit` bytes from where the descriptor stands."""
    pieces: list[bytes] = []
    while limit > 0 and (piece := os.read(descriptor, min(limit, 1 << 24))):
        pieces.append(piece)
        limit -= len(piece)
    return b"".join(pieces)
