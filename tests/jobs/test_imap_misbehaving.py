"""Mail in by IMAP from servers that misbehave, scripted to the word."""

from base64 import b64decode
from datetime import UTC, datetime

import pytest

from firstline.jobs.imap import ImapFetcher
from firstline.jobs.imap_line import ImapTrouble
from firstline.jobs.tokens import AccessToken
from tests.jobs.scripted_imap import ScriptedImap
from tests.support.imap_shelf import Shelf, settings


@pytest.fixture
def shelf():
    return Shelf()


@pytest.fixture
def scripted():
    made = []

    def script(**answers):
        made.append(ScriptedImap(**answers))
        return made[-1]

    yield script
    for server in made:
        server.close()


def from_scripted(server, shelf, **how):
    return ImapFetcher(
        settings(server.url, after="nothing", **{k: how.pop(k) for k in ("sign_in",) if k in how}),
        take=shelf.take, last_uid=shelf.last_uid, report=shelf.states.append, **({"secret": "s"} | how),
    )  # fmt: skip


def waiting(*uids):
    """The answers about size and number of some letters of five bytes."""
    rows = "".join(f"* {uid} FETCH (UID {uid} RFC822.SIZE 5)\r\n" for uid in uids)
    return {
        "SEARCH": f"* SEARCH {' '.join(map(str, uids))}\r\n{{tag}} OK done\r\n",
        f"SEARCH UID {uids[-1] + 1}:*": "* SEARCH\r\n{tag} OK done\r\n",
        "SIZES": rows + "{tag} OK done\r\n",
    }


def test_the_number_of_a_letter_may_stand_after_it(scripted, shelf):
    body = "* 1 FETCH (BODY[] {5}\r\nhello UID 1)\r\n* 9 FETCH (FLAGS (\\Seen))\r\n{tag} OK done\r\n"
    from_scripted(scripted(**waiting(1), FETCH=body), shelf).fetch()
    assert shelf.raws == [b"hello"]


def test_a_letter_that_the_server_cannot_read_holds_up_no_other(scripted, shelf):
    good = "* 3 FETCH (UID 3 BODY[] {5}\r\nthree)\r\n{tag} OK done\r\n"
    answers = {"FETCH 2,3": "{tag} NO broken\r\n", "FETCH 2": "{tag} NO broken\r\n", "FETCH 3": good}
    from_scripted(scripted(**waiting(2, 3), **answers), shelf).fetch()
    assert [(row[1], row[2], row[4]) for row in shelf.rows] == [(2, b"", 5), (3, b"three", None)]


def test_a_letter_left_out_of_an_answer_is_asked_for_alone(scripted, shelf):
    two, three = (f"* {n} FETCH (UID {n} BODY[] {{5}}\r\nbody{n})\r\n" for n in (2, 3))
    answers = {"FETCH 2,3": three + "{tag} OK done\r\n", "FETCH 2": two + "{tag} OK done\r\n"}
    from_scripted(scripted(**waiting(2, 3), **answers), shelf).fetch()
    assert shelf.raws == [b"body2", b"body3"]


def test_an_empty_letter_is_a_letter(scripted, shelf):
    from_scripted(scripted(**waiting(1), FETCH='* 1 FETCH (UID 1 BODY[] "")\r\n{tag} OK done\r\n'), shelf).fetch()
    assert [(row[2], row[4]) for row in shelf.rows] == [(b"", None)]


def test_the_last_letter_is_not_taken_again_when_the_server_names_it_for_the_star(scripted, shelf):
    shelf.rows.append((7, 4, b"", None, None))
    assert from_scripted(scripted(SEARCH="* SEARCH 4\r\n{tag} OK done\r\n"), shelf).fetch() == 0


@pytest.mark.parametrize(("answers", "kind"), [
    ({"LOGIN": "{tag} NO [UNAVAILABLE] later\r\n"}, "network"),
    ({"LOGIN": "{tag} NO [AUTHENTICATIONFAILED] no\r\n"}, "auth"),
    ({"LOGIN": None}, "network"),
    ({"SELECT": "{tag} OK open\r\n"}, "folder"),
    ({"SELECT": "nonsense\r\n"}, "network"),
    (waiting(1) | {"FETCH": "* 1 FETCH (UID 1 BODY[] {99999999999}\r\n"}, "network"),
    (waiting(1) | {"FETCH": None}, "network"),
])  # fmt: skip
def test_a_server_that_misbehaves_is_trouble_of_its_kind(scripted, shelf, answers, kind):
    with pytest.raises(ImapTrouble) as trouble:
        from_scripted(scripted(**answers), shelf).fetch()
    assert (trouble.value.kind, shelf.rows) == (kind, [])


@pytest.mark.parametrize(("end", "kind"), [("OK in", None), ("NO [AUTHENTICATIONFAILED] no", "auth")])
def test_xoauth2_signs_in_with_a_token(scripted, shelf, end, kind):
    server = scripted(AUTHENTICATE="+ \r\n", LINE=f"{{tag}} {end}\r\n", SEARCH="* SEARCH\r\n{tag} OK done\r\n")
    token = AccessToken("token", datetime.now(UTC))
    made = from_scripted(server, shelf, secret=lambda: token, sign_in="xoauth2")
    got = None
    try:
        made.fetch()
    except ImapTrouble as trouble:
        got = trouble.kind
    assert (got, b64decode(server.heard[2])) == (kind, b"user=help\x01auth=Bearer token\x01\x01")
