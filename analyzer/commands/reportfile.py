"""Reports that go to files: the option, the file written whole or not at all, and a scan that does not read it."""

import argparse
import os
import re
import stat
from collections.abc import Callable, Collection, Iterable
from dataclasses import replace
from pathlib import Path
from secrets import token_hex

from analyzer.engine import Request
from analyzer.errors import UsageError

_GLOB = re.compile(r"[\\*?\[]")


def add_report_option(parser: argparse.ArgumentParser, forms: Collection[str], told: str) -> None:
    """Declare `--report FORMAT=FILE`; `told` is its help."""
    parser.add_argument("--report", action="append", default=[], type=_of(forms), metavar="FORMAT=FILE", help=told)


def _of(forms: Collection[str]) -> Callable[[str], tuple[str, str]]:
    """What reads the option's value."""

    def read(text: str) -> tuple[str, str]:
        form, _, path = text.partition("=")
        if form not in forms or not path:
            raise argparse.ArgumentTypeError(f"must be FORMAT=FILE with a format of {', '.join(sorted(forms))}")
        if path == "-":
            raise argparse.ArgumentTypeError(
                f"- is standard output, which shows what --format says: use --format {form}"
            )
        return form, path

    return read


def without_outputs(request: Request, paths: Iterable[str], *, rotated: bool = False) -> Request:
    """The request without what the run itself writes: an older one in the tree names hosts and is no source.

    `rotated`: what a log was rotated to is left out as well.
    """
    root = os.path.realpath(request.root)
    written = [os.path.relpath(Path(path).parent.resolve() / Path(path).name, root) for path in paths]
    own = tuple("/" + _GLOB.sub(r"\\\g<0>", path) for path in written if not path.startswith("../"))
    older = tuple(f"{path}.[0-9]*" for path in own) if rotated else ()
    return replace(request, outputs=(*request.outputs, *own, *older))


def write_report(path: str, data: bytes) -> None:
    """Make `data` the contents of `path`; readers see the old file or the new one. Raises UsageError.

    Pipes and devices (`/dev/stderr`, `>(...)`) are written through. A link to anything else is refused: a checkout may
    bring one that leads out of it.
    """
    try:
        _write(Path(path), data)
    except OSError as error:
        raise UsageError(
            f"{path}: the report cannot be written ({error.strerror})", "name a file in a folder that exists"
        ) from None


def _write(path: Path, data: bytes) -> None:
    kind = _mode(path, follow=True)
    if kind is not None and not stat.S_ISREG(kind) and not stat.S_ISDIR(kind):
        path.write_bytes(data)
        return
    if stat.S_ISLNK(_mode(path, follow=False) or 0):
        raise UsageError(f"{path}: the report is not written through a symbolic link", "name the file itself")
    _replace(path, data, stat.S_IMODE(kind) if kind is not None else None)


def _mode(path: Path, *, follow: bool) -> int | None:
    try:
        return path.stat(follow_symlinks=follow).st_mode
    except FileNotFoundError:
        return None


def _replace(path: Path, data: bytes, mode: int | None) -> None:
    """Through a file beside it, with the mode of the file that it replaces or what the umask leaves."""
    beside = path.parent / f".analyzer-{token_hex(8)}"
    try:
        with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o666), "wb") as file:
            if mode is not None:
                os.fchmod(file.fileno(), mode)
            file.write(data)
        beside.replace(path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
