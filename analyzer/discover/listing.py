"""What a search for files is told and what it answers."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class DiscoverOptions:
    """Paths are reported relative to `root`; `exclude` are globs as in .gitignore, relative to it.

    Without `gitignore` git is not asked at all. Files beyond `max_files`, in the order of the listing, are skipped.
    """

    root: Path
    exclude: tuple[str, ...] = ()
    gitignore: bool = True
    max_files: int = 100_000


@dataclass(frozen=True, slots=True)
class Skip:
    """A path that is left out, and why; `incomplete`: nobody asked for that."""

    path: str
    reason: str
    incomplete: bool = False


@dataclass(frozen=True, slots=True)
class Listing:
    """POSIX paths relative to the root, lone surrogates standing for bytes that are not UTF-8; sorted by their bytes.

    A skipped path may be a directory. `notes` say what was done otherwise than expected.
    """

    files: tuple[str, ...]
    skipped: tuple[Skip, ...]
    notes: tuple[str, ...] = ()


def inner_path(path: str, roots: Sequence[str]) -> str:
    """The path below the argument that led to it: a scan of `examples/shop` does not treat all of it as examples."""
    for root in sorted(roots, key=len, reverse=True):
        stem = root.rstrip("/").removeprefix("./")
        if stem and path.startswith(f"{stem}/"):
            return path[len(stem) + 1 :]
    return path
