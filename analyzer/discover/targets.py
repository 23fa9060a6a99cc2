"""From the paths of a command line to the list of files. Raises what the user has to put right."""

import os
from collections.abc import Sequence
from pathlib import Path

from analyzer.discover.listing import DiscoverOptions, Listing
from analyzer.discover.search import Search
from analyzer.errors import UsageError
from analyzer.rewrite.beneath import Beneath, reason_of

_ROOT_HINT = "Name the directory that holds what is scanned."


def discover(paths: Sequence[str], options: DiscoverOptions) -> Listing:
    """The files at and below `paths` (relative to the working directory; none: the root).

    Raises UsageError for a path or a root that does not exist, for a path outside of the root, and for a bad glob.
    """
    root = Path(os.path.realpath(options.root))
    wanted = [_target(path, root) for path in paths] if paths else [""]
    try:
        tree = Beneath(root)
    except OSError as error:
        raise UsageError(f"{options.root} cannot be listed: {_reason(error)}", _ROOT_HINT) from error
    with tree:
        search = Search(root, tree, options)
        for path in wanted:
            search.take(path)
        return search.listing()


def _reason(error: OSError) -> str:
    missing = isinstance(error, FileNotFoundError | NotADirectoryError)
    return "there is no such directory" if missing else reason_of(error)


def _target(path: str, root: Path) -> str:
    """The path relative to the root; links above its last component are the user's own way to say where."""
    given = Path(Path.cwd(), path)
    if not os.path.lexists(given):
        raise UsageError(f"{path} does not exist", "Name a file or a directory, or leave PATH out for all.")
    real = Path(os.path.realpath(given))
    if real != root and given.name != "..":
        real = Path(os.path.realpath(given.parent), given.name)
    if not real.is_relative_to(root):
        raise UsageError(f"{path} is outside of {root}", "Scan it from the directory that holds it.")
    return "" if real == root else real.relative_to(root).as_posix()
