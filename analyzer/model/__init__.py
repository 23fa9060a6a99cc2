"""The nouns of the program: frozen, slotted dataclasses without behaviour.

Byte offsets are 0-based and half-open; lines and columns are 1-based.
"""

from analyzer.model.judgement import Match, Resolution, Usage, Verdict
from analyzer.model.place import (
    Clue,
    Comment,
    Container,
    Engine,
    Evidence,
    Extraction,
    FlowStep,
    HostGroup,
    HostRef,
    Intent,
    Opaque,
    PortRef,
    Problem,
    Region,
    Slot,
    Span,
    Use,
)
from analyzer.model.policy import Allow, Cluster, Endpoint, Node, Policy, Severity
from analyzer.model.report import Coverage, Edit, Finding, Fix, Position, Related, Report, Safety, Suppression

__all__ = [
    "Allow",
    "Clue",
    "Cluster",
    "Comment",
    "Container",
    "Coverage",
    "Edit",
    "Endpoint",
    "Engine",
    "Evidence",
    "Extraction",
    "Finding",
    "Fix",
    "FlowStep",
    "HostGroup",
    "HostRef",
    "Intent",
    "Match",
    "Node",
    "Opaque",
    "Policy",
    "PortRef",
    "Position",
    "Problem",
    "Region",
    "Related",
    "Report",
    "Resolution",
    "Safety",
    "Severity",
    "Slot",
    "Span",
    "Suppression",
    "Usage",
    "Use",
    "Verdict",
]
