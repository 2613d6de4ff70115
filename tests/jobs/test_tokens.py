"""Access tokens by refresh: asked for over verified HTTPS, kept until shortly before their end."""

import json
import ssl
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qs

import pytest

from firstline.core.hosts import look_up, require_public
from firstline.jobs.tokens import Grant, RefreshedToken, TokenRefused, TokenUnavailable, revealed
from tests.support.certificate import make_certificate


class Provider:
    """An authorisation server; `answer` is what it says next."""

    def __init__(self, folder):
        self.asked = []
        self.status = 200
        self.answer = {"access_token": "t1", "expires_in": 3600}
        self.headers = {}
        self.certificate = make_certificate(folder)
        self.server = HTTPServer(("127.0.0.1", 0), self._handler())
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(self.certificate.certificate, self.certificate.key)
        self.server.socket = context.wrap_socket(self.server.socket, server_side=True)
        self.url = f"https://localhost:{self.server.server_address[1]}/token"
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()

    def _handler(provider):
        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                provider.asked.append(parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode()))
                body = provider.answer if isinstance(provider.answer, bytes) else json.dumps(provider.answer).encode()
                self.send_response(provider.status)
                for name, value in provider.headers.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        return Handler

    def token(self, *, lookup=look_up, keep=lambda token: None, trusted=True):
        grant = Grant(self.url, "client", "refresh-1", client_secret="s", scope="mail")
        return RefreshedToken(
            grant, lookup=lookup, keep=keep, ca_file=self.certificate.certificate if trusted else None
        )


@pytest.fixture
def provider(tmp_path):
    made = Provider(tmp_path)
    yield made
    made.server.shutdown()
    made.server.server_close()


def test_a_token_is_asked_for_with_the_refresh_grant(provider):
    assert revealed(provider.token()) == "t1"
    assert provider.asked == [{
        "grant_type": ["refresh_token"], "refresh_token": ["refresh-1"], "client_id": ["client"],
        "client_secret": ["s"], "scope": ["mail"],
    }]  # fmt: skip


def test_a_token_is_used_again_until_shortly_before_its_end(provider):
    token = provider.token()
    assert (token().value, token().value, len(provider.asked)) == ("t1", "t1", 1)


def test_a_token_near_its_end_is_renewed(provider):
    provider.answer["expires_in"] = 240
    token = provider.token()
    token()
    token()
    assert len(provider.asked) == 2


def test_a_rotated_refresh_token_is_kept_and_used(provider):
    kept = []
    provider.answer |= {"refresh_token": "refresh-2", "expires_in": 1}
    token = provider.token(keep=kept.append)
    token()
    token()
    assert (kept, provider.asked[1]["refresh_token"]) == (["refresh-2"], ["refresh-2"])


@pytest.mark.parametrize(("status", "answer", "error"), [
    (400, {"error": "invalid_grant"}, TokenRefused),
    (401, {"error": "invalid_client"}, TokenRefused),
    (400, {"error": "temporarily_unavailable"}, TokenUnavailable),
    (500, b"<html>", TokenUnavailable),
    (200, b"[" * 50_000, TokenUnavailable),
    (200, [], TokenUnavailable),
    (200, {"token": "x"}, TokenUnavailable),
    (200, {"access_token": "a\r\nb"}, TokenUnavailable),
])  # fmt: skip
def test_an_answer_without_a_token_is_an_error_of_its_kind(provider, status, answer, error):
    provider.status, provider.answer = status, answer
    with pytest.raises(error):
        provider.token()()


def test_a_redirect_is_not_followed(provider):
    provider.status, provider.headers = 307, {"Location": provider.url}
    with pytest.raises(TokenUnavailable):
        provider.token()()
    assert len(provider.asked) == 1


def test_a_provider_typed_in_a_page_is_checked_at_connect(provider):
    with pytest.raises(TokenUnavailable, match="inner address"):
        provider.token(lookup=lambda host: require_public(host, allowed=frozenset()))()
    assert provider.asked == []


def test_an_unverified_provider_gets_nothing(provider):
    with pytest.raises(TokenUnavailable):
        provider.token(trusted=False)()
    assert provider.asked == []


@pytest.mark.parametrize("url", ["http://p.example/token", "https://", "p.example", "https://p.example:99999/"])
def test_a_token_address_must_be_https(url):
    with pytest.raises(TokenRefused, match="https://"):
        RefreshedToken(Grant(url, "c", "r"), lookup=look_up, keep=lambda token: None)()


@pytest.mark.parametrize("told", ["soon", None, -5, 1e30, "nan"])
def test_a_lifetime_that_makes_no_sense_is_an_hour(provider, told):
    provider.answer["expires_in"] = told
    token = provider.token()
    token()
    token()
    assert len(provider.asked) == 1


def test_secrets_are_not_printed(provider):
    assert "refresh-1" not in repr(Grant("https://p", "c", "refresh-1"))
    assert "t1" not in repr(provider.token()())
