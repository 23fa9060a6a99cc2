"""Charts that are made to hang, to grow or to crash: the rest is read, and what was given up is told."""

import time

import pytest

from analyzer.extract import helm
from analyzer.extract.helm import Chart, chart_references
from analyzer.source import SourceFile
from tests.charts import METADATA, deployment

VALUES = "at: 10.0.0.121\nlist: [a, b, c]\n"
SECONDS = 12


def read(values=VALUES, **templates):
    files = {"Chart.yaml": METADATA, "values.yaml": values}
    files |= {f"templates/{name.replace('__', '.')}": text for name, text in templates.items()}
    started = time.process_time()
    found = chart_references(Chart("", tuple(SourceFile(path, text.encode()) for path, text in files.items())))
    assert time.process_time() - started < SECONDS
    return found


def hosts(found):
    return [ref.host for extraction in found.values() for ref in extraction.refs]


GOOD = deployment("DB_HOST={{ .Values.at }}")


MUTUAL = '{{ define "b" }}{{ include "a" . }}{{ include "a" . }}{{ end }}x: {{ include "a" . }}{{ .Values.at }}'
DOUBLING = "{{ $x = print $x $x }}"
BOMB = "{{ fromYaml `a: &a [x,x,x]\nb: &b [*a,*a,*a]\nc: &c [*b,*b,*b]\nd: [*c,*c,*c]` | toYaml }}{{ .Values.at }}"
FOUR = "{{ range until 4 }}"


@pytest.mark.parametrize(
    "hostile",
    [
        '{{ define "a" }}{{ include "a" . }}{{ end }}x: {{ include "a" . }}{{ .Values.at }}',
        '{{ define "a" }}{{ include "b" . }}{{ include "b" . }}{{ end }}' + MUTUAL,
        "{{ tpl .Values.at . }}{{ $x := `{{ tpl $.Values.at $ }}` }}{{ tpl $x . }}{{ tpl (print $x $x) . }}",
        "x: {{ repeat 999999999 .Values.at }}",
        "x: {{ .Values.at | indent 999999999 }}",
        "{{ range until 999999999 }}x: {{ $.Values.at }}\n{{ end }}",
        "{{ $x := .Values.at }}" + FOUR * 3 + DOUBLING + "{{ end }}" * 3 + "x: {{ $x }}",
        "{{ $x := list .Values.at }}" + "{{ $x = list $x $x }}" * 60 + "x: {{ toYaml $x }}{{ toJson $x }}",
        "{{ $x := dict `a` .Values.at }}" + "{{ $x = dict `a` $x `b` $x }}" * 60 + "{{ deepCopy $x | toYaml }}",
        "{{ $x := dict }}{{ $_ := set $x `x` $x }}{{ $_ := set $x `at` .Values.at }}{{ toYaml $x }}{{ deepCopy $x }}",
        "x: {{ printf `%99999999s` .Values.at }}{{ printf (repeat 50000 `%s`) .Values.at }}",
        "x: {{ regexReplaceAll `(a+)+$` (repeat 5000 `a`) `` }}{{ .Values.at }}",
        "x: {{ regexFind `(.*)*b` (print .Values.at (repeat 5000 `a`)) }}",
        "{{ if " + "(" * 55 + ".Values.at" + ")" * 55 + " }}x: {{ .Values.at }}{{ end }}",
        "x: {{ " + "(not " * 55 + ".Values.at" + ")" * 55 + " }}{{ .Values.at }}",
        "{{ with .Values }}" * 58 + "x: {{ .at }}" + "{{ end }}" * 58,
        "{{ if .Values.at }}" * 500 + "x: {{ .Values.at }}" + "{{ end }}" * 500,
        "{{ fromYaml (repeat 9000 `[`) }}{{ fromYaml (repeat 9000 `- `) }}{{ .Values.at }}",
        BOMB,
        "x: {{ .Values.at | b64enc | b64enc | b64enc | b64dec | b64dec }}",
        "{{" * 5000 + "{{ .Values.at }}",
        "{{ .Values.at" * 500,
    ],
    ids=range(22),
)
def test_one_template_costs_only_itself(hostile):
    assert "10.0.0.121" in hosts(read(a__yaml=GOOD, z__yaml=hostile))


def test_loops_in_loops_end_and_are_told(monkeypatch):
    monkeypatch.setattr(helm, "STEPS", 30_000)
    loop = "{{ range $.Values.list }}"
    loops = loop * 9 + "x: {{ $.Values.at }}\n" + "{{ end }}" * 9
    found = read(a__yaml=GOOD, z__yaml=loops)
    assert hosts(found) == ["10.0.0.121"]
    (problem,) = found["values.yaml"].problems
    assert "too large" in problem.message
    assert not problem.incomplete


def test_an_alias_bomb_in_the_values():
    levels = "".join(f"l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 9)}]\n" for n in range(1, 12))
    found = read("at: 10.0.0.121\nl0: &l0 [10.0.0.122]\n" + levels, a__yaml=GOOD, z__yaml="{{ toYaml .Values }}")
    assert "10.0.0.121" in hosts(found)


@pytest.mark.parametrize("values", ["[" * 5000, "- " * 25000, "a: &a {<<: *a}\nat: 10.0.0.121\n", "\x00", "{{ }}", ""])
def test_values_that_are_none(values):
    read(values, a__yaml=GOOD)


def test_values_of_many_keys():
    values = "at: 10.0.0.121\n" + "".join(f"k{n}: 10.0.{n // 250}.{n % 250}\n" for n in range(8_000))
    template = GOOD + "".join(
        f"            - name: K{n}\n              value: {{{{ .Values.k{n} }}}}\n" for n in range(500)
    )
    assert "10.0.0.121" in hosts(read(values, a__yaml=template))


def test_many_conditions():
    entry = "            - name: DB_HOST%d\n              value: {{ .Values.at }}\n"
    lines = "".join(
        f"            {{{{- if .Values.flag{n} }}}}\n{entry % n}            {{{{- end }}}}\n" for n in range(400)
    )
    assert hosts(read(a__yaml=GOOD + lines)) == ["10.0.0.121"]


def test_many_sets_of_values():
    files = [SourceFile("Chart.yaml", METADATA.encode()), SourceFile("templates/a.yaml", GOOD.encode())]
    files += [SourceFile(f"values-{n}.yaml", f"at: 10.0.0.{n}\n".encode()) for n in range(100)]
    started = time.process_time()
    found = chart_references(Chart("", tuple(files)))
    assert time.process_time() - started < SECONDS
    assert len(found) > 20


def test_a_chart_that_depends_on_itself():
    metadata = (
        METADATA + "dependencies:\n  - {name: shop, repository: 'file://.'}\n  - {name: a, repository: 'file://../a'}\n"
    )
    files = {
        "c/shop/Chart.yaml": metadata,
        "c/shop/values.yaml": VALUES,
        "c/shop/templates/a.yaml": GOOD,
        "c/a/Chart.yaml": "name: a\ndependencies:\n  - {name: shop, repository: 'file://../shop'}\n",
    }
    found = chart_references(Chart("c/shop", tuple(SourceFile(p, t.encode()) for p, t in files.items())))
    assert "10.0.0.121" in hosts(found)


def test_nothing_of_a_value_but_hosts_is_told():
    values = "at: postgresql://app:s3cr3t-w0rd@10.0.0.121/app\nword: s3cr3t-w0rd\n"
    found = read(values, a__yaml=deployment("DSN={{ .Values.at }}", "WORD={{ .Values.word }}"))
    assert hosts(found)
    assert "s3cr3t" not in repr(found)
