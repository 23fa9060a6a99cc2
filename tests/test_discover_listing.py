"""Which files are listed, in checkouts and elsewhere, and what is said of the others."""

import os
import time
from pathlib import Path

import pytest

from analyzer.discover import DiscoverOptions, Listing, Skip, discover
from analyzer.errors import UsageError
from tests.privileges import as_nobody, opened
from tests.repositories import git, repository, write

REPOSITORY = "another git repository: scan it by its own path"


def listing(root: Path, *paths: str, **options) -> Listing:
    return discover([str(root / path) for path in paths], DiscoverOptions(root, **options))


def files(root: Path, *paths: str, **options) -> list[str]:
    found = listing(root, *paths, **options)
    assert found.notes == ()
    return list(found.files)


def skipped(root: Path, *paths: str, **options) -> dict[str, str]:
    return {skip.path: skip.reason for skip in listing(root, *paths, **options).skipped}


# ---- in a checkout


@pytest.fixture
def checkout(tmp_path):
    root = repository(tmp_path / "root", "app/a.py", "b.py", "gone.py", "kept.log")
    write(root, ".gitignore", text=".env*\n*.env\n!kept.env\nbuild/\nnode_modules/\nlocal/\n*.log\n")
    write(root, "new.py", "app/new.py", "app/x.log", "build/out.py", "kept.env")
    (root / "gone.py").unlink()
    return root


def test_tracked_and_untracked_but_not_ignored_files(checkout):
    assert files(checkout) == [".gitignore", "app/a.py", "app/new.py", "b.py", "kept.env", "kept.log", "new.py"]


def test_ignored_dotenv_files_count(checkout):
    write(checkout, ".env", ".env.production", "app/prod.env", "local/.env", "local/deep/x.env", "build/.env.test")
    write(checkout, "env", "dotenv", "app/.envrc", "local/env.py", "local/.env.d/x.py", "local/.git/x.env")
    found = set(files(checkout)) - {".gitignore", "app/a.py", "app/new.py", "b.py", "kept.env", "kept.log", "new.py"}
    assert found == {
        ".env",
        ".env.production",
        "app/prod.env",
        "local/.env",
        "local/deep/x.env",
        "build/.env.test",
        "env",
        "dotenv",
    }


def test_dotenv_files_of_dependencies_do_not_count(checkout):
    write(
        checkout,
        "node_modules/p/.env",
        "build/node_modules/.env",
        "local/venv/x.env",
        "local/py/.env",
        "local/py/pyvenv.cfg",
    )
    write(checkout, "local/.env")
    assert [path for path in files(checkout) if path.endswith(".env")] == ["kept.env", "local/.env"]


def test_dotenv_files_of_an_ignored_name_beside_dependencies_count(checkout):
    write(checkout, "vendor/ours.py", "vendor/.env")
    assert {"vendor/ours.py", "vendor/.env"} <= set(files(checkout))


def test_without_gitignore_everything_counts(checkout):
    write(checkout, ".env", "node_modules/p/.env")
    assert set(files(checkout, gitignore=False)) - set(files(checkout)) == {
        "app/x.log",
        "build/out.py",
        "node_modules/p/.env",
    }


@pytest.mark.parametrize(
    ("paths", "expected"),
    [
        (["app"], ["app/a.py", "app/new.py"]),
        (["app/a.py"], ["app/a.py"]),
        (["app", "app/a.py", "b.py"], ["app/a.py", "app/new.py", "b.py"]),
        (["app/x.log"], ["app/x.log"]),
        (["build"], ["build/out.py"]),
        (["app/../b.py"], ["b.py"]),
        (["app/.."], [".gitignore", "app/a.py", "app/new.py", "b.py", "kept.env", "kept.log", "new.py"]),
    ],
)
def test_paths(checkout, paths, expected):
    assert files(checkout, *paths) == expected


def test_a_root_below_the_top_of_the_checkout(checkout):
    write(checkout, "app/.env", "build/sub/x.py")
    assert files(checkout / "app") == [".env", "a.py", "new.py"]
    assert files(checkout / "app", "a.py") == ["a.py"]
    assert files(checkout / "build") == ["out.py", "sub/x.py"]
    assert files(checkout / "build" / "sub") == ["x.py"]


def test_checkouts_below_a_root_that_is_none(checkout):
    write(checkout.parent, "plain/x.log")
    assert files(checkout.parent, "root/app", "plain") == ["plain/x.log", "root/app/a.py", "root/app/new.py"]


def test_other_repositories_are_named_and_not_entered(checkout):
    repository(checkout / "nested", "n.py")
    source = repository(checkout.parent / "source", "s.py")
    git(checkout, "submodule", "--quiet", "add", str(source), "libs/sub")
    assert skipped(checkout) == {"libs/sub": REPOSITORY, "nested": REPOSITORY}
    assert not any(path.startswith(("nested", "libs/sub")) for path in files(checkout))
    assert files(checkout, "nested") == ["nested/n.py"]
    assert files(checkout, "libs/sub") == ["libs/sub/s.py"]


def test_what_is_no_regular_file(checkout):
    (checkout / "b.py").unlink()
    (checkout / "b.py").symlink_to("app/a.py")
    (checkout / "new-link").symlink_to("/etc")
    (checkout / ".env").symlink_to("kept.env")
    (checkout / "kept.log").unlink()
    os.mkfifo(checkout / "kept.log")
    assert skipped(checkout) == {
        "b.py": "symbolic link",
        "new-link": "symbolic link",
        ".env": "symbolic link",
        "kept.log": "not a regular file",
    }
    assert {"b.py", "new-link", ".env", "kept.log"}.isdisjoint(files(checkout))


def test_a_tracked_file_that_became_a_directory(checkout):
    (checkout / "b.py").unlink()
    write(checkout, "b.py/inner")
    assert "b.py/inner" in files(checkout)
    assert "b.py" not in files(checkout)


def test_unmerged_files_are_listed_once(checkout):
    for text, branch in (("one", "one"), ("two", "two")):
        git(
            checkout,
            "checkout",
            "--quiet",
            "-B",
            branch,
            "main",
            "--",
        )
        write(checkout, "b.py", text=text)
        git(checkout, "commit", "--quiet", "--message=x", "b.py")
    with pytest.raises(Exception, match="exit status 1"):
        git(checkout, "merge", "--quiet", "one")
    assert files(checkout).count("b.py") == 1


def test_an_empty_repository(tmp_path):
    git(tmp_path, "init", "--quiet")
    assert listing(tmp_path) == Listing((), ())


# ---- elsewhere


@pytest.fixture
def tree(tmp_path):
    root = tmp_path / "tree"
    write(
        root,
        "b/x.py",
        "a.py",
        "a-b.py",
        "a/z.py",
        "node_modules/p/i.js",
        ".env",
        "b/.git/config",
        "c/.git",
        ".hidden/x",
    )
    return root


def test_everything_below(tree):
    assert files(tree) == [".env", ".hidden/x", "a-b.py", "a.py", "a/z.py", "b/x.py", "node_modules/p/i.js"]


def test_links_and_others_are_named(tree):
    (tree / "link").symlink_to("a.py")
    (tree / "way").symlink_to("a")
    (tree / "loop").symlink_to("loop")
    (tree / "up").symlink_to("..")
    os.mkfifo(tree / "fifo")
    expected = dict.fromkeys(["link", "way", "loop", "up"], "symbolic link") | {"fifo": "not a regular file"}
    assert skipped(tree) == skipped(tree, "link", "way", "loop", "up", "fifo") == expected
    assert files(tree, "link", "way", "fifo") == []


def test_a_path_through_a_link_is_taken_at_its_true_place(tree):
    (tree / "way").symlink_to("a")
    assert files(tree, "way/z.py") == ["a/z.py"]


def test_a_root_that_is_a_link(tree):
    (tree.parent / "way").symlink_to(tree)
    assert files(tree.parent / "way") == files(tree)
    assert files(tree.parent / "way", "a") == ["a/z.py"]


def test_relative_paths_are_those_of_the_working_directory(tree, monkeypatch):
    monkeypatch.chdir(tree / "a")
    assert discover(["."], DiscoverOptions(tree)).files == ("a/z.py",)
    assert discover(["../b", "z.py"], DiscoverOptions(Path("..", ".."))).files == ("tree/a/z.py", "tree/b/x.py")


def test_git_directories_are_never_listed(tree):
    assert skipped(tree, "b/.git") == {"b/.git": "part of a git repository's own files"}
    assert skipped(tree, "b/.git/config") == {"b/.git/config": "part of a git repository's own files"}


def test_deep_directories_are_limited(tmp_path):
    (tmp_path / "/".join(["d"] * 255)).mkdir(parents=True)
    write(tmp_path, "/".join(["d"] * 255) + "/x")
    assert len(files(tmp_path)) == 1
    write(tmp_path, "/".join(["d"] * 300) + "/y")
    assert skipped(tmp_path) == {"/".join(["d"] * 257): "deeper than 256 directories"}
    assert listing(tmp_path).skipped[0].incomplete


def test_the_limit_on_files(tree):
    found = listing(tree, max_files=2)
    assert found.files == (".env", ".hidden/x")
    assert found.skipped[0] == Skip("a-b.py", "beyond the limit of 2 files", incomplete=True)
    assert len(found.skipped) == 5


def test_a_closed_directory(tree):
    opened(tree.parent)
    (tree / "a").chmod(0)

    def check() -> None:
        assert listing(tree).skipped == (Skip("a", "permission denied", incomplete=True),)
        assert listing(tree, "a").skipped == (Skip("a", "permission denied", incomplete=True),)

    as_nobody(check)


def test_a_closed_directory_that_git_ignores(tmp_path):
    root = repository(opened(tmp_path) / "root", "a.py")
    write(root, ".gitignore", text="data/\n")
    write(root, "data/pg/x.env")
    (root / "data" / "pg").chmod(0)

    def check() -> None:
        assert listing(root) == Listing(
            (".gitignore", "a.py"), (Skip("data/pg", "permission denied (git ignores it)"),)
        )

    as_nobody(check)


def test_leftovers_of_an_interrupted_fix_are_named(tree):
    write(tree, "a/.z.py.123-0123abcd.analyzer-tmp")
    assert skipped(tree) == {"a/.z.py.123-0123abcd.analyzer-tmp": "left by an interrupted fix"}


# ---- exclusions and errors


@pytest.mark.parametrize("git_too", [False, True])
def test_exclusions_are_named(tree, git_too):
    if git_too:
        for nested in ("b/.git/config", "c/.git"):
            (tree / nested).unlink()
        (tree / "b" / ".git").rmdir()
        repository(tree)
    options = {"exclude": ("node_modules/", "a/**", "*-b.py")}
    assert files(tree, **options) == [".env", ".hidden/x", "a.py", "b/x.py"]
    assert set(skipped(tree, **options).values()) == {"excluded"}
    assert {"a/z.py", "a-b.py"} <= set(skipped(tree, **options)) <= {"a/z.py", "a-b.py", "node_modules"}
    assert "node_modules" in skipped(tree, **options)


def test_a_file_that_is_named_is_taken_even_if_excluded(tree):
    found = listing(tree, "a", "a/z.py", exclude=("a/**",))
    assert found == Listing(("a/z.py",), ())


def test_ignored_dotenv_files_can_be_excluded(checkout):
    write(checkout, "local/.env", "app/.env")
    assert not {"local/.env", "app/.env"} & set(files(checkout, exclude=("local/", "app/.env")))


@pytest.mark.parametrize("path", ["gone", "a.py/inner", "a/gone", "x\0y", "n" * 300])
def test_a_path_that_does_not_exist(tree, path):
    with pytest.raises(UsageError) as caught:
        listing(tree, path)
    assert "does not exist" in caught.value.message
    assert caught.value.hint


def test_a_path_outside_of_the_root(tree):
    write(tree.parent, "outside/x")
    (tree / "way").symlink_to("../outside")
    for path in ("../outside", "../outside/x", "way/x", ".."):
        with pytest.raises(UsageError, match="outside"):
            listing(tree, path)


@pytest.mark.parametrize("root", ["gone", "a.py", "a.py/x"])
def test_a_root_that_is_none(tree, root):
    with pytest.raises(UsageError, match="no such directory"):
        discover([], DiscoverOptions(tree / root))


def test_a_bad_glob(tree):
    with pytest.raises(UsageError, match="negated"):
        listing(tree, exclude=("!a",))


# ---- speed


@pytest.mark.parametrize("git_too", [False, True])
def test_a_thousand_files_are_listed_fast(tmp_path, git_too):
    for number in range(20):
        write(tmp_path, *(f"{number}/{inner}/x.py" for inner in range(50)), text="")
    if git_too:
        git(tmp_path, "init", "--quiet")
    start = time.process_time()
    assert len(files(tmp_path, exclude=("vendor/**", "*.min.js", "ops/**/*.sh"))) == 1000
    assert time.process_time() - start < 0.5
