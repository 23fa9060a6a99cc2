"""What a database client's command is for: an application's work, or one server's administration.

Asking a server for its role, whether it answers, or asking it from a shell on that server itself is administration.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from typing import TypeAlias

from analyzer.extract.keyed.accounts import WHY, backs_up, servant
from analyzer.extract.nature.asked import ROLE_QUERIES, about_server
from analyzer.extract.shell.clients import ACCOUNTS, DUMPS, PROBES, RESTORES, STATEMENTS, WHOLE
from analyzer.extract.shell.script import Command
from analyzer.extract.shell.sites import Kind, Site, client_arguments, client_sites, program_name
from analyzer.extract.shell.situation import Situation
from analyzer.extract.shell.words import Word
from analyzer.hosts import HOLE
from analyzer.model import Clue, Evidence

Server: TypeAlias = tuple[str, tuple[str, ...]]
_STOPS = re.compile(
    r"\b(?:systemctl|service)\b[^\n;|&]{0,60}\b(?:stop|start|restart|kill)\b[^\n;|&]{0,60}"
    r"\b(?:patroni|postgres|mysql|mariadb|mongod|redis|valkey|keepalived|etcd)"
)
_SWITCHES = re.compile(r"\b(?:switchover|failover|reinit|restart|pause)\b")
_LOOK = re.compile(r"\s{0,40}(?:select|table|show|explain)\b", re.IGNORECASE)
_ASKS = 20_000  # characters of a statement that are looked at


def command_sites(words: Sequence[Word], command: Command, situation: Situation, user: str) -> Iterator[Site]:
    """The hosts of a database client's command; `words` are the client's, `command` is all that stands around it.

    `user` is the account that the environment names, empty where it does not.
    """
    ports = {found.name: found.value for found in command.assignments}
    body = "\n".join(redirect.word.text for redirect in command.redirects if redirect.operator in ("<<", "<<<"))
    asks, probes = _role_query(words, body), _probe(words)
    waits = bool(probes) and situation.waits(command)
    reads = not body and _reads(words, caught=situation.caught(command))
    for site in client_sites(words, asks or ("" if waits else probes)):
        known = site.port is None and site.variable in ports
        found = replace(site, port=ports[site.variable] if known else site.port, waits=waits, reads=reads)
        yield _chosen(found, "") if _backs_up(words, user) else found


def _role_query(words: Sequence[Word], body: str) -> str:
    """Why a client's command asks one server for its role, or nothing. `body` is its standard input."""
    text = " ".join(word.text[:_ASKS] for word in words[1:]).lower()
    if any(query in text for query in ROLE_QUERIES) or _asks_only(body[:_ASKS].lower()):
        return f"{program_name(words[0])} asks for the role of a server"
    return _administers(words, body)


def _administers(words: Sequence[Word], body: str) -> str:
    """Why a client's options tell that it is about the server itself, or nothing."""
    program, found = program_name(words[0]), client_arguments(words)
    statements = [argument.value.text for argument in found if argument.name in STATEMENTS]
    if about_server(statements) and not body:
        return f"{program} looks at the server itself"
    return f"{program} with {WHY.text}" if servant(_account(words)) else ""


def _account(words: Sequence[Word]) -> str:
    return next((argument.value.text for argument in client_arguments(words) if argument.name in ACCOUNTS), "")


def _backs_up(words: Sequence[Word], user: str) -> bool:
    """Whether a client's command is an administrator's dump; an application dumps its database by its own account.

    `user` is the account of the environment.
    """
    program = program_name(words[0])
    if program not in DUMPS:
        return False
    return not WHOLE.isdisjoint((program, *(word.text for word in words[1:]))) or backs_up(_account(words) or user)


def _reads(words: Sequence[Word], *, caught: bool) -> bool:
    """Whether a client's statements, of which there are some, only look at rows. `caught`: a program takes the rows."""
    texts = [argument.value.text for argument in client_arguments(words) if argument.name in STATEMENTS]
    return bool(texts) and all(_LOOK.match(text) or (caught and text == HOLE) for text in texts)


def _probe(words: Sequence[Word]) -> str:
    """Why a client's command only asks whether a server answers, or nothing."""
    program = program_name(words[0])
    asked = program in PROBES and PROBES[program] in {"", *(word.text for word in words[1:])}
    return f"{program} asks whether a server answers" if asked else ""


def on_server(site: Site, server: Word) -> Site:
    """The same site; administration where the client, run by ssh, connects to the very server that it runs on."""
    if site.kind is not Kind.CONNECTS or site.certain or server_of(site.word) != server_of(server):
        return site
    return _administered(site, "on the server itself")


def on_drill(site: Site) -> Site:
    """The same site, in a script that stops servers: its clients look after them."""
    drilled = site.kind is Kind.CONNECTS and not site.certain and site.engine is not None
    return _administered(site, "in a script that stops or switches servers") if drilled else site


def by_hand(site: Site) -> Site:
    """The same site, in a command that is only there for a person to type."""
    connects = site.kind is Kind.CONNECTS and not site.certain
    return _administered(site, "by hand, of an alias") if connects else site


def on_restore(site: Site) -> Site:
    """The same site, in a script that restores a backup: what only looks at rows compares them with the backup's."""
    return _chosen(site, "beside a restored backup") if site.reads and site.kind is Kind.CONNECTS else site


def restores(words: Sequence[Word]) -> bool:
    """Whether a command restores a backup."""
    told = RESTORES.get(program_name(words[0]))
    return told is not None and told in {"", *(word.text for word in words[1:])}


def stops(program: str, text: str) -> bool:
    """Whether a command stops, starts or switches servers of a database: by ssh, by the cluster's own program."""
    return (program == "patronictl" and _SWITCHES.search(text) is not None) or _STOPS.search(text) is not None


def waits_for(site: Site, servers: Collection[Server]) -> Site:
    """The same site; administration where a script waits for a server that it works on by ssh."""
    if site.waits and site.kind is Kind.CONNECTS and server_of(site.word) in servers:
        return _administered(site, "waits for a server that ssh works on")
    return site


def _administered(site: Site, why: str) -> Site:
    evidence = (Evidence(Clue.OPERATION, f"{site.prefix.split(' ', 1)[0]} {why}"),)
    return replace(site, kind=Kind.OPERATES, evidence=evidence, named=True)


def _chosen(site: Site, why: str) -> Site:
    """The same site, of a client that takes one server on purpose."""
    told = (
        replace(e, clue=Clue.CHOICE, text=f"{e.text} {why}".rstrip()) if e.clue is Clue.COMMAND else e
        for e in site.evidence
    )
    return replace(site, evidence=tuple(told))


def server_of(word: Word) -> Server:
    """What stands behind `user@`, with the names of the variables in it."""
    start = word.text.rfind("@") + 1
    return word.text[start:], tuple(found.name or str(found.start) for at, found in word.expansions if at >= start)


def _asks_only(body: str) -> bool:
    """Whether every statement asks for a role; psql's own commands begin with a backslash and touch no database."""
    lines = (line for line in body.split("\n") if not line.lstrip().startswith(("\\", "--")))
    statements = [statement for statement in "\n".join(lines).split(";") if statement.strip()]
    return bool(statements) and all(any(query in one for query in ROLE_QUERIES) for one in statements)
