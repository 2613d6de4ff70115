"""Tokens that nobody else can make, in a Message-ID and in a reply address."""

import pytest

from firstline.notices.rules import tokens

KEY = b"k"
IDENTIFIER = tokens.message_id(KEY, ticket=42, nonce="abcdef012345", domain="desk.example")
ADDRESS = tokens.reply_address(KEY, ticket=42, mailbox="help@desk.example")


def test_our_message_id_names_its_ticket():
    assert tokens.ticket_of_message_id(KEY, IDENTIFIER) == 42


@pytest.mark.parametrize("forged", [
    IDENTIFIER.replace("fl.42.", "fl.43."), IDENTIFIER.replace("abcdef", "abcdee"), IDENTIFIER[:40],
    "fl.42@desk.example", "", IDENTIFIER.replace("@", "0@")])
def test_a_forged_or_cut_message_id_names_none(forged):
    assert tokens.ticket_of_message_id(KEY, forged) is None


def test_another_desk_cannot_read_it():
    assert tokens.ticket_of_message_id(b"other", IDENTIFIER) is None


def test_a_reply_address_names_its_ticket_in_any_case():
    assert tokens.ticket_of_address(KEY, ADDRESS.upper()) == 42


@pytest.mark.parametrize("forged", [ADDRESS.replace("+42", "+43"), "help+42@desk.example", "help@desk.example"])
def test_a_forged_reply_address_names_none(forged):
    assert tokens.ticket_of_address(KEY, forged) is None


def test_a_long_mailbox_keeps_its_plain_address():
    long = "service-desk-of-the-works@desk.example"
    assert tokens.reply_address(KEY, ticket=42, mailbox=long) == long


def test_the_plain_address_is_without_its_token():
    assert tokens.plain_address(ADDRESS) == "help@desk.example"
