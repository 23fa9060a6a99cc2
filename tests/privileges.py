"""Running a part of a test as an ordinary user, for whom permissions count."""

import os
from collections.abc import Callable
from pathlib import Path

NOBODY = 65534


def opened(path: Path) -> Path:
    """The same directory, made enterable for everybody; pytest's own are closed to others."""
    for folder in (path, *path.parents):
        if any(part.startswith("pytest-of-") for part in folder.parts):
            folder.chmod(0o755)
    return path


def as_nobody(check: Callable[[], None]) -> None:
    """Runs `check` in a child process without privileges (or here, if there are none); its failure fails the test."""
    if os.geteuid() != 0:
        check()
        return
    child = os.fork()
    if child == 0:
        code = 1
        try:
            os.setgroups([])
            os.setresgid(NOBODY, NOBODY, NOBODY)
            os.setresuid(NOBODY, NOBODY, NOBODY)
            check()
            code = 0
        finally:
            os._exit(code)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
