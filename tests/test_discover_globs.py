"""Globs: what they match, the same as git does, and never slowly."""

import subprocess
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzer.discover import Globs
from analyzer.errors import UsageError


@pytest.mark.parametrize(
    ("glob", "path", "expected"),
    [
        ("vendor/**", "vendor/a/b.py", "vendor/a"),
        ("vendor/**", "vendor", None),
        ("vendor/**", "src/vendor/a.py", None),
        ("vendor/", "src/vendor/a.py", "src/vendor"),
        ("vendor/", "src/vendor", None),
        ("vendor", "src/vendor", "src/vendor"),
        ("*.min.js", "static/app.min.js", "static/app.min.js"),
        ("*.min.js", "static/app.js", None),
        ("/*.js", "app.js", "app.js"),
        ("/*.js", "static/app.js", None),
        ("./ops/*.sh", "ops/a.sh", "ops/a.sh"),
        ("ops/*.sh", "ops/sub/a.sh", None),
        ("ops/**/*.sh", "ops/a.sh", "ops/a.sh"),
        ("ops/**/*.sh", "ops/x/y/a.sh", "ops/x/y/a.sh"),
        ("**/test/**", "a/b/test/c/d", "a/b/test/c"),
        ("**/test", "test/x", "test"),
        ("**", "any/thing", "any"),
        ("a?c", "abc", "abc"),
        ("a?c", "a/c", None),
        ("[ab].env", "b.env", "b.env"),
        ("[!ab].env", "b.env", None),
        ("[^ab].env", "c.env", "c.env"),
        (r"\*.env", "*.env", "*.env"),
        (r"\*.env", "a.env", None),
        (r"\!x", "!x", "!x"),
        (".env*", ".env.production", ".env.production"),
        ("caf\u00e9", "caf\u00e9/x", "caf\u00e9"),
        ("*\udcff", "a\udcff", "a\udcff"),
        ("a*", "a\nb", "a\nb"),
        ("(x|y)+$", "x", None),
    ],
)
def test_one_glob(glob, path, expected):
    assert Globs([glob]).covering(path) == expected


def test_the_highest_match_of_several_counts():
    assert Globs(["*.py", "a/b/", "a/b/c"]).covering("a/b/c/d.py") == "a/b"
    assert Globs([]).covering("a") is None


def test_a_directory_matches_a_glob_for_directories():
    assert Globs(["vendor/"]).covering("vendor", directory=True) == "vendor"


@pytest.mark.parametrize("glob", ["", "/", "//", "!vendor", "./"])
def test_what_is_no_glob(glob):
    with pytest.raises(UsageError) as caught:
        Globs([glob])
    assert caught.value.hint


@pytest.mark.parametrize(("glob", "path"), [("*a" * 40 + "b", "a" * 255), ("**/a/" * 30 + "b", "a/" * 500 + "c")])
def test_no_name_makes_it_slow(glob, path):
    start = time.process_time()
    assert Globs([glob]).covering(path) is None
    assert time.process_time() - start < 0.5


NAMES = st.text(st.sampled_from("ab.*["), min_size=1, max_size=3).filter(lambda name: name not in {".", ".."})
PATHS = st.lists(NAMES, min_size=1, max_size=4).map("/".join)
# Git's own reading of `***` is not the documented one.
PARTS = st.one_of(
    NAMES.filter(lambda name: "**" not in name).map(lambda name: name.replace("[", "?")),
    st.sampled_from(["**", "[ab]", "[!a]", r"\*", "*"]),
)
GLOBS = st.builds(
    lambda lead, parts, end: lead + "/".join(parts) + end,
    st.sampled_from(["", "/"]),
    st.lists(PARTS, min_size=1, max_size=3),
    st.sampled_from(["", "/", "/**"]),
)


@given(st.lists(st.tuples(GLOBS, st.lists(PATHS, min_size=1, max_size=20)), min_size=1, max_size=1))
@settings(derandomize=True, max_examples=120, deadline=None)
def test_as_git_does(tmp_path_factory, cases):
    """The oracle is `git check-ignore`, which needs no files."""
    root = tmp_path_factory.getbasetemp() / "oracle"
    if not root.exists():
        subprocess.run(("git", "init", "--quiet", root), check=True)
    for glob, paths in cases:
        (root / ".gitignore").write_text(f"{glob}\n")
        asked = "".join(f"./{path}\0" for path in paths)
        done = subprocess.run(
            ("git", "check-ignore", "-z", "--stdin", "--no-index"),
            cwd=root,
            input=asked,
            capture_output=True,
            text=True,
            check=False,
        )
        ignored = {path.removeprefix("./") for path in done.stdout.split("\0")}
        assert {path for path in paths if Globs([glob]).covering(path) is not None} == ignored - {""}
