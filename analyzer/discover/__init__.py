"""Which files are scanned, and their bytes: git, walk, exclusions, limits.

Knows nothing of formats, hosts or the policy; what it leaves out it lists with the reason.
"""

from analyzer.discover.events import payload_of
from analyzer.discover.git import Checkout, find_checkout, run_git
from analyzer.discover.globs import Globs
from analyzer.discover.listing import DiscoverOptions, Listing, Skip, inner_path
from analyzer.discover.past import Past, PastReader, file_at, first_of, past_of
from analyzer.discover.read import LIMIT, WIDE, Readable, Reader, Refusal, read
from analyzer.discover.search import EXCLUDED, LEFTOVER
from analyzer.discover.targets import discover

__all__ = [
    "EXCLUDED",
    "LEFTOVER",
    "LIMIT",
    "WIDE",
    "Checkout",
    "DiscoverOptions",
    "Globs",
    "Listing",
    "Past",
    "PastReader",
    "Readable",
    "Reader",
    "Refusal",
    "Skip",
    "discover",
    "file_at",
    "find_checkout",
    "first_of",
    "inner_path",
    "past_of",
    "payload_of",
    "read",
    "run_git",
]
