"""The argument tree, the exit codes, and the one broad `except` of the program."""

import argparse
import os
import signal
import sys
from collections.abc import Callable, Sequence

from analyzer import __version__
from analyzer.commands import audit, explain, fix, guard, init, policy, scan
from analyzer.errors import AnalyzerError
from analyzer.visible import visible

Run = Callable[[argparse.Namespace], int]

COMMANDS = {
    "scan": (scan, "find database hosts and say which are single nodes"),
    "fix": (fix, "rewrite nodes to the endpoint of their cluster"),
    "init": (init, "write a policy from haproxy.cfg, Patroni, poolers and inventories"),
    "audit": (audit, "the inventory of database endpoints: who uses what, what breaks at a failover"),
    "guard": (guard, "for cron: scan, append to a log, say PASS or FAIL"),
    "policy": (policy, "check a policy file or print its schema"),
    "explain": (explain, "what a rule means, why, a bad and a good example"),
}
INTERNAL_ERROR = 5


def parser() -> argparse.ArgumentParser:
    """The whole argument tree."""
    tree = argparse.ArgumentParser(
        prog="analyzer",
        description="Keeps applications off single database nodes.",
        epilog="Exit codes: 0 nothing left, 1 findings, 2 usage or policy error, 3 scan incomplete, 4 fix incomplete, "
        "5 internal error.",
    )
    tree.add_argument("--version", action="version", version=f"analyzer {__version__}")
    commands = tree.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for name, (module, summary) in COMMANDS.items():
        said = f"{summary[0].upper()}{summary[1:]}."
        sub = commands.add_parser(name, help=summary, description=said, allow_abbrev=False)
        sub.add_argument("--debug", action="store_true", help="show where an internal error arose")
        module.add_arguments(sub)
        sub.set_defaults(run=module.run)
    return tree


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; the return value is the process's exit code."""
    signal.signal(signal.SIGTERM, _terminated)
    options = parser().parse_args(argv)
    run: Run = options.run
    try:
        code = run(options)
        sys.stdout.flush()
    except AnalyzerError as error:
        return _told(error)
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # The reader of our output went away, as `| head` does; nothing more can be said to it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except Exception as error:  # noqa: BLE001  the only one: a crash must exit 5, and its text may quote a file
        return _crashed(error, debug=options.debug)
    return code


def _told(error: AnalyzerError) -> int:
    for line in error.message.split("\n"):
        print(f"analyzer: {visible(line)}", file=sys.stderr)
    if error.hint:
        print(f"  hint: {visible(error.hint)}", file=sys.stderr)
    return error.exit_code


def _crashed(error: Exception, *, debug: bool) -> int:
    print(f"analyzer: internal error ({type(error).__name__}); --debug shows where", file=sys.stderr)
    trace = error.__traceback__
    while debug and trace is not None:
        code = trace.tb_frame.f_code
        print(f"  {visible(code.co_filename)}:{trace.tb_lineno} in {code.co_qualname}", file=sys.stderr)
        trace = trace.tb_next
    return INTERNAL_ERROR


def _terminated(_signal: int, _frame: object) -> None:
    raise SystemExit(143)
