"""Puts one staged file in the place of the old one, and nothing of anybody else's is lost on the way.

Comparing and then renaming leaves a moment in which another program's write would be lost. Where the system can
exchange two names in one step, the old file is compared after it was moved aside, and put back if it is not what was
read. `settle` may be called at any moment and again, so that an interrupted run can be tidied up.
"""

import os

from analyzer.rewrite.attributes import identity
from analyzer.rewrite.beneath import FILE, Beneath, closing, read_all
from analyzer.rewrite.exchange import UNSUPPORTED, Exchange
from analyzer.rewrite.outcome import NotWrittenError, State
from analyzer.rewrite.stage import Staged

_CHANGED = "changed while the fix was made"


def replace(tree: Beneath, staged: Staged, exchange: Exchange | None) -> None:
    """The new bytes stand under the file's name afterwards, in one step. Raises NotWrittenError, OSError."""
    directory, name = _locate(tree, staged)
    if not _as_read(directory, name, staged, exact=True):
        raise NotWrittenError(State.CONFLICT, _CHANGED)
    if exchange is not None and _exchanged(exchange, directory, staged.temporary, name):
        settle(tree, staged, exchange)
    else:
        os.rename(staged.temporary, name, src_dir_fd=directory, dst_dir_fd=directory)


def settle(tree: Beneath, staged: Staged, exchange: Exchange | None) -> None:
    """Frees the temporary name: our file and the one that was read go, anybody else's returns to its place.

    Raises NotWrittenError where somebody else's file stood there, OSError for a fault.
    """
    directory, name = _locate(tree, staged)
    if not _present(directory, staged.temporary):
        return
    if _discard(directory, staged):
        return
    if exchange is not None and _inode(directory, name) == _key(staged.after):
        exchange(directory, staged.temporary, name)
        if _discard(directory, staged):
            raise NotWrittenError(State.CONFLICT, _CHANGED)
    raise NotWrittenError(State.CONFLICT, f"{_CHANGED}; another version is kept as {staged.temporary}")


def _locate(tree: Beneath, staged: Staged) -> tuple[int, str]:
    folder, _, name = staged.change.path.rpartition("/")
    directory = tree.directory(folder)
    if _key(os.fstat(directory)) != _key(staged.parent):
        raise NotWrittenError(State.CONFLICT, f"its directory was moved; {staged.temporary} may be left there")
    return directory, name


def _exchanged(exchange: Exchange, directory: int, one: str, other: str) -> bool:
    try:
        exchange(directory, one, other)
    except OSError as error:
        if error.errno in UNSUPPORTED:
            return False
        raise
    return True


def _discard(directory: int, staged: Staged) -> bool:
    """Removes what stands under the temporary name if it is exactly what we wrote or exactly what we read."""
    name = staged.temporary
    ours = _inode(directory, name) == _key(staged.after) and _holds(directory, name, staged.change.new) is not None
    if not ours and not _as_read(directory, name, staged, exact=False):
        return False
    os.unlink(name, dir_fd=directory)
    return True


def _as_read(directory: int, name: str, staged: Staged, *, exact: bool) -> bool:
    """Whether the file is the one that was read; `exact`: it was not even touched, nor its attributes."""
    info = _holds(directory, name, staged.change.old)
    if info is None or identity(info) != identity(staged.before):
        return False
    return not exact or info.st_ctime_ns == staged.before.st_ctime_ns


def _holds(directory: int, name: str, data: bytes) -> os.stat_result | None:
    """The status of a file that holds exactly `data`; None for any other, and where that cannot be told."""
    try:
        with closing(os.open(name, FILE, dir_fd=directory)) as descriptor:
            info = os.fstat(descriptor)
            return info if info.st_size == len(data) and read_all(descriptor, len(data) + 1) == data else None
    except OSError:
        return None


def _present(directory: int, name: str) -> bool:
    return _inode(directory, name) is not None


def _inode(directory: int, name: str) -> tuple[int, int] | None:
    try:
        return _key(os.stat(name, dir_fd=directory, follow_symlinks=False))
    except FileNotFoundError:
        return None


def _key(info: os.stat_result) -> tuple[int, int]:
    return info.st_dev, info.st_ino
