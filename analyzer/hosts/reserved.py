"""Hosts that are never worth a finding of their own: placeholders, loopback, documentation ranges, service names.

A policy may still declare such a name; then it counts. This module knows no policy.
"""

import ipaddress
import re

from analyzer.hosts.address import canonical, is_address
from analyzer.hosts.parts import HOLE
from analyzer.hosts.words import words

_PLACEHOLDER = "placeholder"
_LOOPBACK = "loopback"
_SERVICE = "in-cluster or compose service name"
_CONTAINER = "name of the container's host"
_NETWORKS = tuple(
    (ipaddress.ip_network(network), reason)
    for network, reason in (
        ("127.0.0.0/8", _LOOPBACK),
        ("::1/128", _LOOPBACK),
        ("0.0.0.0/8", "unspecified address"),
        ("::/128", "unspecified address"),
        ("192.0.2.0/24", "documentation range (RFC 5737)"),
        ("198.51.100.0/24", "documentation range (RFC 5737)"),
        ("203.0.113.0/24", "documentation range (RFC 5737)"),
        ("2001:db8::/32", "documentation range (RFC 3849)"),
        ("3fff::/20", "documentation range (RFC 9637)"),
        ("169.254.0.0/16", "link-local address"),
        ("fe80::/10", "link-local address"),
        ("224.0.0.0/3", "multicast, netmask or reserved address"),
        ("ff00::/8", "multicast address"),
    )
)
_TYPED = words(
    """1.2.3.4 1.1.1.1 2.2.2.2 3.3.3.3 4.3.2.1 5.6.7.8 11.22.33.44 12.34.56.78 111.111.111.111 123.123.123.123
    123.45.67.89 111.222.111.222"""
)
_SUFFIXES = (
    (words("localhost localdomain"), _LOOPBACK),
    (words("example test invalid"), "reserved domain (RFC 2606)"),
    (words("docker.internal containers.internal testcontainers.internal lima.internal minikube.internal"), _CONTAINER),
    (words("svc cluster.local"), _SERVICE),
    (words("service.consul query.consul"), "service name of Consul"),
    (
        words(
            """db sqlite sqlite3 db3 mdb mdf tgz gz bz2 xz tar jar war sql yaml yml json txt html htm css js ts xml toml
            ini conf cfg log pem crt csr exe rpm deb iso img png svg jpg gif pdf php java lock tmpl j2"""
        ),
        "file name",
    ),
)
_SOFTWARE = words(
    """mysql mariadb postgres postgresql pgsql pgbouncer mongo mongodb redis valkey memcached mssql sqlserver oracle
    cassandra scylla elasticsearch elastic opensearch clickhouse"""
)
_DOCKER = words("docker.for.mac.localhost docker.for.mac.host.internal docker.for.win.localhost")
_DOMAINS = words(
    """example examples replace-me mydomain yourdomain your-domain my-domain domain yourcompany mycompany your-company
    my-company foo bar foobar somewhere somehost yourhost myhost yourserver myserver changeme change-me acme contoso"""
)
_WORDS = words("my change xxx dummy fake sample example foo bar baz none null")
_GENERIC = words("my db sql database host hostname server name address domain")  # db.host.name
_STRONG = words("your replace changeme placeholder todo insert fixme tbd redacted change-me")
_BLANKED = re.compile(r"(?:x{2,}\d*|[*#]+|n{3,}|region|aaa+|abc(?:def)?\d*)\Z")
_DIGIT_WORDS = frozenset("xyzn*") | words("xx xxx yy yyy")
_CODE = re.compile(r"[a-z][A-Z]|\.[A-Z][a-z]+\Z")
# Words that end the name of a setting, and stand before `host` in one: spring.redis.host, app.jdbc.url.
_SETTINGS = words(
    """url urls uri uris dsn hosts hostname hostnames port ports addr address addresses server servers servername user
    username password database driver endpoint endpoints nodes"""
)
_SECTIONS = words("db database datasource jdbc params properties config conf connection client server") | _SOFTWARE
_TOKENS = re.compile(r"[._\-]")
_ZONES = words(
    """internal local lan corp home intranet private intra priv arpa onion consul com net org edu gov mil int info biz
    name pro io dev app cloud tech online site store shop xyz top club live systems network services solutions group
    digital host hosting space website software company agency media studio zone world global today center one
    international computer engineering science bank museum coop aero jobs mobi travel tel cat asia post paris berlin
    london nyc tokyo wien koeln hamburg bayern moscow swiss google amazon azure microsoft windows bmw sap"""
)


def uninteresting(host: str) -> str | None:
    """Why `host` is no database server worth reporting by itself; None for a real one."""
    if not host.strip() or HOLE in host or any(c in host for c in "{}$%<>*#?=()| \t\r\n"):
        return _PLACEHOLDER
    if host[0] in "/@\\":
        return "socket"
    key = canonical(host)
    if "." in host and (_CODE.search(host) or _setting(key.split("."))):
        return "a name in code"
    return _address(key) if is_address(key) else _name(key, constant=host.isupper() and "_" in host)


def _address(key: str) -> str | None:
    if key in _TYPED:
        return _PLACEHOLDER
    address = ipaddress.ip_address(key)
    reason = next((reason for network, reason in _NETWORKS if address in network), None)
    return reason or ("network or version" if key.endswith(".0.0.0") else None)


def _name(key: str, *, constant: bool) -> str | None:
    labels = key.split(".")
    if key in _DOCKER:
        return _CONTAINER
    if len(labels) == 1 and key.endswith("localhost"):
        return _LOOPBACK
    for suffixes, reason in _SUFFIXES:
        if len(labels) > 1 and any(key == suffix or key.endswith(f".{suffix}") for suffix in suffixes):
            return reason
    if constant or _fake(key, labels):
        return _PLACEHOLDER
    if len(labels) == 1:
        return "single-label name: a service or an alias"
    software = labels[-1].rstrip("0123456789") in _SOFTWARE  # compose: shop.dev.mysql57
    return _SERVICE if software or (len(labels) == 2 and not _zone(labels[-1])) else None


def _setting(labels: list[str]) -> bool:
    return labels[-1] in _SETTINGS or (labels[-1] == "host" and labels[-2] in _SECTIONS)


def _zone(label: str) -> bool:
    """Whether a two-label name may end so: a top-level domain or the usual name of a private zone."""
    return label in _ZONES or label.startswith("xn--") or (len(label) == 2 and label.isalpha())


def _fake(key: str, labels: list[str]) -> bool:
    pieces = {piece for piece in _TOKENS.split(key) if piece}
    if len(labels) > 1 and labels[-2] in _DOMAINS:
        return True
    if pieces & _STRONG or any(_BLANKED.match(piece) for piece in pieces):
        return True
    if all(label.isdecimal() or label in _DIGIT_WORDS or label in _GENERIC for label in labels):
        return True
    return len(labels) == 1 and bool(pieces & _WORDS)
