"""The golden trees: `fixtures/<name>/` with its policy, `before/`, `after/` and `expected.json`."""

import json
from pathlib import Path

ROOT = Path(__file__).parent.parent
FIXTURES = ROOT / "fixtures"
NAMES = sorted(path.name for path in FIXTURES.iterdir())


def files(tree: Path) -> dict[str, bytes]:
    """Every file below a folder, by POSIX path."""
    return {p.relative_to(tree).as_posix(): p.read_bytes() for p in sorted(tree.rglob("*")) if p.is_file()}


def reduced(report: str) -> list[dict[str, object]]:
    """What a golden file pins of a JSON report: place, judgement and fix of every finding; no wording."""
    kept = ("rule", "severity", "path", "line", "column", "end_column", "host", "port", "cluster", "use", "intent")
    return [
        {**{key: finding[key] for key in kept}, "fix": (finding["fix"] or {}).get("safety")}
        for finding in json.loads(report)["findings"]
    ]
