"""Mail out: the same promises from the real sender and the one in memory, and what only a real line can break."""

import socket
import ssl
import threading
from ipaddress import ip_address

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

from firstline.core import faults
from firstline.core.hosts import require_public
from firstline.jobs.sending import MemorySender, SendFailed, route
from firstline.jobs.smtp import SmtpSender
from firstline.jobs.tokens import TokenRefused
from firstline.notices.rules.mailbox import SmtpServer, parse_smtp_url
from tests.support.certificate import make_certificate
from tests.support.smtp_sink import Behaviour, SmtpSink

RAW = b"From: desk@desk.example\r\nSubject: hello\r\n\r\nA line.\r\n.\r\n..two\r\n"
ANN = "ann@ann.example"


class SinkDesk:
    """The real sender and the sink behind it, with the questions that the contract asks."""

    def __init__(self, sink):
        self.sink = sink
        self.sender = SmtpSender(parse_smtp_url(sink.url), last_answer=1.0)

    def refuse(self, recipient, code):
        async def handle_RCPT(_server, _session, envelope, address, _options):
            if address == recipient:
                return f"{code} not today"
            envelope.rcpt_tos.append(address)
            return "250 OK"

        self.sink.handle_RCPT = handle_RCPT
        self.sink.stop()
        self.sink.start()

    def sent(self):
        return [(r.raw, "" if r.sender == "<>" else r.sender, r.recipients) for r in self.sink.received]


class MemoryDesk:
    """The sender in memory with the same questions."""

    def __init__(self):
        self.sender = MemorySender()

    def refuse(self, recipient, code):
        self.sender.answers[recipient] = (code, "not today")

    def sent(self):
        return [(mail.raw, mail.envelope_from, mail.recipients) for mail in self.sender.sent]


@pytest.fixture(params=["sink", "memory"])
def desk(request):
    made = SinkDesk(request.getfixturevalue("smtp_sink")) if request.param == "sink" else MemoryDesk()
    yield made
    made.sender.close()


@pytest.fixture
def sender(smtp_sink):
    made = SmtpSender(parse_smtp_url(smtp_sink.url), last_answer=1.0)
    yield made
    made.close()


def send(sender, *recipients, raw=RAW, envelope_from="desk@desk.example"):
    return sender.send(raw, envelope_from=envelope_from, recipients=list(recipients) or [ANN])


def failure(sender, *recipients, **how):
    with pytest.raises(SendFailed) as failed:
        send(sender, *recipients, **how)
    return failed.value


def test_a_mail_arrives_byte_for_byte(desk):
    receipt = send(desk.sender)
    assert (desk.sent(), receipt.accepted) == ([(RAW, "desk@desk.example", (ANN,))], (ANN,))


def test_the_null_sender_is_allowed(desk):
    send(desk.sender, envelope_from="")
    assert desk.sent()[0][1] == ""


def test_a_refused_recipient_is_permanent_and_the_others_are_served(desk):
    desk.refuse("bob@ann.example", 550)
    failed = failure(desk.sender, ANN, "bob@ann.example")
    assert (failed.accepted, failed.permanent) == ((ANN,), {"bob@ann.example": "550 not today"})
    assert desk.sent()[0][2] == (ANN,)


def test_a_recipient_put_off_is_temporary(desk):
    desk.refuse(ANN, 450)
    failed = failure(desk.sender)
    assert (failed.temporary, failed.permanent, failed.kind) == ({ANN: "450 not today"}, {}, "recipient")
    assert desk.sent() == []


@pytest.mark.parametrize("wrong", [
    "", "ann", "@b", "a@", "a@b\r\nRCPT TO:<evil@b>", "a@b>", "a b@c", "a@b\0", "a,b@c", "<a@b>", "x" * 400 + "@b",
    "a@b\u2028c",
])  # fmt: skip
def test_what_is_no_address_is_refused_without_asking_the_server(desk, wrong):
    failed = failure(desk.sender, wrong)
    assert (list(failed.permanent), desk.sent()) == ([wrong], [])


def test_a_wrong_sender_fails_the_whole_mail_for_good(desk):
    failed = failure(desk.sender, envelope_from="desk\r\nDATA@b")
    assert (list(failed.permanent), failed.kind, desk.sent()) == ([ANN], "message", [])


def test_a_domain_outside_ascii_is_written_in_ascii(desk):
    send(desk.sender, "ann@bücher.example")
    assert desk.sent()[0][2] == ("ann@xn--bcher-kva.example",)


def test_a_local_part_outside_ascii_arrives(desk):
    send(desk.sender, "søren@ann.example")
    assert desk.sent()[0][2] == ("søren@ann.example",)


def test_the_connection_is_kept_for_the_next_mail(smtp_sink, sender):
    peers = []

    async def handle_EHLO(_server, session, _envelope, hostname, responses):
        peers.append(session.peer)
        session.host_name = hostname
        return responses

    smtp_sink.handle_EHLO = handle_EHLO
    for _ in range(3):
        send(sender)
    assert (len(peers), len(smtp_sink.received)) == (1, 3)


def test_after_the_server_was_restarted_the_next_mail_goes_through(smtp_sink, sender):
    send(sender)
    smtp_sink.stop()
    smtp_sink.start()
    send(sender)
    assert len(smtp_sink.received) == 2


@pytest.mark.parametrize(("behaviour", "kind", "lot"), [
    (Behaviour.REFUSE_FOR_NOW, "message", "temporary"),
    (Behaviour.REFUSE, "message", "permanent"),
    (Behaviour.REFUSE_RECIPIENT, "recipient", "permanent"),
    (Behaviour.HANG, "network", "temporary"),
    (Behaviour.DROP, "network", "temporary"),
])  # fmt: skip
def test_each_misbehaviour_has_its_lot(smtp_sink, sender, behaviour, kind, lot):
    smtp_sink.behaviour = behaviour
    failed = failure(sender)
    assert (failed.kind, list(getattr(failed, lot))) == (kind, [ANN])


def test_after_a_refusal_the_same_connection_serves_the_next(smtp_sink, sender):
    smtp_sink.behaviour = Behaviour.REFUSE
    failure(sender)
    smtp_sink.behaviour = Behaviour.ACCEPT
    assert send(sender).accepted == (ANN,)


def test_a_server_that_is_down_is_temporary_trouble_of_the_line(smtp_sink, sender):
    smtp_sink.stop()
    failed = failure(sender)
    smtp_sink.start()
    assert (failed.kind, list(failed.temporary), failed.permanent) == ("network", [ANN], {})


def test_a_stray_line_end_cannot_end_the_mail_early(smtp_sink, sender):
    send(sender, raw=b"Subject: x\r\n\r\na\n.\nMAIL FROM:<evil@b.example>\r.\rx")
    assert [r.raw for r in smtp_sink.received] == [
        b"Subject: x\r\n\r\na\r\n.\r\nMAIL FROM:<evil@b.example>\r\n.\r\nx\r\n"
    ]


def test_a_mail_too_large_for_the_server_is_permanent(sender):
    assert list(failure(sender, raw=b"a: b\r\n\r\n" + b"x" * 998 * 80_000).permanent) == [ANN]


def test_a_host_typed_in_a_page_is_checked_at_connect(smtp_sink):
    guarded = SmtpSender(parse_smtp_url(smtp_sink.url), lookup=lambda host: require_public(host, allowed=frozenset()))
    failed = failure(guarded)
    assert (failed.kind, smtp_sink.received) == ("network", [])
    assert "FIRSTLINE_ALLOW_HOSTS" in failed.sentence


def test_the_fault_points_stand_around_every_command(smtp_sink, tmp_path, monkeypatch):
    log = tmp_path / "points"
    monkeypatch.setenv("FIRSTLINE_FAULT_LOG", str(log))
    faults.arm()
    made = SmtpSender(parse_smtp_url(smtp_sink.url))
    send(made)
    made.close()
    monkeypatch.delenv("FIRSTLINE_FAULT_LOG")
    faults.arm()
    commands = ("connect", "ehlo", "mail", "rcpt", "data", "body", "quit")
    assert log.read_text().split() == [f"smtp:{name}:{side}" for name in commands for side in ("before", "after")]


@pytest.fixture
def certificate(tmp_path):
    return make_certificate(tmp_path)


def server_context(certificate):
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate.certificate, certificate.key)
    return context


@pytest.fixture
def tls_sink(tmp_path, certificate):
    folder = tmp_path / "tls-sink"
    folder.mkdir()
    sink = SmtpSink(folder, tls=server_context(certificate))
    yield sink
    sink.stop()


def test_tls_is_verified_with_the_operators_authority(tls_sink, certificate):
    made = SmtpSender(parse_smtp_url(tls_sink.url), ca_file=certificate.certificate)
    assert send(made).accepted == (ANN,)
    made.close()


def test_an_unknown_authority_is_trouble_of_tls(tls_sink):
    failed = failure(SmtpSender(parse_smtp_url(tls_sink.url)))
    assert (failed.kind, list(failed.temporary), tls_sink.received) == ("tls", [ANN], [])


def test_a_certificate_for_another_host_is_trouble_of_tls(tls_sink, certificate):
    server = SmtpServer("mail.other.example", tls_sink.port, "tls")
    here = (ip_address("127.0.0.1"),)
    failed = failure(SmtpSender(server, ca_file=certificate.certificate, lookup=lambda host: here))
    assert failed.kind == "tls"


class Keeper:
    """A server's memory: what it took, and whom it lets in."""

    def __init__(self):
        self.taken = []
        self.tried = []

    async def handle_DATA(self, _server, session, envelope):
        self.taken.append((session.ssl is not None, session.authenticated))
        return "250 OK"

    def let_in(self, _server, _session, _envelope, mechanism, data):
        self.tried.append((mechanism, data))
        return AuthResult(success=mechanism == "PLAIN" and data.password == "pässword".encode(), handled=False)

    async def auth_XOAUTH2(self, server, args):
        from base64 import b64decode

        self.tried.append(b64decode(args[1]))
        if b"auth=Bearer good\x01" in self.tried[-1]:
            return AuthResult(success=True, handled=False)
        await server.challenge_auth('{"status":"401"}')
        return AuthResult(success=False, handled=False)


@pytest.fixture
def keeper():
    return Keeper()


@pytest.fixture
def strict_port(keeper, certificate):
    """A server that insists on STARTTLS and then on a sign-in."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    controller = Controller(
        keeper, hostname="127.0.0.1", port=port, tls_context=server_context(certificate), require_starttls=True,
        auth_required=True, authenticator=keeper.let_in,
    )  # fmt: skip
    controller.start()
    yield port
    controller.stop()


def strict(port, certificate, **how):
    return SmtpSender(SmtpServer("localhost", port, "starttls", "desk"), ca_file=certificate.certificate, **how)


def test_starttls_and_a_password_outside_ascii(strict_port, certificate, keeper):
    made = strict(strict_port, certificate, secret="pässword")
    send(made)
    made.close()
    assert keeper.taken == [(True, True)]


def test_a_wrong_password_is_temporary_trouble_of_the_sign_in(strict_port, certificate):
    failed = failure(strict(strict_port, certificate, secret="wrong"))
    assert (failed.kind, list(failed.temporary), failed.permanent) == ("auth", [ANN], {})
    assert "wrong" not in failed.sentence


@pytest.mark.parametrize(("token", "kind"), [("good", None), ("old", "auth")])
def test_xoauth2_signs_in_with_a_token(strict_port, certificate, keeper, token, kind):
    from datetime import UTC, datetime

    from firstline.jobs.tokens import AccessToken

    made = strict(strict_port, certificate, secret=lambda: AccessToken(token, datetime.now(UTC)), sign_in="xoauth2")
    got = failure(made).kind if kind else send(made).accepted and None
    made.close()
    assert (got, keeper.tried) == (kind, [f"user=desk\x01auth=Bearer {token}\x01\x01".encode()])


def test_a_server_can_be_tried_without_sending(strict_port, certificate, keeper):
    made = strict(strict_port, certificate, secret="pässword")
    assert (made.check().endswith("takes mail from us."), keeper.taken) == (True, [])
    made.close()


def test_a_trial_tells_the_trouble(strict_port, certificate):
    with pytest.raises(SendFailed) as failed:
        strict(strict_port, certificate, secret="wrong").check()
    assert failed.value.kind == "auth"


def test_a_token_that_is_refused_is_trouble_of_the_sign_in(strict_port, certificate):
    def refuse():
        raise TokenRefused("Sign in anew.")

    failed = failure(strict(strict_port, certificate, secret=refuse, sign_in="xoauth2"))
    assert (failed.kind, failed.sentence) == ("auth", "Sign in anew.")


def test_without_starttls_nothing_is_sent(smtp_sink):
    failed = failure(SmtpSender(SmtpServer("localhost", smtp_sink.port, "starttls")))
    assert (failed.kind, smtp_sink.received) == ("tls", [])


def scripted(*lines):
    """A server that says these lines, each after hearing one."""
    listener = socket.create_server(("127.0.0.1", 0))

    def serve():
        with listener, listener.accept()[0] as line, line.makefile("rb") as heard:
            for text in lines:
                line.sendall(text)
                if not heard.readline():
                    return

    threading.Thread(target=serve, daemon=True).start()
    return SmtpSender(SmtpServer("127.0.0.1", listener.getsockname()[1], "plain"), last_answer=1.0)


@pytest.mark.parametrize("lines", [
    [b"554 no\r\n"], [b"220 hi\r\n", b"421 closing\r\n"], [b"garbage\r\n"], [b"220 " + b"x" * 9000 + b"\r\n"], [],
    [b"220 hi\r\n", b"250 hi\r\n", b"250 ok\r\n", b"421 closing\r\n"],
    [b"220 hi\r\n", b"250 hi\r\n", b"250 ok\r\n", b"250 ok\r\n", b"354 go\r\n", b"421 closing\r\n"],
    [b"220 hi\r\n", b"250 hi\r\n", b"250 ok\r\n", b"250 ok\r\n", b"354 go\r\n", b"nonsense\r\n"],
])  # fmt: skip
def test_a_line_that_breaks_anywhere_is_temporary(lines):
    failed = failure(scripted(*lines))
    assert (failed.kind, list(failed.temporary), failed.permanent) == ("network", [ANN], {})


def test_a_server_without_smtputf8_cannot_take_such_a_recipient():
    failed = failure(scripted(b"220 hi\r\n", b"250 hi\r\n", b"250 ok\r\n"), "søren@ann.example")
    assert list(failed.permanent) == ["søren@ann.example"]


def test_a_refusal_is_told_in_one_printable_line():
    lines = [b"220 hi\r\n", b"250 hi\r\n", b"250 ok\r\n", b"550-first\r\n550 sec\x1bond\xff\r\n", b"250 ok\r\n"]
    assert failure(scripted(*lines)).permanent == {ANN: "550 first second\ufffd"}


def test_a_route_says_whether_the_address_needs_smtputf8():
    assert [route(a).utf8 for a in ("a@b.example", "a@bücher.example", "ä@b.example")] == [False, False, True]
