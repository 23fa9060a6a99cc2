"""`analyzer init`: write a policy from what the infrastructure's files tell. It asks nothing and contacts nobody."""

import argparse
import os
import secrets
import sys
from datetime import UTC, datetime
from pathlib import Path

from analyzer.commands.common import add_place_options, limits_of, place_of, say
from analyzer.commands.given import given
from analyzer.draft import Draft, Drafted, drafted, policy_text
from analyzer.engine import Request, Survey, survey
from analyzer.errors import UsageError
from analyzer.model import Policy
from analyzer.visible import visible, visible_path

_ELSEWHERE = "name a file in a folder that exists and that you may write to, by --output FILE"
_POINT = (
    "point it at haproxy.cfg, patroni.yml, pgbouncer.ini, proxysql.cnf, sentinel.conf, an inventory, "
    "or use `patronictl list -f json | analyzer init --from -`"
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options of `init`."""
    add_place_options(parser)
    parser.add_argument(
        "--from",
        dest="given",
        action="append",
        default=[],
        metavar="FILE",
        help="read this file whatever it is called, or - for what `patronictl list -f json` or `kubectl get endpoints "
        "-o yaml` prints; repeatable, PATH is then not searched unless it is named",
    )
    parser.add_argument(
        "--output",
        default="db-endpoints.yaml",
        metavar="FILE",
        help="the policy to write (db-endpoints.yaml); - prints",
    )
    parser.add_argument("--force", action="store_true", help="overwrite the policy that is there")


def run(options: argparse.Namespace) -> int:
    """Write the policy; 0. Raises UsageError where nothing was found or the file cannot be written."""
    target = Path(options.output)
    if options.output != "-":
        _check(target, force=options.force)
    found = survey(_request(options), [given(name) for name in options.given])
    draft = drafted(found.told)
    if not draft.clusters:
        _tell(found, draft)
        raise UsageError(f"no cluster was found in {_files(found.files)}; nothing was written", _POINT)
    text = policy_text(draft)
    if options.output == "-":
        sys.stdout.write(text)
    else:
        _write(target, text.encode())
    _tell(found, draft)
    if options.output != "-":
        say(f"wrote {target}; read it, then `analyzer scan` uses it")
    return 0


def _request(options: argparse.Namespace) -> Request:
    place = place_of(options.paths or (["."] if not options.given else []))
    return Request(
        root=place.root,
        paths=place.paths,
        policy=Policy(),
        today=datetime.now(UTC).date(),
        exclude=(*options.exclude, *_own(options.output)),
        gitignore=not options.no_gitignore,
        limits=limits_of(options),
    )


def _own(output: str) -> tuple[str, ...]:
    """The policy that is written anew is no witness of itself."""
    path = Path(output)
    return () if output == "-" or path.is_absolute() or ".." in path.parts else (path.as_posix(),)


def _check(target: Path, *, force: bool) -> None:
    """Whether the policy may be written there, before anything is read. A link is never written through."""
    if target.is_symlink() or (target.exists() and not target.is_file()):
        raise UsageError(f"{target}: not a plain file; nothing was written", "name a file by --output FILE")
    if target.exists() and not force:
        raise UsageError(f"{target} exists; nothing was written", "--force overwrites it, --output FILE names another")


def _write(target: Path, data: bytes) -> None:
    """Write a new file beside the target and put it in place as a whole."""
    beside = target.with_name(f".{target.name}.{secrets.token_hex(8)}")
    try:
        descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(data)
                file.flush()
                os.fchmod(file.fileno(), 0o644)
                os.fsync(file.fileno())
            beside.replace(target)
        finally:
            beside.unlink(missing_ok=True)
    except OSError as error:
        raise UsageError(f"{target}: cannot be written ({error.strerror})", _ELSEWHERE) from None


def _tell(found: Survey, draft: Draft) -> None:
    for problem in found.problems:
        line = f":{problem.line}" if problem.line else ""
        say(f"{visible_path(problem.path)}{line}: {problem.stage}: {visible(problem.message, 500)}")
    for cluster in draft.clusters:
        say(_summary(cluster))
    for note in draft.notes:
        say(f"not decided: {visible(note, 500)}")
    for cluster in draft.clusters:
        for endpoint in cluster.endpoints:
            if not endpoint.host:
                say(f"not decided: {cluster.name}: {endpoint.intent} endpoint: {visible(endpoint.why, 500)}")


def _summary(cluster: Drafted) -> str:
    count = len(cluster.nodes)
    nodes = f"{count} node{'' if count == 1 else 's'}"
    doors = [f"{e.intent} {e.host}:{e.port}" for e in cluster.endpoints if e.host] or ["no endpoint"]
    return f"{visible(cluster.name)}: {cluster.engine}, {nodes}, {', '.join(doors)}"


def _files(count: int) -> str:
    return f"{count} file{'' if count == 1 else 's'}"
