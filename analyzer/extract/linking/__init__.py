"""Constants that one file of a project exports and another uses.

By imports alone it is told which files belong together; what a constant is, each language's reader knows. Where an
import may lead to several files it leads to none.
"""

from analyzer.extract.linking.links import Link, links, users
from analyzer.extract.linking.space import Segment, Space

__all__ = ["Link", "Segment", "Space", "links", "users"]
