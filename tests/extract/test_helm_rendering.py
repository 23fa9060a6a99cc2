"""What templates write, against the real Helm engine: control flow, functions, scopes, white space."""

from pathlib import Path

import pytest

from analyzer.extract.helm.charts import read_chart
from analyzer.extract.helm.interest import Interest, Reach
from analyzer.extract.helm.rendering import Renderer
from analyzer.extract.helm.scopes import Budget, Journey
from analyzer.extract.helm.worlds import World
from analyzer.extract.helm.yamltext import from_yaml, to_json
from analyzer.source import SourceFile
from tests.trees import FIXTURES

helm = pytest.importorskip("helm_python", reason="the real engine has no wheel for this machine")

METADATA = "apiVersion: v2\nname: shop\nversion: 1.2.3\nappVersion: '4.5'\n"
VALUES = """\
name: Shop
host: 10.0.0.121
port: 5432
ratio: 0.5
flag: true
down: false
empty: ""
nothing: null
list: [a, b, 10.0.0.122]
numbers: [3, 1]
map: {b: two, a: one, deep: {host: h.corp.internal, n: 7}}
text: |
  first: {{ .Values.host }}
  second: "x"
lines: "a\\nb\\n"
on: 1
answer: n
date: 2020-01-01
quoted: "it's \\"so\\""
"""
HELPERS = """\
{{- define "shop.name" -}}
{{- printf "%s-%s" .Release.Name .Chart.Name | trunc 20 | trimSuffix "-" -}}
{{- end -}}
{{- define "shop.labels" }}
app: {{ .Chart.Name }}
version: {{ .Chart.AppVersion | quote }}
{{- end }}
{{- define "shop.pick" -}}
{{- if .on -}}{{ .yes }}{{- else if .maybe -}}maybe{{- else -}}{{ .no }}{{- end -}}
{{- end -}}
"""
EXPRESSIONS = """\
.Values.host
.Values.host | quote
.Values.port | quote
.Values.quoted | squote
.Values.quoted | quote
.Values.ratio
.Values.flag
.Values.missing
.Values.empty | default "d"
.Values.down | default true
.Values.nothing | default "n"
.Values.answer
(index .Values "true")
until 3 | join ","
untilStep 1 6 2 | join ","
default "x" .Values.host
coalesce .Values.missing .Values.empty .Values.name
ternary "yes" "no" .Values.flag
.Values.down | ternary "yes" "no"
and .Values.flag .Values.name
and .Values.down .Values.name
or .Values.empty .Values.name
or .Values.empty .Values.down
not .Values.flag
empty .Values.list
eq .Values.name "Shop"
eq .Values.port 5432.0
eq .Values.name "a" "Shop"
ne .Values.name "Shop"
gt (int .Values.port) 5000
lt 3 2
len .Values.list
len .Values.name
upper .Values.name
lower .Values.name
title "a big shop"
untitle "Shop"
trim "  x  "
trimAll "/" "/a/b/"
trimPrefix "10." .Values.host
trimSuffix ".121" .Values.host
trunc 4 .Values.host
trunc -3 .Values.host
replace "." "-" .Values.host
.Values.host | replace "." "_" | upper
contains "0.0" .Values.host
hasPrefix "10" .Values.host
hasSuffix "10" .Values.host
repeat 3 "ab"
substr 0 4 .Values.host
nospace " a b "
snakecase "FirstName"
kebabcase "FirstName"
cat "a" .Values.port "b"
print "a" 1 2 "b" 3 true
print .Values.name .Values.port
printf "%s:%v" .Values.host .Values.port
printf "%d/%s%%" (int .Values.port) .Values.name
printf "%q" .Values.name
printf "%T" .Values.map
printf "%T" .Values.host
printf "%T" .Values.list
typeOf .Values.map
join "," .Values.list
join "," (list "x" "y")
splitList "." .Values.host | last
(split "." .Values.host)._1
(splitn "." 2 .Values.host)._1
first .Values.list
last .Values.list
rest .Values.list | join "-"
initial .Values.list | join "-"
index .Values.list 1
index .Values.map "deep" "host"
get .Values.map "a"
dig "deep" "host" "d" .Values.map
dig "deep" "none" "d" .Values.map
hasKey .Values.map "a"
has "a" .Values.list
has "z" .Values.list
without .Values.list "a" | join ","
append .Values.list "z" | join ","
prepend .Values.list "z" | join ","
concat .Values.list (list "q") | join ","
uniq (list "a" "b" "a") | join ","
compact (list "a" "" "b") | join ","
sortAlpha (list "c" "a") | join ","
reverse (list "c" "a") | join ","
slice .Values.list 1 2 | join ","
keys .Values.map | sortAlpha | join ","
pluck "host" (dict "host" "a") (dict "host" "b") | join ","
(pick .Values.map "a").a
(omit .Values.map "a").b
(merge (dict "a" "1") (dict "a" "2" "b" "3")).b
(merge (dict "a" "1") (dict "a" "2" "b" "3")).a
(mergeOverwrite (dict "a" "1") (dict "a" "2")).a
(set (dict) "k" "v").k
(unset (dict "k" "v" "l" "w") "k").l
(deepCopy .Values.map).deep.host
kindOf .Values.list
kindOf .Values.map
kindIs "string" .Values.host
typeIs "string" .Values.host
typeOf .Values.host
add 1 2 3
sub 5 2
mul 2 3
div 7 2
mod 7 2
add1 4
max 1 5 3
min 4 2
int "12"
int .Values.port
int64 "7"
floor 2.7
toString .Values.port
toJson .Values.list
toJson .Values.map.deep
b64enc .Values.host
b64enc .Values.host | b64dec
tpl "{{ .Values.host }}:{{ .Values.port }}" .
include "shop.name" .
include "shop.name" $ | upper
include "shop.pick" (dict "on" .Values.down "maybe" .Values.down "no" .Values.host)
include "shop.pick" (dict "on" .Values.flag "yes" "y")
required "needed" .Values.host
base "a/b/c.txt"
dir "a/b/c.txt"
ext "a/b/c.txt"
clean "a//b/../c"
regexReplaceAll "[0-9]+" .Values.host "n"
regexFind "[0-9]+$" .Values.host
regexMatch "^10" .Values.host
fromYaml "a: {b: c}" | toJson
(fromYaml "a: {b: c}").a.b
(fromJson "{\\"a\\": [1, 2]}").a | last
(.Values.map).deep.n
(.Values.missing).deep
.Release.Name
.Release.Namespace
.Chart.Version
.Template.Name
"lit\\"eral"
`raw "x"`
1.5
true
semverCompare ">=1.0.0" "1.2.3" | ternary "a" "a"
lookup "v1" "Secret" "ns" "x" | toJson
.Files.Get "missing.txt"
.Files.Get "config.txt"
tpl (.Files.Get "config.txt") .
mustToJson .Values.list
until 0 | join ","
tuple "a" "b" | join "+"
""".splitlines()
BLOCKS = {
    "if": "{{ if .Values.flag }}a: 1{{ else }}b: 2{{ end }}\n{{- if and .Values.down .Values.x }}\nc: 3\n{{- end }}\n",
    "else-if": "{{ if .Values.down }}a{{ else if eq .Values.name `Shop` }}b: {{ .Values.port }}{{ else }}c{{ end }}\n",
    "with": "{{ with .Values.map.deep }}h: {{ .host }}\nr: {{ $.Release.Name }}{{ else }}none{{ end }}\n",
    "with-else": "{{ with .Values.missing }}x{{ else }}none: {{ .Values.host }}{{ end }}\n",
    "with-variable": "{{ with $d := .Values.map.deep }}h: {{ $d.host }} {{ .n }}{{ end }}\n",
    "range-list": "{{ range .Values.list }}\n- {{ . }}\n{{ end }}",
    "range-index": "{{ range $i, $x := .Values.list }}\nk{{ $i }}: {{ $x }}{{ end }}\n",
    "range-map": "{{ range $k, $v := .Values.map }}{{ if kindIs `string` $v }}\n{{ $k }}: {{ $v }}{{ end }}{{ end }}\n",
    "range-else": "{{ range .Values.none }}x{{ else }}e: 1{{ end }}\n",
    "range-break": "{{ range .Values.list }}{{ if eq . `b` }}{{ break }}{{ end }}\n- {{ . }}{{ end }}\n",
    "range-continue": "{{ range .Values.list }}{{ if eq . `a` }}{{ continue }}{{ end }}\n- {{ . }}{{ end }}\n",
    "variables": "{{ $x := `a` }}{{ if true }}{{ $x = `b` }}{{ $y := `c` }}{{ end }}x: {{ $x }}\n",
    "shadowed": "{{ $x := `a` }}{{ if true }}{{ $x := `b` }}{{ end }}x: {{ $x }}\n",
    "set": "{{ $_ := set .Values `fresh` `new` }}h: {{ .Values.fresh }}\n",
    "toYaml": "all:\n{{ toYaml .Values.map | indent 2 }}\nmore: {{- toYaml .Values.list | nindent 2 }}\n",
    "toYaml-text": "{{ toYaml (dict `t` .Values.text `l` .Values.lines `q` .Values.quoted `d` .Values.date) }}\n",
    "tpl": "data: |\n{{ tpl .Values.text . | indent 2 }}\n",
    "labels": "metadata:\n  labels: {{- include `shop.labels` . | nindent 4 }}\n",
    "template": "n: {{ template `shop.name` . }}\n",
    "block": "n: {{ block `own` . }}{{ .Values.host }}{{ end }}\n",
    "comments": "{{/* a {{ comment }} */}}a: 1 {{- /* b */ -}}\n# {{ .Values.name }}\nb: 2\n",
    "trimming": "a:   {{- ` 1` -}}   \n\nb: 2\n{{- if true }}\n\nc: 3\n\n{{- end }}\n",
    "braces": "a: {{ `{{ x }}` }}\nb: '{{ \"}}\" }}'\n",
    "files": "{{ (.Files.Glob `*.txt`).AsConfig }}\n",
    "secret": "d: {{ .Values.host | b64enc | quote }}\n",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    root = tmp_path_factory.mktemp("chart") / "shop"
    texts = {f"b-{name}.yaml": text for name, text in BLOCKS.items()}
    texts["expressions.yaml"] = "".join(f"e{i}: <{{{{ {text} }}}}>\n" for i, text in enumerate(EXPRESSIONS))
    files = {"Chart.yaml": METADATA, "values.yaml": VALUES, "config.txt": "h={{ .Values.host }}\n"}
    files |= {f"templates/{name}": text for name, text in texts.items()}
    files["templates/_helpers.tpl"] = HELPERS
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text)
    return root


def real(root: Path) -> dict[str, str]:
    with helm.Chart.load(root) as chart:
        return chart.render(name="release-name", namespace="default")


def ours(root: Path) -> dict[str, str]:
    files = [SourceFile(p.relative_to(root).as_posix(), p.read_bytes()) for p in sorted(root.rglob("*")) if p.is_file()]
    release = read_chart("", files)
    texts = {}
    for part in release.parts:
        for template in part.templates:
            budget = Budget(100_000)
            reach = Reach(release.library, Interest(frozenset(), frozenset(), ()), budget.spend)
            journey = Journey(release.ledger, release.library, World(), reach, budget)
            rendered = Renderer(journey).render(template, release.dot(part, template, release.defaults, World()))
            texts[template.name] = rendered.text
    return texts


def test_expressions(folder):
    theirs, own = (render(folder)["shop/templates/expressions.yaml"].split(">\n") for render in (real, ours))
    differing = [(e, t, o) for e, t, o in zip([*EXPRESSIONS, ""], theirs, own, strict=True) if t != o]
    assert differing == []


@pytest.mark.parametrize("name", BLOCKS)
def test_blocks(folder, name):
    theirs, own = (render(folder)[f"shop/templates/b-{name}.yaml"] for render in (real, ours))
    assert _value(own) == _value(theirs)


def _value(text: str) -> str:
    from analyzer.extract.helm.traced import Traced

    return to_json(from_yaml(Traced(text))).text.rstrip()


def test_the_golden_chart():
    root = FIXTURES / "helm-values" / "before" / "charts" / "orders"
    theirs, own = real(root), ours(root)
    names = [name for name in theirs if name.endswith(".yaml")]
    assert len(names) >= 5
    for name in names:
        inner = name.replace("orders/charts/jobs/", "worker/")
        assert _value(own[inner]) == _value(theirs[name])
