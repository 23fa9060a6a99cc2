"""Second step of the action: whether only new findings count, and the commits that tell what is new.

Reads ANALYZER_ONLY_NEW (auto, true, false), ANALYZER_TOKEN and the runner's event; writes the output `only-new`.
A checkout of depth 1 lacks the base commit, so it is fetched here: this step alone is given the token, and it reads no
file of the checkout. What cannot be fetched is told; the scan then refuses, and never takes it for "no change".
"""

import base64
import json
import os
import re
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

Json = Mapping[str, object]

_COMMIT = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
_ALWAYS = ("pull_request", "merge_group")
_MINUTES = 5 * 60
# What a repository's configuration may have git run is left off.
_QUIET = ("-c", "core.hooksPath=/dev/null", "-c", "core.fsmonitor=false", "-c", "protocol.ext.allow=never")


def main(environ: Mapping[str, str]) -> int:
    """Fetch what is missing; 1 for an input that is not one of the three."""
    wanted = environ.get("ANALYZER_ONLY_NEW", "auto")
    if wanted not in {"auto", "true", "false"}:
        _tell("error", "only-new must be auto, true or false.")
        return 1
    event = environ.get("GITHUB_EVENT_NAME", "")
    payload = json.loads(Path(environ["GITHUB_EVENT_PATH"]).read_bytes())
    base = _merged_into(payload, environ) or base_of(event, payload)
    only_new = base is not None and (wanted == "true" or (wanted == "auto" and event in _ALWAYS))
    if wanted == "true" and base is None:
        _tell("notice", "This event has no commit to compare with: everything is scanned, and everything counts.")
    if only_new and base is not None and not _present(base, environ) and not _fetched(base, environ):
        _tell("warning", f"The base commit {base} could not be fetched; fetch-depth: 0 at actions/checkout brings it.")
    with Path(environ["GITHUB_OUTPUT"]).open("a", encoding="utf-8") as outputs:
        outputs.write(f"only-new={str(only_new).lower()}\n")
    return 0


def base_of(event: str, payload: Json) -> str | None:
    """The commit to compare with; None where an event has none, such as the first push of a branch."""
    found: object = None
    if event == "pull_request":
        found = _field(payload, "pull_request", "base", "sha")
    elif event == "merge_group":
        found = _field(payload, "merge_group", "base_sha")
    elif event == "push":
        found = payload.get("before")
    named = isinstance(found, str) and _COMMIT.fullmatch(found) and found.strip("0")
    return str(found) if named else None


def _merged_into(payload: Json, environ: Mapping[str, str]) -> str | None:
    """Where the checkout is the merge that GitHub makes of a pull request: the commit that it was merged into.

    It can be later than the payload's base. The commit object tells its parents even where they are cut off.
    """
    head = _git(("cat-file", "commit", "HEAD"), environ).stdout.decode("ascii", "replace")
    parents = [line[len("parent ") :] for line in head.split("\n\n")[0].split("\n") if line.startswith("parent ")]
    tip = _field(payload, "pull_request", "head", "sha")
    return parents[0] if parents[1:] == [tip] else None


def _field(payload: object, *names: str) -> object:
    for name in names:
        payload = payload.get(name) if isinstance(payload, dict) else None
    return payload


def _present(commit: str, environ: Mapping[str, str]) -> bool:
    return _git(("cat-file", "-e", f"{commit}^{{commit}}"), environ).returncode == 0


def _fetched(commit: str, environ: Mapping[str, str]) -> bool:
    """Whether the commit is here after a fetch, which must not cut a whole history short."""
    shallow = _git(("rev-parse", "--is-shallow-repository"), environ).stdout.strip() != b"false"
    depth = ("--depth=1",) if shallow else ()
    options = ("--quiet", "--no-tags", "--no-recurse-submodules", "--no-write-fetch-head", *depth)
    _git(("fetch", *options, "--", "origin", commit), {**environ, **credentials(environ)})
    return _present(commit, environ)


def credentials(environ: Mapping[str, str]) -> dict[str, str]:
    """Git's configuration for the token, as variables: arguments of a process are for everybody to see.

    The empty value drops a header that actions/checkout may have left: the server refuses two.
    """
    token, server = environ.get("ANALYZER_TOKEN", ""), environ.get("GITHUB_SERVER_URL", "")
    if not token or not server:
        return {}
    header = f"AUTHORIZATION: basic {base64.b64encode(f'x-access-token:{token}'.encode()).decode()}"
    key = f"http.{server}/.extraheader"
    return {
        "GIT_CONFIG_COUNT": "2",
        "GIT_CONFIG_KEY_0": key,
        "GIT_CONFIG_VALUE_0": "",
        "GIT_CONFIG_KEY_1": key,
        "GIT_CONFIG_VALUE_1": header,
    }


def _git(arguments: Sequence[str], environ: Mapping[str, str]) -> subprocess.CompletedProcess[bytes]:
    workspace = environ["GITHUB_WORKSPACE"]
    command = ("git", *_QUIET, "-c", f"safe.directory={workspace}", *arguments)
    settings = {**environ, "GIT_TERMINAL_PROMPT": "0"}
    return subprocess.run(
        command,
        cwd=workspace,
        env=settings,
        check=False,
        capture_output=True,
        stdin=subprocess.DEVNULL,
        timeout=_MINUTES,
    )


def _tell(kind: str, message: str) -> None:
    print(f"::{kind} title=analyzer::{message}")


if __name__ == "__main__":
    sys.exit(main(os.environ))
