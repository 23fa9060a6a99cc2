"""Drafts a policy from what infrastructure files tell of clusters. Reads and writes no file."""

from analyzer.draft.clusters import drafted
from analyzer.draft.nouns import Draft, Drafted, Told
from analyzer.draft.text import policy_text

__all__ = ["Draft", "Drafted", "Told", "drafted", "policy_text"]
