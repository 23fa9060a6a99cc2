"""Where one command takes a host: words of database clients and of administration programs.

It applies the tables of programs to words. Whether a word is a literal or a variable, and what its text means, is read
later.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from analyzer.extract.shell.arguments import Argument, Syntax, arguments
from analyzer.extract.shell.clients import CLIENTS, LONG_VALUED, Client, Operand
from analyzer.extract.shell.commands import SSH_OPTIONS, SSH_TUNNELS, Target
from analyzer.extract.shell.words import Word
from analyzer.model import Clue, Engine, Evidence, Intent

_SQLSERVER = re.compile(r"(?i:tcp:|np:|lpc:|admin:)?(?P<host>[^,\\:]+)(?:\\[^,]*)?(?:,(?P<port>[^,]+))?")
_LOGIN = re.compile(r"(?<=.)@(?://)?(?P<server>(?:[^@/\s]*[.:\ufffc(][^@\s]*))\Z")
_REPLICA_SET = re.compile(r"[A-Za-z0-9_\-]{1,100}/(?=[^/]{1,2000}\Z)")
_NETWORK_FILE = re.compile(r"/dev/(?:tcp|udp)/(?P<host>[^/]+)/(?P<port>[^/]+)")


class Kind(Enum):
    """What a command does with a host."""

    CONNECTS = "connects"
    OPERATES = "operates"


@dataclass(frozen=True, slots=True)
class Site:
    """A word in which a command takes a host, list, URL or connection string.

    `evidence` says why, `prefix` starts the shape. `port` is the word of the port; where there is none, `insert` and
    digits may be put behind the word. `variable` names the environment's port. `certain`: only a certain connection
    string counts. `named`: an administration program takes the word for a host, whatever it looks like. `waits`: a
    client only waits until the server answers. `reads`: all that a client asks is a look at rows.
    """

    word: Word
    kind: Kind
    evidence: tuple[Evidence, ...] = ()
    prefix: str = ""
    engine: Engine | None = None
    intent: Intent = Intent.UNKNOWN
    port: Word | None = None
    insert: str = ""
    variable: str = ""
    certain: bool = False
    named: bool = False
    waits: bool = False
    reads: bool = False


def program_name(word: Word) -> str:
    """The name of the program that a first word runs: `/usr/bin/psql` is psql."""
    return word.text.rsplit("/", 1)[-1].removesuffix(".exe")


def client_sites(words: Sequence[Word], reason: str = "") -> Iterator[Site]:
    """The hosts of a database client's command line; the first word is the program.

    `reason`: why the command is administration, empty where it connects.
    """
    program = program_name(words[0])
    client, found = CLIENTS[program], client_arguments(words)
    if program == "redis-cli" and any(word.text == "--cluster" for word in words):
        yield from operation_sites(words, Target.NAMED)
        return
    kind = Kind.OPERATES if reason else Kind.CONNECTS
    port = next((argument.value for argument in reversed(found) if argument.name in client.port), None)
    for argument in found:
        name = argument.name
        if name in client.host:
            yield _host_site(program, argument, client, port, (kind, reason))
        elif name in client.dsn:
            evidence = (_reason(reason, f"{program} {name}"),)
            prefix = f"{program} {name}{_joint(argument)}"
            yield Site(argument.value, kind, evidence, prefix, client.engine, client.intent, certain=True)
    yield from _operand_sites(program, client, [a.value for a in found if not a.name], (kind, reason))


def client_arguments(words: Sequence[Word]) -> list[Argument]:
    """The options and operands of a database client's command line."""
    client = CLIENTS[program_name(words[0])]
    names = frozenset({*client.host, *client.port, *client.dsn, *LONG_VALUED})
    return list(arguments(words[1:], Syntax(client.short, names, client.glued)))


def operation_sites(words: Sequence[Word], target: Target) -> Iterator[Site]:
    """The hosts of an administration program's command line; the first word is the program."""
    program = program_name(words[0])
    evidence = (Evidence(Clue.OPERATION, program),)
    if target is not Target.REMOTE:
        yield from (Site(word, Kind.OPERATES, evidence, f"{program} ") for word in words[1:])
        return
    tunnels, rest = remote(words)
    yield from (Site(word, Kind.OPERATES, evidence, f"{program} ") for word in tunnels)
    yield from (Site(word, Kind.OPERATES, evidence, f"{program} ", named=True) for word in rest[:1])


def remote(words: Sequence[Word]) -> tuple[list[Word], Sequence[Word]]:
    """The servers behind options of `ssh` (`-J`, `-L`), and the words from the host on."""
    at, tunnels = 1, list[Word]()
    while at < len(words) and words[at].text.startswith("-"):
        text = words[at].text
        valued = next((i for i, letter in enumerate(text) if i and letter in SSH_OPTIONS), len(text))
        glued = valued + 1 < len(text)
        if text[valued : valued + 1] in SSH_TUNNELS:
            tunnels += [words[at].part(valued + 1)] if glued else words[at + 1 : at + 2]
        at += 1 if glued or valued == len(text) else 2
    return tunnels, words[at:]


def network_site(word: Word) -> Site | None:
    """Bash's `/dev/tcp/HOST/PORT` behind a redirection."""
    match = _NETWORK_FILE.fullmatch(word.text)
    if match is None:
        return None
    evidence = (Evidence(Clue.OPERATION, "/dev/tcp"),)
    return Site(
        word.part(*match.span("host")), Kind.OPERATES, evidence, "/dev/tcp/", port=word.part(*match.span("port"))
    )


def _reason(operation: str, command: str) -> Evidence:
    return Evidence(Clue.OPERATION, operation) if operation else Evidence(Clue.COMMAND, command)


def _joint(argument: Argument) -> str:
    if not argument.joined:
        return " "
    return "=" if argument.name.startswith("--") else ""


def _host_site(program: str, argument: Argument, client: Client, port: Word | None, purpose: tuple[Kind, str]) -> Site:
    kind, reason = purpose
    name, word, insert = argument.name, argument.value, f" {client.port[0]} " if client.port else ""
    if client.engine is Engine.MONGODB and (replica_set := _REPLICA_SET.match(word.text)):
        word = word.part(replica_set.end())
    site = Site(
        word,
        kind,
        (_reason(reason, f"{program} {name}"),),
        f"{program} {name}{_joint(argument)}",
        client.engine,
        client.intent,
        port,
        "" if port else insert,
        client.variable,
    )
    return server_word(site)


def server_word(site: Site) -> Site:
    r"""The same site; SQL Server's `tcp:host\instance,1433` is the host with its port."""
    word, match = site.word, _SQLSERVER.fullmatch(site.word.text)
    if site.engine is not Engine.SQLSERVER or match is None:
        return site
    port = word.part(*match.span("port")) if match["port"] else None
    insert = "," if port is None and word.text.endswith(match["host"]) else ""
    return replace(site, word=word.part(*match.span("host")), port=port, insert=insert)


def _operand_sites(program: str, client: Client, operands: list[Word], purpose: tuple[Kind, str]) -> Iterator[Site]:
    kind, reason = purpose
    evidence = (_reason(reason, program),)
    if client.operand is Operand.DSN:
        for word in operands:
            yield Site(word, kind, evidence, f"{program} ", client.engine, client.intent, certain=True)
    elif client.operand is Operand.SERVER:
        for word in operands[:1]:
            certain = not any(mark in word.text for mark in (":", "/")) or word.text.endswith(".js")
            yield Site(word, kind, evidence, f"{program} ", client.engine, client.intent, certain=certain)
    elif client.operand is Operand.HOST and operands:
        port = operands[1] if len(operands) > 1 else None
        insert = "" if port else " "
        yield Site(operands[0], kind, evidence, f"{program} ", client.engine, port=port, insert=insert)
    elif client.operand is Operand.LOGIN:
        for word in operands:
            login = _LOGIN.search(word.text)
            if word.variable() is not None:
                yield Site(word, kind, evidence, f"{program} ", client.engine)
            elif login is not None:
                yield Site(word.part(*login.span("server")), kind, evidence, f"{program} …@", client.engine)
