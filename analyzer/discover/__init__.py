"""Which files are scanned, and their bytes: git, walk, exclusions, limits.

Knows nothing of formats, hosts or the policy; what it leaves out it lists with the reason.
"""

from analyzer.discover.git import Checkout, find_checkout, run_git
from analyzer.discover.globs import Globs
from analyzer.discover.listing import DiscoverOptions, Listing, Skip, inner_path
from analyzer.discover.read import LIMIT, Reader, Refusal, read
from analyzer.discover.search import EXCLUDED, LEFTOVER
from analyzer.discover.targets import discover

__all__ = [
    "EXCLUDED",
    "LEFTOVER",
    "LIMIT",
    "Checkout",
    "DiscoverOptions",
    "Globs",
    "Listing",
    "Reader",
    "Refusal",
    "Skip",
    "discover",
    "find_checkout",
    "inner_path",
    "read",
    "run_git",
]
