"""Forms of hosts against oracles: `ipaddress` for addresses, `fnmatch` and enumeration for globs."""

from fnmatch import fnmatchcase
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzer.policy.forms import Addresses, Names, labels_meet, meet, names_of, within_domains
from analyzer.policy.notation import FormFault, read_form

quick = settings(derandomize=True, max_examples=150, deadline=None)
v4 = st.integers(0, 2**32 - 1).map(IPv4Address)
v6 = st.integers(2**120, 2**128 - 1).filter(lambda n: n >> 112 not in {0x2002, 0xFE80}).map(IPv6Address)


@quick
@given(st.lists(v4, min_size=3, max_size=3) | st.lists(v6, min_size=3, max_size=3))
def test_a_range_holds_what_lies_in_it(three):
    low, high = min(three), max(three)
    form = read_form(f"{low}-{high}")
    assert isinstance(form, Addresses)
    for address in three:
        assert form.holds(address)
    for address in (int(low) - 1, int(high) + 1):
        if 0 <= address < 2**low.max_prefixlen:
            assert not form.holds(type(low)(address))


@quick
@given(v4, st.integers(0, 32), v4)
def test_a_cidr_holds_its_network(address, length, other):
    network = ip_network(f"{address}/{length}", strict=False)
    form = read_form(str(network))
    assert isinstance(form, Addresses)
    assert form.holds(other) == (other in network)
    assert not form.holds(IPv6Address(int(other)))


OCTET = st.sampled_from(["*", "1*", "12?", "[0-2]", "1[0-2]", "[!0-4]", "0", "10", "255", "2[5]5"])


@quick
@given(st.lists(OCTET, min_size=4, max_size=4), st.lists(v4, min_size=5, max_size=5))
def test_a_glob_over_addresses_reads_as_fnmatch(octets, addresses):
    text = ".".join(octets)
    try:
        form = read_form(text)
    except FormFault as fault:
        wide = "too many" if any(c.isdecimal() for c in text) else "nearly every name"
        assert wide in str(fault)  # noqa: PT017  of the drawn globs some are refused
        return
    fixed = [IPv4Address(bytes(row)) for row in product((0, 1, 12, 25, 129, 255), repeat=4)]
    assert isinstance(form, Addresses)
    for address in (*addresses, *fixed):
        parts = zip(str(address).split("."), octets, strict=True)
        assert form.holds(address) == all(fnmatchcase(part, glob) for part, glob in parts)


PIECE = st.sampled_from(["a", "b", "*", "?", "[ab]", "[!a]", "[a-c]", "-"])
LABEL = st.lists(PIECE, min_size=1, max_size=4).map("".join)
WORDS = ["".join(letters) for length in range(5) for letters in product("ab-c", repeat=length)]


def names(text: str) -> Names:
    form = read_form(f"db{text}")
    assert isinstance(form, Names)
    return form


@quick
@given(LABEL)
def test_a_glob_over_names_reads_as_fnmatch(glob):
    form = names(glob.strip("-") or "a")
    for word in WORDS:
        assert meet(form, names_of(f"db{word}")) == fnmatchcase(f"db{word}", f"db{glob.strip('-') or 'a'}")


@quick
@given(LABEL, LABEL)
def test_two_globs_meet_where_some_word_fits_both(one, other):
    one, other = one.strip("-") or "a", other.strip("-") or "a"
    both = [w for w in WORDS if fnmatchcase(w, one) and fnmatchcase(w, other)]
    found = labels_meet(names(one).labels[0][2:], names(other).labels[0][2:])
    assert found == labels_meet(names(other).labels[0][2:], names(one).labels[0][2:])
    if both:
        assert found
    if "*" not in one + other:  # no word that fits can be longer than the enumerated ones
        assert found == bool(both)


def test_a_star_stays_inside_one_label():
    glob = read_form("db-*.corp.internal")
    assert meet(glob, names_of("db-01.corp.internal"))
    assert not meet(glob, names_of("db-01.a.corp.internal"))
    assert not meet(glob, names_of("db-01"))


def test_a_long_star_glob_is_matched_in_no_time():
    form = read_form("*aa" * 80)
    assert not meet(form, names_of("a" * 159 + "b" * 90))
    assert meet(form, names_of("ab" + "baa" * 80))


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("DB-01.Corp.Internal.", "db-01.corp.internal"),
        ("fd00:0:0:0::120", "fd00::120"),
        ("10.0.0.121-10.0.0.121", "10.0.0.121"),
        ("10.0.0.121/32", "10.0.0.121"),
        ("10.0.0.121 - 10.0.0.122", "10.0.0.121-10.0.0.122"),
        ("10.0.0.12[0-2]", "10.0.0.120-10.0.0.122"),
        ("10.0.*.*", "10.0.0.0/16"),
        ("db_01", "DB_01"),
    ],
)
def test_spellings_of_one_form(text, same):
    assert read_form(text) == read_form(same)


def test_short_names_get_the_domains_of_their_cluster():
    given_names = [names_of(name) for name in ("db-01", "db-02.corp.internal", "db-03.lan")]
    assert [(at, form.name) for at, form in within_domains(given_names)] == [
        (0, "db-01.corp.internal"),
        (0, "db-01.lan"),
    ]
    assert read_form("*-db.corp.internal").domain == "corp.internal"
    assert read_form("pg.*.internal").domain == ""
    assert read_form("10.0.0.1").single == ip_address("10.0.0.1")
    assert read_form("10.0.0.0/31").single is None
