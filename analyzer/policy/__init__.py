"""The policy file: which servers form clusters and by which endpoints they are reached. Loading, checking, schema.

It knows nothing of scanned files.
"""

from analyzer.policy.load import find, load, schema

__all__ = ["find", "load", "schema"]
