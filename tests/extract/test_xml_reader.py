"""XML that is spelled oddly, broken, deep or hostile: it is read as far as it goes, and that is told."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzer.extract.xml import extract
from analyzer.model import Extraction
from analyzer.source import SourceFile
from tests.kit import check

XML = {"path": "a.xml", "comment": "<!--", "comment_end": " -->"}


def found(marked: str, **options) -> Extraction:
    return check(extract, marked, **{**XML, **options})


@pytest.mark.parametrize(
    "sample",
    [
        '<a db_host="«10.0.0&#46;121|host=10.0.0.121,sealed»"/>\n',
        '<a url="jdbc:mysql://«10.0.0.121|open»:⟦3306⟧/app?a=b&amp;c=d"/>\n',
        "<url><![CDATA[jdbc:mysql://«10.0.0.121|open,insert=:»/app?a=b&c=d]]></url>\n",
        "<url>jdbc:mysql://<!-- primary -->«10.0.0.121»/app</url>\n",
        """\
<url>
    jdbc:mysql://«10.0.0.121»/app
</url>
""",
        """\
<a
  db_host
  =
  '«10.0.0.121»'
/>
""",
        '<a db_host="größer>"/><größe><db_host>«10.0.0.121»</db_host></größe>\n',
        """\
<a url="jdbc:postgresql://«10.0.0.120|group=2,open»:⟦5432⟧,«10.0.0.121»:⟦5433⟧/app?targetServerType=primary&amp;a=b"/>
""",
        """\
<?xml version="1.0"?>
<!DOCTYPE beans [
  <!ENTITY node "«10.0.0.121|flow,open,clue=dsn»">
  <!ENTITY other "x">
]>
<url>jdbc:mysql://&node;:⟦3306⟧/&other;</url>
""",
    ],
)
def test_spellings(sample):
    found(sample, comment=None)


def test_a_list_behind_an_escaped_ampersand_can_be_collapsed():
    ref = found(
        '<a url="jdbc:postgresql://«10.0.0.120»:5432,«10.0.0.121»:5432/app?a=b&amp;targetServerType=primary"/>\n'
    ).refs[0]
    assert ref.group
    assert ref.group.hosts
    source = b'<a url="jdbc:postgresql://10.0.0.120:5432,10.0.0.121:5432/app?a=b&amp;targetServerType=primary"/>\n'
    assert [source[d.span.start : d.span.end] for d in ref.group.drops] == [b"&amp;targetServerType=primary"]


@pytest.mark.parametrize(
    "sample",
    [
        "<a><b><db_host>«10.0.0.121»</db_host></a>\n",
        "<a></b><db_host>«10.0.0.121»</db_host>\n",
        '<a x="1><db_host>10.0.0.122</db_host>" <db_host>«10.0.0.121»</db_host></a>\n',
        "<a>{% if x %}<b>{% else %}<c>{% endif %}<db_host>«10.0.0.121»</db_host></b></a>\n",
        "<a><url>jdbc:mysql://«10.0.0.121|clue=dsn»/app</url\n",
    ],
)
def test_broken_files_are_told_and_still_read(sample):
    problems = found(sample, problems=1).problems
    assert not problems[0].incomplete
    assert problems[0].line == 1


@pytest.mark.parametrize(
    "sample",
    [
        """\
<db_host>«10.0.0.121»</db_host>
<db_port>⟦5432⟧</db_port>
""",
        "db_host = «10.0.0.121»\n",
        '<?php $x; ?><a db_host="«10.0.0.121»"/>\n',
        "<a>1 < 2 <db_host>«10.0.0.121»</db_host> & </a>\n",
    ],
    ids=["a fragment", "no XML", "instructions", "signs in text"],
)
def test_what_is_no_document_is_read_as_well(sample):
    found(sample, comment=None)


def test_entities_are_not_expanded_without_end():
    rows = "".join(f'<!ENTITY a{i} "{f"&a{i - 1};" * 10 if i else "10.0.0.121"}">\n' for i in range(12))
    text = f'<!DOCTYPE x [\n{rows}<!ENTITY e SYSTEM "file:///etc/passwd">]>\n<db_host>&a11;&e;</db_host>\n'
    assert [ref.host for ref in extract(SourceFile("a.xml", text.encode())).refs] == []


def test_latin_1():
    text = """\
<?xml version="1.0" encoding="ISO-8859-1"?>
<größe><db_host ä="ö">10.0.0.121</db_host></größe>
"""
    source = SourceFile("a.xml", text.encode("latin-1"))
    assert [source.slice(ref.slot.span) for ref in extract(source).refs] == [b"10.0.0.121"]


_HOSTILE = [
    "<a>",
    "<a ",
    "<a b='",
    '<a b="',
    "</a>",
    "<!--",
    "<![CDATA[",
    "<!DOCTYPE [",
    "<!",
    "<?",
    "&a;",
    "<a b=c ",
    "<!DOCTYPE [<!--",
]


_HOSTILE += [
    "<!ENTITY a 'b'>",
    "<a>x",
    "<a/>",
    "<a b='c'>",
    '<!DOCTYPE a [<!ENTITY b "c',
    "<a,,,",
    "< ",
    "<a><db_host>1.2.3.4</db_host>",
]


def test_what_is_nested_too_deeply_makes_the_scan_incomplete():
    text = "<a>" * 150 + "<db_host>10.0.0.121</db_host>" + "</a>" * 150
    (problem,) = extract(SourceFile("a.xml", text.encode())).problems
    assert problem.incomplete


@pytest.mark.parametrize("piece", _HOSTILE)
def test_hostile_repetition_ends(piece):
    extract(SourceFile("a.xml", (piece * 20_001).encode()))


_WORDS = (
    "<a> </a> <a <b/> > <!-- --> <![CDATA[ ]]> &amp; &#46; &x; <!DOCTYPE [ ]> 10.0.0.121 db_host= <db_host> </db_host>"
)


_TEXTS = ['name="url" value="jdbc:mysql://10.0.0.121/a"', "<value>", "</value>", '"', "'", " ", "\n", "\r\n"]


_PIECES = st.sampled_from([*_WORDS.split(), *_TEXTS])


@given(st.lists(_PIECES, max_size=30).map("".join))
@settings(max_examples=300, derandomize=True, deadline=None)
def test_any_text(text):
    source = SourceFile("a.xml", text.encode())
    for ref in extract(source).refs:
        assert ref.sealed or source.slice(ref.slot.span).decode() == ref.host
