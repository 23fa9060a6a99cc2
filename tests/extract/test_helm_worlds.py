"""Branches that the values do not take: each is read once, with values that lead there."""

import pytest

from analyzer.extract.helm.hostlike import hostlike
from analyzer.extract.helm.worlds import Assumed, Form, Frontier, Offer, World
from tests.charts import deployment, reading
from tests.kit import check

HELPERS = """\
{{- define "on" -}}{{ if .Values.flag }}true{{ end }}{{- end -}}
{{- define "level3" -}}{{ .Values.at }}{{- end -}}
{{- define "level2" -}}{{ if .Values.b }}x{{ else }}{{ include "level3" . }}{{ end }}{{- end -}}
{{- define "level1" -}}{{ if .Values.a }}{{ include "level2" . }}{{ else }}y{{ end }}{{- end -}}
{{- define "either" -}}{{ if .on }}{{ .one }}{{ else }}{{ .other }}{{ end }}{{- end -}}
"""
FLAGS = "flag: false\non: true\nkind: bundled\nempty: ''\na: false\nb: true\n"


@pytest.mark.parametrize(
    "template",
    [
        "{{ if .Values.flag }}{{ .Values.at }}{{ else }}x{{ end }}",
        "{{ if .Values.unheard.of }}{{ .Values.at }}{{ else }}x{{ end }}",
        "{{ if not .Values.on }}{{ .Values.at }}{{ else }}x{{ end }}",
        "{{ if .Values.on }}x{{ else }}{{ .Values.at }}{{ end }}",
        "{{ if .Values.on }}x{{ else if .Values.flag }}y{{ else }}{{ .Values.at }}{{ end }}",
        "{{ if .Values.on }}x{{ else if .Values.flag }}{{ .Values.at }}{{ else }}y{{ end }}",
        '{{ if eq .Values.kind "external" }}{{ .Values.at }}{{ else }}x{{ end }}',
        '{{ if eq "external" .Values.kind }}{{ .Values.at }}{{ else }}x{{ end }}',
        '{{ if ne .Values.kind "bundled" }}{{ .Values.at }}{{ else }}x{{ end }}',
        '{{ if eq .Values.kind "bundled" }}x{{ else }}{{ .Values.at }}{{ end }}',
        "{{ if and .Values.flag .Values.empty }}{{ .Values.at }}{{ else }}x{{ end }}",
        "{{ if or .Values.flag .Values.empty }}{{ .Values.at }}{{ else }}x{{ end }}",
        "{{ if or .Values.on (not .Values.flag) }}x{{ else }}{{ .Values.at }}{{ end }}",
        '{{ if and .Values.on (ne .Values.kind "external") }}x{{ else }}{{ .Values.at }}{{ end }}',
        "{{ if empty .Values.empty }}x{{ else }}{{ .Values.at }}{{ end }}",
        "{{ if .Values.on | default false }}x{{ else }}{{ .Values.at }}{{ end }}",
        '{{ if hasKey .Values "more" }}{{ .Values.at }}{{ else }}x{{ end }}',
        '{{ if include "on" . }}{{ .Values.at }}{{ else }}x{{ end }}',
        '{{ if eq (include "on" .) "true" }}{{ .Values.at }}{{ else }}x{{ end }}',
        "{{ if gt (len .Values.kind) 50 }}{{ .Values.at }}{{ else }}x{{ end }}",
        '{{ if .Capabilities.APIVersions.Has "x/v1" }}{{ .Values.at }}{{ else }}x{{ end }}',
        '{{ if semverCompare ">=9.0.0" .Capabilities.KubeVersion.Version }}{{ .Values.at }}{{ else }}x{{ end }}',
        "{{ with .Values.empty }}x{{ else }}{{ .Values.at }}{{ end }}",
        "{{ with .Values.kind }}x{{ else }}{{ .Values.at }}{{ end }}",
        "{{ ternary .Values.at `x` .Values.flag }}",
        "{{ .Values.on | ternary `x` .Values.at }}",
        "{{ .Values.kind | default .Values.at }}",
        "{{ coalesce .Values.empty .Values.kind .Values.at }}",
        "{{ or .Values.kind .Values.at }}",
        "{{ and .Values.flag .Values.at }}",
        '{{ include "level1" . }}',
        '{{ include "either" (dict "on" .Values.on "one" `x` "other" .Values.at) }}',
        '{{ include "either" (dict "on" (eq .Values.kind `x`) "one" .Values.at "other" `y`) }}',
        "{{ if .Values.flag }}{{ if .Values.on }}x{{ else }}{{ .Values.at }}{{ end }}{{ end }}",
        "{{ if .Values.on }}{{ if .Values.flag }}{{ with .Values.empty }}{{ $.Values.at }}{{ end }}{{ end }}{{ end }}",
    ],
)
def test_branches_that_the_values_do_not_take(template):
    extract = reading({"t.yaml": deployment(f"DB_HOST={template}"), "_helpers.tpl": HELPERS})
    check(extract, f"{FLAGS}at: «10.0.0.121|clue=key»\n", path="values.yaml", comment="#")


def test_host_and_port_of_one_world_are_a_pair():
    template = deployment(
        "DB_HOST={{ if .Values.bundled }}shop-postgresql{{ else }}{{ .Values.a.at }}{{ end }}",
        'DB_PORT="{{ if .Values.bundled }}5432{{ else }}{{ .Values.a.tcp }}{{ end }}"',
    )
    values = "bundled: true\na:\n  at: «10.0.0.121|port=6432»\n  tcp: ⟦6432⟧\n"
    check(reading({"t.yaml": template}), values, path="values.yaml", comment="#")


def test_a_document_that_is_not_written_by_default():
    template = "{{ if .Values.flag }}\n" + deployment("DB_HOST={{ .Values.at }}") + "{{ end }}\n"
    check(reading({"t.yaml": template}), "flag: false\nat: «10.0.0.121»\n", path="values.yaml", comment="#")


A, B = World({("a",): Assumed(Form.TRUE)}), World({("b",): Assumed(Form.TRUE)})
NOT_A = World({("a",): Assumed(Form.FALSE)})
SITE = (1, 1)


def walked(offers, seen=lambda _: ()):
    """The worlds of a frontier that is offered the same ways each time."""
    frontier, worlds = Frontier(10), []
    for world in frontier.worlds():
        worlds.append(world)
        frontier.tell([Offer(world, turn, target) for turn, target in offers], seen(world))
    return worlds, frontier.unseen


def test_ways_that_agree_are_taken_at_once():
    worlds, unseen = walked(
        [(A, (SITE, 0)), (B, (SITE, 1))], lambda world: {(SITE, 0), (SITE, 1)} if world.values else ()
    )
    assert worlds == [World(), A.joined(B)]
    assert unseen == 0


def test_ways_that_contradict_each_other_are_taken_apart():
    worlds, _ = walked([(A, (SITE, 0)), (NOT_A, (SITE, 1))], lambda _: {(SITE, 0), (SITE, 1)})
    assert worlds == [World(), A, NOT_A]


def test_a_way_that_leads_nowhere_is_given_up():
    worlds, unseen = walked([(A, (SITE, 0)), (B, (SITE, 1))])
    assert len(worlds) <= 4
    assert unseen == 0


def test_forced_ways_come_last_and_stay_apart():
    forced = World({}, {(2, 2): 1})
    worlds, _ = walked(
        [(forced, ((2, 2), 1)), (A, (SITE, 0))], lambda world: {(SITE, 0)} if world.values else {((2, 2), 1)}
    )
    assert worlds == [World(), A, forced]


def test_there_is_a_limit():
    turns = [(World({("a",): Assumed(Form.TEXT, str(n))}), (SITE, n)) for n in range(50)]
    worlds, unseen = walked(turns)
    assert len(worlds) == 10
    assert unseen > 0


@pytest.mark.parametrize(
    ("keys", "text"),
    [
        ("backend.target", "10.0.0.121"),
        ("backend.target", "10.0.0.121:5432"),
        ("x", "db-postgres-01"),
        ("x", "db-postgres-01.corp.internal"),
        ("x", "fe80::1"),
        ("x", "postgresql://app@db/app"),
        ("x", "host=10.0.0.121 user=app dbname=app"),
        ("x", "10.0.0.120,10.0.0.121"),
        ("db.host", "pgmaster"),
        ("x", "[database]\nhost = 10.0.0.121\n"),
        ("image.name", "db-postgres-01"),
    ],
)
def test_values_that_are_followed(keys, text):
    assert hostlike(tuple(keys.split(".")), text)


@pytest.mark.parametrize(
    ("keys", "text"),
    [
        ("x", ""),
        ("x", "word"),
        ("x", "5432"),
        ("x", "true"),
        ("x", "localhost"),
        ("x", "127.0.0.1"),
        ("image.registry", "docker.io"),
        ("image.tag", "17.6.0-debian-12-r4"),
        ("persistence.size", "8Gi"),
        ("probe.interval", "30s"),
        ("resources.cpu", "100m"),
        ("x", "NET_ADMIN"),
        ("x", "some words of text"),
        ("x", "two\nlines of words\n"),
        ("web.host", "frontend"),
    ],
)
def test_values_that_are_not(keys, text):
    assert not hostlike(tuple(keys.split(".")), text)
