"""Third step of the action: scans the checkout, and hands reports, summary and outputs to the runner.

Reads ANALYZER_* (the inputs) and the runner's variables. Runs with the Python of the environment that the first step
made, and starts the console script beside it with that Python in isolated mode: neither the checkout nor PYTHONPATH can
put a module in its way. Findings do not fail this step; the output `exit-code` is for the last one.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

_RANK = {"error": 3, "warning": 2, "note": 1, "never": 2}
_SCANNED = (0, 1, 3)


@dataclass(frozen=True, slots=True)
class Inputs:
    """What the workflow asks for."""

    selection: tuple[str, ...]
    paths: tuple[str, ...]
    fail_on: str
    only_new: bool
    patch: bool
    token: str = field(default="", repr=False)


def main(environ: Mapping[str, str]) -> int:
    """Scan and tell the runner; 0 whatever was found."""
    inputs = inputs_of(environ)
    folder = Path(tempfile.mkdtemp(prefix="analyzer-reports-", dir=environ["RUNNER_TEMP"]))
    code = _analyzer(scan_arguments(inputs, folder), environ, inputs.token)
    outputs = {"exit-code": str(code)}
    if code in _SCANNED:
        report = json.loads((folder / "analyzer.json").read_bytes())
        outputs |= {"sarif-file": str(folder / "analyzer.sarif"), "json-file": str(folder / "analyzer.json")}
        outputs |= {"findings": str(counted(report, inputs.fail_on)), "fixable": str(report["summary"]["fixable"])}
        _append(environ.get("GITHUB_STEP_SUMMARY"), (folder / "summary.md").read_bytes())
        if inputs.patch:
            outputs |= _patched(inputs, folder, environ)
    _append(environ["GITHUB_OUTPUT"], "".join(f"{name}={value}\n" for name, value in outputs.items()).encode())
    return 0


def inputs_of(environ: Mapping[str, str]) -> Inputs:
    """The inputs, read from the step's variables. Paths stand one a line; an empty input is not given.

    There is a token where comments are asked for, and it is kept where there is something to comment on.
    """
    fail_on = environ.get("ANALYZER_FAIL_ON") or "warning"
    options = {"--policy": environ.get("ANALYZER_POLICY"), "--baseline": environ.get("ANALYZER_BASELINE")}
    given = [f"{name}={value}" for name, value in options.items() if value]
    if environ.get("ANALYZER_ALLOW_INCOMPLETE") == "true":
        given.append("--allow-incomplete")
    only_new = environ.get("ANALYZER_NEW") == "true"
    reviewed = only_new and environ.get("GITHUB_EVENT_NAME") == "pull_request"
    return Inputs(
        selection=(f"--fail-on={fail_on}", *given),
        paths=tuple(line.strip() for line in environ.get("ANALYZER_PATHS", "").split("\n") if line.strip()),
        fail_on=fail_on,
        only_new=only_new,
        patch=environ.get("ANALYZER_UPLOAD_PATCH") == "true",
        token=environ.get("ANALYZER_TOKEN", "") if reviewed else "",
    )


def scan_arguments(inputs: Inputs, folder: Path) -> list[str]:
    """The arguments of the scan, which may comment. `--diff` without a value takes the base from the runner's event."""
    files = {"sarif": "analyzer.sarif", "json": "analyzer.json", "markdown": "summary.md"}
    reports = [f"--report={form}={folder / name}" for form, name in files.items()]
    scan = ["scan", *(["--diff"] if inputs.only_new else []), "--format=github"]
    command = ["suggest"] if inputs.token else scan
    return [*command, *reports, *inputs.selection, "--", *inputs.paths]


def counted(report: Mapping[str, list[dict[str, object]]], fail_on: str) -> int:
    """How many open findings weigh at least as much as `fail-on`; with `never`, as a warning."""
    least = _RANK[fail_on]
    return sum(f["suppressed"] is None and _RANK[str(f["severity"])] >= least for f in report["findings"])


def _patched(inputs: Inputs, folder: Path, environ: Mapping[str, str]) -> dict[str, str]:
    """The safe fixes as a patch; no output where there are none. It holds whole lines: made on request only."""
    patch = folder / "analyzer.patch"
    new = ["--since"] if inputs.only_new else []
    _analyzer(["fix", *new, f"--patch={patch}", "--publishable", *inputs.selection, "--", *inputs.paths], environ)
    return {"patch-file": str(patch)} if patch.is_file() and patch.stat().st_size else {}


def _analyzer(arguments: Sequence[str], environ: Mapping[str, str], token: str = "") -> int:
    """The exit code of the installed program; what it prints goes to the log, where its annotations work."""
    program = Path(sys.executable).parent / "analyzer"
    command = (sys.executable, "-I", str(program), *arguments)
    inherited = {name: value for name, value in environ.items() if not name.startswith(("ANALYZER_", "PYTHON"))}
    given = {"GITHUB_TOKEN": token} if token else {}
    sys.stdout.flush()
    return subprocess.run(command, cwd=environ["GITHUB_WORKSPACE"], env=inherited | given, check=False).returncode


def _append(path: str | None, data: bytes) -> None:
    if path:
        with Path(path).open("ab") as file:
            file.write(data)


if __name__ == "__main__":
    sys.exit(main(os.environ))
