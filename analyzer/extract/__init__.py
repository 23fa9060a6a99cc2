"""The table of formats: which extractor reads which file.

An extractor module has `extract(source) -> Extraction`. It says where hosts stand and what the place is; it knows
no policy and judges nothing. Modules are named, not imported, so that a run pays only for the formats it meets.
"""

from collections.abc import Callable
from dataclasses import dataclass
from fnmatch import fnmatchcase
from importlib import import_module
from typing import cast

from analyzer.model import Extraction
from analyzer.source import SourceFile

Extract = Callable[[SourceFile], Extraction]


@dataclass(frozen=True, slots=True)
class Format:
    """One row: globs on the file's name (or on the whole path where they hold a slash) and who reads it.

    `semgrep` is the language under which the Semgrep engine reads the file as well.
    """

    name: str
    globs: tuple[str, ...]
    module: str
    semgrep: str | None = None

    def load(self) -> Extract:
        """The extractor's function."""
        return cast("Extract", import_module(f"analyzer.extract.{self.module}").extract)


FORMATS: tuple[Format, ...] = (
    Format("dotenv", (".env", ".env.*", "*.env", ".envrc"), "dotenv"),
    Format("yaml", ("*.yaml", "*.yml"), "yaml"),
    Format("python", ("*.py", "*.pyi", "*.pyw"), "python"),
    Format("javascript", ("*.js", "*.mjs", "*.cjs", "*.jsx"), "javascript", semgrep="javascript"),
    Format("typescript", ("*.ts", "*.mts", "*.cts", "*.tsx"), "javascript", semgrep="typescript"),
    Format("shell", ("*.sh", "*.bash", "*.ksh", "*.zsh"), "shell"),
    Format("terraform", ("*.tf", "*.tfvars", "*.hcl"), "terraform"),
    Format("dockerfile", ("Dockerfile", "Dockerfile.*", "*.Dockerfile", "Containerfile"), "dockerfile"),
    Format("properties", ("*.properties",), "properties"),
)
TEXT = Format("text", ("*",), "text")


def format_of(path: str, head: bytes) -> Format:
    """The row for a path, by its name first and by a `#!` line in its first bytes second; `TEXT` where none fits."""
    name = path.rsplit("/", 1)[-1]
    for row in FORMATS:
        if any(fnmatchcase(path if "/" in glob else name, glob) for glob in row.globs):
            return row
    return _by_shebang(head) or TEXT


def format_named(name: str) -> Format:
    """The row with this name. Raises StopIteration for a name that is in no row."""
    return next(row for row in (*FORMATS, TEXT) if row.name == name)


def _by_shebang(head: bytes) -> Format | None:
    line = head.split(b"\n", 1)[0][:200]
    if not line.startswith(b"#!"):
        return None
    words = line[2:].replace(b"/", b" ").split()
    names = dict.fromkeys(("sh", "bash", "dash", "ash", "ksh", "zsh"), "shell")
    names |= {"python": "python", "python3": "python", "node": "javascript"}
    found = next((names[w.decode()] for w in words if w.isascii() and w.decode() in names), None)
    return next((row for row in FORMATS if row.name == found), None)
