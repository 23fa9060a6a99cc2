"""Who is told how far a scan is."""

from typing import Protocol


class Watch(Protocol):
    """Told of every step; `close` comes once, at the end, whatever happened."""

    def step(self, what: str, done: int, total: int) -> None:
        """`done` of `total` files have gone through `what`."""

    def close(self) -> None:
        """The scan is over."""


class Unwatched:
    """Nobody."""

    def step(self, what: str, done: int, total: int) -> None:
        """Say nothing."""

    def close(self) -> None:
        """Say nothing."""
