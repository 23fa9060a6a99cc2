"""Which names are dotenv files, and which ignored directories to search for them. Pure but for one look at the disk."""

import os
from pathlib import Path

_DEPENDENCIES = frozenset(
    {
        ".bundle",
        ".cargo",
        ".eggs",
        ".gradle",
        ".m2",
        ".nox",
        ".pnpm-store",
        ".terraform",
        ".tox",
        ".venv",
        ".yarn",
        "Carthage",
        "Pods",
        "__pycache__",
        "__pypackages__",
        "bower_components",
        "jspm_packages",
        "node_modules",
        "site-packages",
        "vendor",
        "venv",
        "virtualenv",
    }
)


def is_dotenv(path: str) -> bool:
    """Whether the last component is `.env`, `.env.*` or `*.env`."""
    name = path.rpartition("/")[2]
    return name.endswith(".env") or name.startswith(".env.")


def may_hold_dotenv(root: Path, directory: str) -> bool:
    """Whether an ignored directory is the user's own: none of its components is known to hold dependencies only.

    A virtual environment is known by its `pyvenv.cfg`, whatever its name.
    """
    if not _DEPENDENCIES.isdisjoint(directory.split("/")):
        return False
    return not os.path.lexists(root / directory / "pyvenv.cfg")
