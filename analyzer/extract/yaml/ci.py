"""CI pipelines: GitHub, Gitea and Forgejo workflows, GitLab, CircleCI, Azure, Bitbucket, Drone, Woodpecker, Travis.

Their variables feed the programs that a job runs, their scripts are shell unless a step names another one. An action
that logs in to a server operates it; containers that a job starts for itself are no strangers.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from analyzer.extract.keyed.bindings import Binding
from analyzer.extract.keyed.words import words
from analyzer.extract.yaml.commandlines import SCRIPTS, script_references
from analyzer.extract.yaml.environments import ENVIRONMENT, assignments, environment
from analyzer.extract.yaml.ownnames import softened
from analyzer.extract.yaml.places import Document, Found, Place, child, child_text, key_text, nodes, shown
from analyzer.extract.yaml.rows import Row, bound
from analyzer.extract.yaml.scalars import read_scalar
from analyzer.extract.yaml.scopes import references_in
from analyzer.extract.yaml.texts import text_references
from analyzer.hosts import canonical
from analyzer.model import Clue, Evidence, HostRef
from analyzer.usage import certain
from analyzer.yamltree import Mapping, Node, Scalar, Sequence

_PATH = re.compile(
    r"(?:.*/)?(?:\.(?:github|gitea|forgejo)/(?:workflows|actions)/.*|\.circleci/.*|\.gitlab/.*|\.woodpecker/.*"
    r"|\.(?:drone|woodpecker|travis|appveyor|cirrus)[^/]*"
    r"|\.?(?:gitlab-ci|azure-pipelines?|bitbucket-pipelines|codefresh|cloudbuild|buildspec)[^/]*"
    r"|[^/]*\.gitlab-ci)\.ya?ml"
)
_STEPS = frozenset({"script", "steps", "before_script"})
_ARGUMENTS = {"uses": "with", "task": "inputs", "pipe": "variables", "image": "settings", "plugin": "settings"}
# GitLab's and GitHub's `environment` is where something is deployed to, not what a program is given.
_DEPLOYMENT = frozenset({"name", "url", "action", "on_stop", "auto_stop_in", "deployment_tier", "kubernetes"})
_LOGINS = frozenset({"ssh", "scp", "sftp", "ftp", "rsync", "telnet", "ping"})
_FED = Evidence(Clue.PLACE, "environment of the pipeline")
_PIPELINE = "the pipeline"
_MEMBERS = frozenset({("leader",), ("follower",), ("standby",), ("node",), ("server",)})  # no client's words
_POWERSHELL = frozenset({"pwsh", "powershell"})  # steps of Azure Pipelines
_EXPRESSION = re.compile(r"\$\{\{[^{}\n]{0,500}\}\}")
_OTHER_SHELLS = re.compile(r"(python|pwsh|powershell|cmd|node|perl|ruby)")


def is_pipeline(root: Node, path: str) -> bool:
    """Whether a document is a CI pipeline, by its path or by its jobs."""
    if not isinstance(root, Mapping):
        return False
    keys = _keys(root)
    known = _PATH.fullmatch(path) is not None or bool(child_text(root, "runs", "using"))
    workflow = "jobs" in keys and not keys.isdisjoint({"on", "workflows", "orbs"})
    drone = child_text(root, "kind") == "pipeline" and "steps" in keys
    staged = "stages" in keys and any(not _STEPS.isdisjoint(_keys(value)) for _, value in root.pairs)
    return known or workflow or drone or staged


def pipeline_references(root: Node, document: Document) -> Iterator[Found]:
    """The references of a pipeline."""
    names = frozenset(canonical(name) for name in _containers(root))
    for item in references_in(root, Place(replace(document, special=_special, inside=_inside))):
        yield softened(_own(item), names, _PIPELINE) if isinstance(item, HostRef) else item


def _own(ref: HostRef) -> HostRef:
    """The reference; a member of a cluster (`LEADER`, `STAGING_NODE`) is for the pipeline's own commands.

    What they do with it is read where they stand.
    """
    named = any(e.clue is Clue.NAME and words(e.text)[-1:] in _MEMBERS for e in ref.evidence)
    named = named and not certain(ref.evidence)
    return replace(ref, evidence=tuple(e for e in ref.evidence if e != _FED)) if named else ref


def _keys(node: Node) -> frozenset[str]:
    return frozenset(key_text(key) for key, _ in node.pairs) if isinstance(node, Mapping) else frozenset()


def _containers(root: Node) -> Iterator[str]:
    """The names of containers that run beside a job: `services: {postgres: ...}`, `services: [{name, alias}]`."""
    for node in nodes(root):
        services = child(node, "services")
        if isinstance(services, Mapping):
            yield from (key_text(key) for key, _ in services.pairs)
        for item in services.items if isinstance(services, Sequence) else ():
            yield from (text for key in ("alias", "name") if (text := child_text(item, key)))


def _inside(node: Mapping, place: Place) -> Place:
    """What a step says about its keys: the action that they are given to, the program that runs its script."""
    named = ((child_text(node, key), arguments) for key, arguments in _ARGUMENTS.items())
    action = next((name for name, arguments in named if name and child(node, arguments) is not None), "")
    told = child_text(node, "shell") or child_text(node, "defaults", "run", "shell")
    shell = _OTHER_SHELLS.match(told)
    place = replace(place, interpreter=shell[1] if shell else "") if told else place
    return replace(place, path=(_bare(action),)) if action else place


def _bare(action: str) -> str:
    """The name of an action without its owner and its version."""
    return re.split(r"[@:]", action, maxsplit=1)[0].rstrip("/").rsplit("/", 1)[-1]


def _special(key: str, node: Node, place: Place) -> Iterator[Found] | None:
    """What a key means in a pipeline; None where it means what it says."""
    action = place.path[0] if len(place.path) == 2 else ""
    if key in _ARGUMENTS.values() and isinstance(node, Mapping) and not _LOGINS.isdisjoint(words(action)):
        return _login(node, place, action)
    if key == "with" and isinstance(node, Mapping) and any(_explained(value) for _, value in node.pairs):
        return bound(_rows(node, place), place)
    if key in _POWERSHELL and isinstance(node, Scalar):
        return text_references("script.ps1", read_scalar(node), place)
    if key == "environment" and _keys(node) and _keys(node) <= _DEPLOYMENT:
        return None
    if key in ENVIRONMENT and isinstance(node, Mapping | Sequence):
        return _variables(node, replace(place, path=("environment",)).saying(_FED))
    if key == "shell" and isinstance(node, Scalar):
        return iter(())  # the program that reads `run`
    if key == "bash" and isinstance(node, Scalar):
        return script_references([read_scalar(node)], place)
    return None


def _variables(node: Mapping | Sequence, place: Place) -> Iterator[Found]:
    """Variables as a map, as a list of `NAME=value` or as a list of names with values."""
    if isinstance(node, Mapping) and any(_explained(value) for _, value in node.pairs):
        yield from bound(_rows(node, place), replace(place, path=()))
    elif isinstance(node, Mapping):
        yield from references_in(node, place)
    elif rows := assignments("env", node):
        yield from bound(rows, replace(place, path=()), "=")
    else:
        yield from environment((item for item in node.items if isinstance(item, Mapping)), place)


def _explained(value: Node) -> bool:
    """Whether a variable is GitLab's `{value: x, description: y}`, or GitHub's expression with a literal at its end."""
    if isinstance(value, Scalar):
        return "||" in value.value and _EXPRESSION.fullmatch(value.value) is not None
    return child(value, "value") is not None


def _rows(node: Mapping, place: Place) -> Iterator[Row]:
    for key, value in node.pairs:
        target = place.document.resolved(child(value, "value") or value)
        if isinstance(target, Scalar):
            reading = read_scalar(target)
            printed = _explained(target) and reading.text.startswith("$") and not reading.text.startswith("${{")
            given = reading.part(1, len(reading.text)) if printed else reading
            yield Row(Binding(key_text(key), given.value), target.literal)


def _login(node: Mapping, place: Place, action: str) -> Iterator[Found]:
    """The arguments of an action that logs in somewhere: its host is a server to operate, its script runs there."""
    here = replace(place, path=()).saying(Evidence(Clue.OPERATION, f"action {shown(action)}".rstrip()))
    rows = []
    for key, value in node.pairs:
        name, target = key_text(key), place.document.resolved(value)
        if isinstance(target, Scalar):
            reading = read_scalar(target)
            if name.lower() in SCRIPTS:
                yield from script_references([reading], place)
            else:
                rows.append(Row(Binding(name, reading.value), target.literal))
    yield from bound(rows, here)
