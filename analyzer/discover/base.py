"""With which commit the tree is compared: the one before the change, never a later one of the other branch.

Nothing is fetched. A commit that the clone lacks ends the run: taken for "no change" it would hide every finding.
"""

from collections.abc import Mapping

from analyzer.discover.commits import commit_of, empty_tree, is_shallow, merge_base, parents_of
from analyzer.discover.events import Event, event_of
from analyzer.discover.git import Checkout
from analyzer.errors import UsageError

_LOCAL_HINT = "fetch it: `git fetch --unshallow`, or `git fetch origin COMMIT`"
_HOMES = ("refs/remotes/origin/HEAD", "@{upstream}")


def find_base(checkout: Checkout, given: str, environment: Mapping[str, str]) -> str:
    """The commit to compare with (the empty tree where there was nothing before).

    That is where HEAD left the revision `given`, else what CI says in its variables, else where HEAD left the default
    branch of origin or its own upstream. Raises UsageError with what to do.
    """
    head = commit_of(checkout, "HEAD")
    if head is None:
        raise UsageError("there is no commit yet to compare with", "scan without --diff")
    if given:
        return _given(checkout, given, head)
    event = event_of(environment)
    return _local(checkout, head) if event is None else _told(checkout, event, head)


def _given(checkout: Checkout, given: str, head: str) -> str:
    commit = commit_of(checkout, given)
    if commit is None:
        hint = f"write a PATH before --diff; {_LOCAL_HINT}"
        raise UsageError(f"--diff {given}: no such commit in this clone", hint)
    return _left(checkout, commit, head, given, _LOCAL_HINT)


def _local(checkout: Checkout, head: str) -> str:
    for home in _HOMES:
        commit = commit_of(checkout, home)
        if commit is not None:
            return _left(checkout, commit, head, home, _LOCAL_HINT)
    raise UsageError("neither origin's default branch nor an upstream is known here", "name the base: --diff main")


def _told(checkout: Checkout, event: Event, head: str) -> str:
    if not event.before:
        return _first_push(checkout, event, head)
    parents = parents_of(checkout, head)
    if event.tip and parents[1:] == (event.tip,):
        # CI's own merge: its first parent is the base of this very run, that of the payload may be older.
        return _present(checkout, parents[0], event.name, event.hint)
    if event.branch and commit_of(checkout, event.before) is None and not is_shallow(checkout):
        return _first_push(checkout, event, head)  # pushed with force: no branch holds it any more
    commit = _present(checkout, event.before, event.name, event.hint)
    return commit if event.exact else _left(checkout, commit, head, event.name, event.hint)


def _first_push(checkout: Checkout, event: Event, head: str) -> str:
    if event.ref == f"refs/heads/{event.branch}":
        return empty_tree(checkout)
    name = f"refs/remotes/origin/{event.branch}"
    commit = commit_of(checkout, name)
    if commit is None:
        raise UsageError(f"{event.name}: {name} is not in this clone, so what is new cannot be told", event.hint)
    return _left(checkout, commit, head, name, event.hint)


def _present(checkout: Checkout, commit: str, name: str, hint: str) -> str:
    if commit_of(checkout, commit) is None:
        raise UsageError(f"{name}: the base {commit} is not in this clone, so what is new cannot be told", hint)
    return commit


def _left(checkout: Checkout, commit: str, head: str, name: str, hint: str) -> str:
    """Where HEAD left the history of a commit; unrelated histories are compared with the commit itself."""
    if commit in parents_of(checkout, head):
        return commit
    found = merge_base(checkout, commit, head)
    if found is None and is_shallow(checkout):
        raise UsageError(f"{name}: this shallow clone does not hold where HEAD left {commit}", hint)
    return found or commit
