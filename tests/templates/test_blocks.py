import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzer.templates.blocks import MAX_DEPTH, Block, Text, blocks_of, read_blocks
from analyzer.templates.dialects import Dialect
from analyzer.templates.lexer import Action, actions

FAST = settings(max_examples=150, derandomize=True, deadline=None)


def tree(text, dialect=None):
    data = text.encode()
    return read_blocks(list(actions(data, dialect)), len(data))


def shown(nodes, text):
    """Text as it is, actions as their word, blocks as (word, branch, branch...)."""
    for node in nodes:
        if isinstance(node, Block):
            yield (node.word, *([*shown(branch.body, text)] for branch in node.branches))
        else:
            yield text[node.start : node.end] if isinstance(node, Text) else f"<{node.word}>"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a{{ if x }}b{{ end }}c", ["a", ("if", ["b"]), "c"]),
        ("{{ if x }}1{{ else if y }}2{{ else }}3{{ end }}", [("if", ["1"], ["2"], ["3"])]),
        ("{{ range x }}{{ with y }}1{{ end }}{{ else }}2{{ end }}", [("range", [("with", ["1"])], ["2"])]),
        ('{{ define "a" }}1{{ end }}', [("define", ["1"])]),
        ("{{ end }}1{{ else }}", ["<end>", "1", "<else>"]),
        ("{{ if x }}1{{ if y }}2{{ end }}3", [("if", ["1", ("if", ["2"]), "3"])]),
        ("{% for a in b %}1{% else %}2{% endfor %}", [("for", ["1"], ["2"])]),
        ("{% if a %}1{% for b in c %}2{% endif %}3", [("if", ["1", ("for", ["2"])]), "3"]),
        ("{% endfor %}1", ["<endfor>", "1"]),
        ("{% set a = 1 %}{% set b %}1{% endset %}", ["<set>", ("set", ["1"])]),
        ("{% raw %}{{ if x }}{% endraw %}1", [("raw", ["{{ if x }}"]), "1"]),
        ("<% if a %>1<% else %>2<% end %>", [("if", ["1"], ["2"])]),
        ("<% a.each do |x| %><%= x %><% end %>", [("do", ["<x>"])]),
        ("{{ if x }}", [("if", [])]),
        ("", []),
    ],
)
def test_trees(text, expected):
    assert list(shown(tree(text), text)) == expected


def test_offsets_of_a_block():
    text = "a{{ if x }}b{{ else }}c{{ end }}d"
    _, block, _ = tree(text)
    assert text[block.start : block.end] == "{{ if x }}b{{ else }}c{{ end }}"
    assert [text[branch.start : branch.end] for branch in block.branches] == ["b", "c"]
    assert [text[branch.head.start : branch.head.end] for branch in block.branches] == ["{{ if x }}", "{{ else }}"]
    assert block.closing is not None
    assert text[block.closing.start : block.closing.end] == "{{ end }}"


def test_a_block_that_nothing_closes_reaches_to_the_end():
    text = "a{{ if x }}b{{ else }}c"
    block = tree(text)[1]
    assert (block.closing, block.end, block.branches[-1].end) == (None, len(text), len(text))


def test_blocks_that_are_too_deep_stay_actions():
    deep = MAX_DEPTH + 5
    text = "{{ if x }}" * deep + "1" + "{{ end }}" * deep + "2{{ if y }}3{{ end }}"
    nodes = tree(text)
    assert [type(node) for node in nodes] == [Block, Text, Block]
    assert len(list(blocks_of(nodes))) == MAX_DEPTH + 1


def joined(nodes):
    """The bytes that the nodes cover, in order."""
    for node in nodes:
        if isinstance(node, Block):
            at = node.start
            for branch in node.branches:
                assert at == branch.head.start
                yield branch.head.start, branch.head.end
                yield from joined(branch.body)
                at = branch.end
            if node.closing is not None:
                assert at == node.closing.start
                yield node.closing.start, node.closing.end
                at = node.closing.end
            assert at == node.end
        else:
            yield node.start, node.end


PIECES = st.one_of(
    st.sampled_from(
        [
            "{{ if x }}",
            "{{ else }}",
            "{{ end }}",
            "{{ .x }}",
            "{{ range x }}",
            "text",
            "\n",
            '{{ define "a" }}',
            "{% if a %}",
        ]
    ),
    st.sampled_from(["{% for b in c %}", "{% endif %}", "{% endfor %}", "{% else %}", "{% raw %}", "{% endraw %}"]),
)


@FAST
@given(st.lists(PIECES, max_size=40), st.sampled_from([Dialect.GO, Dialect.JINJA]))
def test_nodes_join_back_to_the_file(pieces, dialect):
    text = "".join(pieces)
    nodes = tree(text, dialect)
    at = 0
    for start, end in joined(nodes):
        assert start == at
        at = end
    assert at == len(text)
    assert all(isinstance(node, Text | Action | Block) for node in nodes)
