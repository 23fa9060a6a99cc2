"""Exchanges two names of a directory in one step: renameat2(2) with RENAME_EXCHANGE, where the system has it."""

import ctypes
import errno
import os
from collections.abc import Callable

# exchange(directory, one, other): raises OSError as the system does.
Exchange = Callable[[int, str, str], None]

UNSUPPORTED = frozenset({errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EPERM})  # EPERM: a seccomp filter
_RENAME_EXCHANGE = 2  # linux/fs.h


def find_exchange() -> Exchange | None:
    """The system's exchange, or None where the C library has none (not Linux, an old musl)."""
    function = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if function is None:
        return None
    function.argtypes = (ctypes.c_int, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p, ctypes.c_uint)
    function.restype = ctypes.c_int

    def exchange(directory: int, one: str, other: str) -> None:
        if function(directory, os.fsencode(one), directory, os.fsencode(other), _RENAME_EXCHANGE) != 0:
            code = ctypes.get_errno()
            raise OSError(code, os.strerror(code))

    return exchange
