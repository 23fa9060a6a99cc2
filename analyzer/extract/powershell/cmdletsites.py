"""Where one cmdlet takes a host: applies the tables of cmdlets to words."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from analyzer.extract.keyed.keys import plain
from analyzer.extract.powershell.cmdlets import SERVERS, TAKEN, TARGETS, TYPES, Cmdlet
from analyzer.extract.shell.arguments import Argument
from analyzer.extract.shell.sites import Kind, Site, server_word
from analyzer.extract.shell.words import Word
from analyzer.model import Clue, Engine, Evidence

_CONTROL = frozenset({"-erroraction", "-ea", "-outvariable", "-ov", "-errorvariable"})


def parameters(words: Sequence[Word]) -> Iterator[Argument]:
    """The words behind a cmdlet: parameters with their values, `-Name:value` included; others have no name."""
    at = 0
    while at < len(words):
        word, name = words[at], words[at].text
        at += 1
        if not _is_name(word):
            yield Argument("", word)
            continue
        head, sign, _ = name.partition(":")
        if sign and len(name) > len(head) + 1:
            yield Argument(head, word.part(len(head) + 1), joined=True)
        elif at < len(words) and not _is_name(words[at]):
            yield Argument(head, words[at])
            at += 1
        else:
            yield Argument(head, Word("", word.end, word.end))


def connection_sites(name: str, cmdlet: Cmdlet, words: Sequence[Word]) -> Iterator[Site]:
    """The servers of a cmdlet that connects; `words` are those behind it."""
    found = list(parameters(words))
    port = next((each.value for each in found if each.name.lower() in cmdlet.port), None)
    first = next((each for each in found if not each.name), None) if cmdlet.first else None
    for each in found:
        evidence = (Evidence(Clue.COMMAND, f"{name} {each.name}".rstrip()),)
        prefix = f"{name} {each.name} " if each.name else f"{name} "
        if each.name.lower() in cmdlet.dsn:
            yield Site(each.value, Kind.CONNECTS, evidence, prefix, cmdlet.engine, certain=True)
        elif each.name.lower() in cmdlet.host or each is first:
            site = Site(each.value, Kind.CONNECTS, evidence, prefix, cmdlet.engine, port=port)
            yield from single_servers(site, cmdlet.insert)


def single_servers(site: Site, insert: str) -> Iterator[Site]:
    """A site for each server of a list; several are asked one by one, which looks for the leader: a mention."""
    words = [site.word] if site.word.elements is None else list(site.word.elements)
    evidence = (Evidence(Clue.TEXT, f"{site.evidence[0].text} by turns with other servers"),)
    for word in words:
        found = replace(server_word(replace(site, word=word)), insert="" if site.port else insert)
        yield replace(found, evidence=evidence) if len(words) > 1 else found


def object_sites(words: Sequence[Word]) -> Iterator[Site]:
    """`New-Object Npgsql.NpgsqlConnection($text)`; `words` are those behind the cmdlet."""
    found = [each.value for each in parameters(words) if each.name.lower() not in _CONTROL]
    if not found:
        return
    kind, given = found[0].text.lower(), [one for word in found[1:] for one in word.elements or (word,)]
    shown = found[0].text if plain(found[0].text) else "…"
    evidence = (Evidence(Clue.CALL, f"New-Object {shown}"),)
    if kind in SERVERS:
        for word in given[:1]:
            yield from single_servers(Site(word, Kind.CONNECTS, evidence, f"{shown} ", Engine.SQLSERVER), "")
    elif kind.rsplit(".", 1)[-1] in TARGETS:
        yield from operation_sites(shown, given, operands=True)
    else:
        told = next((engine for part, engine in TYPES if part in kind), None)
        known = any(part in kind for part, _ in TYPES)
        for word in given:
            yield Site(word, Kind.CONNECTS, evidence if known else (), f"{shown} ", told, certain=True)


def operation_sites(name: str, words: Sequence[Word], *, operands: bool) -> Iterator[Site]:
    """The servers of a cmdlet that administers; `operands`: it takes them without a parameter as well."""
    shown = name if plain(name) else "…"
    evidence = (Evidence(Clue.OPERATION, shown),)
    for each in parameters(words):
        if each.name.lower() in TAKEN or (operands and not each.name):
            for word in each.value.elements or (each.value,):
                yield Site(word, Kind.OPERATES, evidence, f"{shown} ")


def _is_name(word: Word) -> bool:
    return word.text.startswith("-") and not word.quoted and word.text[1:2].isalpha()
