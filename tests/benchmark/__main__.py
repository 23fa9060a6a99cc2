"""How long a scan takes, beside other programs that look through the same files, in one run.

    python -m tests.benchmark [PATH ...] [--runs 5] [--policy FILE] [--only NAME,NAME] [--json]

Without a PATH a tree is made up, the same every time. Read the ratios: all programs ran in turns and met the same
noise. Exit code 1 where a program failed; its times are not shown then. The trees are not written to.
"""

import argparse
import json
import os
import platform
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from analyzer import policy as policies
from analyzer.errors import AnalyzerError
from analyzer.model import Policy
from tests.benchmark.forms import forms
from tests.benchmark.peers import PEERS, found
from tests.benchmark.programs import Question, answer_of, pattern_of, report
from tests.benchmark.rounds import Course, Timed, present, timed
from tests.benchmark.shown import Outcome, document, table
from tests.benchmark.stages import stages
from tests.benchmark.trees import Tree, made_up, tree_of, trial
from tests.trees import FIXTURES

_POLICY = FIXTURES / "failover" / "db-endpoints.yaml"
_JOBS = os.cpu_count() or 1


def main(arguments: Sequence[str] | None = None) -> int:
    """Time everything and print it; 1 where a program failed, 2 where the trees or the policy are not right."""
    options = _parser().parse_args(arguments)
    try:
        outcomes = list(_outcomes(options))
    except (AnalyzerError, OSError, ValueError) as error:
        sys.stderr.write(f"benchmark: {error}\n")
        return 2
    machine = {
        "cores": _JOBS,
        "system": f"{platform.system()} {platform.release()} {platform.machine()}",
        "python": platform.python_version(),
    }
    if options.json:
        documents = [document(outcome) for outcome in outcomes]
        print(json.dumps({"version": 1, "machine": machine, "rounds": options.runs, "trees": documents}, indent=1))
    else:
        print(f"machine   {_JOBS} cores, {machine['system']}, Python {machine['python']}")
        print(f"runs      {options.runs} of each program, in turns, after one that is not counted")
        print("".join(f"\n{line}" for outcome in outcomes for line in ("", *table(outcome)))[1:])
    return int(any(outcome.failed for outcome in outcomes))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m tests.benchmark",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("paths", nargs="*", type=Path, metavar="PATH", help="folders to scan")
    parser.add_argument("--runs", type=_count, default=5, help="counted runs of each program (5)")
    parser.add_argument("--policy", type=Path, default=_POLICY, help="policy to scan by (that of fixtures/failover)")
    parser.add_argument("--files", type=_count, default=2000, help="size of the tree that is made up (2000)")
    parser.add_argument("--only", type=_names, help="rows to time, by the start of their names: scan,grep (all)")
    parser.add_argument("--limit", type=float, default=300, help="seconds that one run may take (300)")
    parser.add_argument("--json", action="store_true", help="print JSON")
    return parser


def _outcomes(options: argparse.Namespace) -> Iterator[Outcome]:
    policy = policies.load(options.policy)
    with tempfile.TemporaryDirectory(prefix="analyzer-benchmark-") as folder:
        scratch = Path(folder).resolve()
        if not options.paths:
            yield _outcome(made_up(scratch / "made-up", options.files), policy, scratch / "0", options)
        for number, path in enumerate(options.paths, 1):
            yield _outcome(tree_of(path.resolve(), path.name), policy, scratch / str(number), options)


def _outcome(tree: Tree, policy: Policy, scratch: Path, options: argparse.Namespace) -> Outcome:
    scratch.mkdir()
    pattern = pattern_of(policy)
    host = pattern.split("|", 1)[0].replace("\\", "")
    folder = trial(scratch / "trial", host)
    listed = frozenset(tree.listed)
    question = Question(tree.root, scratch, pattern, listed, answer_of(tree.root, listed, pattern), _JOBS)
    rows = [*forms(question, options.policy.resolve(), host), *(found(peer, question) for peer in PEERS)]
    programs, missing = present([row for row in rows if options.only is None or row.name.startswith(options.only)])
    if not programs and not missing:
        raise ValueError(f"no row begins with {' or '.join(options.only)}")
    done = timed(programs, folder, Course(options.runs, options.limit, _settings(scratch), _say))
    candidates = _candidates(done)
    kinds = {"with a policy": policy, "without a policy": Policy()}
    split = {kind: stages(tree.root, kinds[kind], _JOBS, min(options.runs, 3)) for kind in candidates}
    return Outcome(tree, candidates, done, missing, split)


def _count(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("must be at least 1")
    return number


def _names(text: str) -> tuple[str, ...]:
    return tuple(text.split(","))


def _settings(scratch: Path) -> dict[str, str]:
    """What keeps programs off the network, off other people's settings and off the trees."""
    semgrep = {"SEMGREP_SETTINGS_FILE": str(scratch / "semgrep.yml"), "SEMGREP_LOG_FILE": str(scratch / "semgrep.log")}
    return {**semgrep, "SEMGREP_SEND_METRICS": "off", "GIT_OPTIONAL_LOCKS": "0"}


def _candidates(rows: Sequence[Timed]) -> dict[str, int]:
    """How many files passed the prefilter, as our own program tells it of whole trees."""
    told = {"with a policy": "scan, 1 worker", "without a policy": "scan without a policy, 1 worker"}
    lasts = {row.program.name: row.runs[-1].output for row in rows if not row.fault}
    return {kind: report(lasts[name])["summary"]["examined"] for kind, name in told.items() if name in lasts}


def _say(what: str) -> None:
    if sys.stderr.isatty():
        sys.stderr.write(f"{what}\n")


if __name__ == "__main__":
    raise SystemExit(main())
