"""The web process as it is served: large uploads, and readers in many languages at once."""

from __future__ import annotations

import http.client
import re
import threading
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest

from tests.support.desk import Desk

PASSWORD = "correct horse battery 9"
TOKEN = re.compile(rb'csrfmiddlewaretoken" value="([^"]+)')


class Browser:
    """A signed-in agent without a browser: cookies by hand, since many threads share them."""

    def __init__(self, port: int) -> None:
        self.port, self.cookies = port, ""
        token = self.token("/sign-in")
        form = {"login": "boss@example.org", "password": PASSWORD, "csrfmiddlewaretoken": token}
        assert self.ask("POST", "/sign-in", urlencode(form).encode(), "application/x-www-form-urlencoded")[0] == 302

    def ask(self, method: str, path: str, body: bytes = b"", kind: str = "", *, also: str = "",
            ) -> tuple[int, dict[str, str], bytes]:
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        headers = {"Cookie": f"{self.cookies}{also}", **({"Content-Type": kind} if kind else {})}
        line.request(method, path, body, headers)
        answer = line.getresponse()
        found = answer.getheaders()
        cookies = [value.split(";")[0] for name, value in found if name.lower() == "set-cookie"]
        self.cookies = "; ".join([*filter(None, [self.cookies]), *cookies])
        return answer.status, {name.lower(): value for name, value in found}, answer.read()

    def token(self, path: str) -> str:
        found = TOKEN.search(self.ask("GET", path)[2])
        assert found
        return found.group(1).decode()


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    home: Path = tmp_path_factory.mktemp("served")
    desk = Desk(home, f"sqlite:///{home}/own.sqlite3")
    desk.done("migrate", "--no-dictionaries")
    desk.done("setup", "--admin", "setup@example.org")
    word = home / "word"
    word.write_text(PASSWORD)
    desk.done("agent", "add", "boss@example.org", "--role", "administrator", "--password-file", str(word))
    with desk.serving("--only", "web") as running:
        yield Browser(running.port)


def note_with(browser: Browser, size: int) -> int:
    """The status of a note with a file of so many bytes on a new ticket."""
    made = urlencode({"subject": "x", "csrfmiddlewaretoken": browser.token("/tickets/new")}).encode()
    where = browser.ask("POST", "/tickets/new", made, "application/x-www-form-urlencoded")[1]["location"]
    parts = [f'--B\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
             for name, value in (("csrfmiddlewaretoken", browser.token(where)), ("note", "A file"))]
    head = "".join(parts) + '--B\r\nContent-Disposition: form-data; name="files"; filename="a.bin"\r\n\r\n'
    body = head.encode() + b"z" * size + b"\r\n--B--\r\n"
    return browser.ask("POST", f"{where}/note", body, "multipart/form-data; boundary=B")[0]


def test_a_file_of_34_megabytes_is_taken(browser: Browser) -> None:
    assert note_with(browser, 34 * 1024 * 1024) == 303


def test_a_file_of_36_megabytes_is_refused_with_a_page(browser: Browser) -> None:
    assert note_with(browser, 36 * 1024 * 1024) == 413


def test_no_language_leaks_from_one_reader_to_another(browser: Browser) -> None:
    found: list[tuple[str, str]] = []

    def read(language: str) -> None:
        for _ in range(25):
            headers = browser.ask("GET", "/?tab=open", also=f"; language={language}")[1]
            found.append((language, headers["content-language"]))

    readers = [threading.Thread(target=read, args=(language,)) for language in ("hu", "uk", "en", "nb")]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    assert len(found) == 100
    assert all(wanted == got for wanted, got in found)
