"""The baseline's file: read, and written whole or not at all."""

import os
import stat
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path

from analyzer.baseline.form import AGAIN, HEAD, LARGEST, Entry, parse, render
from analyzer.errors import UsageError

NAME = ".analyzer-baseline"


@dataclass(frozen=True, slots=True)
class Baseline:
    """A baseline in its file; its paths are relative to `folder`. That and the `root` of a scan are absolute."""

    path: str
    folder: str
    root: str
    entries: frozenset[Entry] = frozenset()


def load(path: str, root: Path) -> Baseline:
    """Read a baseline for a scan below `root`. Raises UsageError with file:line."""
    return replace(_empty(path, root), entries=parse(_read(path), path))


def existing(path: str, root: Path, *, anew: bool) -> Baseline:
    """The baseline that is to be written again, or an empty one where there is none.

    Raises UsageError for a file that is something else. One that is broken is let go where the scan writes all of it
    `anew`.
    """
    empty = _empty(path, root)
    data = _read(path) if os.path.lexists(path) else b""
    if not data:
        return empty
    if not data.startswith(HEAD):
        raise UsageError(f"{path}: not a baseline, so it is not overwritten", "name another file, or remove this one")
    try:
        return replace(empty, entries=parse(data, path))
    except UsageError:
        if not anew:
            raise
        return empty


def write(baseline: Baseline) -> None:
    """Write the file whole or not at all, with the mode that it had. Raises UsageError."""
    target = Path(os.path.realpath(baseline.path))
    try:
        descriptor, name = tempfile.mkstemp(prefix=".analyzer-", dir=target.parent)
        staged = Path(name)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(render(baseline.entries))
                file.flush()
                os.fchmod(descriptor, _mode(target))
                os.fsync(descriptor)
            staged.replace(target)
        except OSError:
            staged.unlink(missing_ok=True)
            raise
    except OSError as error:
        hint = "name a file in a folder that exists and can be written"
        raise UsageError(f"{baseline.path}: the baseline cannot be written ({error.strerror})", hint) from None


def _empty(path: str, root: Path) -> Baseline:
    return Baseline(path, os.path.realpath(Path(path).parent), os.path.realpath(root))


def _mode(path: Path) -> int:
    return path.stat().st_mode & 0o777 if path.exists() else 0o644


def _read(path: str) -> bytes:
    """The bytes of a regular file, one more than allowed at most."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        with os.fdopen(descriptor, "rb") as file:
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                raise UsageError(f"{path}: not a file", "give the path of a baseline file")
            return file.read(LARGEST + 1)
    except OSError as error:
        raise UsageError(f"{path}: the baseline cannot be read ({error.strerror})", f"name one, or {AGAIN}") from None
