"""Merge requests of GitLab, gitlab.com and self-managed: https://docs.gitlab.com/api/discussions/."""

from collections.abc import Iterator, Sequence

import msgspec

from analyzer.forge.comment import body, mark_of
from analyzer.forge.http import Client, ForgeError
from analyzer.forge.hunks import Change, shown
from analyzer.forge.placing import Comment

Json = dict[str, object]

_BAD_PLACE = (400, 422)


class _User(msgspec.Struct):
    id: int


class _Note(msgspec.Struct):
    author: _User
    body: str = ""


class _Discussion(msgspec.Struct):
    notes: list[_Note]


class _Diff(msgspec.Struct):
    old_path: str
    new_path: str
    diff: str = ""


class _Version(msgspec.Struct):
    head_commit_sha: str
    base_commit_sha: str
    start_commit_sha: str


class GitLab:
    """One merge request, at the commit that was scanned."""

    name = "GitLab"
    advice = "GITLAB_TOKEN must hold a token of this project with the scope `api` and the role Reporter or a higher one"

    def __init__(self, client: Client, project: str, number: int, commit: str) -> None:
        self._client = client
        self._request = f"/projects/{project}/merge_requests/{number}"
        self._commit = commit
        self._version: _Version | None = None

    def changes(self) -> dict[str, Change]:
        """What GitLab shows of the changed files, by path. Raises ForgeError."""
        latest = next(self._client.pages(f"{self._request}/versions?per_page=1", _Version), None)
        if latest is None or latest.head_commit_sha != self._commit:
            raise ForgeError("the merge request has a newer commit, whose own pipeline will comment")
        self._version = latest
        diffs = self._client.pages(f"{self._request}/diffs?per_page=100", _Diff)
        return {diff.new_path: Change(diff.new_path, diff.old_path, shown(diff.diff)) for diff in diffs}

    def marks(self) -> set[str]:
        """The marks of this account's own comments. Raises ForgeError."""
        me = self._client.get("/user", _User).id
        found = self._client.pages(f"{self._request}/discussions?per_page=100", _Discussion)
        own = (note.body for discussion in found for note in discussion.notes if note.author.id == me)
        return {mark for mark in map(mark_of, own) if mark is not None}

    def post(self, comments: Sequence[Comment]) -> Iterator[Comment]:
        """Post each as a discussion, and yield those that are there.

        Raises ForgeError where it is not a place that is refused.
        """
        for comment in comments:
            try:
                self._client.post(f"{self._request}/discussions", self._posted(comment))
            except ForgeError as error:
                if error.status not in _BAD_PLACE:
                    raise
            else:
                yield comment

    def text(self, comment: Comment) -> str:
        """The text of a comment. A suggestion says how many lines below its own it replaces."""
        below = comment.last - comment.first
        return body(comment.finding, comment.mark, comment.instead, f"suggestion:-0+{below}")

    def _posted(self, comment: Comment) -> Json:
        if self._version is None:
            raise ForgeError("the version of the merge request is not known")
        position: Json = {
            "position_type": "text",
            "base_sha": self._version.base_commit_sha,
            "start_sha": self._version.start_commit_sha,
            "head_sha": self._version.head_commit_sha,
            "old_path": comment.change.old_path,
            "new_path": comment.change.path,
            "new_line": comment.first,
        }
        if comment.line.old is not None:
            position["old_line"] = comment.line.old
        return {"body": self.text(comment), "position": position}
