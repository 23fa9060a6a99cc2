"""The real Helm engine writes a value where the reading of the templates says that it lands."""

import re

import pytest

from tests.oracle.values import score_of
from tests.trees import FIXTURES

pytest.importorskip("helm_python", reason="helm-python-sdk is not installed")


def test_values_land_where_helm_writes_them():
    score = score_of(FIXTURES / "helm-values" / "before" / "charts" / "orders", re.compile("."))
    assert score.missed == []
    assert sum(score.env.values()) == 7
    assert score.counts["exact"] == 11
