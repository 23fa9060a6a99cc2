"""The nouns of the program: frozen, slotted dataclasses without behaviour.

Byte offsets are 0-based and half-open; lines and columns are 1-based.
"""

from analyzer.model.change import PolicyChange
from analyzer.model.exemption import Exemption
from analyzer.model.extraction import Extraction
from analyzer.model.judgement import Match, Resolution, Usage, Verdict
from analyzer.model.place import (
    Clue,
    Comment,
    Container,
    Engine,
    Evidence,
    FlowStep,
    HostGroup,
    HostRef,
    Intent,
    Label,
    Opaque,
    PortRef,
    Problem,
    Region,
    Slot,
    Span,
    Use,
)
from analyzer.model.policy import Allow, Cluster, Endpoint, Node, Policy, Severity
from analyzer.model.report import (
    Compared,
    Coverage,
    Difference,
    Edit,
    Finding,
    Fix,
    Position,
    Related,
    Report,
    Safety,
    Sighting,
    Suppression,
)
from analyzer.model.topology import Bind, Probe, Roster, RosterKind, Server

__all__ = [
    "Allow",
    "Bind",
    "Clue",
    "Cluster",
    "Comment",
    "Compared",
    "Container",
    "Coverage",
    "Difference",
    "Edit",
    "Endpoint",
    "Engine",
    "Evidence",
    "Exemption",
    "Extraction",
    "Finding",
    "Fix",
    "FlowStep",
    "HostGroup",
    "HostRef",
    "Intent",
    "Label",
    "Match",
    "Node",
    "Opaque",
    "Policy",
    "PolicyChange",
    "PortRef",
    "Position",
    "Probe",
    "Problem",
    "Region",
    "Related",
    "Report",
    "Resolution",
    "Roster",
    "RosterKind",
    "Safety",
    "Server",
    "Severity",
    "Sighting",
    "Slot",
    "Span",
    "Suppression",
    "Usage",
    "Use",
    "Verdict",
]
