"""The sieve before the Semgrep engine: every sample that a rule finds passes, libraries without databases do not."""

import re

import pytest

from analyzer.extract.semgrep.sieve import sieve
from tests.trees import ROOT

HIT = sieve()
SAMPLES = sorted(p for p in (ROOT / "rules").rglob("*") if p.suffix in {".js", ".ts"})
# An address or a qualified name: the rest cannot be more than a mention without a policy.
STRANGER = re.compile(rb"10\.\d+\.\d+\.\d+|[a-z0-9-]+\.corp\.internal")


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda p: p.name)
def test_every_annotated_sample_with_a_real_host_passes(sample):
    data = sample.read_bytes()
    if STRANGER.search(data) and b"ruleid" in data and sample.stem != "http":
        assert HIT(data)


@pytest.mark.parametrize(
    "text",
    [
        "const pool = new Pool({ host: '10.0.0.121' }); require('pg')",
        "import Redis from 'ioredis'; new Redis(6379, 'cache.corp.internal')",
        "const DB_HOST = '10.0.0.121'",
        "const dbHost = process.env.X || 'db.corp.internal'",
        "let u = `postgres://${u}:${p}@10.0.0.121/app`",
        "mongoose.connect('mongodb://10.0.0.121/app')",
        "const userDb = {host: '[fd00::10]'}; createClient({url: 'redis://[fd00::10]'})",
    ],
)
def test_connections_pass(text):
    assert HIT(text.encode())


@pytest.mark.parametrize(
    "text",
    [
        "jQuery.fn.init = function () { preDispatch(); version = '3.1.1' }",
        "clickNext('Events.wheel')",
        "const pool = new Pool({ host: process.env.PGHOST }); require('pg')",
        "fetch('https://api.corp.internal/orders')",
        "new Redis('redis')",
    ],
)
def test_what_can_lead_to_no_finding_does_not(text):
    assert not HIT(text.encode())
