"""What git says about the files below one directory of a checkout. Knows nothing of exclusions or limits."""

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from analyzer.discover.git import Checkout, run_git

_SUBMODULE = b"160000"  # the mode of a gitlink


@dataclass(frozen=True, slots=True)
class Files:
    """Paths relative to the top of the checkout, in git's order.

    `blobs` are the names of those that the index has, by path of the tracked ones. `repositories` are other checkouts
    inside this one: submodules and untracked ones. A path of `ignored` that ends
    with a slash is a directory of which git lists nothing; it may lie above the one that was asked for.
    """

    present: tuple[str, ...]
    blobs: Mapping[str, str]
    repositories: tuple[str, ...]
    ignored: tuple[str, ...]

    def nothing_in(self, directory: str) -> bool:
        """Whether git ignores all that there is in `directory`."""
        return any(f"{directory}/".startswith(path) for path in self.ignored if path.endswith("/"))


def list_files(checkout: Checkout, directory: str) -> Files:
    """The tracked files (whether or not they are still there), the untracked and the ignored. Raises GitError."""
    below = ("--", directory) if directory else ()
    blobs: dict[str, str] = {}
    repositories: dict[str, None] = {}
    for entry in _list(checkout, "--cached", "--stage", *below):
        status, _, path = entry.partition(b"\t")
        if status.startswith(_SUBMODULE):
            repositories[os.fsdecode(path)] = None
        else:
            blobs[os.fsdecode(path)] = status.split()[1].decode("ascii")
    present = dict.fromkeys(blobs)
    for path in _list(checkout, "--others", "--exclude-standard", *below):
        (repositories if path.endswith(b"/") else present)[os.fsdecode(path.rstrip(b"/"))] = None
    ignored = _list(checkout, "--others", "--ignored", "--exclude-standard", "--directory", *below)
    return Files(tuple(present), blobs, tuple(repositories), tuple(map(os.fsdecode, ignored)))


def _list(checkout: Checkout, *options: str) -> Iterator[bytes]:
    # Names may hold newlines and anything else but NUL, so the output is cut at NUL only.
    return filter(None, run_git(checkout, ("ls-files", "-z", *options)).split(b"\0"))
