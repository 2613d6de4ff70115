"""Whether From is proved: true results of a trusted server count, forged ones do not."""

import time

import pytest

from firstline.intake.mail.authentication import aligned
from firstline.intake.mail.letter import Headers, Mailaddress

TRUSTED = frozenset({"mx.desk.example"})
PASS = "mx.desk.example; spf=pass smtp.mailfrom=x.example; dmarc=pass header.from=ann.example"
FAIL = PASS.replace("dmarc=pass", "dmarc=fail")
OURS = "from mail.ann.example (mail.ann.example [192.0.2.7]) by mx.desk.example (Postfix) with ESMTPS id 1; date"
INNER = "from mx.desk.example (mx.desk.example [10.0.0.1]) by store.desk.example with ESMTP; date"
LMTP = "from anything by imap7.inner with LMTP id 2; date"
FOREIGN = "from pc (pc [192.0.2.9]) by mail.ann.example with ESMTPSA; date"


def headers(*fields, sender="boss@ann.example"):
    rows = tuple(field if isinstance(field, tuple) else ("authentication-results", field) for field in fields)
    return Headers(
        sender=Mailaddress(sender) if sender else None, reply_to=(), to=(), cc=(), subject="", claimed_at=None,
        message_id="", in_reply_to=(), references=(), fields=(*rows, ("from", sender)),
        authentication=tuple(value for name, value in rows if name == "authentication-results"),
    )  # fmt: skip


def received(*values):
    return [("received", value) for value in values]


@pytest.mark.parametrize("fields", [
    [PASS],
    [PASS, *received(OURS, FOREIGN)],
    [*received(INNER), PASS, *received(OURS, FOREIGN)],
    [*received(LMTP, INNER), PASS, *received(OURS, FOREIGN)],
    [*received(OURS), PASS, *received(FOREIGN)],
    [*received("by 2002:a05:6a10::1 with SMTP id q; date", OURS), PASS, *received(FOREIGN)],
    [*received("(qmail 12 invoked by uid 9); date"), PASS, *received(OURS)],
    [*received("from localhost ([127.0.0.1]) by mx.desk.example (filter) with ESMTP; date"), PASS, *received(OURS)],
    ["mx.desk.example; dkim=pass header.d=a.example", PASS, *received(OURS, FOREIGN)],
    [PASS, FAIL.replace("mx.desk.example", "mx.other.example"), *received(OURS)],
    [PASS, *received(OURS), FAIL],
    ["MX.Desk.Example 1 ; dmarc=PASS (p=none; dis=none) header.from=Ann.Example"],
    ["mx.desk.example; dmarc / 1 = pass header.from = ann.example"],
    ['mx.desk.example; dmarc=pass reason="all; well" header.from=ann.example'],
    ["mx.desk.example;\r\n\tdmarc=pass (p=REJECT sp=REJECT\r\n dis=NONE) header.from=ann.example"],
    ['"mx.desk.example"; dmarc=pass header.from=boss@ann.example'],
])  # fmt: skip
def test_a_trusted_servers_pass_is_believed(fields):
    assert aligned(headers(*fields), trusted=TRUSTED)


@pytest.mark.parametrize("fields", [
    [],
    [FAIL],
    [FAIL, PASS, *received(OURS, FOREIGN)],
    [PASS, FAIL, *received(OURS, FOREIGN)],
    [PASS.replace("mx.desk", "mx.evil")],
    [FAIL, *received(OURS), PASS, *received(FOREIGN)],
    [*received(OURS), FAIL, PASS, *received(FOREIGN)],
    [*received(OURS, FOREIGN), PASS],
    [*received(FOREIGN), PASS, *received(OURS)],
    [*received(OURS.replace("mx.desk.example", "mx7.provider.example")), PASS, *received(OURS)],
    [*received("from by mx.desk.example by mx7.provider.example with ESMTP; date"), PASS],
    [*received("from x (by mx.desk.example) by mx7.provider.example; date"), PASS],
    [*received("from a b by mx.desk.example; date"), PASS],
    [*received("from x by evilmx.desk.example.evil; date"), PASS],
    [*received("unreadable"), PASS],
    [*received("from localhost (evil [192.0.2.9]) by mx7.provider.example with ESMTP; date"), PASS, *received(OURS)],
    [*received("from [127.0.0.1] (evil) by mx7.provider.example with ESMTP; date"), PASS, *received(OURS)],
    [*received("from a(b by mx7.provider.example with ESMTP; date"), PASS, *received(OURS)],
    [*received("from lmtp by mx7.provider.example with ESMTP; with LMTP"), PASS, *received(OURS)],
    ["mx.desk.example; dmarc=pass header.from=evil.example"],
    ["mx.desk.example; dmarc=pass header.from=ann.example.evil"],
    ["mx.desk.example; dmarc=pass"],
    ["mx.desk.example; dmarc=pass header.from=ann.example header.from=evil.example"],
    ["mx.desk.example; dmarc=bestguesspass header.from=ann.example"],
    ["mx.desk.example; dmarc=none header.from=ann.example"],
    ["mx.desk.example; spf=pass smtp.mailfrom=boss@ann.example"],
    ["mx.desk.example; x-dmarc=pass header.from=ann.example"],
    ["mx.desk.example; spf=fail (dmarc=pass header.from=ann.example)"],
    ["mx.desk.example; spf=fail (a (b) ; dmarc=pass header.from=ann.example)"],
    ['mx.desk.example; spf=fail smtp.mailfrom="x; dmarc=pass header.from=ann.example"'],
    ['mx.desk.example; spf=fail smtp.mailfrom="x\\"; dmarc=pass header.from=ann.example"'],
    ["mx.desk.example; spf=fail (x\\); dmarc=pass header.from=ann.example)"],
    ["mx.desk.example; dmarc=pass header.from=ann.example (never closed"],
    ['mx.desk.example; dmarc=pass header.from=ann.example "never closed'],
    ["(mx.desk.example;) evil.example; dmarc=pass header.from=ann.example"],
    ["evil.example mx.desk.example; dmarc=pass header.from=ann.example"],
    ["dmarc=pass header.from=ann.example"],
    ["mx.desk.example.evil; dmarc=pass header.from=ann.example"],
    [";;;"], [""],
])  # fmt: skip
def test_what_proves_nothing_is_not_believed(fields):
    assert not aligned(headers(*fields), trusted=TRUSTED)


UNNAMED = (
    "spf=pass (sender IP is 192.0.2.7)\r\n smtp.mailfrom=x.example; dmarc=pass action=none header.from=ann.example"
)


@pytest.mark.parametrize(("fields", "proved"), [
    ([*received(OURS), UNNAMED, *received(OURS, FOREIGN)], True),
    ([*received(OURS, OURS), UNNAMED, *received(FOREIGN)], False),
    ([*received(OURS), UNNAMED.replace("dmarc=pass", "dmarc=fail"), UNNAMED, *received(OURS)], False),
    ([*received(FOREIGN), UNNAMED, *received(OURS)], False),
])  # fmt: skip
def test_a_server_that_signs_no_name_is_believed_only_where_it_stands(fields, proved):
    assert aligned(headers(*fields), trusted=frozenset(), unnamed=TRUSTED) == proved


def test_results_without_a_name_count_for_nothing_unless_a_server_writes_so():
    assert not aligned(headers(UNNAMED), trusted=TRUSTED)


def test_what_an_encoded_word_hides_is_not_a_result():
    hidden = "mx.desk.example; spf=fail smtp.mailfrom==?utf-8?q?x;_dmarc=3Dpass_header.from=3Dann.example?="
    made = headers(hidden)
    assert not aligned(made, trusted=TRUSTED)


@pytest.mark.parametrize("trusted", [frozenset(), frozenset({""}), frozenset({" "})])
def test_without_a_trusted_server_nothing_is_believed(trusted):
    assert not aligned(headers(PASS), trusted=trusted)


def test_two_from_headers_prove_nothing():
    assert not aligned(headers(PASS, ("from", "evil@evil.example")), trusted=TRUSTED)


def test_without_a_sender_nothing_is_proved():
    assert not aligned(headers(PASS, sender=""), trusted=TRUSTED)


def test_a_domain_outside_ascii_is_compared_in_ascii():
    told = "mx.desk.example; dmarc=pass header.from=xn--bcher-kva.example"
    assert aligned(headers(told, sender="a@bücher.example"), trusted=TRUSTED)


@pytest.mark.parametrize("hostile", [
    "(" * 60_000, '"' * 60_001, ";" * 60_000, "a=" * 30_000, " = " * 20_000, "\\(" * 30_000, "x " * 30_000,
])  # fmt: skip
def test_a_hostile_header_takes_linear_time(hostile):
    begun = time.process_time()
    aligned(headers(f"mx.desk.example; {hostile}", *received(hostile)), trusted=TRUSTED)
    assert time.process_time() - begun < 1.0
