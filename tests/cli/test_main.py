"""The one command at the terminal."""

import json
import os
import subprocess
import sys

import pytest

from firstline.cli.main import main


def _refused(capsys, *argv: str) -> tuple[int, dict]:
    code = main([*argv, "--json"])
    return code, json.loads(capsys.readouterr().err)["error"]


def test_without_a_command_the_use_is_shown(capsys) -> None:
    assert main([]) == 64
    assert "firstline COMMAND" in capsys.readouterr().out


def test_help_lists_the_commands(capsys) -> None:
    assert main(["help"]) == 0
    assert "setup" in capsys.readouterr().out


def test_an_unknown_command_is_wrong_use(capsys) -> None:
    code, error = _refused(capsys, "nonsense")
    assert (code, error["status"]) == (64, 64)


def test_a_wrong_argument_is_wrong_use(capsys) -> None:
    assert main(["serve", "--port", "many"]) == 64
    assert capsys.readouterr().err.startswith("firstline: ")


def test_an_option_may_stand_before_the_command(capsys) -> None:
    assert main(["--json", "serve", "--workers", "0"]) == 64
    assert json.loads(capsys.readouterr().err)["error"]["status"] == 64


@pytest.mark.parametrize("module", ["main", "explain_mail", "deliver", "pipe", "serve"])
def test_the_start_of_a_quick_command_does_not_import_django(module: str) -> None:
    code = f"import firstline.cli.{module}, sys; sys.exit('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_fault_of_our_own_leaves_with_70() -> None:
    code = ("import firstline.cli.main as m, sys; sys.argv = ['firstline', 'setup', '--json'];"
            "m.COMMANDS = None; m.main()")
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert ended.returncode == 70
    assert json.loads(ended.stderr.splitlines()[-1])["error"]["status"] == 70


def test_a_wrong_setting_is_said_in_a_sentence(tmp_path) -> None:
    env = {**os.environ, "FIRSTLINE_LANGUAGE": "xx", "FIRSTLINE_HOME": str(tmp_path)}
    command = [sys.executable, "-m", "firstline.cli.main", "agent", "list"]
    ended = subprocess.run(command, capture_output=True, text=True, env=env, check=False)
    assert ended.returncode == 64 and "FIRSTLINE_LANGUAGE is one of" in ended.stderr


def test_a_database_that_was_never_migrated_is_said_so(tmp_path, database_url) -> None:
    env = {**os.environ, "DATABASE_URL": database_url, "FIRSTLINE_HOME": str(tmp_path)}
    command = [sys.executable, "-m", "firstline.cli.main", "agent", "list", "--json"]
    ended = subprocess.run(command, capture_output=True, text=True, env=env, check=False)
    assert ended.returncode == 69 and "firstline migrate" in ended.stderr
