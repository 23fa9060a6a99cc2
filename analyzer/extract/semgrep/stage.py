"""Lays the files of one Semgrep run into a private directory under neutral names.

Semgrep would drop files for their name, their size or somebody's ignore file, lose the first statement behind a
byte order mark, and run git in a repository's subdirectory: what it reads here has none of that.
"""

import os
import re
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from analyzer.source import SourceFile

_INVALID = re.compile("[\udc80-\udcff]")
_SUFFIX = re.compile(r"\.[a-z]{1,5}")


@dataclass(frozen=True, slots=True)
class Target:
    """A file to read and its language as Semgrep names it: "javascript", "typescript".

    `beside` are other files, in the same language, whose constants it may use.
    """

    source: SourceFile
    language: str
    beside: tuple[SourceFile, ...] = ()


@dataclass(frozen=True, slots=True)
class Staged:
    """A target's name in the stage; its byte offsets there are those of the source less `shift`."""

    name: str
    target: Target

    @property
    def shift(self) -> int:
        """Length of the byte order mark, which is not staged."""
        return self.target.source.bom


@dataclass(frozen=True, slots=True)
class Stage:
    """The directory and what lies in it."""

    directory: Path
    files: tuple[Staged, ...]

    def write(self, name: str, data: bytes) -> Path:
        """Put a file beside the targets, over an older one of that name."""
        path = self.directory / name
        path.write_bytes(data)
        return path


@contextmanager
def staged(targets: Sequence[Target]) -> Iterator[Stage]:
    """The stage of some targets, removed at the end. Only its owner may read it."""
    files = tuple(Staged(_name(i, t.source.path), t) for i, t in enumerate(targets, 1))
    with tempfile.TemporaryDirectory(prefix="analyzer-", dir=_room(), ignore_cleanup_errors=True) as directory:
        stage = Stage(Path(directory).resolve(), files)
        for file in files:
            stage.write(file.name, _readable(file.target.source))
        yield stage


def _readable(source: SourceFile) -> bytes:
    """The bytes behind the byte order mark, those that are not UTF-8 covered by letters: parsers stumble over them."""
    if source.invalid_at is None:
        return source.data[source.bom :]
    return _INVALID.sub("x", source.text).encode()


def _name(number: int, path: str) -> str:
    """`000001.tsx`: the suffix decides on JSX and casts; one that is not plain is left out."""
    suffix = PurePosixPath(path).suffix.lower()
    return f"{number:06}{suffix if _SUFFIX.fullmatch(suffix) else ''}"


def _room() -> str | None:
    """A place for temporary files that lies in no repository, or the usual one."""
    usual = tempfile.gettempdir()
    rooms = (usual, "/tmp", "/var/tmp")  # noqa: S108  the directory made inside is private
    return next((room for room in rooms if os.access(room, os.W_OK) and not _in_repository(Path(room))), usual)


def _in_repository(room: Path) -> bool:
    return any((folder / ".git").exists() for folder in (room.resolve(), *room.resolve().parents))
