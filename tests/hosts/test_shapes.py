"""A shape shows schemes, hosts and ports; no piece of a user name, a password or a database gets into it."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from analyzer.hosts import find, parse
from analyzer.model import Engine

SECRETS = ("Zq7xKw", "W9vkTr", "J4hdPm", "userQz8")
HOST = "10.0.0.121"

SHAPES = [
    ("10.0.0.121", "«10.0.0.121»"),
    ("10.0.0.121:5432", "«10.0.0.121»:5432"),
    ("10.0.0.1,10.0.0.121", "10.0.0.1,«10.0.0.121»"),
    ("postgresql://u:p@10.0.0.121:5432/app", "postgresql://…@«10.0.0.121»:5432/…"),
    ("postgresql://10.0.0.121", "postgresql://«10.0.0.121»"),
    ("postgresql://u:p@10.0.0.1:5432,10.0.0.121/app?x=y", "postgresql://…@10.0.0.1:5432,«10.0.0.121»/…"),
    ("postgresql://u@10.0.0.121:${PORT}/app", "postgresql://…@«10.0.0.121»:…/…"),
    ("postgresql+asyncpg://u:p@10.0.0.121/app", "postgresql+asyncpg://…@«10.0.0.121»/…"),
    ("postgresql+W9vkTr://u:p@10.0.0.121/app", "postgresql+…://…@«10.0.0.121»/…"),
    ("W9vkTr://10.0.0.121", "…://«10.0.0.121»"),
    ("postgresql:///app?host=10.0.0.121", "postgresql:///…?host=«10.0.0.121»"),
    ("host=10.0.0.121 port=5432 user=u", "host=«10.0.0.121» port=5432 …"),
    ("jdbc:mysql:loadbalance://10.0.0.121:3306/app", "jdbc:mysql:loadbalance://«10.0.0.121»:3306/…"),
    ("jdbc:oracle:thin:u/p@10.0.0.121:1521:SID", "jdbc:oracle:thin:…@«10.0.0.121»:1521:…"),
    ("jdbc:sqlserver://10.0.0.121\\I:1433;a=b", "jdbc:sqlserver://«10.0.0.121»\\…:1433;…"),
    ("Server=10.0.0.121,1433;Database=app", "Server=«10.0.0.121»,1433;…"),
    ("Server=10.0.0.121;Port=3306;Database=app", "Server=«10.0.0.121»;Port=3306;…"),
    ("mysql:host=10.0.0.121;dbname=app", "mysql:host=«10.0.0.121»;…"),
    ("u:p@tcp(10.0.0.121:3306)/app", "…@tcp(«10.0.0.121»:3306)/…"),
    ("(DESCRIPTION=(ADDRESS=(HOST=10.0.0.121)(PORT=1521)))", "…(HOST=«10.0.0.121»)(PORT=1521)…"),
    ("10.0.0.121:6379,password=p", "«10.0.0.121»:6379,…"),
    ("redis://u@[fd00::121]:6379/0", "redis://…@«[fd00::121]»:6379/…"),
]

# the 21 shapes that redactors were measured with, and where the secrets stand in them
CARRIERS = [
    "postgresql://userQz8:Zq7xKw@10.0.0.121:5432/W9vkTr",
    "postgresql://userQz8:Zq7xKw:W9vkTr@10.0.0.121:5432/app",
    "postgresql://userQz8:Zq7xKw%40W9vkTr@10.0.0.121:5432/app",
    "postgresql://userQz8:Zq7xKw@W9vkTr@10.0.0.121:5432/app",
    "postgresql://userQz8:Zq7xKw/W9vkTr@10.0.0.121:5432/app",
    "postgresql://userQz8:Zq7xKw#W9vkTr@10.0.0.121:5432/app",
    "postgresql://userQz8:Zq7xKw?W9vkTr@10.0.0.121:5432/app",
    "postgresql://userQz8:Zq7xKw\nW9vkTr@10.0.0.121:5432/app",
    "redis://:Zq7xKw@10.0.0.121:6379/0",
    "redis://Zq7xKwW9vkTr@10.0.0.121:6379/0",
    "jdbc:postgresql://10.0.0.121:5432/app?user=userQz8&password=Zq7xKw",
    "jdbc:postgresql://10.0.0.121:5432/app?user=userQz8&password=Zq7xKw&W9vkTr",
    "host=10.0.0.121 user=userQz8 password=Zq7xKw dbname=app",
    "host=10.0.0.121 user=userQz8 password='Zq7xKw host=J4hdPm W9vkTr' dbname=app",
    "Server=10.0.0.121;Database=app;User Id=userQz8;Password=Zq7xKw;",
    "Server=10.0.0.121;Database=app;User Id=userQz8;Password='Zq7xKw;Server=W9vkTr';",
    "Driver={X};Server=10.0.0.121;Database=app;Uid=userQz8;Pwd={Zq7xKw;Server=W9vkTr};",
    "jdbc:oracle:thin:userQz8/Zq7xKw@10.0.0.121:1521:SID",
    "userQz8:Zq7xKw@W9vkTr@tcp(10.0.0.121:3306)/app",
    "postgresql://userQz8:Zq7xKw@W9vkTr/J4hdPm@10.0.0.121:5432/app",
    "userQz8:Zq7xKw@10.0.0.121:3306/app",
    "10.0.0.121:6379,password=Zq7xKw,user=userQz8",
    "mysql:host=10.0.0.121;dbname=W9vkTr;password=Zq7xKw",
]


def secrets_in(shape):
    windows = {secret[i : i + 4] for secret in SECRETS for i in range(len(secret) - 3)}
    return [window for window in windows if window.lower() in shape.lower()]


def shapes_of(readings):
    return [reading.shape(i) for reading in readings if reading for i in range(len(reading.hosts))]


@pytest.mark.parametrize(("text", "shape"), SHAPES)
def test_shape(text, shape):
    parsed = parse(text)
    index = next(i for i, part in enumerate(parsed.hosts) if part.host.endswith("121"))
    assert parsed.shape(index) == shape


@pytest.mark.parametrize("text", CARRIERS)
def test_the_host_is_found_and_nothing_else_is_shown(text):
    parsed = parse(text)
    assert HOST in [part.host for part in parsed.hosts]
    shapes = shapes_of([parsed])
    shapes += shapes_of(find(f'x = "{text}"')) + shapes_of(find(text))
    for shape in shapes:
        assert not secrets_in(shape)


CLOSED = [
    "postgresql://{}@10.0.0.121:5432/app",
    "postgresql://userQz8:{}@10.0.0.121:5432/app",
    "mysql://userQz8:{}@10.0.0.121/app?charset=utf8",
    "mongodb://userQz8:{}@10.0.0.121:27017,10.0.0.122:27017/app",
    "jdbc:oracle:thin:userQz8/{}@10.0.0.121:1521:SID",
    "userQz8:{}@tcp(10.0.0.121:3306)/app",
    "userQz8/{}@10.0.0.121:1521/ORCL",
    "userQz8:{}@10.0.0.121:1521/ORCL",
]


@given(st.sampled_from(CLOSED), st.lists(st.text("@:/?#[]%&;=' $({<>,\\", max_size=3), min_size=2, max_size=2))
@example(CLOSED[1], ["@", "/"])
@example(CLOSED[1], ["@", ":"])
@example(CLOSED[5], ["@(", ")/"])
def test_no_piece_of_a_password_is_shown(carrier, joints):
    password = f"Zq7xKw{joints[0]}W9vkTr{joints[1]}J4hdPm"
    text = carrier.format(password)
    for engine in (None, Engine.ORACLE):
        for shape in shapes_of([parse(text, engine=engine)]):
            assert not secrets_in(shape), (text, shape)
    for shape in shapes_of(find(f'x = "{text}"')):
        assert not secrets_in(shape), (text, shape)


def test_a_long_list_is_shown_in_part():
    text = ",".join(f"10.0.0.{i}" for i in range(100))
    shape = parse(text).shape(50)
    assert shape == "…,10.0.0.47,10.0.0.48,10.0.0.49,«10.0.0.50»,10.0.0.51,10.0.0.52,…"
    assert parse(text).shape(0).startswith("«10.0.0.0»,10.0.0.1,")
    assert parse(text).shape(99).endswith("10.0.0.98,«10.0.0.99»")
