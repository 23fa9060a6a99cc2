"""Files as git keeps them: the entries of a commit, the bytes of blobs, which files were renamed since."""

import os
from types import TracebackType
from typing import Self

from analyzer.discover.git import Checkout, run_git, start_git
from analyzer.errors import GitError

_PIECE = 1 << 20
_REGULAR = (b"100644", b"100755")


def blobs_of(checkout: Checkout, commit: str) -> dict[str, str]:
    """The names of the blobs of a commit's regular files, by path; links and submodules are none."""
    found: dict[str, str] = {}
    for line in filter(None, run_git(checkout, ("ls-tree", "-r", "-z", "--full-tree", commit)).split(b"\0")):
        told, _, path = line.partition(b"\t")
        mode, _kind, blob = told.split()
        if mode in _REGULAR:
            found[os.fsdecode(path)] = blob.decode("ascii")
    return found


def renames_since(checkout: Checkout, commit: str) -> dict[str, str]:
    """By the path of each file of the index that was renamed since the commit: its path there.

    The index is asked, not the working tree, whose files git would pass through the filters of the configuration.
    """
    asked = ("diff-index", "--cached", "-r", "-z", "--find-renames", "--diff-filter=R", "--name-status", commit, "--")
    told = [os.fsdecode(part) for part in run_git(checkout, asked).split(b"\0")]
    return dict(zip(told[2::3], told[1::3], strict=False))


class Blobs:
    """Reads blobs through one git process. A context manager, for one thread. Raises GitError."""

    def __init__(self, checkout: Checkout) -> None:
        self._git = start_git(checkout, ("cat-file", "--batch"))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._git.kill()
        self._git.communicate()

    def read(self, blob: str, limit: int) -> bytes | None:
        """The bytes of a blob, None where there are more than `limit`. Raises GitError where the clone lacks it."""
        asked, answers = self._git.stdin, self._git.stdout
        if asked is None or answers is None:
            raise GitError("git cat-file has no pipes")
        try:
            asked.write(f"{blob}\n".encode("ascii"))
            asked.flush()
        except OSError as error:
            raise GitError(f"git cat-file has ended ({type(error).__name__})") from error
        _name, _, told = answers.readline().strip().partition(b" ")
        if not told.startswith(b"blob "):
            raise GitError("a file of the base commit is not in this clone", "use a clone without --filter")
        size = int(told.removeprefix(b"blob "))
        if size <= limit:
            return answers.read(size + 1)[:size]
        for start in range(0, size + 1, _PIECE):
            answers.read(min(_PIECE, size + 1 - start))
        return None
