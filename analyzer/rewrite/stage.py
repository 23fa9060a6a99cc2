"""Prepares one file: checks that it may be written and puts its new bytes, synced, under a temporary name beside it.

Nothing that existed before is changed here.
"""

import errno
import os
import stat
from collections.abc import Callable
from dataclasses import dataclass

from analyzer.rewrite.attributes import NotKeptError, copy_attributes
from analyzer.rewrite.beneath import Beneath, closing, contained, read_all, reason_of
from analyzer.rewrite.outcome import Change, NotWrittenError, State

_TEMPORARY = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
_OPEN_STATES = {
    errno.ENOENT: State.CONFLICT,
    errno.ENOTDIR: State.CONFLICT,
    errno.ELOOP: State.REFUSED,
    errno.EACCES: State.REFUSED,
    errno.EPERM: State.REFUSED,
    errno.ENXIO: State.REFUSED,
}


@dataclass(frozen=True, slots=True)
class Staged:
    """A file whose new bytes wait under `temporary`; `before` is its status when its old bytes were compared."""

    change: Change
    temporary: str
    before: os.stat_result
    after: os.stat_result
    parent: os.stat_result


def stage(tree: Beneath, change: Change, claim: Callable[[str], str]) -> Staged:
    """Writes `change.new` in the file's directory, under the temporary name that `claim` gives out for the path.

    Raises NotWrittenError where the file is refused or is not as it was read, OSError for a fault (a full disk, an I/O
    error). The caller removes the name in either case, if it was claimed.
    """
    folder, _, name = change.path.rpartition("/")
    with closing(_open(tree, change.path)) as source:
        before = os.fstat(source)
        _require_plain(before)
        if read_all(source, len(change.old) + 1) != change.old:
            raise NotWrittenError(State.CONFLICT, "changed since it was read")
        directory = tree.directory(folder)
        parent = os.fstat(directory)
        _require_writable(directory, name, before, parent)
        temporary = claim(change.path)
        with closing(os.open(temporary, _TEMPORARY, 0o600, dir_fd=directory)) as target:
            after = _fill(target, change.new, source)
    return Staged(change, temporary, before, after, parent)


def _open(tree: Beneath, path: str) -> int:
    if not contained(path):
        raise NotWrittenError(State.REFUSED, "outside the root")
    try:
        return tree.open(path)
    except OSError as error:
        if error.errno in _OPEN_STATES:
            raise NotWrittenError(_OPEN_STATES[error.errno], reason_of(error)) from error
        raise


def _require_plain(info: os.stat_result) -> None:
    if not stat.S_ISREG(info.st_mode):
        raise NotWrittenError(State.REFUSED, "not a regular file")
    if info.st_nlink > 1:
        raise NotWrittenError(State.REFUSED, "hard-linked")


def _require_writable(directory: int, name: str, info: os.stat_result, parent: os.stat_result) -> None:
    # The mode bit as well, because access(2) lets root write everything; access(2) as well, for immutable files.
    if not info.st_mode & stat.S_IWUSR or not os.access(name, os.W_OK, dir_fd=directory):
        raise NotWrittenError(State.REFUSED, "read-only")
    if not os.access(".", os.W_OK | os.X_OK, dir_fd=directory):
        raise NotWrittenError(State.REFUSED, "its directory is read-only")
    if parent.st_mode & stat.S_ISVTX and os.geteuid() not in {0, info.st_uid, parent.st_uid}:
        raise NotWrittenError(State.REFUSED, "its directory is sticky and the file belongs to somebody else")


def _fill(target: int, data: bytes, source: int) -> os.stat_result:
    rest = memoryview(data)
    while rest:
        written = os.write(target, rest)
        if written <= 0:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        rest = rest[written:]
    try:
        copy_attributes(source, target)
    except NotKeptError as error:
        raise NotWrittenError(State.REFUSED, str(error)) from error
    os.fsync(target)
    info = os.fstat(target)
    if info.st_size != len(data):
        raise OSError(errno.EIO, os.strerror(errno.EIO))
    return info
