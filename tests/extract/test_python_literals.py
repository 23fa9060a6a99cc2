"""Hosts in every kind of Python literal: each span is exact, or the reference is sealed."""

import ast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzer.extract.python import extract
from analyzer.extract.python import literals as pyliterals
from analyzer.extract.python import tree as pytree
from analyzer.model import Problem
from analyzer.source import SourceFile
from tests.kit import check

EXACT = [
    'u = "postgresql://u:made-up@«10.0.0.121|port=5432»:⟦5432⟧/app"\n',
    "u = 'postgresql://u@«db-postgres-01.corp.internal|insert=:»/app'\n",
    'u = b"postgresql://u@«10.0.0.121»/app"\n',
    'u = r"postgresql://u:\\d@«10.0.0.121»/app"\n',
    'u = """postgresql://u@«10.0.0.121»/app"""\n',
    'u = """\n  host=«10.0.0.121»\n  port=⟦5432⟧\n  dbname=app\n"""\n',
    "u = '''\\\nhost=«10.0.0.121» dbname=app'''\n",
    'u = "postgresql://u:\\x70\\u0070\\N{BULLET}\\t@«10.0.0.121»/app"\n',
    'u = "SERVER=«10.0.0.121»\\\\SQL01,⟦1433⟧;DATABASE=app"\n',
    'u = "postgresql://u:\\"q\\"@«10.0.0.121»:⟦5432⟧/app"\n',
    'u = ("postgresql://u:made-up"\n # the leader: "10.0.0.121"\n "@«10.0.0.121»"\n ":⟦5432⟧/app")\n',
    'u = "DRIVER={SQL Server};" \\\n    "SERVER=«10.0.0.121»;DATABASE=app"\n',
    'u = f"postgresql://{user}:{password!r}@«10.0.0.121»:⟦5432⟧/{db:>{width}}"\n',
    'u = f"postgresql://{user}:{{x}}@«10.0.0.121»:⟦5432⟧/app"\n',
    'u = ("postgresql://" f"{user}:{password}" "@«10.0.0.121»" f":⟦5432⟧/{db}")\n',
    'u = rf"postgresql://{user}@«10.0.0.121»/{db}"\n',
    'u = f"""postgresql://{\n    user}@«10.0.0.121»/app"""\n',
    "u = f\"mysql://{quote('10.0.0.99')}:x@«10.0.0.121»/app\"\n",
    'u = "postgresql://u:%s@«10.0.0.121»:⟦5432⟧/app" % password\n',
    'u = "postgresql://%(user)s@«10.0.0.121»/%(db)s" % {"user": u, "db": d}\n',
    'u = "postgresql://{}:{}@«10.0.0.121»/app".format(user, password)\n',
    'u = "postgresql://{user}@«10.0.0.121»/app".format(user=user)\n',
    'u = "postgresql://{user}@«10.0.0.121»/app"\n',
    'u = "postgresql://" + user + ":" + password + "@«10.0.0.121»:" + "⟦5432⟧/app"\n',
    'u = "postgresql://u@" + "«10.0.0.121»" + "/app"\n',
    'u = "".join(["postgresql://u@", "«10.0.0.121»", "/app"])\n',
    'u = "postgresql://u@[«fd00::121»]:⟦5432⟧/app"\n',
    'u = "postgresql://u@«10.0.0.121|group=2»:5432,«10.0.0.122|group=2»:5432/app"\n',
    'x = "größe"; u = "postgresql://ü:päß@«10.0.0.121»/app"; y = "\U0001f418"\n',
]
SEALED = [
    'u = «"postgresql://u@10.0.0.\\x31\\x32\\x31/app"|sealed,host=10.0.0.121»\n',
    'u = «"postgresql://u@10.0.\\\n0.121/app"|sealed,host=10.0.0.121»\n',
    'u = «("postgresql://u@10.0." "0.121/app")|sealed,host=10.0.0.121»\n'.replace("«(", "(«")
    .replace(")|", "|")
    .replace("»", "»)"),
]
NOTHING = [
    'u = f"postgresql://u@{host}:5432/app"\n',
    'u = "postgresql://u@%s/app" % host\n',
    'u = "postgresql://u@" + host + "/app"\n',
    'u = "postgresql:///app?host=/var/run/postgresql"\n',
    'u = "sqlite:///app.db"\n',
    'u = "see the 10.0.0.121 page"\n',
    "u = 5432\n",
]


@pytest.mark.parametrize("sample", EXACT)
def test_the_span_is_the_host(sample: str) -> None:
    check(extract, sample, path="a.py", comment="#")


@pytest.mark.parametrize("sample", SEALED)
def test_what_escapes_and_seams_hide_is_sealed(sample: str) -> None:
    check(extract, sample, path="a.py", comment="#")


@pytest.mark.parametrize("sample", NOTHING)
def test_nothing_is_found(sample: str) -> None:
    check(extract, sample, path="a.py", comment="#")


def test_bytes_that_are_not_utf8_do_not_move_spans() -> None:
    data = b'# -*- coding: latin-1 -*-\nx = "\xe9\xe8"; u = "postgresql://\xe9@10.0.0.121:5432/app"  # \xfc\n'
    source = SourceFile("a.py", data)
    (ref,) = extract(source).refs
    assert source.slice(ref.slot.span) == b"10.0.0.121"


def test_form_feeds_and_lone_carriage_returns_do_not_move_spans() -> None:
    data = b'\x0c\nx = 1\r\x0cu = "postgresql://u@10.0.0.121/app"\r\n\x0b = 0'.replace(b"\x0b = 0", b"")
    source = SourceFile("a.py", data)
    (ref,) = extract(source).refs
    assert source.slice(ref.slot.span) == b"10.0.0.121"


def test_a_literal_of_many_pieces_is_taken_apart() -> None:
    pieces = " ".join(f'"{i} "' for i in range(400))
    source = SourceFile("a.py", f'u = ("postgresql://u@10.0.0.121/app?" {pieces})\n'.encode())
    (ref,) = extract(source).refs
    assert source.slice(ref.slot.span) == b"10.0.0.121"


def test_a_literal_that_is_too_long_is_sealed() -> None:
    pieces = " ".join(f'"{i} "' for i in range(2000))
    (ref,) = extract(SourceFile("a.py", f'u = ("postgresql://u@10.0.0.121/app?" {pieces})\n'.encode())).refs
    assert ref.sealed


_PIECE = st.text(alphabet="ab1.\\'\"{}\n\r\té\u2028\U0001f418\x00", max_size=8)
_PREFIX = st.sampled_from(["", "r", "b", "u", "f", "rf", "F", "Rb"])
_QUOTE = st.sampled_from(["'", '"', "'''", '"""'])


@settings(max_examples=250, derandomize=True, deadline=None)
@given(
    st.lists(st.tuples(_PREFIX, _QUOTE, _PIECE), min_size=1, max_size=3),
    st.sampled_from([" ", " \\\n", "\n  # ' \"\n", "\r\n"]),
)
def test_each_character_that_is_located_is_the_character_of_the_value(
    pieces: list[tuple[str, str, str]], between: str
) -> None:
    text = f"(\n{between.join(p + q + body + q for p, q, body in pieces)}\n)\n"
    tree = pytree.parse(SourceFile("a.py", text.encode("utf-8", "surrogatepass")))
    if isinstance(tree, Problem):
        return
    for node in ast.walk(tree.module):
        atom = pyliterals.literal(tree, node) if isinstance(node, ast.Constant | ast.JoinedStr) else None
        for at in range(len(atom.value) if atom else 0):
            assert atom is not None
            slot = pyliterals.locate(tree, atom, at, at + 1)
            if slot is not None:
                assert tree.source.slice(slot.span).decode() == atom.value[at]


@settings(max_examples=200, derandomize=True, deadline=None)
@given(_PREFIX, _QUOTE, st.text(alphabet="ab.1é/@:\\n", max_size=12))
def test_a_literal_without_escapes_is_located_whole(prefix: str, quote: str, body: str) -> None:
    if "\\" in body or (not body.isascii() and "b" in prefix.lower()):
        return
    tree = pytree.parse(SourceFile("a.py", f"x = {prefix}{quote}{body}{quote}\n".encode()))
    assert not isinstance(tree, Problem)
    node = next(n for n in ast.walk(tree.module) if isinstance(n, ast.Constant | ast.JoinedStr))
    atom = pyliterals.literal(tree, node)
    assert atom is not None
    assert atom.value == body
    for start in range(len(body)):
        slot = pyliterals.locate(tree, atom, start, len(body))
        assert slot is not None
        assert tree.source.slice(slot.span).decode() == body[start:]
