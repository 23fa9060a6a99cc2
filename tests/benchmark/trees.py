"""The trees that are scanned: somebody's own, or one that is made up and the same every time."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from analyzer.discover import DiscoverOptions, discover
from tests.benchmark.filler import filler
from tests.repositories import git, repository
from tests.trees import FIXTURES, ROOT

SETTINGS, CODE, QUIET = "settings.env", "db.py", "quiet.md"
CHANGE = "benchmark-change.env"
SHARE = 25  # one file of so many is a sample; of public trees, 2 to 10 % of the files pass the prefilter
_FIRST = "failover/before/.env"
_SAMPLES = (*sorted(FIXTURES.glob("*/before")), *sorted((ROOT / "rules").iterdir()))


@dataclass(frozen=True, slots=True)
class Tree:
    """A folder, what to call it, the files that a scan of it reads, and their bytes."""

    root: Path
    name: str
    listed: tuple[str, ...]
    size: int


def tree_of(root: Path, name: str) -> Tree:
    """A folder as a scan lists it. Raises ValueError and AnalyzerError where it cannot be listed."""
    if not root.is_dir():
        raise ValueError(f"{root} is no folder")
    listed = discover([str(root)], DiscoverOptions(root)).files
    return Tree(root, name, listed, sum((root / path).lstat().st_size for path in listed))


def made_up(root: Path, files: int, seed: int = 0) -> Tree:
    """A new git repository with so many files: the project's own fixtures and samples, and filler around them."""
    dice, samples = random.Random(seed), tuple(_samples())
    for number in range(files):
        turn, which = divmod(number // SHARE, len(samples))
        path, data = samples[which] if number % SHARE == 0 else filler(dice, number)
        place = root / f"part-{turn:02}" / path if number % SHARE == 0 else root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data)
    repository(root)
    git(root, "add", "--all", "--force")
    git(root, "commit", "--quiet", "--allow-empty", "--message=what git ignores")
    return tree_of(root, f"made up, {files} files, seed {seed}")


def _samples() -> Iterator[tuple[str, bytes]]:
    """Files of the golden trees and those beside the rules, mixed; one that names a node comes first."""
    found = [
        (f"{folder.parent.name}/{path.relative_to(folder.parent).as_posix()}", path.read_bytes())
        for folder in _SAMPLES
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.is_symlink()
    ]
    random.Random(0).shuffle(found)
    yield from sorted(found, key=lambda sample: sample[0] != _FIRST)


def trial(folder: Path, host: str) -> Path:
    """A small repository in which two files connect to a host and one does not; with it programs are tried out."""
    dsn = f"postgresql://app:made-up@{host}:5432/shop"
    texts = {
        SETTINGS: f"DATABASE_URL={dsn}\n",
        CODE: f'import psycopg\n\nconnection = psycopg.connect("{dsn}")\n',
        QUIET: "# Nothing here\n",
    }
    repository(folder)
    for name, text in texts.items():
        (folder / name).write_text(text)
    return folder


def changed(tree: Path, folder: Path, host: str) -> Path:
    """A clone of a repository with one more file, which connects to a host. Raises CalledProcessError."""
    git(tree, "clone", "--quiet", "--shared", "--", str(tree), str(folder))
    (folder / CHANGE).write_text(f"DATABASE_URL=postgresql://app:made-up@{host}:5432/shop\n")
    return folder
