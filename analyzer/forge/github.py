"""Pull requests of GitHub, github.com and Enterprise Server: https://docs.github.com/rest/pulls, version 2022-11-28."""

from collections.abc import Iterator, Sequence
from urllib.parse import quote

import msgspec

from analyzer.forge.comment import body, mark_of
from analyzer.forge.http import Client, ForgeError
from analyzer.forge.hunks import Change, shown
from analyzer.forge.placing import Comment

Json = dict[str, object]

HEADERS = {"Accept": "application/vnd.github+json", "X-GitHub-Api-Version": "2022-11-28"}
_RIGHT = "RIGHT"


class _User(msgspec.Struct):
    login: str = ""
    type: str = ""


class _Written(msgspec.Struct):
    body: str = ""
    user: _User | None = None


class _File(msgspec.Struct):
    filename: str
    patch: str = ""
    previous_filename: str = ""


class _Head(msgspec.Struct):
    sha: str


class _Pull(msgspec.Struct):
    head: _Head


class GitHub:
    """One pull request, at the commit that was scanned."""

    name = "GitHub"
    advice = "the job needs `permissions: {pull-requests: write}`, which GitHub never gives to a fork's pull request"

    def __init__(self, client: Client, repository: str, number: int, commit: str) -> None:
        self._client = client
        self._pull = f"/repos/{quote(repository)}/pulls/{number}"
        self._commit = commit

    def changes(self) -> dict[str, Change]:
        """What GitHub shows of the changed files, by path. Raises ForgeError."""
        if self._client.get(self._pull, _Pull).head.sha != self._commit:
            raise ForgeError("the pull request has a newer commit, whose own run will comment")
        files = self._client.pages(f"{self._pull}/files?per_page=100", _File)
        return {
            file.filename: Change(file.filename, file.previous_filename or file.filename, shown(file.patch))
            for file in files
        }

    def marks(self) -> set[str]:
        """The marks of this account's own comments. Raises ForgeError."""
        login = self._login()
        written = self._client.pages(f"{self._pull}/comments?per_page=100", _Written)
        own = (each.body for each in written if each.user is not None and _wrote(each.user, login))
        return {mark for mark in map(mark_of, own) if mark is not None}

    def post(self, comments: Sequence[Comment]) -> Iterator[Comment]:
        """Post them as one review, and yield those that are there. One bad place spoils a review: then one by one.

        Raises ForgeError where it is not a place that is refused.
        """
        review: Json = {
            "commit_id": self._commit,
            "event": "COMMENT",
            "body": "`analyzer` looked at the database hosts of this change.",
            "comments": [self._posted(comment) for comment in comments],
        }
        try:
            self._client.post(f"{self._pull}/reviews", review)
        except ForgeError as error:
            if error.status != 422:
                raise
            yield from filter(self._alone, comments)
        else:
            yield from comments

    def text(self, comment: Comment) -> str:
        """The text of a comment."""
        return body(comment.finding, comment.mark, comment.instead, "suggestion")

    def _alone(self, comment: Comment) -> bool:
        try:
            self._client.post(f"{self._pull}/comments", {"commit_id": self._commit, **self._posted(comment)})
        except ForgeError as error:
            if error.status != 422:
                raise
            return False
        return True

    def _posted(self, comment: Comment) -> Json:
        place: Json = {
            "path": comment.change.path,
            "body": self.text(comment),
            "line": comment.last,
            "side": _RIGHT,
        }
        if comment.first == comment.last:
            return place
        return {**place, "start_line": comment.first, "start_side": _RIGHT}

    def _login(self) -> str | None:
        """The account's name; None for the token of an app, such as Actions, which may not ask for it."""
        try:
            return self._client.get("/user", _User).login
        except ForgeError as error:
            if error.status != 403:
                raise
            return None


def _wrote(user: _User, login: str | None) -> bool:
    return user.login == login if login is not None else user.type == "Bot"
