"""Vault around Kubernetes: templates that its operators and its agent render, connections that its engine opens.

https://developer.hashicorp.com/vault/docs/platform/k8s/vso/api-reference and .../injector/annotations
"""

from collections.abc import Iterator
from dataclasses import replace

from analyzer.extract.keyed.bindings import Binding
from analyzer.extract.keyed.words import words
from analyzer.extract.yaml.commandlines import script_references
from analyzer.extract.yaml.objects.data import data_references
from analyzer.extract.yaml.objects.thing import Thing
from analyzer.extract.yaml.places import Found, Place, child, key_text, shown
from analyzer.extract.yaml.rows import Row, bound
from analyzer.extract.yaml.scalars import read_scalar
from analyzer.extract.yaml.texts import text_references
from analyzer.model import Clue, Evidence, Intent
from analyzer.yamltree import Mapping, Node, Scalar

_GROUP = "secrets.hashicorp.com"
_TEMPLATE = "vault.hashicorp.com/agent-inject-template-"
_COMMAND = "vault.hashicorp.com/agent-inject-command-"
_ASKED = ("{{username}}", "{{ username }}", "{{name}}", "{{password}}")


def read(thing: Thing, key: str, node: Node, place: Place) -> Iterator[Found] | None:
    """Templates of the Vault Secrets Operator and connections of the database engine; None for any other key."""
    if thing.group == _GROUP and key == "templates" and isinstance(node, Mapping):
        texts = ((key_text(name), child(value, "text")) for name, value in node.pairs)
        pairs = ((name, text) for name, text in texts if text is not None)
        return data_references(pairs, f"{shown(thing.kind)} template".lstrip(), thing, place)
    if isinstance(node, Scalar) and words(key)[-2:] == ("connection", "url") and _by_engine(node.value):
        return _connection(key, node, place)
    return None


def annotation(thing: Thing, name: str, node: Scalar, place: Place) -> Iterator[Found] | None:
    """What Vault's agent renders or runs in a Pod; None for any other annotation."""
    if name.startswith(_TEMPLATE):
        injected = place.saying(Evidence(Clue.PLACE, f"agent template of {thing.label}"))
        return text_references(name.removeprefix(_TEMPLATE), read_scalar(node), injected)
    if name.startswith(_COMMAND):
        return script_references([read_scalar(node)], place)
    return None


def _by_engine(text: str) -> bool:
    """Whether Vault puts its own user into a connection string: its database engine creates roles with it."""
    return any(asked in text for asked in _ASKED)


def _connection(key: str, node: Scalar, place: Place) -> Iterator[Found]:
    said = Evidence(Clue.PLACE, "connection of Vault's database engine, which creates roles")
    for ref in bound([Row(Binding(key, read_scalar(node).value), node.literal)], place.saying(said)):
        yield replace(ref, intent=Intent.WRITE) if ref.intent is Intent.UNKNOWN else ref
