"""A change of the policy itself: it is judged by the policy of the base, and told."""

from analyzer.model import PolicyChange, Severity, Verdict

_HELD = "until it is merged, scans with --diff go by the policy of the base"


def policy_change(change: PolicyChange) -> Verdict | None:
    """A policy that is added, changed or removed, or that is broken now."""
    if change.old == change.new:
        return None
    if change.fault:
        return Verdict(f"the policy is broken here ({change.fault}): once merged, no scan can go by it", Severity.ERROR)
    if change.new is None:
        return Verdict(f"the policy is removed here: {_HELD}", Severity.NOTE)
    what = "added" if change.old is None else "changed"
    return Verdict(f"the policy is {what} here: {_HELD}", Severity.NOTE)
