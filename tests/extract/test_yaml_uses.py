"""Anchors are edited once, and every use is listed."""

from tests.extract.objects import extracted


def steps(text: str) -> dict[str, list[tuple[str, str]]]:
    data = text.encode()
    return {
        ref.host: [(data[s.span.start : s.span.end].decode(), s.text) for s in ref.flow] for ref in extracted(text).refs
    }


def test_a_value_that_is_used_again():
    text = "a: {db_host: &host 10.0.0.121}\nb: {db_host: *host}\nc: {servers: [*host]}\n"
    assert steps(text) == {"10.0.0.121": [("*host", "*host under b.db_host"), ("*host", "*host under c.servers")]}


def test_a_map_that_is_used_and_merged():
    text = "x-db: &db {host: 10.0.0.121}\norders: {database: *db}\nbilling:\n  database:\n    <<: *db\n    name: b\n"
    assert steps(text)["10.0.0.121"] == [
        ("*db", "*db under orders.database"),
        ("*db", "*db under billing.database"),
    ]


def test_the_last_anchor_before_an_alias_counts():
    text = "a: {db_host: &h 10.0.0.120}\nb: {db_host: *h}\nc: {db_host: &h 10.0.0.121}\nd: {db_host: *h}\n"
    assert [at for at, _ in steps(text)["10.0.0.120"]] == ["*h"]
    assert steps(text)["10.0.0.121"] == [("*h", "*h under d.db_host")]


def test_values_without_uses_and_aliases_without_anchor():
    assert steps("a: {db_host: &h 10.0.0.120}\n") == {"10.0.0.120": []}
    assert steps("b: {db_host: *h}\na: {db_host: &h 10.0.0.120}\n") == {"10.0.0.120": []}


def test_names_that_are_not_plain_are_not_shown():
    text = "a: {db_host: &h 10.0.0.120}\n'x y':\n  'p: q': *h\n"
    assert steps(text)["10.0.0.120"] == [("*h", "*h")]


def test_a_file_inside_of_a_value():
    inner = "    a: {db_host: &h 10.0.0.121}\n    b: {db_host: *h}\n"
    text = f"apiVersion: v1\nkind: ConfigMap\nmetadata: {{name: a}}\ndata:\n  app.yml: |\n{inner}"
    assert steps(text) == {"10.0.0.121": [("*h", "*h under b.db_host")]}
