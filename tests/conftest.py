import os

import pytest
from hypothesis import settings

settings.register_profile("suite", deadline=None, derandomize=True, max_examples=100)
settings.load_profile("suite")

_OUTSIDE = ("CI", "NO_COLOR", "FORCE_COLOR", "PYTHONPATH")


@pytest.fixture(autouse=True)
def scrubbed_environment(monkeypatch):
    """No test sees what the machine that runs it happens to set."""
    for name in list(os.environ):
        if name.startswith(("GITHUB_", "GIT_", "GITLAB_", "CI_", "SEMGREP_")) or name in _OUTSIDE:
            monkeypatch.delenv(name)


def pytest_addoption(parser):
    parser.addoption("--update-golden", action="store_true", help="write the golden files anew instead of comparing")
