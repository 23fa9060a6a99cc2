"""Directives in templates: a `#` inside an action belongs to the template, often to a string."""

from analyzer.extract.yaml import extract
from analyzer.source import SourceFile


def directives(text):
    return [c.text for c in extract(SourceFile("a.yaml", text.encode())).comments]


def test_a_directive_in_a_string_of_an_action_is_none():
    text = '{{- if .Values.db }}\nurl: {{ .Values.url | default "x # analyzer: ignore[node-host] y" }}\n{{- end }}\n'
    assert directives(text) == []


def test_a_directive_behind_an_action_counts():
    text = "{{- if .Values.db }}\nhost: {{ .Values.host }} # analyzer: ignore[node-host] by hand\n{{- end }}\n"
    assert directives(text) == ["# analyzer: ignore[node-host] by hand"]


def test_a_quoted_scalar_around_an_action_stays_one():
    text = '{{- if .Values.db }}\nhost: "{{ .Values.host }} # analyzer: ignore[node-host] text"\n{{- end }}\n'
    assert directives(text) == []
