"""Which findings do not count: inline comments and the policy's `allow` entries. Marks findings, never drops them.

A comment `analyzer: ignore[rule, rule] reason until 2027-01-31` covers its own line, or the next one where it stands
alone. What is wrong with an exception, or what it was not needed for, is told as an `Exemption`.
"""

from analyzer.suppress.allowances import Allowance, allowances, entries_told
from analyzer.suppress.directives import Directive, directives_of
from analyzer.suppress.marking import Marked, Terms, mark

__all__ = ["Allowance", "Directive", "Marked", "Terms", "allowances", "directives_of", "entries_told", "mark"]
