"""Pull and merge requests: comments on findings, through the REST interface of GitHub and GitLab.

The only part of the program that uses the network, and only `suggest` uses it. What a forge answers is not trusted.
"""

from analyzer.forge.placing import Comment
from analyzer.forge.publish import Outcome, publish
from analyzer.forge.target import FORGES, Forge, forge_of

__all__ = ["FORGES", "Comment", "Forge", "Outcome", "forge_of", "publish"]
