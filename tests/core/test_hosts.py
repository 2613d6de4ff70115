"""Hosts typed in pages: which are refused, which are let through, and to what address we connect."""

from ipaddress import ip_address

import pytest

from firstline.core.hosts import HostRefused, HostUnknown, is_public, look_up, open_socket, require_public

PUBLIC = (ip_address("93.184.216.34"),)


def answering(*texts):
    return lambda host: tuple(ip_address(text) for text in texts)


INNER = [
    "127.0.0.1", "127.8.9.10", "10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.1.1", "169.254.169.254",
    "100.64.0.1", "100.127.255.254", "0.0.0.0", "224.0.0.1", "240.0.0.1", "255.255.255.255", "192.0.0.8",
    "198.18.0.1", "203.0.113.9", "192.88.99.1", "::", "::1", "::127.0.0.1", "::ffff:127.0.0.1",
    "::ffff:8.8.8.8", "::ffff:0:127.0.0.1", "64:ff9b::7f00:1", "64:ff9b::808:808", "64:ff9b:1::1",
    "2002:7f00:1::", "2002:808:808::1", "2001:0:4136:e378:8000:63bf:3fff:fdd2", "fe80::1", "fc00::1",
    "fd12:3456::1", "fec0::1", "ff02::1", "2001:db8::1", "100::1", "3fff::1",
]  # fmt: skip


@pytest.mark.parametrize("text", INNER)
def test_an_inner_address_is_refused_as_typed(text):
    with pytest.raises(HostRefused):
        require_public(text, allowed=frozenset())


@pytest.mark.parametrize("text", INNER)
def test_a_name_that_leads_to_an_inner_address_is_refused(text):
    with pytest.raises(HostRefused):
        require_public("mail.example.org", allowed=frozenset(), lookup=answering(text))


@pytest.mark.parametrize("host", [
    "2130706433", "0x7f000001", "0177.0.0.1", "127.1", "127.0.1", "0x7f.0.0.1", "08.8.8.8", "134744072",
    "8.8.8.010", "8.8.2056", "0x08080808", "8.8.8.8.8", "１２７.０.０.１", "127。0。0。1", "①②⑦.0.0.1",
    "fe80::1%eth0", "[::1]", "[::ffff:7f00:1]", "1.2.3.0x4",
])  # fmt: skip
def test_another_spelling_of_a_number_is_refused(host):
    with pytest.raises(HostRefused):
        require_public(host, allowed=frozenset(), lookup=lambda name: PUBLIC)


@pytest.mark.parametrize("host", ["", "  ", ".", "a..b", "a b", "a/b", "user@host", "x\r\ny", "a" * 300, "a\0b"])
def test_what_is_no_host_name_is_refused(host):
    with pytest.raises(HostRefused):
        require_public(host, allowed=frozenset(), lookup=lambda name: PUBLIC)


@pytest.mark.parametrize("host", ["mail.example.org", "MAIL.example.org.", "bücher.example", "my_host.example.org"])
def test_a_public_name_gives_its_addresses(host):
    assert require_public(host, allowed=frozenset(), lookup=lambda name: PUBLIC) == PUBLIC


@pytest.mark.parametrize("host", ["8.8.8.8", "[2606:4700:4700::1111]", "2606:4700:4700::1111", "100.63.255.255"])
def test_a_public_address_is_taken_without_asking_the_resolver(host):
    def never(name):
        raise AssertionError(name)

    assert len(require_public(host, allowed=frozenset(), lookup=never)) == 1


def test_one_inner_address_among_public_ones_refuses_the_name():
    with pytest.raises(HostRefused):
        require_public("a.example", allowed=frozenset(), lookup=answering("8.8.8.8", "10.0.0.1"))


@pytest.mark.parametrize("entry", ["mail.inner", " MAIL.inner. ", "10.0.0.5", "10.0.0.0/24", "10.0.0.9/24"])
def test_the_operator_can_allow_an_inner_host(entry):
    found = require_public("mail.inner", allowed=frozenset({entry}), lookup=answering("10.0.0.5"))
    assert found == (ip_address("10.0.0.5"),)


def test_an_allowed_name_may_be_written_in_its_own_letters():
    here = answering("10.0.0.5")
    assert require_public("xn--bcher-kva.inner", allowed=frozenset({"Bücher.inner"}), lookup=here)


@pytest.mark.parametrize("entry", ["other.inner", "10.0.1.0/24", "::/0", "nonsense/99"])
def test_an_entry_for_another_host_allows_nothing(entry):
    with pytest.raises(HostRefused):
        require_public("mail.inner", allowed=frozenset({entry}), lookup=answering("10.0.0.5"))


def test_the_second_answer_of_a_rebinding_resolver_is_never_asked_for():
    answers = [PUBLIC, (ip_address("127.0.0.1"),)]
    assert require_public("rebind.example", allowed=frozenset(), lookup=lambda name: answers.pop(0)) == PUBLIC
    assert len(answers) == 1


def test_the_refusal_says_the_address_and_what_to_do():
    with pytest.raises(HostRefused) as refusal:
        require_public("a.example", allowed=frozenset(), lookup=answering("10.0.0.1"))
    assert "10.0.0.1" in refusal.value.sentence
    assert "FIRSTLINE_ALLOW_HOSTS" in refusal.value.sentence


def test_the_system_resolver_knows_this_machine():
    assert any(address.is_loopback for address in look_up("localhost"))


def test_a_name_that_does_not_exist_is_unknown_and_not_refused():
    with pytest.raises(HostUnknown):
        require_public("nothing.invalid", allowed=frozenset())


def test_a_socket_goes_to_the_next_address_when_the_first_is_silent(tmp_path):
    import socket

    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        with open_socket((ip_address("::1"), ip_address("127.0.0.1")), port=port, timeout=2) as made:
            assert made.getpeername()[1] == port


def test_a_socket_without_addresses_is_an_error():
    with pytest.raises(OSError, match="no address"):
        open_socket((), port=25, timeout=1)


def test_ordinary_addresses_are_public():
    assert all(is_public(ip_address(text)) for text in ("1.1.1.1", "193.224.1.1", "2a00:1450::1", "2606:4700::1"))
