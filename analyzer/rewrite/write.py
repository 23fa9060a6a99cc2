"""Writes changed files so that nothing can be lost: every file is old or new at every moment, however the run ends.

Two phases. First every new file is written and synced under a temporary name beside the old one, so that a full disk, a
quota or a permission changes nothing at all. Then each takes the old one's place in one step, if that is still what
was read. What is reported is read back from the disk. Knows paths and bytes only.
"""

import errno
import os
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from pathlib import Path

from analyzer.rewrite.beneath import Beneath, closing, code_of, read_all, reason_of
from analyzer.rewrite.edits import RewriteError
from analyzer.rewrite.exchange import find_exchange
from analyzer.rewrite.leftovers import sweep, temporary_name
from analyzer.rewrite.outcome import Change, NotWrittenError, State, WriteResult
from analyzer.rewrite.replace import replace, settle
from analyzer.rewrite.stage import Staged, stage

__all__ = ["Change", "State", "WriteResult", "commit"]


def _never() -> bool:
    return False


def commit(root: Path, changes: Iterable[Change], *, stop: Callable[[], bool] = _never) -> tuple[WriteResult, ...]:
    """Writes the changes below `root` and tells what became of each, in the order of the paths' bytes.

    Refused: links, hard-linked, read-only, immutable and non-regular files, and files whose owner, mode or extended
    attributes cannot be kept. `stop` is asked before each file: once it says yes (a signal handler set a flag),
    temporary files are removed and what is not yet written is reported as interrupted. On KeyboardInterrupt the
    temporary files are removed as well. Raises RewriteError for two changes of one path; never OSError.
    """
    ordered = sorted(changes, key=lambda change: os.fsencode(change.path))
    if len({change.path for change in ordered}) < len(ordered):
        raise RewriteError("Two changes name one file")
    run = _Run(root, stop)
    try:
        run.stage_all([change for change in ordered if change.new != change.old])
        run.replace_all()
    finally:
        run.clean()
    run.sync()
    return tuple(run.results(ordered))


class _Run:
    """What is known so far about each path of one commit."""

    def __init__(self, root: Path, stop: Callable[[], bool]) -> None:
        self._root = root
        self._stop = stop
        self._exchange = find_exchange()
        self._temporary: dict[str, str] = {}  # path -> name given out, whether or not it stands there yet
        self._staged: dict[str, Staged] = {}
        self._verdicts: dict[str, tuple[State, str]] = {}
        self._notes: dict[str, str] = {}

    def stage_all(self, changes: Sequence[Change]) -> None:
        """The first phase; a fault of the system takes every file back to where it was."""
        fault = ""
        try:
            with Beneath(self._root) as tree:
                self._sweep(tree, changes)
                fault = self._stage_each(tree, changes)
        except OSError as error:
            fault = code_of(error)
        if fault:
            for change in changes:
                self._verdicts.setdefault(change.path, (State.FAILED, f"nothing was written: {fault}"))

    def _sweep(self, tree: Beneath, changes: Sequence[Change]) -> None:
        for folder in sorted({change.path.rpartition("/")[0] for change in changes}):
            with suppress(OSError):
                sweep(tree.directory(folder))

    def _stage_each(self, tree: Beneath, changes: Sequence[Change]) -> str:
        for change in changes:
            if self._stop():
                return "interrupted"
            try:
                self._staged[change.path] = stage(tree, change, self._claim)
            except NotWrittenError as error:
                self._verdicts[change.path] = (error.state, error.reason)
            except FileExistsError:
                del self._temporary[change.path]  # it is not ours to remove
                raise
        return ""

    def _claim(self, path: str) -> str:
        self._temporary[path] = temporary_name(path.rpartition("/")[2])
        return self._temporary[path]

    def replace_all(self) -> None:
        """The second phase: each file by itself, in order."""
        waiting = [path for path in self._staged if path not in self._verdicts]
        try:
            with Beneath(self._root) as tree:
                for path in waiting:
                    self._verdicts[path] = self._replace(tree, self._staged[path])
        except OSError as error:
            for path in waiting:
                self._verdicts.setdefault(path, (State.FAILED, code_of(error)))

    def _replace(self, tree: Beneath, staged: Staged) -> tuple[State, str]:
        if self._stop():
            return State.FAILED, "interrupted"
        try:
            replace(tree, staged, self._exchange)
        except NotWrittenError as error:
            return error.state, error.reason
        except OSError as error:
            gone = error.errno in {errno.ENOENT, errno.ENOTDIR, errno.ELOOP}
            return (State.CONFLICT, reason_of(error)) if gone else (State.FAILED, code_of(error))
        return State.FIXED, ""

    def clean(self) -> None:
        """Frees every temporary name; what cannot be freed is said in the result."""
        if not self._temporary:
            return
        try:
            with Beneath(self._root) as tree:
                for path, name in self._temporary.items():
                    self._clean(tree, path, name)
        except OSError as error:
            for path, name in self._temporary.items():
                self._notes.setdefault(path, f"{name} may be left ({code_of(error)})")

    def _clean(self, tree: Beneath, path: str, name: str) -> None:
        try:
            if path in self._staged:
                settle(tree, self._staged[path], self._exchange)
            else:
                with suppress(FileNotFoundError):
                    os.unlink(name, dir_fd=tree.directory(path.rpartition("/")[0]))
        except NotWrittenError as error:
            self._notes[path] = error.reason
        except OSError as error:
            self._notes[path] = f"{name} may be left ({code_of(error)})"

    def sync(self) -> None:
        """Makes the new names durable, one directory at a time."""
        fixed = [path for path, verdict in self._verdicts.items() if verdict[0] is State.FIXED]
        for folder in sorted({path.rpartition("/")[0] for path in fixed}):
            try:
                with Beneath(self._root) as tree:
                    os.fsync(tree.directory(folder))
            except OSError as error:
                if error.errno != errno.EINVAL:  # a file system without such a thing
                    note = f"written, but the directory could not be synced ({code_of(error)})"
                    self._notes.update((path, note) for path in fixed if path.rpartition("/")[0] == folder)

    def results(self, changes: Sequence[Change]) -> Iterable[WriteResult]:
        """One result for each change, by what the disk holds now."""
        for change in changes:
            if change.path not in self._staged:
                state, reason = self._verdicts.get(change.path, (State.UNCHANGED, ""))
            else:
                state, reason = self._read_back(change)
            note = self._notes.get(change.path, "")
            yield WriteResult(change.path, state, "; ".join(dict.fromkeys(part for part in (reason, note) if part)))

    def _read_back(self, change: Change) -> tuple[State, str]:
        state, reason = self._verdicts[change.path]
        try:
            with Beneath(self._root) as tree, closing(tree.open(change.path)) as descriptor:
                data = read_all(descriptor, max(len(change.new), len(change.old)) + 1)
        except OSError as error:
            lost = f"it cannot be read back ({code_of(error)})"
            return (State.FAILED, lost) if state is State.FIXED else (state, reason)
        if data == change.new:
            return State.FIXED, ""
        return (State.CONFLICT, "changed after it was written") if state is State.FIXED else (state, reason)
