"""Asks git, on terms that a hostile repository cannot change. Knows nothing of what is scanned.

Configuration and attributes of a repository may name programs that git runs. So git is never asked from inside the
tree where it is, always about a directory that was found here, with every such switch off and an environment of our
own. Only commands that read are run.
"""

import os
import shutil
import stat
import subprocess
from collections.abc import Container, Sequence
from dataclasses import dataclass
from pathlib import Path

from analyzer.errors import GitError
from analyzer.rewrite.beneath import FILE, closing, read_all

_TIMEOUT = 60.0
_LONGEST_GITFILE = 8 * 1024
_OPTIONS = ("--no-pager", "--no-optional-locks", "--no-replace-objects", "--literal-pathspecs")
_SETTINGS = (
    "safe.bareRepository=explicit",
    "core.fsmonitor=false",
    "core.hooksPath=/dev/null",
    "core.excludesFile=/dev/null",
    "core.attributesFile=/dev/null",
    "core.pager=cat",
    "core.quotePath=false",
    "diff.external=",
    "protocol.allow=never",
    "submodule.recurse=false",
    "apply.whitespace=nowarn",
)
_ENVIRONMENT = {
    "LC_ALL": "C",
    "HOME": "/nonexistent",
    "GIT_ATTR_NOSYSTEM": "1",
    "GIT_CONFIG_GLOBAL": "/dev/null",
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
}
_DIFFS = ("--no-ext-diff", "--no-textconv", "--no-color")


@dataclass(frozen=True, slots=True)
class Checkout:
    """The top of a working tree and the directory of its repository."""

    top: Path
    git_dir: Path


def find_checkout(path: Path) -> Checkout | None:
    """The checkout that the absolute directory `path` lies in, by its `.git`; git itself is not asked.

    A `.git` that is neither a repository nor names one is passed over. A directory that looks like a bare repository
    is never taken for one: it may be a part of the tree.
    """
    for top in (path, *path.parents):
        git_dir = _git_dir(top / ".git")
        if git_dir is not None:
            return Checkout(top, git_dir)
    return None


def run_git(
    checkout: Checkout,
    args: Sequence[str],
    *,
    stdin: bytes = b"",
    accept: Container[int] = (0,),
    timeout: float = _TIMEOUT,
) -> bytes:
    """The output of a git command. Lists want `-z`, paths `--` before them, revisions `--end-of-options`.

    Paths are relative to the top of the checkout and literal. Raises GitError where git is missing, takes longer than
    `timeout` seconds or ends with a code not in `accept`; its own words are not repeated.
    """
    search = _search_path(checkout.top)
    command = _command(checkout, args, search)
    try:
        done = subprocess.run(
            command,
            input=stdin,
            capture_output=True,
            check=False,
            cwd="/",
            env={**_ENVIRONMENT, "PATH": search},
            timeout=timeout,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise GitError(f"git {args[0]} could not be run ({type(error).__name__})") from error
    if done.returncode not in accept:
        raise GitError(f"git {args[0]} failed with exit code {done.returncode}")
    return done.stdout


def start_git(checkout: Checkout, args: Sequence[str]) -> subprocess.Popen[bytes]:
    """A git command that is asked and answers line by line, on the same terms. Raises GitError."""
    search = _search_path(checkout.top)
    command = _command(checkout, args, search)
    try:
        return subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd="/",
            env={**_ENVIRONMENT, "PATH": search},
        )
    except OSError as error:
        raise GitError(f"git {args[0]} could not be run ({type(error).__name__})") from error


def _command(checkout: Checkout, args: Sequence[str], search: str) -> tuple[str, ...]:
    command, *rest = args
    switches = _DIFFS if command.startswith("diff") else ()
    program = shutil.which("git", path=search)
    if program is None:
        raise GitError("git is not installed", "Install git, or scan with --no-gitignore and without --diff.")
    settings = [part for setting in _SETTINGS for part in ("-c", setting)]
    place = (f"--git-dir={checkout.git_dir}", f"--work-tree={checkout.top}")
    return (program, *_OPTIONS, *place, *settings, command, *switches, *rest)


def _search_path(top: Path) -> str:
    """PATH without what the scanned tree could have put there: relative and empty parts, and the tree itself."""
    parts = os.environ.get("PATH", os.defpath).split(os.pathsep)
    outside = (part for part in parts if not Path(os.path.realpath(part)).is_relative_to(top))
    return os.pathsep.join(part for part in outside if part.startswith("/"))


def _git_dir(path: Path) -> Path | None:
    """The repository that a `.git` is, or that a `.git` file names (of a linked worktree, of a submodule)."""
    try:
        if stat.S_ISREG(path.lstat().st_mode):
            path = _named(path)
        return path if _is_repository(path) else None
    except (OSError, ValueError):
        return None


def _named(path: Path) -> Path:
    with closing(os.open(path, FILE)) as descriptor:
        data = read_all(descriptor, _LONGEST_GITFILE)
    prefix, _, rest = data.partition(b"gitdir: ")
    if prefix or not rest:
        raise ValueError
    return Path(os.path.normpath(path.parent / os.fsdecode(rest.rstrip(b"\r\n"))))


def _is_repository(path: Path) -> bool:
    """As git's is_git_directory: a HEAD, and objects and refs of its own or of the repository named by `commondir`."""
    own = (path / "objects").is_dir() and (path / "refs").is_dir()
    head = path / "HEAD"
    return (head.is_file() or head.is_symlink()) and (own or (path / "commondir").is_file())
