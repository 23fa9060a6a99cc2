"""Globs as .gitignore has them, without negation. Pure text; reads nothing.

A glob without a slash (but at its end) matches a name at any depth, any other the path from the root. A slash at the
end matches directories only. `*`, `?` and `[a-z]` stay within a component, `**` as a whole component stands for any
number of them, a backslash takes the next character as it is. What lies below a matched directory is matched.
Source: https://git-scm.com/docs/gitignore#_pattern_format
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from fnmatch import translate

from analyzer.errors import UsageError

_ESCAPE = re.compile(r"\\(.)|\[\^", re.DOTALL)
_SPECIAL = "*?["

States = frozenset[int]  # places in a glob's components that a path may have led to


@dataclass(frozen=True, slots=True)
class _Glob:
    """A glob cut at its slashes, as an automaton over the components of a path; None stands for `**`."""

    components: tuple[re.Pattern[str] | None, ...]
    directories_only: bool

    def step(self, states: States, name: str) -> States:
        """The states after one more component."""
        found: set[int] = set()
        for at in states:
            component = self.components[at] if at < len(self.components) else None
            if component is not None and component.match(name):
                found.add(at + 1)
            elif component is None and at < len(self.components):
                found.add(at)
        return self.skip(found)

    def skip(self, states: set[int]) -> States:
        """The states and those behind `**` that stand for no component at all."""
        found = set(states)
        for state in states:
            at = state
            while at < len(self.components) and self.components[at] is None:
                at += 1
                found.add(at)
        return frozenset(found)

    def accepts(self, states: States, *, directory: bool) -> bool:
        """Whether a path that led to these states is matched."""
        return len(self.components) in states and (directory or not self.directories_only)


class Globs:
    """Several globs. Raises UsageError for one that is empty or negated.

    Each glob is followed through all its possible states at once, so no name can make it slow; the states of
    directories are kept, because most files share theirs.
    """

    def __init__(self, globs: Iterable[str]) -> None:
        self._globs = tuple(map(_parse, globs))
        self._folders: dict[str, tuple[States, ...] | str] = {"": tuple(glob.skip({0}) for glob in self._globs)}

    def covering(self, path: str, *, directory: bool = False) -> str | None:
        """The path, or the highest directory above it, that a glob matches; None where none does."""
        if not self._globs:
            return None
        folder, _, name = path.rpartition("/")
        return _matched(self._enter(self._follow(folder), path, name, directory=directory))

    def _follow(self, folder: str) -> tuple[States, ...] | str:
        """The states of every glob at a directory, or the directory above it that is matched."""
        known = folder
        while known not in self._folders:
            known = known.rpartition("/")[0]
        found = self._folders[known]
        for name in folder[len(known) :].split("/"):
            if name:
                known = f"{known}/{name}" if known else name
                found = self._folders[known] = self._enter(found, known, name, directory=True)
        return found

    def _enter(
        self, found: tuple[States, ...] | str, path: str, name: str, *, directory: bool
    ) -> tuple[States, ...] | str:
        if isinstance(found, str):
            return found
        stepped = tuple(glob.step(states, name) for glob, states in zip(self._globs, found, strict=True))
        pairs = zip(self._globs, stepped, strict=True)
        return path if any(glob.accepts(states, directory=directory) for glob, states in pairs) else stepped


def _matched(found: tuple[States, ...] | str) -> str | None:
    return found if isinstance(found, str) else None


def _parse(glob: str) -> _Glob:
    text = glob.removeprefix("./")
    if text.startswith("!") or not text.strip("/"):
        raise UsageError(f"The glob {glob!r} is empty or negated", "Write which paths to leave out, such as vendor/**.")
    anchored = "/" in text.rstrip("/")
    names = [name for name in text.split("/") if name]
    if not anchored:
        names.insert(0, "**")
    if names[-1] == "**":
        names.append("*")  # `a/**` is what lies inside of `a`
    return _Glob(tuple(None if name == "**" else _component(name) for name in names), text.endswith("/"))


def _component(glob: str) -> re.Pattern[str]:
    # fnmatch's translation does not backtrack over several stars.
    return re.compile(translate(_ESCAPE.sub(_as_fnmatch, glob)))


def _as_fnmatch(match: re.Match[str]) -> str:
    if match[1] is None:
        return "[!"
    return f"[{match[1]}]" if match[1] in _SPECIAL else match[1]
