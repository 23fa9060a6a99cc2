"""The pipeline: discover, prefilter, extract, resolve, judge, plan; and the proof of a rewrite."""

from analyzer.engine.comparing import accepted, rewritten
from analyzer.engine.places import Limits
from analyzer.engine.prove import Rewrite, prove, rewrites
from analyzer.engine.request import Request
from analyzer.engine.scan import Scan, scan, scan_bytes
from analyzer.engine.since import Since, scan_since
from analyzer.engine.survey import Survey, survey
from analyzer.engine.watch import Unwatched, Watch

__all__ = [
    "Limits",
    "Request",
    "Rewrite",
    "Scan",
    "Since",
    "Survey",
    "Unwatched",
    "Watch",
    "accepted",
    "prove",
    "rewrites",
    "rewritten",
    "scan",
    "scan_bytes",
    "scan_since",
    "survey",
]
