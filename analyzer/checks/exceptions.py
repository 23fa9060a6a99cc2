"""Exceptions, judged: those that are over, and those that excuse nothing."""

from analyzer.model import Exemption, Severity, Verdict


def expired_allow(exemption: Exemption) -> Verdict | None:
    """An exception whose last day is past."""
    if not exemption.ended:
        return None
    what = "this exception" if exemption.kind == "inline" else "this `allow` entry"
    advice = "put right what it excused and remove it, or write a new last day"
    return Verdict(f"{what} ended on {exemption.ended}: {advice}", Severity.WARNING)


def unused_suppression(exemption: Exemption) -> Verdict | None:
    """An exception that cannot be read, or that excused nothing."""
    if exemption.faults:
        return Verdict(f"this exception does not hold: {'; '.join(exemption.faults)}", Severity.WARNING)
    if not exemption.unused:
        return None
    if exemption.kind == "policy":
        return Verdict(
            "this `allow` entry excuses no finding: remove it, or correct its paths and hosts", Severity.WARNING
        )
    return Verdict(
        f"this exception excuses no {' and no '.join(exemption.rules)}: {_advice(exemption)}", Severity.WARNING
    )


def _advice(exemption: Exemption) -> str:
    if exemption.nearest is None:
        return "remove it"
    return f"the nearest finding stands on line {exemption.nearest}; write it there, or on a line of its own above"
