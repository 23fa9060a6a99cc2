"""How far a scan is: one line on standard error, on a terminal only, when it takes more than a second."""

import os
import sys
from threading import Event, Thread
from typing import TextIO

from analyzer.engine import Unwatched, Watch

_ERASE = "\r\x1b[K"


def progress() -> Watch:
    """A watch on standard error where somebody sees it."""
    seen = sys.stderr.isatty() and os.environ.get("TERM") != "dumb"
    return ProgressLine(sys.stderr) if seen else Unwatched()


class ProgressLine:
    """A line that is written over; `close` takes it away before anything else is printed.

    Its own thread writes it, so that a long step shows as well. `patience` and `pause` are seconds before the first
    line and between two.
    """

    def __init__(self, stream: TextIO, patience: float = 1.0, pause: float = 0.1) -> None:
        self._stream = stream
        self._waits = (patience, pause)
        self._line = ""
        self._over = Event()
        self._thread: Thread | None = None

    def step(self, what: str, done: int, total: int) -> None:
        """Note the step. `what` is the program's own word."""
        self._line = f"{what}: {done} of {total} files"
        if self._thread is None:
            self._thread = Thread(target=self._show, daemon=True)
            self._thread.start()

    def close(self) -> None:
        """Take the line away; nothing is written after this returns."""
        self._over.set()
        if self._thread is not None:
            self._thread.join()

    def _show(self) -> None:
        patience, pause = self._waits
        shown = ""
        while not self._over.wait(pause if shown else patience):
            if self._line != shown:
                shown = self._line
                self._say(f"{_ERASE}{shown}")
        if shown:
            self._say(_ERASE)

    def _say(self, text: str) -> None:
        self._stream.write(text)
        self._stream.flush()
