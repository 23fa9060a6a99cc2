import json
from pathlib import Path

import pytest

from analyzer.linehash import line_hashes

VECTORS = json.loads((Path(__file__).parent / "data" / "line-hash-vectors.json").read_bytes())["vectors"]


@pytest.mark.parametrize("vector", VECTORS, ids=lambda v: repr(v["text"])[:20])
def test_vectors_of_the_reference_implementation(vector):
    lines = range(1, len(vector["hashes"]) + 1)
    assert list(line_hashes(vector["text"].encode(), lines).values()) == vector["hashes"]


def test_only_asked_lines_are_returned():
    assert list(line_hashes(b"a\nb\nc\n", {2})) == [2]
    assert line_hashes(b"a\n", ()) == {}


def test_indentation_does_not_count():
    assert line_hashes(b"a: 1\nb: 2\n", {2}) == line_hashes(b"a: 1\n\t  b: 2\n", {2})
