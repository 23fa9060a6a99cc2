"""The tree before a change, as a scan of it needs it: paths relative to the root of the scan, and their bytes."""

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import Self

from analyzer.discover.base import find_base
from analyzer.discover.blobs import Blobs, blobs_of, renames_since
from analyzer.discover.git import Checkout, find_checkout
from analyzer.discover.index import Files, list_files
from analyzer.discover.read import LIMIT, Readable, Refusal, as_text, too_large
from analyzer.errors import UsageError

_POINTER = b"version https://git-lfs.github.com/spec/v1\n"


@dataclass(frozen=True)
class Past:
    """The commit (or the empty tree) with which a scan below a root is compared.

    `blobs` are the names of its files by path from the top of the checkout, `files` is what git says of the working
    tree. `prefix` leads from the top to the root, with a slash at its end; empty where they are one.
    """

    commit: str
    checkout: Checkout
    prefix: str
    blobs: Mapping[str, str]
    files: Files

    @cached_property
    def renamed(self) -> dict[str, str]:
        """By their paths, the old ones of files that were renamed below the root."""
        known = renames_since(self.checkout, self.commit)
        inside = {new: old for new, old in known.items() if new.startswith(self.prefix) and old.startswith(self.prefix)}
        cut = len(self.prefix)
        return {new[cut:]: old[cut:] for new, old in inside.items()}

    @cached_property
    def paths(self) -> tuple[str, ...]:
        """The files of the commit below the root."""
        cut = len(self.prefix)
        return tuple(path[cut:] for path in self.blobs if path.startswith(self.prefix))

    def is_part(self, path: str) -> bool:
        """Whether a file below the root can be part of the change: git does not ignore it, or the commit has it."""
        return self.prefix + path in self.blobs or not self._ignored(self.prefix + path)

    def inner(self, path: Path) -> str | None:
        """The path from the top of the checkout, None for one outside."""
        real = Path(os.path.realpath(path.parent), path.name)
        return real.relative_to(self.checkout.top).as_posix() if real.is_relative_to(self.checkout.top) else None

    def tracked(self, inner: str) -> bool:
        """Whether a path from the top belongs to the repository: in the commit, or in the index now."""
        return inner in self.blobs or inner in self.files.blobs

    def _ignored(self, path: str) -> bool:
        parts = path.split("/")
        folders = ("/".join(parts[: count + 1]) + "/" for count in range(len(parts) - 1))
        return path in self._unseen or any(folder in self._unseen for folder in folders)

    @cached_property
    def _unseen(self) -> frozenset[str]:
        return frozenset(self.files.ignored)


class PastReader:
    """Reads the files of the past; what git ignores, and what it keeps elsewhere, is read as it is `now`.

    A context manager, for one thread. Raises GitError where the clone lacks a blob.
    """

    def __init__(self, past: Past, now: Readable) -> None:
        self._past = past
        self._now = now
        self._blobs = Blobs(past.checkout)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._blobs.__exit__(kind, error, at)

    def read(self, path: str) -> bytes | Refusal:
        """The whole file at `path`, relative to the root of the scan, or the reason why not."""
        blob = self._past.blobs.get(self._past.prefix + path)
        if blob is None:
            return self._now.read(path)
        data = self._blobs.read(blob, LIMIT)
        if data is None:
            return too_large(LIMIT)
        if data.startswith(_POINTER):
            # The bytes stand in another storage, which is not asked. An unchanged file has them in the working tree.
            same = self._past.files.blobs.get(self._past.prefix + path) == blob
            return self._now.read(path) if same else Refusal("kept by Git LFS", incomplete=True)
        return as_text(data)


def past_of(root: Path, given: str, environment: Mapping[str, str]) -> Past:
    """What the tree below `root` is compared with: see `find_base`. Raises UsageError and GitError."""
    real = Path(os.path.realpath(root))
    checkout = find_checkout(real)
    if checkout is None:
        raise UsageError(f"--diff: {root} does not lie in a git checkout", "scan a checkout, or leave --diff out")
    commit = find_base(checkout, given, environment)
    prefix = "" if real == checkout.top else real.relative_to(checkout.top).as_posix() + "/"
    return Past(commit, checkout, prefix, blobs_of(checkout, commit), list_files(checkout, ""))


def file_at(past: Past, inner: str) -> bytes | None:
    """The bytes of one file of the commit, by its path from the top."""
    blob = past.blobs.get(inner)
    if blob is None:
        return None
    with Blobs(past.checkout) as blobs:
        return blobs.read(blob, LIMIT)


def first_of(past: Past, inner: Iterable[str]) -> str | None:
    """The first of the paths from the top at which the commit has a file."""
    return next((path for path in inner if path in past.blobs), None)
