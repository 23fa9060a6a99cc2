"""What a file is besides its bytes - owner, mode, extended attributes - read, compared and given to another file."""

import errno
import os
import stat
import sys

_NONE = frozenset({errno.ENOTSUP, errno.ENOSYS})
_REFUSED = frozenset({errno.EPERM, errno.EACCES, errno.ENOTSUP})


class NotKeptError(Exception):
    """An attribute that cannot be given to the new file; the argument is the reason in plain words."""


def identity(info: os.stat_result) -> tuple[int, ...]:
    """What must be the same for a file to be the one that was read: inode, owner, mode, links, size, write time.

    The change time is left out, because a rename sets it.
    """
    return (
        info.st_dev,
        info.st_ino,
        info.st_mode,
        info.st_nlink,
        info.st_uid,
        info.st_gid,
        info.st_size,
        info.st_mtime_ns,
    )


def copy_attributes(source: int, target: int) -> None:
    """Gives owner, group, extended attributes (ACLs are such) and mode of one open file to another.

    Raises NotKeptError where the system refuses one of them, OSError for a fault.
    """
    info = os.fstat(source)
    _copy_owner(info, target)
    _copy_extended(source, target)
    os.fchmod(target, stat.S_IMODE(info.st_mode))  # last: a change of owner clears the set-id bits
    now = os.fstat(target)
    if (now.st_uid, now.st_gid, now.st_mode) != (info.st_uid, info.st_gid, info.st_mode):
        raise NotKeptError("its owner or mode cannot be kept")


def _copy_owner(info: os.stat_result, target: int) -> None:
    now = os.fstat(target)
    if (now.st_uid, now.st_gid) == (info.st_uid, info.st_gid):
        return
    try:
        os.fchown(target, info.st_uid, info.st_gid)
    except PermissionError as error:
        raise NotKeptError("its owner cannot be kept") from error


def _copy_extended(source: int, target: int) -> None:
    if sys.platform != "linux":
        return
    wanted, given = _extended(source), _extended(target)
    try:
        for name in given.keys() - wanted.keys():
            os.removexattr(target, name)
        for name, value in wanted.items():
            if given.get(name) != value:
                os.setxattr(target, name, value)
    except OSError as error:
        if error.errno in _REFUSED:
            raise NotKeptError("its extended attributes cannot be kept") from error
        raise


def _extended(descriptor: int) -> dict[str, bytes]:
    if sys.platform != "linux":
        return {}
    try:
        return {name: os.getxattr(descriptor, name) for name in os.listxattr(descriptor)}
    except OSError as error:
        if error.errno in _NONE:
            return {}
        raise
