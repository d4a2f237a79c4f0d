"""Which addresses may be visited: no private network, however it is written."""

from __future__ import annotations

from ipaddress import IPv4Address, ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from replyassist.batch.gate import hosts_of, is_public, literal_of, may_visit

PRIVATE = ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "127.0.0.0/8", "169.254.0.0/16", "100.64.0.0/10")


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("8.8.8.8", True), ("2a00:1450:400f::1", True), ("0.0.0.0", False), ("127.0.0.1", False),
        ("169.254.169.254", False), ("10.1.2.3", False), ("100.64.0.1", False), ("224.0.0.1", False),
        ("::1", False), ("fe80::1%eth0", False), ("fd00::1", False), ("::ffff:10.0.0.1", False),
        ("64:ff9b::7f00:1", False), ("2002:7f00:1::", False), ("ff02::1", False), ("::127.0.0.1", False),
        ("64:ff9b::808:808", True), ("::ffff:8.8.8.8", True), ("::", False), ("fec0::1", False),
    ],
)  # fmt: skip
def test_public_addresses_are_told_from_all_others(address: str, public: bool) -> None:
    assert is_public(address) is public


@pytest.mark.parametrize(
    ("host", "literal"),
    [("2130706433", "127.0.0.1"), ("0x7f.1", "127.0.0.1"), ("127.1", "127.0.0.1"),
     ("017700000001", "127.0.0.1"), ("[::1]", "::1"), ("127.0.0.1.", "127.0.0.1"),
     ("１２７.0.0.1", "127.0.0.1"), ("127。0。0。1", "127.0.0.1"), ("①②⑦.0.0.1", "127.0.0.1"),
     ("169.254.169.254.example", None), ("example.org", None), ("localhost", None)],
)  # fmt: skip
def test_addresses_are_known_in_every_writing(host: str, literal: str | None) -> None:
    assert literal_of(host) == literal


@given(
    st.sampled_from(PRIVATE), st.integers(0, 2**20 - 1), st.sampled_from(["{}", "{:#x}", "{:#o}", "dotted"])
)
def test_no_private_address_may_be_visited_even_when_it_is_named(network: str, n: int, form: str) -> None:
    net = ip_network(network)
    number = int(net.network_address) + n % net.num_addresses
    host = str(IPv4Address(number)) if form == "dotted" else form.replace("#o", "o").format(number)
    host = f"0{host}" if form == "{:#o}" else host
    address = f"http://{host}/"
    hosts = hosts_of([address], [])
    assert not may_visit(address, hosts, allow_private=False)
    assert may_visit(address, hosts, allow_private=True)


@pytest.mark.parametrize(
    ("address", "allowed"),
    [
        ("https://www.kommune.example/a", True), ("http://kommune.example/", True),
        ("https://kommune.example:8443/", False), ("https://skole.kommune.example/", False),
        ("https://kommune.example.evil.example/", False), ("https://kommune.example@evil.example/", False),
        ("ftp://kommune.example/", False), ("file:///etc/passwd", False),
        ("https://arkiv.example:8443/", True), ("https://arkiv.example/", False),
        ("http://[bad/", False), ("javascript:alert(1)", False), ("https://kommune.example:99999/", False),
        ("https://127.0.0.1@kommune.example/", False), ("https://kommune.example#@evil.example/", True),
        ("https://evil.example\\@kommune.example/", False),
        ("https://kommune.example\\@evil.example/", False),
        ("https://KOMMUNE.example/", True), ("http://kommune.example@127.0.0.1/", False),
    ],
)  # fmt: skip
def test_only_hosts_and_ports_that_were_named_are_visited(address: str, allowed: bool) -> None:
    hosts = hosts_of(["https://kommune.example/side"], ["arkiv.example:8443"])
    assert may_visit(address, hosts, allow_private=False) is allowed
