"""`firstline explain-mail` at the terminal."""

import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from firstline.cli.explain_mail import main

LETTER = (
    b"From: Ann <ann@example.com>\nTo: desk@example.org\nCc: Bo <bo@example.com>\nSubject: Printer\n"
    b"Message-ID: <2@example.com>\nReferences: <1@example.com>\nDate: Mon, 6 May 2024 10:00:00 +0200\n\n"
    b"It is broken again.\n\nOn Monday, Desk wrote:\n> Is it fine now?\n"
)
KEYS = {
    "file", "from", "to", "cc", "subject", "date", "message_id", "references", "text", "reply", "quoted",
    "attachments", "verdict", "reason", "bounce", "language",
}  # fmt: skip


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "letter.eml"
    path.write_bytes(LETTER)
    return path


def told(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, Any]:
    main(["--json", *arguments])
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def test_every_key_is_there(capsys: pytest.CaptureFixture[str], file: Path) -> None:
    assert set(told(capsys, str(file))) == KEYS


def test_addresses_ids_and_date_are_plain(capsys: pytest.CaptureFixture[str], file: Path) -> None:
    found = told(capsys, str(file))
    assert [found[key] for key in ("from", "to", "cc", "message_id", "references", "date")] == [
        "ann@example.com", ["desk@example.org"], ["bo@example.com"], "2@example.com", ["1@example.com"],
        "2024-05-06T10:00:00+02:00",
    ]  # fmt: skip


def test_the_quotation_is_cut(capsys: pytest.CaptureFixture[str], file: Path) -> None:
    assert told(capsys, str(file))["reply"].strip() == "It is broken again."


def test_one_line_a_file(capsys: pytest.CaptureFixture[str], file: Path) -> None:
    assert main(["--json", str(file), str(file)]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 2


def test_standard_input_is_read(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(LETTER)))
    assert told(capsys)["file"] == "-"


def test_people_get_text(capsys: pytest.CaptureFixture[str], file: Path) -> None:
    assert main([str(file)]) == 0
    assert "subject: Printer" in capsys.readouterr().out


def test_an_empty_message_is_bad_data(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "empty").write_bytes(b"")
    assert main(["--json", str(tmp_path / "empty")]) == 65
    assert "error" in json.loads(capsys.readouterr().out)


def test_a_missing_file_is_told_and_the_others_are_explained(capsys: pytest.CaptureFixture[str], file: Path) -> None:
    assert main(["--json", str(file.parent / "none"), str(file)]) == 66
    out, err = capsys.readouterr()
    assert json.loads(err)["error"]["status"] == 66 and json.loads(out)["subject"] == "Printer"


def test_an_unknown_option_is_wrong_use(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--json", "--frobnicate"]) == 64
    assert json.loads(capsys.readouterr().err)["error"]["status"] == 64


def test_no_django_is_needed(file: Path) -> None:
    run = f"from firstline.cli.explain_mail import main; main([{str(file)!r}])"
    code = f"import sys; {run}; print('django' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "False"
