"""Configuration of web servers: what nginx and Apache hand to applications, and what they do themselves.

`fastcgi_param DB_HOST ..`, `SetEnv`, `php_value` and `DBDParams` feed applications and modules: connections. Upstreams,
proxies and access rules name servers rightly: infrastructure. It knows no policy.
"""

import re
from collections.abc import Iterator
from itertools import groupby

from analyzer.extract.gathering.leftovers import left_over
from analyzer.extract.keyed.bindings import Binding, Scope, references
from analyzer.extract.nature.infrastructure import signature
from analyzer.extract.spelling.spelled import whole
from analyzer.extract.webserver.syntax import Directive, Directives, Stretch, read_directives
from analyzer.model import Clue, Comment, Evidence, Extraction, HostRef, Region
from analyzer.source import SourceFile

# NAME value, for an application or its interpreter.
_PARAMETERS = frozenset(
    {"fastcgi_param", "uwsgi_param", "scgi_param", "setenv", "define", "set", "php_value", "php_admin_value"}
)
_DATABASE = "dbdparams"  # https://httpd.apache.org/docs/2.4/mod/mod_dbd.html#dbdparams
_PAIR = re.compile(r"(?P<key>\w{1,64})[ \t]{0,8}=[ \t]{0,8}(?P<value>[^\s,;'\"]{1,300})")
_ROUTES = """
    server listen server_name resolver allow deny set_real_ip_from proxy_pass grpc_pass fastcgi_pass uwsgi_pass
    scgi_pass memcached_pass redis_pass redis2_pass proxypass proxypassmatch proxypassreverse balancermember require
    servername serveralias remoteipinternalproxy remoteiptrustedproxy
"""
_INFRASTRUCTURE = frozenset(_ROUTES.split())
_PLACE = Evidence(Clue.PLACE, "parameters of a web server")
_ROUTE = Evidence(Clue.INFRASTRUCTURE, "route or rule of a web server")


def extract(source: SourceFile) -> Extraction:
    """Hosts that a web server hands to applications; comments with directives; the regions of its own routes."""
    read = read_directives(source.text)
    found = list(_references(source, read))
    regions = tuple(
        Region(source.span(each.start, each.end), _ROUTE)
        for each in read.found
        if _name(source, each) in _INFRASTRUCTURE
    )
    known = [*(ref.slot.span for ref in found), *(region.span for region in regions)]
    found += left_over(source, [*known, *(source.span(*comment) for comment in read.comments)])
    return Extraction(
        refs=tuple(sorted(found, key=lambda ref: ref.slot.span.start)),
        comments=tuple(_comments(source, read)),
        nature=None if found else signature(source.path, source.text),
        regions=regions,
    )


def _name(source: SourceFile, directive: Directive) -> str:
    start, end = directive.words[0]
    return source.text[start:end].lower()


def _references(source: SourceFile, read: Directives) -> Iterator[HostRef]:
    """Directives of one block are one scope, so that a host finds its port."""
    for _, directives in groupby(sorted(read.found, key=lambda each: each.block), key=lambda each: each.block):
        bindings = []
        for each in directives:
            name = _name(source, each)
            if name in _PARAMETERS and len(each.words) > 2:
                bindings.append(_binding(source, each.words[1], each.words[2]))
            elif name == "env" and len(each.words) > 1:
                bindings += _pairs(source, each.words[1])
            elif name == _DATABASE and len(each.words) > 1:
                yield from references(list(_pairs(source, each.words[1])), Scope(("database", "DBDParams"), (_PLACE,)))
        yield from references(bindings, Scope(evidence=(_PLACE,), separator=" "))


def _binding(source: SourceFile, key: Stretch, value: Stretch) -> Binding:
    return Binding(source.text[slice(*key)].removeprefix("$"), whole(source, *value).value(source))


def _pairs(source: SourceFile, word: Stretch) -> Iterator[Binding]:
    for pair in _PAIR.finditer(source.text, *word):
        yield _binding(source, pair.span("key"), pair.span("value"))


def _comments(source: SourceFile, read: Directives) -> Iterator[Comment]:
    for start, end in read.comments:
        text = source.text[start:end].rstrip()
        if "analyzer:" in text:
            line = max(source.text.rfind("\n", 0, start), source.text.rfind("\r", 0, start)) + 1
            own = not source.text[line:start].strip()
            yield Comment(source.span(start, start + len(text)), text, own)
