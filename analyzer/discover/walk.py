"""Walks directories below a root without following a link. Knows nothing of git, of exclusions or of contents."""

import os
from collections.abc import Callable, Iterator

from analyzer.rewrite.beneath import Beneath, reason_of

DEEPEST = 256
FILE = ""  # the reason against a regular file


def walk(tree: Beneath, top: str, enter: Callable[[str], bool]) -> Iterator[tuple[str, str]]:
    """Each file below the directory `top`, with the reason why it is none to read; `FILE` for a regular one.

    Directories that cannot be listed, or lie deeper than DEEPEST, come with their reason. `enter` is asked for each
    directory; `.git` is never looked at.
    """
    pending = [top]
    while pending:
        path = pending.pop()
        try:
            listed = _entries(tree, path)
        except OSError as error:
            yield path, reason_of(error)
            continue
        for name, is_directory, reason in listed:
            inner = f"{path}/{name}" if path else name
            if not is_directory:
                yield inner, reason
            elif inner.count("/") >= DEEPEST:
                yield inner, f"deeper than {DEEPEST} directories"
            elif enter(inner):
                pending.append(inner)


def _entries(tree: Beneath, path: str) -> list[tuple[str, bool, str]]:
    with os.scandir(tree.directory(path)) as entries:
        return [(e.name, e.is_dir(follow_symlinks=False), _reason(e)) for e in entries if e.name != ".git"]


def _reason(entry: os.DirEntry[str]) -> str:
    if entry.is_symlink():
        return "symbolic link"
    return FILE if entry.is_file(follow_symlinks=False) else "not a regular file"
