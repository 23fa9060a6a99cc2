"""The policy file: which servers form clusters and by which endpoints they are reached. Loading, checking, schema.

It knows nothing of scanned files.
"""

from analyzer.policy.load import LARGEST, NAMES, find, load, schema

__all__ = ["LARGEST", "NAMES", "find", "load", "schema"]
