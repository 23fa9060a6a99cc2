import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzer.hosts import HOLE
from analyzer.templates.literals import MOST
from analyzer.templates.printed import Places, Text, computed, cut, edges, hole, joined, spelled
from analyzer.templates.readings import readings

FAST = settings(max_examples=200, derandomize=True, deadline=None)


def read(template: str) -> list[str]:
    return [str(text) for text in readings(template)]


@pytest.mark.parametrize(
    ("template", "texts"),
    [
        ('{{ .x | default "H" }}', ["H"]),
        ('p{{ default "H" .x }}s', ["pHs"]),
        ('{{ default "H" .x }}:{{ default 5432 .p }}', ["H:5432"]),
        ('{{ printf "%s:%d" "H" 5432 }}', ["H:5432"]),
        ('{{ printf "%[2]s:%[1]v" 5432 "H" }}', ["H:5432"]),
        ('{{ printf "%s" .x }}', []),
        ('{{ printf "100%%:%s" "H" }}', ["100%:H"]),
        ('{{ printf "%q" "H" }}', ['"H"']),
        ('{{ printf "%03d" 7 }}', ["007"]),
        ('{{ printf "a%sb" }}', [f"a{HOLE}b"]),
        ('{{ printf "%x" "H" }}', []),
        ('{{ printf .form "H" }}', []),
        ('{{ print "a" "b" }}', ["ab"]),
        ('{{ cat "a" "b" }}', ["a b"]),
        ('{{ ternary "A" "B" .c }}', ["A", "B"]),
        ('{{ ternary "A" "B" .c }}:{{ ternary "1" "2" .c }}', ["A:1", "B:2"]),
        ('{{ ternary "A" "B" .c }}:{{ default "1" .p }}', ["A:1", "B:1"]),
        ('{{ coalesce .a "" "H" }}', ["H"]),
        ('{{ or .a (and .b "H") }}', ["H"]),
        ('{{ dig "a" "b" "H" .x }}', ["H"]),
        ('{{ "H" | b64enc | quote }}', ["H"]),
        ('{{ "SA==" | b64dec }}', ["H"]),
        ('{{ "no base64" | b64dec }}', []),
        ('{{ required "message" .x }}', []),
        ('{{ required "message" "H" }}', ["H"]),
        ('{{ list "A" .x "B" | join "," }}', [f"A,{HOLE},B"]),
        ('{{ append (list "A") "B" | join "," }}', ["A,B"]),
        ('{{ first (list "A" "B") }}', ["A", "B"]),
        ('{{ list "A" "B" }}', []),
        (
            '{{ dict "host" "A" "port" 1 "more" (list "x\\"y" .z) | toJson }}',
            [f'{{"host":"A","port":1,"more":["x\\"y","{HOLE}"]}}'],
        ),
        ('{{ tpl "{{ .x | default \\"H\\" }}" . }}', ["H"]),
        ("{{ tpl `plain` . }}", ["plain"]),
        ("{{ tpl .x . }}", []),
        ("{{ `H` }}", ["H"]),
        ('{{ env "X" | default "H" }}', ["H"]),
        ("{{ if .h }}{{ .h }}{{ else }}H{{ end }}", ["H"]),
        ("{{ if .a }}A{{ else if .b }}B{{ else }}C{{ end }}:1", ["A:1", "B:1", "C:1"]),
        ("{{ if .tls }}s{{ end }}://H", ["s://H"]),
        ("{{ with .h }}{{ . }}{{ end }}", []),
        ("{{ if .a }}{{ if .b }}B{{ else }}C{{ end }}{{ else }}D{{ end }}", ["B", "C", "D"]),
        ("a{{/* c */}}b", ["ab"]),
        ("{{ if .a }}\nA\n{{ else }}\nB\n{{ end }}", []),
        (
            'x\n{{ if .a }}\n{{ ternary "A" "B" .c }}\n{{ end }}',
            ["x\n{{ if .a }}\nA\n{{ end }}", "x\n{{ if .a }}\nB\n{{ end }}"],
        ),
        ("{{ x | default('H') }}", ["H"]),
        ("{{ x or 'H' }}", ["H"]),
        ("{{ 'A' if c else 'B' }}", ["A", "B"]),
        ("{{ 'a' ~ b ~ 'c' }}", [f"a{HOLE}c"]),
        ("{{ 'a' + b }}", [f"a{HOLE}"]),
        ("{{ 1 + 2 }}", []),
        ("{{ '%s:%s' % ('A', 1) }}", ["A:1"]),
        ("{{ '%s:%s' | format('A', 1) }}", ["A:1"]),
        ("{{ '{}:{}/{1}'.format('A', 1) }}", ["A:1/1"]),
        ("{{ ['A', 'B'] | join }}", ["AB"]),
        ("{{ {'a': 'A'} | to_json }}", ['{"a":"A"}']),
        ("{{ lookup('env', 'X', default='H') }}", ["H"]),
        ("{{ d.get('x', 'H') }}", ["H"]),
        ("{% if a %}A{% else %}B{% endif %}", ["A", "B"]),
        ('<%= ENV.fetch("X", "H") %>', ["H"]),
        ("<%= ENV['X'] || 'H' %>:<%= ENV['P'] || 1 %>", ["H:1"]),
    ],
)
def test_what_a_template_reads_as(template, texts):
    assert read(template) == texts


@pytest.mark.parametrize(
    "template",
    [
        "plain",
        "{{ .x }}",
        '{{ "" }}',
        '{{ eq .x "H" }}',
        '{{ ne "H" .x }}',
        '{{ has "H" .x }}',
        '{{ contains "H" .x }}',
        '{{ hasPrefix "H" .x }}',
        '{{ regexMatch "H" .x }}',
        '{{ replace "H" "G" .x }}',
        '{{ include "H" . }}',
        '{{ template "H" . }}',
        '{{ index .x "H" }}',
        '{{ get .x "H" }}',
        '{{ lookup "v1" "Secret" "H" "G" }}',
        '{{ env "H" }}',
        "{{ x == 'H' }}",
        "{{ 'H' in x }}",
        "{{ x['H'] }}",
        "{{ lookup('env', 'H') }}",
        "{{ x | regex_replace('H', 'G') }}",
        '{{ fail "H" }}',
        '{{ define "x" }}H{{ end }}',
        "{% raw %}{{ 'H' }}{% endraw %}",
        "{{ unclosed",
        "{{ nonsense ) }}",
    ],
)
def test_what_shows_nothing(template):
    assert read(template) == []


@pytest.mark.parametrize(
    "template",
    [
        'url: {{ printf "postgresql://%s@%s:%d/db" .u "H" 5432 }}',
        '{{ tpl "{{ tpl `{{ .x | default \\"H\\" }}` . }}" . }}',
        '{{ dict "x" (list "A" "H") | toJson }}',
        '{{ list .x "H" | join "-" }}',
        "é {{ 'x' ~ 'H' }}",
        '{{ printf "%[2]s%[1]s" "A" "H" }}',
        "{{ if .a }}A{{ else }}H{{ end }}",
        '{{ "a\\tH" }}',
    ],
)
def test_what_is_read_stands_where_it_says(template):
    for text in readings(template):
        at = str(text).find("H")
        if at >= 0:
            start, end = Places(text).original(at, at + 1)
            assert (template[start:end], template.count("H")) == ("H", 1)
            assert Places(text).original(at + 1, at + 1) == (end, end)
            return
    raise AssertionError("nothing was read")


def test_what_stands_apart_is_not_taken_for_one_piece():
    template = '{{ printf "10.0.0.%d" 121 }}'
    (text,) = readings(template)
    start, end = Places(text).original(0, len(text))
    assert str(text) == "10.0.0.121"
    assert template[start:end] == '10.0.0.%d" 121'


def test_computed_text_and_holes_are_spelled_by_nothing_like_them():
    template = "0123456789"
    text = joined([spelled(template, 0, 2), computed("xyz", 4, 6), hole(7, 8)], spelled(template, 9, 10))
    assert str(text) == f"019xyz9{HOLE}"
    places = Places(text)
    assert [template[slice(*places.original(i, i + 1))] for i in range(len(text))] == [*"019", "45", "", "", "9", "7"]
    assert str(cut(text, 1, 5)) == "19xy"
    assert edges(text) == (0, 8)
    assert Places(Text(())).original(0, 0) == (0, 0)


def test_there_are_never_more_than_a_few_readings():
    many = " ".join(f'"{n}"' for n in range(50))
    assert len(read("{{ coalesce " + many + " }}")) == MOST
    branches = "".join(f"{{{{ else if .x{n} }}}}{n}" for n in range(50))
    assert len(read("{{ if .x }}x" + branches + "{{ end }}")) == MOST


PIECES = st.sampled_from(
    [
        '{{ "a" }}',
        "{{ if .x }}",
        "{{ else }}",
        "{{ end }}",
        '{{ ternary "b" "c" .x }}',
        '{{ printf "%s-%s" "d" .x }}',
        "é",
        "\n",
        '{{ tpl "{{ .x | default \\"e\\" }}" . }}',
        "{{ .y }}",
        "{{/* f */}}",
        '{{ list "g" 1 | toJson }}',
        "{{",
        "}}",
        '"',
        "{% if x %}",
        "{% endif %}",
    ]
)


@FAST
@given(st.lists(PIECES, max_size=12))
def test_every_place_is_one_of_the_template(pieces):
    template = "".join(pieces)
    found = readings(template)
    assert len(found) <= MOST
    for text in found:
        places = Places(text)
        for at in range(len(text)):
            start, end = places.original(at, at + 1)
            assert 0 <= start <= end <= len(template)


@pytest.mark.parametrize(
    "template",
    [
        '{{ printf "' + "%[1]s" * 20_000 + '" ("' + "x" * 50_000 + '") }}',
        "{{ " + '(printf "%[1]s%[1]s" ' * 50 + '"abc"' + ")" * 50 + " }}",
        "{{ " + "(ternary " * 50 + '"a"' + ' "b" c)' * 50 + " }}",
        '{{ ternary "a" "b" c }}' * 3_000,
        "{{if a}}x{{else}}y{{end}}" * 3_000,
        "{{if a}}" * 3_000 + "x" + "{{else}}y{{end}}" * 3_000,
        "{{ list " + '"a" ' * 4_000 + '| join "b" }}',
        '{{ "' + "x" * 100_000 + '" | toJson | toJson }}',
    ],
    ids=range(8),
)
def test_hostile_templates_take_no_time(template):
    start = time.process_time()
    readings(template)
    assert time.process_time() - start < 3
