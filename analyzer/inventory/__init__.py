"""What a scan tells about clusters rather than about lines: who uses what, and what breaks when a node fails over."""

from analyzer.inventory.build import inventory_of
from analyzer.inventory.nouns import (
    ClusterEntry,
    EndpointEntry,
    FileTally,
    Hidden,
    Inventory,
    NodeEntry,
    Place,
    Stranger,
    Strangers,
    Tally,
    User,
    WrongPort,
)

__all__ = [
    "ClusterEntry",
    "EndpointEntry",
    "FileTally",
    "Hidden",
    "Inventory",
    "NodeEntry",
    "Place",
    "Stranger",
    "Strangers",
    "Tally",
    "User",
    "WrongPort",
    "inventory_of",
]
