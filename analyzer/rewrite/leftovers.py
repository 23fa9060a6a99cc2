"""The temporary names that the writer uses, and how those of a run that was killed are found and removed.

A name tells whose it is: `.<name>.<process>-<random>.analyzer-tmp`. Knows nothing of contents.
"""

import os
import re
import secrets
import stat
import time
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from analyzer.rewrite.beneath import Beneath

_NAME = re.compile(r"\A\..{1,200}\.([1-9][0-9]{0,8})-[0-9a-f]{8}\.analyzer-tmp\Z", re.DOTALL)
_LONGEST = 200  # bytes of the file's own name, so that the whole stays under NAME_MAX
_HOUR = 3600.0


def temporary_name(name: str) -> str:
    """A fresh temporary name beside the file `name`."""
    own = os.fsdecode(os.fsencode(name)[:_LONGEST])
    return f".{own}.{os.getpid()}-{secrets.token_hex(4)}.analyzer-tmp"


def is_temporary(path: str) -> bool:
    """Whether the last component of a path is a name that the writer could have given."""
    return _NAME.match(path.rpartition("/")[2]) is not None


def remove_stale(root: Path, paths: Iterable[str]) -> tuple[str, ...]:
    """Those of `paths` that a writer left behind and that are removed now.

    Only regular files of this user with a temporary name, whose process is gone or which are older than an hour. What
    cannot be looked at or removed stays.
    """
    removed: list[str] = []
    with Beneath(root) as tree:
        for path in paths:
            folder, _, name = path.rpartition("/")
            with suppress(OSError):
                if is_temporary(name) and _remove(tree.directory(folder), name):
                    removed.append(path)
    return tuple(removed)


def sweep(descriptor: int) -> None:
    """Removes the stale temporary files of an open directory, as far as that can be done."""
    with suppress(OSError):
        for name in filter(is_temporary, os.listdir(descriptor)):
            _remove(descriptor, name)


def _remove(descriptor: int, name: str) -> bool:
    try:
        if not _stale(name, os.stat(name, dir_fd=descriptor, follow_symlinks=False)):
            return False
        os.unlink(name, dir_fd=descriptor)
    except OSError:
        return False
    return True


def _stale(name: str, info: os.stat_result) -> bool:
    match = _NAME.match(name)
    own = stat.S_ISREG(info.st_mode) and info.st_uid == os.geteuid() and info.st_nlink == 1
    # The change time, because a file that was moved under the temporary name keeps its old modification time.
    return own and match is not None and (time.time() - info.st_ctime > _HOUR or not _alive(int(match[1])))


def _alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
