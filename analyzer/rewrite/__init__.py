"""From fixes to bytes: merge, apply, undo, show as a patch, write to the disk.

Works on bytes and byte spans only; knows no policy, no format and no finding. `write.commit` is the one place of the
program that changes a file.
"""

from analyzer.rewrite.edits import RewriteError, apply, invert
from analyzer.rewrite.leftovers import is_temporary, remove_stale
from analyzer.rewrite.merge import Merged, merge
from analyzer.rewrite.patch import unified_diff
from analyzer.rewrite.write import Change, State, WriteResult, commit

__all__ = [
    "Change",
    "Merged",
    "RewriteError",
    "State",
    "WriteResult",
    "apply",
    "commit",
    "invert",
    "is_temporary",
    "merge",
    "remove_stale",
    "unified_diff",
]
