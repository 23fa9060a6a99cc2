"""What is wrong with a place, in which words, and where its fix leads."""

from analyzer.checks.row import Check, Example
from analyzer.checks.rows import CHECKS
from analyzer.checks.subject import Lineup, Remark, Subject

__all__ = ["CHECKS", "Check", "Example", "Lineup", "Remark", "Subject", "check_named"]


def check_named(rule: str) -> Check | None:
    """The row with this id."""
    return next((check for check in CHECKS if check.id == rule), None)
