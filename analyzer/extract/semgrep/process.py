"""Runs one engine process: scrubbed environment, own process group, wall clock, limit on what it says.

Knows neither rules nor formats; the files that it reads lie in the stage.
"""

import os
import signal
import subprocess
import threading
from collections.abc import Sequence
from pathlib import Path

from analyzer.extract.semgrep.answer import EngineDiedError, EngineUnusableError, Limits

_CHUNK = 1 << 16
_KEPT = ("SYSTEMROOT",)  # without it no Windows program starts


def run_engine(command: Sequence[str], stage: Path, limits: Limits) -> bytes:
    """Standard output of a command that runs in the stage; its exit code is left to the reader of the output.

    Raises `EngineUnusableError` where it cannot be started, `EngineDiedError` where a signal, the clock or the limit
    on its output ended it. Its standard error is never read: it may hold text of the files.
    """
    try:
        process = subprocess.Popen(
            command,
            cwd=stage,
            env=_environment(stage),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError as error:
        raise EngineUnusableError(type(error).__name__) from error
    timer = threading.Timer(limits.wall, _kill, [process])
    timer.start()
    try:
        output = _read(process, limits.output)
    finally:
        timer.cancel()
        if process.poll() is None:
            _kill(process)
            process.wait()
    if output is None or process.returncode < 0:
        raise EngineDiedError
    return output


def _read(process: subprocess.Popen[bytes], limit: int) -> bytes | None:
    """All output, or None where it is longer than the limit."""
    if process.stdout is None:
        return None
    with process.stdout as stream:
        output = bytearray()
        while chunk := stream.read(_CHUNK):
            output += chunk
            if len(output) > limit:
                return None
    process.wait()
    return bytes(output)


def _kill(process: subprocess.Popen[bytes]) -> None:
    """End the whole group, those included that the engine started."""
    try:
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
    except (ProcessLookupError, PermissionError):
        return


def _environment(stage: Path) -> dict[str, str]:
    """Nothing of ours but what a program needs: no settings, tokens or search paths reach the engine."""
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    return kept | {
        "PATH": "/usr/bin:/bin",
        "HOME": str(stage),
        "TMPDIR": str(stage),
        "LC_ALL": "C.UTF-8",
        "SEMGREP_SEND_METRICS": "off",
        "SEMGREP_ENABLE_VERSION_CHECK": "0",
        "GIT_CEILING_DIRECTORIES": str(stage.parent),
    }
