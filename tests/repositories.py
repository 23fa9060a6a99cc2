"""Git repositories made by tests, with an environment of their own."""

import os
import subprocess
from pathlib import Path

ENVIRONMENT = {
    "PATH": os.environ["PATH"],
    "HOME": "/nonexistent",
    "GIT_CONFIG_GLOBAL": "/dev/null",
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_AUTHOR_NAME": "a",
    "GIT_AUTHOR_EMAIL": "a@example.com",
    "GIT_COMMITTER_NAME": "a",
    "GIT_COMMITTER_EMAIL": "a@example.com",
}


def git(folder: Path, *args: str, stdin: bytes = b"") -> bytes:
    """The output of a git command that must succeed."""
    command = ("git", "-c", "protocol.file.allow=always", *args)
    return subprocess.run(command, cwd=folder, env=ENVIRONMENT, input=stdin, capture_output=True, check=True).stdout


def write(folder: Path, *names: str, text: str = "x\n") -> None:
    """Files with this text, and the directories they need."""
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)


def repository(path: Path, *names: str) -> Path:
    """A new repository with these files committed."""
    path.mkdir(parents=True, exist_ok=True)
    git(path, "init", "--quiet", "--initial-branch=main")
    write(path, *names)
    git(path, "add", "--all")
    git(path, "commit", "--quiet", "--allow-empty", "--message=first")
    return path
