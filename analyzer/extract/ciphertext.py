"""Values that do not show what they hold: ciphertext, and references to a system that keeps secrets.

Only keys that would hold a database's host or connection string count. What is said of such a value is made of our own
words and of plain paths; nothing is decrypted, fetched or looked up.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from analyzer.extract.keyed.keys import KeyClue, plain, read_key
from analyzer.extract.keyed.words import words
from analyzer.extract.rows import key_rows
from analyzer.model import Opaque, Span
from analyzer.source import SourceFile

SOPS = "encrypted by SOPS; its MAC covers this value"
_ROLES = frozenset({"host", "hosts", "dsn", "url"})
_DRIVERS = frozenset({"connection", "connect", "conn"})  # DB_CONNECTION=mysql names a driver
_PATH = re.compile(r"[A-Za-z0-9_./:-]{1,160}")
_LOOKED_AT = 4000  # characters of a connection string in which a host is looked for
_BEHIND_USER, _BEHIND_SCHEME = re.compile(r"@(?:\$\{)?"), re.compile(r"://(?:\$\{)?")


@dataclass(frozen=True, slots=True)
class Veil:
    """One way to hide a value: how its text starts, and what to say. `path` and `key` are groups of the pattern."""

    pattern: re.Pattern[str]
    said: str


def _veil(pattern: str, said: str) -> Veil:
    return Veil(re.compile(pattern), said)


VEILS: tuple[Veil, ...] = (
    _veil(r"ENC\[AES256_GCM,", "encrypted by SOPS"),
    _veil(r"ENC\[(?:PKCS7|GPG)[,\]]", "encrypted by hiera-eyaml"),
    _veil(r"\$ANSIBLE_VAULT;", "encrypted by Ansible Vault"),
    _veil(r"\{cipher\}", "encrypted by Spring Cloud Config"),
    _veil(r"ENC\([A-Za-z0-9+/=_-]{16,4000}\)\Z", "encrypted by Jasypt"),
    _veil(r"encrypted:[A-Za-z0-9+/=]{40,4000}\Z", "encrypted by dotenvx"),
    # https://bank-vaults.dev/docs/mutating-webhook/
    _veil(r"(?:>>)?vault:(?P<path>[^#\s]{1,200})#(?P<key>[^#\s}]{1,100})", "kept in Vault"),
    # https://argocd-vault-plugin.readthedocs.io/en/stable/howitworks/
    _veil(r"<path:(?P<path>[^#>\s]{1,200})#(?P<key>[^#>|\s]{1,100})", "kept in the store of argocd-vault-plugin"),
    # https://github.com/helmfile/vals
    _veil(r"ref\+vault://(?P<path>[^#?\s]{1,200})(?:\?[^#\s]{0,200})?#/?(?P<key>[^\s+]{1,100})", "kept in Vault"),
    _veil(r"ref\+[a-z0-9]{2,24}://(?P<path>[^#?\s]{1,200})(?:#/?(?P<key>[^\s+]{1,100}))?", "kept in a secret store"),
    _veil(r"op://(?P<path>[^\s?]{1,200})", "kept in 1Password"),
    _veil(r"@Microsoft\.KeyVault\(", "kept in Azure Key Vault"),
    _veil(r"\{\{resolve:(?:ssm|ssm-secure|secretsmanager):(?P<path>[^}\s]{1,200})", "kept in AWS"),
)
_MARKS = re.compile(
    rb"ENC[\[(]|\$ANSIBLE_VAULT|\{cipher\}|encrypted:|vault:|<path:|ref\+|op://|@Microsoft\.|\{\{resolve:"
)
_VAULT_FILE = re.compile(rb"\$ANSIBLE_VAULT;[0-9.]{3,5};AES256[^\r\n]{0,100}\r?\n[0-9a-f\r\n]{2}")


def may_hide(data: bytes) -> bool:
    """Whether a file can hold such a value at all."""
    return _MARKS.search(data) is not None


def hidden_by(text: str) -> str:
    """What hides a value, or the host of the connection string that it is; empty where it can be seen."""
    bare = text.strip()
    found = _said(bare, 0)
    if not found and "://" in bare[:80]:
        sign = _BEHIND_USER if "@" in bare else _BEHIND_SCHEME
        places = (place.end() for place in sign.finditer(bare, 0, _LOOKED_AT))
        found = next((said for at in places if (said := _said(bare, at))), "")
    return found


def kept(system: str, path: str, key: str = "", *, word: str = "key") -> str:
    """`kept in Vault (path secret/orders, key host)`; paths and keys that are not plain are left out."""
    parts = [f"path {path}"] if _PATH.fullmatch(path) else []
    parts += [f"{word} {key}"] if key and _PATH.fullmatch(key) else []
    return f"{system} ({', '.join(parts)})" if parts else system


def database_key(key: str, parents: tuple[str, ...] = ()) -> KeyClue | None:
    """What a key says that holds a database's host or connection string; None for any other."""
    clue = read_key(key, parents)
    if clue is None or not clue.database or clue.operation or clue.role not in _ROLES:
        return None
    return None if words(key)[-1:] and words(key)[-1] in _DRIVERS else clue


def opaque(key: str, parents: tuple[str, ...], where: str, span: Span, separator: str = ": ") -> Opaque | None:
    """A hidden value under a key; `span` is the key's. None where the key is no database's."""
    clue = database_key(key, parents) if where else None
    if clue is None:
        return None
    shown = key if plain(key) else ""
    named = f"{clue.via}.{shown}" if clue.via and plain(clue.via) and shown else shown
    return Opaque(span, named, where, f"{shown or '…'}{separator}…", clue.engine)


def hidden_rows(source: SourceFile) -> Iterator[Opaque]:
    """The hidden values of `key=value` and `key: value` rows: dotenv, INI, properties."""
    seen: set[tuple[str, str]] = set()
    for row in key_rows(source.text) if may_hide(source.data) else ():
        where = hidden_by(source.text[row.start : row.end])
        at = source.text.rfind(row.key, max(row.start - 400, 0), row.start) if where else -1
        if at < 0:
            continue
        parents = tuple(row.section.split(".")) if row.section else ()
        separator = ": " if row.sign == ":" else "="
        found = opaque(row.key, parents, where, source.span(at, at + len(row.key)), separator)
        if found is not None and (found.key, where) not in seen:
            seen.add((found.key, where))
            yield found


def whole_file(source: SourceFile) -> Opaque | None:
    """A file that is encrypted as a whole: no key of it can be seen, so it is told once, at its header."""
    if not _VAULT_FILE.match(source.data, source.bom):
        return None
    end = source.data.index(b"\n", source.bom)
    span = Span(source.bom, end - source.data[:end].endswith(b"\r"))
    return Opaque(span, "", "encrypted by Ansible Vault as a whole", "…")


def _said(text: str, at: int) -> str:
    for veil in VEILS:
        found = veil.pattern.match(text, at)
        if found is not None:
            groups = found.groupdict()
            return kept(veil.said, groups.get("path") or "", groups.get("key") or "")
    return ""
