"""Commits by name, their parents and common ancestors. Only whole object names travel further than this."""

import re

from analyzer.discover.git import Checkout, run_git

_OBJECT = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
_PARENT = b"parent "


def is_object_name(text: str) -> bool:
    """Whether a text is the whole name of an object (SHA-1 or SHA-256)."""
    return _OBJECT.fullmatch(text) is not None


def commit_of(checkout: Checkout, revision: str) -> str | None:
    """The commit that a revision names, if it is in this clone."""
    if "\0" in revision:
        return None
    asked = ("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    found = run_git(checkout, asked, accept=(0, 1, 128)).decode("ascii", "replace").strip()
    return found if is_object_name(found) else None


def parents_of(checkout: Checkout, commit: str) -> tuple[str, ...]:
    """The parents as the commit itself names them; a shallow clone need not have them."""
    head = run_git(checkout, ("cat-file", "commit", commit)).partition(b"\n\n")[0]
    lines = (line for line in head.split(b"\n") if line.startswith(_PARENT))
    return tuple(line.removeprefix(_PARENT).decode("ascii", "replace") for line in lines)


def merge_base(checkout: Checkout, one: str, other: str) -> str | None:
    """The best common ancestor of two commits, as far as the clone's history reaches."""
    found = run_git(checkout, ("merge-base", one, other), accept=(0, 1)).decode("ascii", "replace").strip()
    return found if is_object_name(found) else None


def is_shallow(checkout: Checkout) -> bool:
    """Whether the clone's history was cut."""
    return run_git(checkout, ("rev-parse", "--is-shallow-repository")).strip() == b"true"


def empty_tree(checkout: Checkout) -> str:
    """The name of the tree without files, which git knows without having it."""
    return run_git(checkout, ("hash-object", "-t", "tree", "--stdin")).decode("ascii").strip()
