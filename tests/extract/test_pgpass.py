"""libpq's password file."""

import pytest

from analyzer.extract.pgpass import extract
from analyzer.source import SourceFile
from tests.kit import check, check_none


@pytest.mark.parametrize(
    "marked",
    [
        "«10.0.0.121|only=key,port=5433,engine=postgresql»:⟦5433⟧:orders:app:s3cret\n",
        "# note\n«db1.corp.internal|port=5432»:⟦5432⟧:*:app:s3:c\\:ret\n*:*:*:app:s3cret\n",
        "«10.0.0.121|port=none,insert=no»:*:*:app:s3cret\n«10.0.0.122»:⟦5432⟧:*:*:s3cret\n",
        "«2001\\:db8\\:\\:1|host=2001:db8::1,sealed»:⟦5432⟧:a:b:s3cret\n",
    ],
)
def test_servers(marked):
    check(extract, marked, path=".pgpass", comment="#")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "#10.0.0.121:5432:orders:app:s3cret\n",
        "localhost:5432:orders:app:s3cret\n/var/run/postgresql:5432:*:app:s3cret\n*:5432:*:*:s3cret\n",
        "10.0.0.121:5432:orders:app:\n10.0.0.121:5432:orders\n10.0.0.121\n10.0.0.121:pg:orders:app:s3cret\n",
        "app:5432\n",
    ],
)
def test_nothing(text):
    check_none(extract, text, path=".pgpass", comment="#")


def test_no_field_but_the_host_is_shown():
    (ref,) = extract(SourceFile(".pgpass", b"10.0.0.121:5433:orders:app:s3cret\n")).refs
    assert ref.shape == "…«10.0.0.121»"


def test_directives():
    text = b"# analyzer: ignore[node-host] one\n10.0.0.121:5432:a:b:# analyzer: two\n"
    assert [c.text for c in extract(SourceFile(".pgpass", text)).comments] == ["# analyzer: ignore[node-host] one"]
