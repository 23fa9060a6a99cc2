"""What the guard says of one run: what was scanned, each finding on one line, and PASS or FAIL at the end.

A line starts with the time that we wrote, and no text of a scanned tree starts like a line of ours: nothing that is
scanned can forge one.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from analyzer.model import Cluster, Endpoint, Finding, Intent, Policy, Problem, Report, Severity
from analyzer.visible import visible, visible_path

_OWN = ("PASS", "FAIL", "scanned")
_NODES = frozenset({"node-host", "multi-host-dsn"})
_LONGEST = 500


@dataclass(frozen=True, slots=True)
class Round:
    """One run. `told` are the findings that count; `what` was scanned, as the user named it; times are local.

    `live`: objects that have names instead of lines.
    """

    report: Report
    policy: Policy
    told: tuple[Finding, ...]
    what: str
    live: bool
    started: datetime
    ended: datetime

    @property
    def passed(self) -> bool:
        """Whether all was read and nothing counts."""
        return not self.told and not any(p.incomplete for p in self.report.problems)


def render(done: Round) -> str:
    """The lines of a run, each with its time (ISO 8601, with the offset)."""
    ended = _time(done.ended)
    lines = [f"{_time(done.started)} {_scanned(done)}"]
    lines += [f"{ended} {_finding(finding, live=done.live)}" for finding in done.told]
    lines += [f"{ended} {_problem(problem)}" for problem in done.report.problems]
    lines.append(f"{ended} {_verdict(done)}; official endpoints: {_endpoints(done.policy)}")
    return "\n".join(lines) + "\n"


def _time(at: datetime) -> str:
    return at.isoformat(timespec="seconds")


def _scanned(done: Round) -> str:
    coverage = done.report.coverage
    noun = "object" if done.live else "file"
    read = coverage.examined + coverage.nothing
    skipped = sum(count for _, count in coverage.skipped)
    left = f", {skipped} skipped" if skipped else ""
    policy = visible_path(done.policy.path or "")
    return f"scanned {visible(done.what, _LONGEST)}: {_count(read, noun)} read{left}; policy {policy}"


def _finding(finding: Finding, *, live: bool) -> str:
    where = _where(finding.path) if live else f"{_where(finding.path)}:{finding.start.line}:{finding.start.column}"
    return f"{where}: {finding.severity} {finding.rule}: {visible(finding.message, _LONGEST)}"


def _problem(problem: Problem) -> str:
    line = f":{problem.line}" if problem.line else ""
    word = "problem" if problem.incomplete else "remark"
    return f"{_where(problem.path)}{line}: {word} ({problem.stage}): {visible(problem.message, _LONGEST)}"


def _where(path: str) -> str:
    """A path that cannot be taken for a word of ours at the start of a line."""
    shown = visible_path(path)
    return f"./{shown}" if shown.lstrip().startswith(_OWN) else shown


def _verdict(done: Round) -> str:
    problems = sum(1 for p in done.report.problems if p.incomplete)
    incomplete = f"the scan is incomplete ({_count(problems, 'problem')})"
    if done.told:
        counts = Counter(f.severity for f in done.told)
        parts = [_count(counts[s], s.value) for s in (Severity.ERROR, Severity.WARNING, Severity.NOTE) if counts[s]]
        more = f", and {incomplete}" if problems else ""
        return f"FAIL: {_count(len(done.told), 'finding')} ({', '.join(parts)}){more}"
    if problems:
        return f"FAIL: {incomplete}; what was read holds no finding"
    return f"PASS: no database node in use{_except(done)}"


def _except(done: Round) -> str:
    """Nodes that are in use all the same, by leave of the policy, of a comment or of `--fail-on`."""
    used = [f for f in done.report.findings if f.rule in _NODES]
    excused = sum(1 for f in used if f.suppressed is not None)
    light = len(used) - excused
    parts = [f"{excused} excused"] if excused else []
    parts += [f"{light} of a lower severity"] if light else []
    return f" but {' and '.join(parts)}" if parts else ""


def _endpoints(policy: Policy) -> str:
    return "; ".join(map(_cluster, policy.clusters)) or "none"


def _cluster(cluster: Cluster) -> str:
    ordered = sorted(cluster.endpoints, key=lambda e: e.intent is not Intent.WRITE)
    addresses = ", ".join(f"{e.intent} {_address(e)}" for e in ordered)
    return f"{visible(cluster.name)} {addresses or 'none'}"


def _address(endpoint: Endpoint) -> str:
    host = f"[{endpoint.host}]" if ":" in endpoint.host else endpoint.host
    return f"{visible(host)}:{endpoint.port}"


def _count(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"
