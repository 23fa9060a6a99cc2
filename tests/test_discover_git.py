"""Git on hostile ground: nothing that a repository names is run, and every name comes back exactly."""

import os
import subprocess
from pathlib import Path

import pytest

from analyzer.discover import Checkout, DiscoverOptions, discover, find_checkout, run_git
from analyzer.errors import GitError
from tests.repositories import ENVIRONMENT, git, repository, write

FORMAT = "[core]\n repositoryformatversion = 0\n"


def listed(root: Path, *paths: str) -> tuple[str, ...]:
    """The files that git was asked for: no note says that they were found otherwise."""
    found = discover([str(root / path) for path in paths], DiscoverOptions(root))
    assert found.notes == ()
    return found.files


def armed_config(canary: Path) -> str:
    """Settings that make git run something."""
    run = f"touch {canary}; false"
    return f"""
[core]
    fsmonitor = "{run}"
    hooksPath = hooks
    pager = "{run}"
    editor = "{run}"
    sshCommand = "{run}"
[diff]
    external = "{run}"
[diff "armed"]
    textconv = "{run}"
    command = "{run}"
[filter "armed"]
    clean = "{run}"
    smudge = "{run}"
[alias]
    ls-files = "!{run}"
[pager]
    ls-files = "{run}"
    diff = "{run}"
"""


def test_a_bare_repository_in_a_folder_runs_nothing(tmp_path):
    """The folder is ordinary tracked content; git that is asked from inside takes it for a repository."""
    root, canary = repository(tmp_path / "root", "svc/app.env"), tmp_path / "canary"
    write(root / "svc", "HEAD", text="ref: refs/heads/main\n")
    write(root / "svc", "objects/.keep", "refs/.keep")
    write(root / "svc", "config", text=f'{FORMAT} bare = false\n worktree = .\n fsmonitor = "touch {canary}"\n')
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--message=svc")
    expected = ("svc/HEAD", "svc/app.env", "svc/config", "svc/objects/.keep", "svc/refs/.keep")
    assert listed(root) == listed(root, "svc") == expected
    assert listed(root / "svc") == tuple(name.removeprefix("svc/") for name in expected)
    assert not canary.exists()

    subprocess.run(("git", "status"), cwd=root / "svc", env=ENVIRONMENT, capture_output=True, check=False)
    assert canary.exists(), "the attack is none, so the test proves nothing"


def test_an_armed_configuration_runs_nothing(tmp_path):
    root, canary = repository(tmp_path / "root", "a.py"), tmp_path / "canary"
    write(root, "a.py", text="changed\n")
    git(root, "commit", "--quiet", "--all", "--message=second")
    write(root / ".git", "config", text=FORMAT + armed_config(canary))
    write(root, "hooks/post-index-change", "hooks/reference-transaction", text=f"#!/bin/sh\ntouch {canary}\n")
    for hook in (root / "hooks").iterdir():
        hook.chmod(0o755)
    write(root, ".gitattributes", text="* filter=armed diff=armed\n")
    write(root, "a.py", text="changed once more\n")
    checkout = find_checkout(root)
    assert checkout is not None
    assert "a.py" in listed(root)
    run_git(checkout, ("ls-files", "-z", "--deleted"))
    run_git(checkout, ("ls-tree", "-r", "-z", "HEAD"))
    run_git(checkout, ("cat-file", "blob", "HEAD:a.py"))
    assert b"changed" in run_git(checkout, ("diff", "HEAD~1", "HEAD", "--"))
    assert run_git(checkout, ("diff-tree", "-r", "-z", "--name-only", "HEAD~1", "HEAD")) == b"a.py\0"
    assert not canary.exists()

    subprocess.run(("git", "diff"), cwd=root, env=ENVIRONMENT, capture_output=True, check=False)
    assert canary.exists(), "the attack is none, so the test proves nothing"


def test_the_callers_environment_does_not_count(tmp_path, monkeypatch):
    root, other = repository(tmp_path / "root", "a.py"), repository(tmp_path / "other", "b.py")
    canary = tmp_path / "canary"
    write(tmp_path, "home/.gitconfig", text=f"[core]\n fsmonitor = touch {canary}\n")
    write(tmp_path, "home/.config/git/ignore", "ignore", text="*.txt\n")
    git(root, "config", "core.excludesFile", str(tmp_path / "ignore"))
    write(root, "new.txt")
    for name, value in {
        "GIT_DIR": str(other / ".git"),
        "GIT_WORK_TREE": str(other),
        "GIT_INDEX_FILE": str(other / ".git" / "index"),
        "GIT_CONFIG_COUNT": "1",
        "GIT_CONFIG_KEY_0": "core.fsmonitor",
        "GIT_CONFIG_VALUE_0": f"touch {canary}",
        "GIT_EXEC_PATH": str(tmp_path),
        "GIT_TRACE": str(canary),
        "HOME": str(tmp_path / "home"),
        "XDG_CONFIG_HOME": str(tmp_path / "home" / ".config"),
    }.items():
        monkeypatch.setenv(name, value)
    assert listed(root) == ("a.py", "new.txt")
    checkout = find_checkout(root)
    assert checkout is not None
    assert run_git(checkout, ("ls-files", "-z", "--cached")) == b"a.py\0"
    assert not canary.exists()


def test_a_git_program_of_the_scanned_tree_is_not_run(tmp_path, monkeypatch):
    root, canary = repository(tmp_path / "root", "a.py"), tmp_path / "canary"
    write(root, "bin/git", "git", text=f"#!/bin/sh\ntouch {canary}\n")
    (root / "bin" / "git").chmod(0o755)
    (root / "git").chmod(0o755)
    (tmp_path / "way").symlink_to(root / "bin")
    monkeypatch.chdir(root)
    monkeypatch.setenv("PATH", f":{root / 'bin'}:{tmp_path / 'way'}:.:bin:{os.environ['PATH']}")
    assert listed(root) == ("a.py", "bin/git", "git")
    assert not canary.exists()


def test_hostile_names_come_back_exactly(tmp_path):
    names = [
        "caf\u00e9",
        "\udcff\udcfe",
        "tab\tx",
        "new\nline",
        "return\r",
        'quo"te',
        "back\\slash",
        " lead",
        "trail ",
        "-rf",
        "--output=x",
        "*",
        "[a]",
        ":(top)x",
        ":!x",
        "!x",
        "#x",
        "$(touch x)",
        "100644 abc 0\tx",
        "a => b",
        "\u202egnp.exe",
        "\x1b[0m",
        "@file",
        "CON.py",
        "a:b",
        "dot.",
        "A",
        "a",
        "e\u0301",
        "\u00e9",
    ]
    root = repository(tmp_path / "root", *(f"tracked/{name}" for name in names))
    write(root, *(f"new/{name}" for name in names))
    assert listed(root) == tuple(sorted((f"{d}/{n}" for d in ("new", "tracked") for n in names), key=os.fsencode))


def test_hostile_names_of_directories_are_no_patterns(tmp_path):
    root, names = repository(tmp_path / "root"), ("*", "[a]", "a", ":(top)x", ":!a", "-rf", "new\nline", "!x")
    write(root, *(f"{name}/inner" for name in names))
    for name in names:
        assert listed(root, name) == (f"{name}/inner",)


def test_refs_that_look_like_options(tmp_path):
    root = repository(tmp_path / "root", "a.py")
    head = git(root, "rev-parse", "HEAD").strip()
    git(root, "update-ref", "refs/heads/--output=pwn", "HEAD")
    checkout = find_checkout(root)
    assert checkout is not None
    assert run_git(checkout, ("rev-parse", "--verify", "--end-of-options", "--output=pwn^{commit}")).strip() == head
    assert not (root / "pwn").exists()


# ---- which directory is a checkout


def test_a_checkout_is_found_from_below(tmp_path):
    root = repository(tmp_path / "root", "a/b/c.py")
    assert find_checkout(root) == find_checkout(root / "a" / "b") == Checkout(root, root / ".git")
    assert find_checkout(tmp_path) is None


def test_a_linked_worktree_is_a_checkout(tmp_path):
    root = repository(tmp_path / "root", "a.py")
    git(root, "worktree", "add", "--quiet", str(tmp_path / "linked"))
    write(tmp_path / "linked", "b.py")
    assert find_checkout(tmp_path / "linked") == Checkout(tmp_path / "linked", root / ".git" / "worktrees" / "linked")
    assert listed(tmp_path / "linked") == ("a.py", "b.py")


def test_a_link_to_a_repository_is_one(tmp_path):
    root = repository(tmp_path / "root", "a.py")
    (root / ".git").rename(tmp_path / "elsewhere")
    (root / ".git").symlink_to(tmp_path / "elsewhere")
    assert listed(root) == ("a.py",)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "gitdir: ",
        "gitdir: nowhere\n",
        "gitdir: ..\n",
        "gitdir: /etc\n",
        "x gitdir: real\n",
        "gitdir: \0\n",
        "\udcff",
    ],
)
def test_a_git_file_that_names_no_repository_is_passed_over(tmp_path, text):
    root = repository(tmp_path / "root", "a/b.py")
    (root / "a" / ".git").write_bytes(os.fsencode(text))
    assert find_checkout(root / "a") == Checkout(root, root / ".git")
    (tmp_path / ".git").write_bytes(os.fsencode(text))
    assert find_checkout(tmp_path) is None


def test_a_git_that_is_no_repository_is_passed_over(tmp_path):
    (tmp_path / "directory" / ".git" / "objects").mkdir(parents=True)
    (tmp_path / "fifo").mkdir()
    os.mkfifo(tmp_path / "fifo" / ".git")
    (tmp_path / "loop").mkdir()
    (tmp_path / "loop" / ".git").symlink_to(".git")
    for name in ("directory", "fifo", "loop"):
        assert find_checkout(tmp_path / name) is None


# ---- failures


def test_a_failure_says_what_failed_and_nothing_of_gits_words(tmp_path):
    checkout = find_checkout(repository(tmp_path / "root"))
    assert checkout is not None
    with pytest.raises(GitError) as caught:
        run_git(checkout, ("cat-file", "blob", "no-such-secret"))
    assert caught.value.message == "git cat-file failed with exit code 128"
    assert run_git(checkout, ("cat-file", "-e", "no-such-secret"), accept=(128,)) == b""


def test_a_command_that_hangs_is_ended(tmp_path, monkeypatch):
    checkout = find_checkout(repository(tmp_path / "root"))
    assert checkout is not None
    write(tmp_path, "bin/git", text="#!/bin/sh\nexec sleep 60\n")
    (tmp_path / "bin" / "git").chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:{os.environ['PATH']}")
    with pytest.raises(GitError, match="TimeoutExpired"):
        run_git(checkout, ("ls-files", "-z"), timeout=0.2)


def test_without_git_everything_is_listed_and_a_note_says_so(tmp_path, monkeypatch):
    root = repository(tmp_path / "root", "a.py")
    write(root, ".gitignore", text="*.log\n")
    write(root, "x.log")
    monkeypatch.setenv("PATH", str(tmp_path))
    listing = discover([], DiscoverOptions(root))
    assert listing.files == (".gitignore", "a.py", "x.log")
    assert listing.notes == ("git is not installed: files that git ignores are scanned as well",)


@pytest.mark.parametrize("config", ["[core\n", "[core]\n repositoryformatversion = 1\n[extensions]\n unknown = 1\n"])
def test_a_repository_that_git_refuses(tmp_path, config):
    root = repository(tmp_path / "root", "a.py")
    write(root / ".git", "config", text=config)
    listing = discover([], DiscoverOptions(root))
    assert listing.files == ("a.py",)
    assert listing.notes == ("git ls-files failed with exit code 128: files that git ignores are scanned as well",)
