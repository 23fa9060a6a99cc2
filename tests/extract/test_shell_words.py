"""Words and commands of shell text, with the place of each character."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzer.extract.shell.parse import parse
from analyzer.extract.shell.script import Command
from analyzer.extract.shell.words import Word, whole
from analyzer.hosts import HOLE


def commands(text: str) -> list[Command]:
    return list(parse(whole(text)).commands)


def texts(text: str) -> list[list[str]]:
    return [[word.text for word in command.words] for command in commands(text)]


def first(text: str) -> Word:
    return commands(text)[0].words[0]


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("abc", "abc"),
        ("'a b'", "a b"),
        ('"a b"', "a b"),
        ("a'b'\"c\"", "abc"),
        (r"a\ b", "a b"),
        (r'"a\"b"', 'a"b'),
        (r'"a\nb"', r"a\nb"),
        ("a\\\nb", "ab"),
        ("$'a\\tb'", "a\tb"),
        ("$x", HOLE),
        ("${x}y", HOLE + "y"),
        ('"$x:$y"', f"{HOLE}:{HOLE}"),
        ("${x:-'a b'}", HOLE),
        ('"${x:-it\'s}"', HOLE),
        ("$(echo ')')", HOLE),
        ("$((1 + (2)))", HOLE),
        ("`echo x`", HOLE),
        ("{a,b}", "{a,b}"),
        ("a#b", "a#b"),
        ("@(a|b)c", "@(a|b)c"),
        ("<(cmd a)", HOLE),
    ],
)
def test_one_word(raw, text):
    assert texts(f"{raw} end")[-1] == [text, "end"]


@pytest.mark.parametrize(
    ("raw", "name", "default"),
    [
        ("$x", "x", None),
        ("${x}", "x", None),
        ("${x[@]}", "x", None),
        ("${x:-d}", "x", "d"),
        ("${x-d}", "x", "d"),
        ("${x:=d}", "x", "d"),
        ("${x:-${y:-d}}", "x", HOLE),
        ("${x:?no}", "x", None),
        ("${x:+d}", "", None),
        ("${x%:*}", "", None),
        ("${#x}", "", None),
        ("${!x}", "", None),
        ("$(cmd)", "", None),
    ],
)
def test_expansions(raw, name, default):
    expansion = commands(raw)[-1].words[0].variable()
    assert expansion is not None
    assert expansion.name == name
    assert (expansion.default.text if expansion.default else None) == default
    assert (expansion.start, expansion.end) == (0, len(raw))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a b; c | d && e || f & g\nh", [["a", "b"], ["c"], ["d"], ["e"], ["f"], ["g"], ["h"]]),
        ("if a; then b; elif c; then d; else e; fi; f", [["a"], ["b"], ["c"], ["d"], ["e"], ["f"]]),
        ("for x in 1 2; do a; done", [["a"]]),
        ("for x\ndo a; done; for ((i=0; i<3; i++)); do b; done", [["a"], ["b"]]),
        ("while a; do b; done < f", [["a"], ["b"], []]),
        ("case x in a|b) c;; (d) e ;; *) f; esac; g", [["c"], ["e"], ["f"], ["g"]]),
        ("f() { a; }; function g { b; }; g", [["a"], ["b"], ["g"]]),
        ("( a; b ) && { c; }", [["a"], ["b"], ["c"]]),
        ("a $(b $(c) d) e", [["c"], ["b", HOLE, "d"], ["a", HOLE, "e"]]),
        ("a 2>&1 >/dev/null <x", [["a"]]),
        ("[[ $a =~ ^(b|c)$ && -n x ]] && d", [["[[", HOLE, "=~", "^", "b", "c", "$", "-n", "x", "]]"], ["d"]]),
        ("(( a < b )) && c", [["c"]]),
        ("a $(( $(b 1) + (2) )); (( $(c) > 1 ))", [["b", "1"], ["a", HOLE], ["c"]]),
        ("a # b\nc", [["a"], ["c"]]),
        ("A=1 B=2 c D=3", [["c", "D=3"]]),
        ("cat <<E; b\nx $(y)\nE\nc", [["cat"], ["b"], ["y"], ["c"]]),
        ("cat <<'E'\nx $(y)\nE\nc", [["cat"], ["c"]]),
        ("x=(a b\n # c\n d) e", [["e"]]),
        ("a\r\nb\r\n", [["a"], ["b"]]),
        ("! a; time b", [["a"], ["b"]]),
        ("done fi } ) esac a", [["a"]]),
        ("", []),
    ],
)
def test_commands(text, expected):
    assert texts(text) == expected


def test_assignments_and_arrays():
    (command,) = commands("A=1 B+=x C=(a 'b c' $d)")
    assert [(a.name, a.value.text, a.append) for a in command.assignments] == [
        ("A", "1", False),
        ("B", "x", True),
        ("C", "", False),
    ]
    assert [e.text for e in command.assignments[2].value.elements or ()] == ["a", "b c", HOLE]


def test_a_quoted_name_is_no_assignment():
    assert texts("'A'=1") == [["A=1"]]


def test_here_documents():
    one, two = commands("a <<X <<-Y\nx $v\nX\n\ty\n\tY\nb")
    assert [r.word.text for r in one.redirects] == [f"x {HOLE}\n", "\ty\n"]
    assert [w.text for w in two.words] == ["b"]


def test_blocks():
    script = parse(whole("f() { a; }\nfor x in 1 2; do b; done\n"))
    kinds = [(block.kind, block.name, [w.text for w in block.words]) for block in script.blocks]
    assert kinds == [("script", "", []), ("group", "f", []), ("loop", "x", ["1", "2"])]
    assert [script.blocks[c.block].kind for c in script.commands] == ["group", "loop"]


def test_flags():
    one, two, three = commands("a | b && c")
    assert (one.piped, two.piped) == (True, False)
    assert (two.conditional, three.conditional) == (False, True)


@pytest.mark.parametrize("text", ["a 'b", 'a "b', "a $(b", "a ${b", "a `b", "A=(b"])
def test_what_is_never_closed_is_a_fault(text):
    script = parse(whole(text + "\nnext word\n"))
    assert [fault.message for fault in script.faults] == ["a quote or bracket is never closed"]
    assert script.complete
    assert ["next", "word"] in [[w.text for w in c.words] for c in script.commands]


def test_places_in_text_inside_text():
    text = "sh -c 'psql -h 10.0.0.121 \"a b\"'"
    inner = commands(text)[0].words[2]
    (command,) = parse(inner).commands
    host, quoted = command.words[2], command.words[3]
    assert host.locate(0, len(host.text)) == (text.index("10"), text.index("10") + 10)
    assert quoted.locate(0, 3) == (text.index("a b"), text.index("a b") + 3)


def test_parts_know_their_place():
    word = first('--host="10.0.0.121"')
    part = word.part(7)
    assert part.text == "10.0.0.121"
    assert part.locate(0, 10) == (8, 18)
    assert word.locate(6, 8) is None


_TEXT = st.text(alphabet="ab $\"'\\`(){}<>;&|=#\n\r\tüE", max_size=60)


@given(_TEXT)
@settings(max_examples=400, derandomize=True, deadline=None)
def test_every_located_character_stands_there(text):
    script = parse(whole(text))
    words = [
        w
        for c in script.commands
        for w in (*c.words, *(a.value for a in c.assignments), *(r.word for r in c.redirects))
    ]
    for word in words:
        assert 0 <= word.start <= word.end <= len(text)
        for at in range(len(word.text)):
            place = word.locate(at, at + 1)
            assert place is None or text[place[0] : place[1]] == word.text[at]
            assert place is not None or word.text[at] in (HOLE, *"\n\t\r") or "$'" in text
