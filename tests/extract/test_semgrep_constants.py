"""Constants of one file: which names stand for a literal where they are used, and which must not."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzer.extract.semgrep.blocks import Blocks
from analyzer.extract.semgrep.constants import Constants
from analyzer.extract.semgrep.lexis import code_only
from analyzer.source import BOM, SourceFile

USE = "@USE@"


def texts(marked: str, language: str, bom: bytes = b"") -> list[str]:
    """What the name before the mark may stand for at its place."""
    before, after = marked.split(USE)
    path = before.split()[-1]
    source = SourceFile("a", bom + (before + after).encode())
    at = len(bom) + len(before.encode()) - len(path)
    literals = Constants(source, language).lookup(path, at)
    for literal in literals:
        home = literal.home
        start = home.start + len(home.text[: literal.start].encode())
        assert source.data[start:].decode().startswith(home.text[literal.start : literal.end])
    return [literal.text for literal in literals]


KNOWN = [
    ("const A = 'h';\nuse( A@USE@ )", "javascript"),
    ("const A = \n  'h'\nuse( A@USE@ )", "javascript"),
    ("export const A: string = 'h';\nuse( A@USE@ )", "typescript"),
    ("const db = { main: { host: 'h', port: 5432 } };\nuse( db.main.host@USE@ )", "javascript"),
    ("class C { static HOST = 'h'; f() { use( C.HOST@USE@ ) } }", "javascript"),
    ("class C { constructor() { this.host = 'h'; } f() { use( this.host@USE@ ) } }", "javascript"),
    ("function f() { const a = 'h'; return g( a@USE@ ); }", "javascript"),
    ("// const A = 'other';\nconst A = 'h';\nuse( A@USE@ )", "javascript"),
    ("const s = \"A = 'other'\";\nconst A = 'h';\nuse( A@USE@ )", "javascript"),
    ("const A = process.env.A || 'h';\nuse( A@USE@ )", "javascript"),
    ('package a\nconst A = "h"\nfunc f() { use( A@USE@ ) }', "go"),
    ('package a\nvar (\n\tB string = "b"\n\tA string = "h"\n)\nfunc f() { use( A@USE@ ) }', "go"),
    ('class C { private static final String A = "h"; void f() { use( A@USE@ ); } }', "java"),
    ('class Hosts { static final String A = "h"; } class C { void f() { use( Hosts.A@USE@ ); } }', "java"),
    ('object Hosts { const val A = "h" }\nfun f() { use( Hosts.A@USE@ ) }', "kotlin"),
    ('object C { val a: String = "h"\n def f = use( a@USE@ ) }', "scala"),
    ('class C { const string A = "h"; void F() { use( A@USE@ ); } }', "csharp"),
    ("<?php\nclass C { const A = 'h'; function f() { use( self::A@USE@ ); } }", "php"),
    ("<?php\nclass C { private $a = 'h'; function f() { use( $this->a@USE@ ); } }", "php"),
    ("<?php\n$a = 'h';\nuse( $a@USE@ );", "php"),
    ("A = 'h'\ndef f\n  use( A@USE@ )\nend", "ruby"),
    ("class C\n  A = 'h'\nend\nuse( C::A@USE@ )", "ruby"),
    ('const A: &str = "h";\nfn f() { use( A@USE@ ) }', "rust"),
]
UNKNOWN = [
    ("let a = 'h';\na = 'other';\nuse( a@USE@ )", "javascript"),
    ("function f() { const a = 'h'; }\nfunction g() { return use( a@USE@ ); }", "javascript"),
    ("const a = 'h';\nfunction f(a) { return use( a@USE@ ); }", "javascript"),
    ("const a = 'h';\nconst f = (a) => use( a@USE@ )", "javascript"),
    ("const o = { a: 'h' };\nuse( a@USE@ )", "javascript"),
    ("const o = { a: 'h' };\nuse( p.a@USE@ )", "javascript"),
    ("const A = 'h';\nuse( other.A@USE@ )", "javascript"),
    ("// const A = 'h';\nuse( A@USE@ )", "javascript"),
    ("const s = \"A = 'h'\";\nuse( A@USE@ )", "javascript"),
    ("const A = find('h');\nuse( A@USE@ )", "javascript"),
    ("const A = A;\nuse( A@USE@ )", "javascript"),
    ("if (a == 'h') { use( a@USE@ ) }", "javascript"),
    ('package a\nfunc f() { a := "h"; g() }\nfunc k() { use( a@USE@ ) }', "go"),
    ('package a\nvar a = "h"\nfunc f(a string) { use( a@USE@ ) }', "go"),
    ('package a\nvar a = "h"\nfunc f() { a = os.Args[1]; use( a@USE@ ) }', "go"),
    ('class C { static final String A = "h"; void f() { use( D.A@USE@ ); } }', "java"),
    ('class D { String a = "h"; } class C { void f() { use( a@USE@ ); } }', "java"),
    ("<?php\nclass C { const A = 'h'; function f() { use( D::A@USE@ ); } }", "php"),
    ("use( a@USE@ )\na = 'h'", "ruby"),
    ('fn f() { let a = "h"; }\nfn g() { use( a@USE@ ) }', "rust"),
]


@pytest.mark.parametrize("bom", [b"", BOM], ids=["", "BOM"])
@pytest.mark.parametrize(("marked", "language"), KNOWN)
def test_a_constant_stands_for_its_literal(marked, language, bom):
    assert texts(marked, language, bom) == ["h"]


@pytest.mark.parametrize(("marked", "language"), UNKNOWN)
def test_what_cannot_be_decided_is_no_constant(marked, language):
    assert texts(marked, language) == []


def test_constants_are_made_of_constants():
    text = "const A = 'h';\nconst B = `${A}:5432`;\nconst C = B + '/app';\nuse( C@USE@ )"
    assert texts(text, "javascript") == ["h:5432/app"]


def test_circles_end():
    assert texts("const A = B + 'x';\nconst B = A + 'y';\nuse( A@USE@ )", "javascript") == ["\ufffcyx"]


@given(
    st.text(alphabet="ab=:'\"`{}()$;,.\n /*#é"), st.sampled_from(["javascript", "go", "php", "ruby", "rust", "scala"])
)
@settings(max_examples=150, derandomize=True, deadline=None)
def test_any_text_is_read(text, language):
    assert len(code_only(text, language)) == len(text)
    Constants(SourceFile("a", text.encode()), language).lookup("a", 0)
    assert all(block.start < len(text) for block in Blocks(text).around(len(text) // 2))


@pytest.mark.parametrize("piece", ["{", "}", "a = 'x';", "{a = 'x';}", "a: {", "class a {", "a = b + ", "(", "='"])
def test_hostile_text_is_read_in_linear_time(piece):
    source = SourceFile("a.js", (piece * (200_000 // len(piece))).encode())
    begun = time.process_time()
    constants = Constants(source, "javascript")
    for at in range(0, 100_000, 10_000):
        constants.lookup("a", at)
    assert time.process_time() - begun < 6
