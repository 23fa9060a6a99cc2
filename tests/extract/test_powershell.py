"""PowerShell: variables, strings and formats, hashtables, cmdlets, programs, comments; promises for every text."""

from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzer.extract import format_of
from analyzer.extract.powershell import extract, references_in
from analyzer.model import Clue
from analyzer.source import SourceFile
from tests.kit import check, check_none

SAMPLES = yaml.safe_load((Path(__file__).parents[1] / "data" / "powershell.yaml").read_text())
EMPTY = SAMPLES.pop("no database")


@pytest.mark.parametrize("sample", [sample for samples in SAMPLES.values() for sample in samples])
def test_what_is_marked_is_found(sample):
    check(extract, sample, path="deploy.ps1", comment="#")


@pytest.mark.parametrize("sample", EMPTY)
def test_what_names_no_server_of_a_database_says_nothing(sample):
    check_none(extract, sample, path="deploy.ps1", comment="#")


@pytest.mark.parametrize("path", ["deploy.ps1", "Tools.PSM1".lower(), "settings.psd1", "bin/Deploy.ps1"])
def test_files_are_told_by_their_names(path):
    assert format_of(path, b"").name == "powershell"


def test_a_script_without_an_ending_is_told_by_its_first_line():
    assert format_of("bin/deploy", b"#!/usr/bin/env pwsh\n").name == "powershell"
    assert format_of("bin/deploy", b"#!/bin/bash\n").name == "shell"


def shapes(text: str) -> list[str]:
    return [ref.shape for ref in extract(SourceFile("deploy.ps1", text.encode())).refs]


def test_shapes_show_names_and_hosts_only():
    assert shapes("$PgHost = '10.0.0.120'\n") == ["PgHost=«10.0.0.120»"]
    assert shapes("$env:PGHOST = '10.0.0.120'\n") == ["PGHOST=«10.0.0.120»"]
    assert shapes("Invoke-Sqlcmd -ServerInstance '10.0.0.50' -Password s3cret\n") == [
        "Invoke-Sqlcmd -ServerInstance «10.0.0.50»"
    ]
    assert shapes("$cs = 'Host=10.0.0.120;Username=app;Password=s3cret;Database=app'\n") == ["cs=Host=«10.0.0.120»;…"]


def test_the_finding_stands_where_the_literal_is_written_and_leads_to_its_use():
    text = "$Target = '10.0.0.120'\n# …\npsql -h $Target app\n"
    (ref,) = extract(SourceFile("deploy.ps1", text.encode())).refs
    assert text.encode()[ref.slot.span.start : ref.slot.span.end] == b"10.0.0.120"
    assert [text.encode()[step.span.start : step.span.end] for step in ref.flow] == [b"$Target"]


def test_comments_with_directives_are_handed_over_and_strings_are_none():
    text = (
        "# analyzer: ignore[node-host] own line\n$PgHost = '10.0.0.120' # analyzer: ignore[node-host] trailing\n"
        "<#\nanalyzer: ignore[node-host] in a block\n#>\n$text = '# analyzer: ignore[node-host] none'\n"
        '$more = @"\n# analyzer: ignore[node-host] none\n"@\n'
    )
    found = extract(SourceFile("deploy.ps1", text.encode()))
    assert [(comment.text.rsplit("] ", 1)[-1], comment.own_line) for comment in found.comments] == [
        ("own line", True),
        ("trailing", False),
        ("in a block", True),
    ]
    assert [text.encode()[span.start : span.end][:2] for span in found.unbroken] == [b'@"']


def test_a_quote_that_is_never_closed_is_a_problem_and_the_rest_is_read():
    text = "$PgHost = '10.0.0.120'\n$a = \"never closed\npsql -h 10.0.0.121 app\n"
    found = extract(SourceFile("deploy.ps1", text.encode()))
    assert [problem.line for problem in found.problems] == [2]
    assert [ref.host for ref in found.refs] == ["10.0.0.120", "10.0.0.121"]


def test_code_nested_too_deeply_is_a_problem():
    found = extract(SourceFile("deploy.ps1", b"$DbUrl = 'postgres://app@10.0.0.120/app'\n" + b"(" * 50_000))
    assert "nested too deeply" in found.problems[-1].message
    assert [ref.host for ref in found.refs] == ["10.0.0.120"]


def test_text_inside_another_format_is_read_in_place():
    text = "psql -h 10.0.0.120"
    source = SourceFile("x", text.encode())
    (ref,) = references_in(text, source.slot)
    assert [evidence.clue for evidence in ref.evidence] == [Clue.COMMAND]


@pytest.mark.parametrize(
    "text",
    [
        "$a = " + "'x' + " * 20_000 + "'y'",
        "'{0}{0}{0}{0}' -f (" * 40 + "'x'" + ")" * 40,
        "@{a=" * 50 + "1" + "}" * 50,
        "psql -h $x " * 3_000,
        "$x = $x\n" * 3_000 + "psql -h $x\n",
        "".join(f"$v{i} = $v{i - 1}\n" for i in range(2_000)) + "psql -h $v1999\n",
        "function f($h) { psql -h $h }\n" + "f 10.0.0.120\n" * 2_000,
        "@p " * 5_000 + "\n" + "$p = @{ Server = 'x' }\n" + "Invoke-Sqlcmd @p\n" * 2_000,
        '@"\n' * 2_000,
        "$(" * 59 + ")" * 59,
        "[" * 20_000,
        "<#" * 20_000,
        "`" * 20_001,
        "-f " * 20_000,
        ", " * 20_000,
        "if (" * 30 + "1" + ") {}" * 30,
        "$a[" * 40 + "]" * 40,
        "foreach ($x in $y) { " * 50,
        "[a(" * 20_000,
        "1..9 | % { " * 50,
    ],
)
def test_hostile_texts_are_read(text):
    extract(SourceFile("deploy.ps1", text.encode()))


_TOKENS = """
    $x $env:PGHOST $script:DbHost ${a b} = += ?? ? : + -f -eq , ; | && || ( ) { } [ ] @( @{ @" "@ @' '@ $( " ' ` # <# #>
    psql -h -p 10.0.0.120 5432 db1 Invoke-Sqlcmd -ServerInstance @x & . .Host ['Host'] [string] ::new( [T]::new(
    function f param foreach in if else switch return throw Server={0};Database=a Host=$x;Database=a postgres://app@
    /app > 2>&1 ForEach-Object % $_ New-Object Npgsql.NpgsqlConnection Write-Host é \ufffc
"""
_PIECES = st.sampled_from([*_TOKENS.split(), "\n", " ", "\r\n", "\t", "\udc80"])


@given(
    st.lists(_PIECES, max_size=50).map(" ".join) | st.lists(_PIECES, max_size=50).map("".join) | st.text(max_size=80)
)
@settings(max_examples=600, derandomize=True, deadline=None)
def test_every_text_is_read_and_every_slot_spells_its_host(text):
    source = SourceFile("deploy.ps1", text.encode("utf-8", "surrogateescape" if "\udc80" in text else "replace"))
    for ref in extract(source).refs:
        assert ref.sealed or source.slice(ref.slot.span).decode().strip("[]") == ref.host
        assert all(step.span.end <= len(source.data) for step in ref.flow)
        if ref.port is not None and ref.port.slot is not None and ref.port.value is not None:
            assert int(source.slice(ref.port.slot.span)) == ref.port.value
