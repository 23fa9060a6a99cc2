"""nginx and Apache: what they hand to applications, and their own routes."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzer.extract.webserver import extract
from analyzer.model import Clue
from analyzer.source import SourceFile
from tests.kit import check, check_none


def found(marked: str, path: str = "site.conf"):
    return check(extract, marked, path=path, comment="#")


NGINX = """\
user www;
env DB_HOST=«10.0.0.122|clue=key»;
http {
  log_format main '$remote_addr "$request"';  # the usual
  server {
    listen 10.0.0.10:80;
    location ~ \\.php$ {
      fastcgi_pass unix:/run/php.sock;
      fastcgi_param DB_HOST «10.0.0.121|only=key+place,port=5433»;
      fastcgi_param DB_PORT "⟦5433⟧";
    }
    location /b { uwsgi_param DATABASE_URL 'postgresql://u:s3cret@«db1.corp.internal|clue=dsn»:⟦5432⟧/app'; }
    set $redis_host «10.0.0.5|clue=key»;
    # fastcgi_param DB_HOST 10.0.0.120;
    location /c { proxy_pass http://10.0.0.121:8008; }
  }
}
"""
APACHE = """\
<VirtualHost *:80>
  SetEnv DB_HOST «10.0.0.121|only=key+place,port=5433»
  SetEnv DB_PORT "⟦5433⟧"
  # SetEnv DB_HOST 10.0.0.120
  <IfModule mod_dbd.c>
    DBDriver pgsql
    DBDParams "host=«10.0.0.122|clue=key,port=5432» \\
       port=⟦5432⟧ dbname=app"
  </IfModule>
  php_admin_value mysqli.default_host «10.0.0.20|clue=key»
  ProxyPass /api http://10.0.0.121:8008/
  RewriteRule ^(.*)$ https://%{HTTP_HOST}/$1 [R=301,L]
</VirtualHost>
"""


def test_nginx():
    extraction = found(NGINX, "nginx.conf")
    assert extraction.nature is None


def test_apache():
    extraction = found(APACHE)
    assert extraction.nature is None


def test_mysql_parameters_of_apache():
    found('DBDParams "host=«10.0.0.20|clue=key,port=3307»,port=⟦3307⟧,dbname=app,user=app"\n')


@pytest.mark.parametrize(
    "text",
    [
        "",
        "events { worker_connections 10; }\n",
        "server { listen 10.0.0.121:80; server_name db-postgres-01; }\n",
        "server {\n  fastcgi_param DB_HOST localhost;\n  fastcgi_param REMOTE_ADDR $remote_addr;\n}\n",
        "SetEnv DB_HOST 127.0.0.1\nSetEnv APP_NAME 10.0.0.121\n<Directory />\n  Require ip 10.0.0.121\n</Directory>\n",
        "http {\n  allow 10.0.0.121;\n  deny all;\n  resolver 10.0.0.121;\n}\n",
        "} } ; { { ;;\n",
    ],
)
def test_nothing(text):
    check_none(extract, text, path="site.conf", comment="#")


def test_routes_are_regions():
    source = SourceFile("nginx.conf", b"server {\n  listen 10.0.0.10:80;\n  proxy_pass http://10.0.0.121:8008;\n}\n")
    regions = extract(source).regions
    assert [source.slice(each.span) for each in regions] == [
        b"server ",
        b"listen 10.0.0.10:80",
        b"proxy_pass http://10.0.0.121:8008",
    ]
    assert {each.nature.clue for each in regions} == {Clue.INFRASTRUCTURE}


def test_a_proxy_alone_is_infrastructure_as_a_whole():
    text = b"stream {\n  upstream pg {\n    server 10.0.0.120:5432;\n    server 10.0.0.121:5432;\n  }\n}\n"
    nature = extract(SourceFile("nginx.conf", text)).nature
    assert nature is not None
    assert nature.text == "nginx upstream"


def test_directives():
    text = (
        "server {\n  # analyzer: ignore[node-host] one\n"
        "  fastcgi_param DB_HOST 10.0.0.121; # analyzer: ignore[node-host] two\n"
        "  add_header X '# analyzer: three';\n}\n"
    )
    comments = extract(SourceFile("nginx.conf", text.encode())).comments
    assert [(c.text.rsplit(" ", 1)[-1], c.own_line) for c in comments] == [("one", True), ("two", False)]


_WORDS = (
    "fastcgi_param SetEnv DB_HOST 10.0.0.121 DBDParams host= port=5432 <VirtualHost> </VirtualHost> { } ; # \" ' \\"
)
_PIECES = st.sampled_from([*_WORDS.split(), " ", " ", "\n", "\r\n", "\\\n", "ü", "postgres://u@10.0.0.121/x"])


@settings(max_examples=150, derandomize=True, deadline=None)
@given(st.lists(_PIECES, max_size=24).map("".join))
def test_any_text(text):
    source = SourceFile("a.conf", text.encode())
    for ref in extract(source).refs:
        assert ref.sealed or source.slice(ref.slot.span).decode() == ref.host


@pytest.mark.parametrize("text", ["{", "a {\n", "}", '"', "'\n", "\\", "a b;\n", "<A>\n", "# a\n", "<", "SetEnv "])
def test_long_texts_take_linear_time(text):
    extract(SourceFile("a.conf", text.encode() * 20_000))
