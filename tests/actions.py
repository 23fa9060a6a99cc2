"""What a GitHub runner gives to the steps of an action: files, variables and the payload of an event."""

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from tests.repositories import ENVIRONMENT, git
from tests.trees import ROOT

SCRIPTS = ROOT / "scripts"


@dataclass(frozen=True, slots=True)
class Runner:
    """A job's folders. `temp` stands beside the workspace, as it does on a runner."""

    workspace: Path
    temp: Path
    event: str
    payload: dict[str, object]

    def environment(self, **given: str) -> dict[str, str]:
        """The variables of a step, with those that its `env` gives."""
        event = self.temp / "event.json"
        event.write_text(json.dumps(self.payload))
        files = {f"GITHUB_{name}": str(self.temp / name) for name in ("OUTPUT", "STEP_SUMMARY", "ENV")}
        github = {
            "GITHUB_EVENT_NAME": self.event,
            "GITHUB_EVENT_PATH": str(event),
            "GITHUB_WORKSPACE": str(self.workspace),
            "GITHUB_ACTIONS": "true",
            "GITHUB_SHA": git(self.workspace, "rev-parse", "HEAD").decode().strip(),
            "RUNNER_TEMP": str(self.temp),
        }
        return {**ENVIRONMENT, **files, **github, **given}

    def step(self, script: str, python: str = sys.executable, **given: str) -> subprocess.CompletedProcess[bytes]:
        """One step of the action as action.yml runs it: from the workspace, Python isolated."""
        path = SCRIPTS / script
        command = [python, "-I", path] if path.suffix else [path]
        env = self.environment(**given)
        return subprocess.run(command, cwd=self.workspace, env=env, capture_output=True, check=False)

    def outputs(self) -> dict[str, str]:
        """What the steps so far wrote to GITHUB_OUTPUT."""
        path = self.temp / "OUTPUT"
        lines = path.read_text().splitlines() if path.exists() else []
        return dict(line.split("=", 1) for line in lines)

    def summary(self) -> str:
        """The job summary so far."""
        path = self.temp / "STEP_SUMMARY"
        return path.read_text() if path.exists() else ""


def runner(folder: Path, workspace: Path, event: str = "workflow_dispatch", **payload: object) -> Runner:
    """A runner with its temporary folder in `folder`."""
    temp = folder / "temp"
    temp.mkdir(exist_ok=True)
    return Runner(workspace, temp, event, payload)


def shallow(origin: Path, to: Path, commit: str) -> Path:
    """A checkout of depth 1, as actions/checkout makes it."""
    to.mkdir(parents=True)
    git(to, "init", "--quiet")
    git(to, "remote", "add", "origin", f"file://{origin}")
    git(to, "fetch", "--quiet", "--no-tags", "--depth=1", "origin", commit)
    git(to, "checkout", "--quiet", "--detach", "FETCH_HEAD")
    return to
