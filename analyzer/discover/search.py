"""Which files are scanned. Knows no format and reads no contents; what is left out is listed with its reason.

In a git checkout: the tracked files, the untracked ones that git does not ignore, and dotenv files (`.env`, `.env.*`,
`*.env`) even where it does, because that is where hosts stand; in ignored directories of or below a directory of
dependencies (`node_modules`, a virtual environment) they are other people's and stay out. Elsewhere: everything below
PATH. A file that is named itself is always taken, and a directory that git ignores is walked when it is named.
"""

import os
import stat
from pathlib import Path

from analyzer.discover.dotenv import is_dotenv, may_hold_dotenv
from analyzer.discover.git import Checkout, find_checkout
from analyzer.discover.globs import Globs
from analyzer.discover.index import Files, list_files
from analyzer.discover.listing import DiscoverOptions, Listing, Skip
from analyzer.discover.walk import FILE, walk
from analyzer.errors import GitError
from analyzer.rewrite.beneath import HARMLESS, Beneath, reason_of
from analyzer.rewrite.leftovers import is_temporary

EXCLUDED = "excluded"
LEFTOVER = "left by an interrupted fix"
_REPOSITORY = "another git repository: scan it by its own path"


class Search:
    """What has been found so far below one root."""

    def __init__(self, root: Path, tree: Beneath, options: DiscoverOptions) -> None:
        self._root = root
        self._tree = tree
        self._options = options
        self._exclude = Globs(options.exclude)
        self._files: set[str] = set()
        self._skipped: dict[str, Skip] = {}
        self._notes: dict[str, None] = {}

    def listing(self) -> Listing:
        """Everything, in stable order."""
        files, limit = sorted(self._files, key=os.fsencode), self._options.max_files
        skipped = [skip for skip in self._skipped.values() if skip.path not in self._files]
        skipped += (Skip(path, f"beyond the limit of {limit} files", incomplete=True) for path in files[limit:])
        skipped.sort(key=lambda skip: os.fsencode(skip.path))
        return Listing(tuple(files[:limit]), tuple(skipped), tuple(self._notes))

    def take(self, path: str) -> None:
        """One PATH, relative to the root."""
        if ".git" in path.split("/"):
            self._skip(path, "part of a git repository's own files")
            return
        mode = self._mode(path)
        if mode is not None and stat.S_ISDIR(mode):
            self._take_directory(path)
        elif mode is not None and self._regular(path, mode):
            self._files.add(path)

    def _take_directory(self, path: str) -> None:
        checkout = find_checkout(self._root / path) if self._options.gitignore else None
        if checkout is None:
            self._walk(path)
            return
        place = Path(self._root, path)
        inner = "" if place == checkout.top else place.relative_to(checkout.top).as_posix()
        try:
            files = list_files(checkout, inner)
        except GitError as error:
            self._notes[f"{error.message}: files that git ignores are scanned as well"] = None
            self._walk(path)
            return
        if files.nothing_in(inner):
            self._walk(path)
        else:
            self._take_listed(checkout, files)

    def _take_listed(self, checkout: Checkout, files: Files) -> None:
        """Turns paths of the checkout, whose top may lie above or below the root, into paths of the root."""
        root, top = (str(path).rstrip("/") + "/" for path in (self._root, checkout.top))
        for path in files.present:
            self._take_present((top + path).removeprefix(root))
        for path in files.repositories:
            self._skip((top + path).removeprefix(root), _REPOSITORY)
        for path in files.ignored:
            self._take_ignored((top + path).removeprefix(root))

    def _take_present(self, path: str) -> None:
        if self._left_out(path):
            return
        mode = self._mode(path)
        # A tracked file that was deleted or made a directory is no file of the tree any more.
        if mode is not None and not stat.S_ISDIR(mode) and self._regular(path, mode):
            self._files.add(path)

    def _take_ignored(self, path: str) -> None:
        if not path.endswith("/"):
            if is_dotenv(path):
                self._take_present(path)
        elif self._enter_ignored(path.rstrip("/")):
            for inner, reason in walk(self._tree, path.rstrip("/"), self._enter_ignored):
                if reason == FILE and is_dotenv(inner):
                    self._take_present(inner)
                elif reason not in {FILE, "symbolic link", "not a regular file"}:
                    self._skip(inner, f"{reason} (git ignores it)")

    def _enter_ignored(self, path: str) -> bool:
        return may_hold_dotenv(self._root, path) and self._enter(path)

    def _walk(self, path: str) -> None:
        for inner, reason in walk(self._tree, path, self._enter):
            if reason != FILE:
                self._skip(inner, reason, incomplete=reason not in HARMLESS)
            elif not self._left_out(inner):
                self._files.add(inner)

    def _enter(self, path: str) -> bool:
        covering = self._exclude.covering(path, directory=True)
        if covering is not None:
            self._skip(covering, EXCLUDED)
        return covering is None

    def _left_out(self, path: str) -> bool:
        covering = self._exclude.covering(path)
        if covering is not None:
            self._skip(covering, EXCLUDED)
            return True
        if is_temporary(path):
            self._skip(path, LEFTOVER)
            return True
        return False

    def _regular(self, path: str, mode: int) -> bool:
        if stat.S_ISREG(mode):
            return True
        self._skip(path, "symbolic link" if stat.S_ISLNK(mode) else "not a regular file")
        return False

    def _mode(self, path: str) -> int | None:
        """The kind of what stands at a path; None for nothing."""
        try:
            return os.lstat(f"{self._root}/{path}").st_mode
        except (FileNotFoundError, NotADirectoryError):
            return None
        except OSError as error:
            self._skip(path, reason_of(error), incomplete=True)
            return None

    def _skip(self, path: str, reason: str, *, incomplete: bool = False) -> None:
        self._skipped.setdefault(path, Skip(path or ".", reason, incomplete))
