"""Where the values live that an object only refers to: SealedSecret, ExternalSecret, Vault's operators, CSI drivers.

Only keys that would hold a database's host or connection string are told. A plain `secretKeyRef` is none of them: the
Secret that it names tells for itself.
"""

import re
from collections.abc import Callable, Iterator
from collections.abc import Mapping as Table
from dataclasses import dataclass, field

from analyzer.extract.ciphertext import kept, opaque
from analyzer.extract.rows import key_rows
from analyzer.extract.yaml.objects.thing import Thing, at, is_object, items, thing_of
from analyzer.extract.yaml.places import child, child_text, key_text, nodes, shown
from analyzer.extract.yaml.scalars import read_scalar
from analyzer.model import Opaque
from analyzer.yamltree import Mapping, Node, Scalar

# A host that a template prints: the whole value, or behind the sign that hosts stand behind.
_ACTION = r"\{\{-?[ \t]{0,20}(?P<body>[^{}]{1,300})\}\}"
_WHOLE = re.compile(rf"[\"']?{_ACTION}[\"']?\Z")
_HOST = re.compile(rf"(?:@|host=|@tcp\(){_ACTION}")
_BARE_HOST = re.compile(rf"://{_ACTION}")  # of a connection string without a user
_FIELD = re.compile(r"\.([A-Za-z_][A-Za-z0-9_]{0,100})(?![\w.(])|\"([A-Za-z_][\w.-]{0,100})\"")
_READ = re.compile(r"\b(?:with secret|secret)[ \t]+\"([^\"\n]{1,200})\"")
_TEMPLATE = "vault.hashicorp.com/agent-inject-template-"
_FROM = "vault.hashicorp.com/agent-inject-secret-"


@dataclass(frozen=True)
class _Source:
    """Where the fields of a template come from: each by its name, the others from `rest` under theirs."""

    fields: Table[str, str] = field(default_factory=dict)
    system: str = ""
    path: str = ""

    def of(self, text: str) -> str:
        """Where the host lives that a value prints; empty where it prints none, or one that stands in the text."""
        found = _WHOLE.match(text.strip()) or (_HOST if "@" in text else _BARE_HOST).search(text)
        names = [one or other for one, other in _FIELD.findall(found["body"])] if found else []
        known = next((self.fields[name] for name in reversed(names) if name in self.fields), "")
        return known or (kept(self.system, self.path, names[-1]) if names and self.system else "")


def kept_elsewhere(root: Node) -> Iterator[Opaque]:
    """What a document refers to and does not hold."""
    if isinstance(root, Mapping) and is_object(root):
        thing = thing_of(root)
        yield from _KINDS.get(thing.kind, _agent)(thing, root)


def _sealed_secret(thing: Thing, root: Mapping) -> Iterator[Opaque]:
    """Ciphertext by key (https://github.com/bitnami-labs/sealed-secrets); the template stands in plain text."""
    sealed = at(root, "spec", "encryptedData")
    for key, _ in sealed.pairs if isinstance(sealed, Mapping) else ():
        yield from _told(key, thing, f"sealed in {thing.label}")


def _external_secret(thing: Thing, root: Mapping) -> Iterator[Opaque]:
    """Fields of remote secrets, by their own name or by a template (https://external-secrets.io/latest/api)."""
    spec = at(root, "spec", "externalSecretSpec") or at(root, "spec")
    store = " ".join(shown(child_text(spec, "secretStoreRef", key)) for key in ("kind", "name")) if spec else ""
    by = f"fetched by {thing.label}" + (f" from {store.strip()}" if store.strip() else "")
    fields = {child_text(item, "secretKey"): _remote(by, item) for item in items(at(spec, "data"))}
    whole = [child_text(item, "extract", "key") for item in items(at(spec, "dataFrom"))]
    source = _Source(fields, by, whole[0] if len(whole) == 1 else "") if whole else _Source(fields)
    template = at(spec, "target", "template")
    made = at(template, "data")
    texts = (child(item, "literal") for item in items(at(template, "templateFrom")))
    if isinstance(made, Mapping):
        for key, value in made.pairs:
            yield from _printed(key, value, source, thing)
    for text in texts:
        yield from _rows(text, source) if isinstance(text, Scalar) else ()
    if template is None or (made is None and at(template, "templateFrom") is None):
        for item in items(at(spec, "data")):
            yield from _told(child(item, "secretKey"), thing, fields[child_text(item, "secretKey")])


def _remote(by: str, item: Node) -> str:
    return kept(by, child_text(item, "remoteRef", "key"), child_text(item, "remoteRef", "property"), word="property")


def _vault_secret(thing: Thing, root: Mapping) -> Iterator[Opaque]:
    """Templates of the Vault Secrets Operator that print a field of a secret."""
    path = "/".join(part for part in (child_text(root, "spec", "mount"), child_text(root, "spec", "path")) if part)
    source = _Source(system=f"fetched by {thing.label} from Vault", path=path)
    templates = at(root, "spec", "destination", "transformation", "templates")
    for key, value in templates.pairs if isinstance(templates, Mapping) else ():
        yield from _printed(key, child(value, "text"), source, thing)


def _provider_class(thing: Thing, root: Mapping) -> Iterator[Opaque]:
    """Objects that a CSI driver copies into a Secret (https://secrets-store-csi-driver.sigs.k8s.io)."""
    for made in items(at(root, "spec", "secretObjects")):
        for item in items(child(made, "data")):
            where = kept(f"fetched by {thing.label}", "", child_text(item, "objectName"), word="object")
            yield from _told(child(item, "key"), thing, where)


def _agent(_thing: Thing, root: Mapping) -> Iterator[Opaque]:
    """Templates of the agent that print a field of a secret."""
    for node in nodes(root):
        pairs = node.pairs if isinstance(node, Mapping) else ()
        texts = {key_text(key): value for key, value in pairs if isinstance(value, Scalar)}
        for name, text in texts.items():
            if name.startswith(_TEMPLATE):
                read, stated = _READ.search(text.value), texts.get(_FROM + name.removeprefix(_TEMPLATE))
                path = read[1] if read else stated.value if stated else ""
                yield from _rows(text, _Source(system="kept in Vault", path=path))


def _printed(key: Node, value: Node | None, source: _Source, thing: Thing) -> Iterator[Opaque]:
    """A key of a template, or the rows of the file that stands under it."""
    if isinstance(value, Scalar) and "\n" in value.value.strip():
        yield from _rows(value, source)
    elif isinstance(value, Scalar):
        yield from _told(key, thing, source.of(value.value))


def _rows(text: Scalar, source: _Source) -> Iterator[Opaque]:
    reading = read_scalar(text)
    for row in key_rows(text.value):
        where = source.of(text.value[row.start : row.end])
        start = text.value.rfind(row.key, max(row.start - 400, 0), row.start) if where else -1
        if start >= 0 and reading.text == text.value:
            span = reading.around(start, start + len(row.key)).span
            found = opaque(
                row.key, (row.section,) if row.section else (), where, span, "=" if row.sign == "=" else ": "
            )
            yield from (found,) if found else ()


def _told(key: Node | None, thing: Thing, where: str) -> Iterator[Opaque]:
    if isinstance(key, Scalar):
        found = opaque(key.value, (thing.name,) if shown(thing.name) else (), where, key.literal)
        yield from (found,) if found else ()


_KINDS: dict[str, Callable[[Thing, Mapping], Iterator[Opaque]]] = {
    "SealedSecret": _sealed_secret,
    "ExternalSecret": _external_secret,
    "ClusterExternalSecret": _external_secret,
    "VaultStaticSecret": _vault_secret,
    "VaultDynamicSecret": _vault_secret,
    "SecretProviderClass": _provider_class,
}
