"""`run.py` sets up, starts and refuses with one clear sentence."""

import importlib.util
import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from tests.house.sources import ROOT


def call(*arguments: str, folder: Path = ROOT, path: str | None = None) -> subprocess.CompletedProcess[str]:
    """Run a copy of the script as a person would."""
    environment = {**os.environ, "PATH": path or os.environ["PATH"], "PIP_NO_INDEX": "1", "UV_NO_INDEX": "1"}
    return subprocess.run(
        [sys.executable, str(folder / "run.py"), *arguments],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


@pytest.fixture
def script(tmp_path: Path) -> ModuleType:
    """The script as a module, whose project is an empty folder."""
    shutil.copy(ROOT / "run.py", tmp_path)
    (tmp_path / "requirements").mkdir()
    (tmp_path / "requirements" / "run.txt").write_text("nothing-of-that-name==1.0 --hash=sha256:" + "0" * 64 + "\n")
    (tmp_path / "requirements" / "dev.txt").write_text("")
    spec = importlib.util.spec_from_file_location("run_of_test", tmp_path / "run.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def pretend_installed(script: ModuleType, kind: str) -> None:
    script.PYTHON.parent.mkdir(parents=True)
    script.PYTHON.symlink_to(sys.executable)
    (script.VENV / f"firstline-{kind}.stamp").write_text(script.wanted_stamp(kind))


def test_without_a_command_it_says_how_to_use_it() -> None:
    result = call()
    assert result.returncode == 64
    assert "demo|test|bench" in result.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ["demo", "--prot", "1"],
        ["demo", "--port", "0"],
        ["demo", "--port", "x"],
        ["bench"],
        ["bench", "nothing"],
        ["deploy"],
    ],
)
def test_wrong_use_is_refused_with_64(arguments: list[str]) -> None:
    assert call(*arguments).returncode == 64


def test_a_taken_port_is_refused_before_anything_is_installed(script: ModuleType) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        result = call("demo", "--port", str(taken.getsockname()[1]), folder=script.ROOT)
    assert result.returncode == 69
    assert "Choose another port" in result.stderr
    assert not script.VENV.exists()


def test_an_old_python_is_refused(script: ModuleType) -> None:
    with pytest.raises(script.Refusal, match=r"needs Python 3\.11"):
        script.require_python((3, 10, 4))


def test_a_new_python_is_accepted(script: ModuleType) -> None:
    assert script.require_python((3, 14, 0)) is None


def test_libraries_that_cannot_be_had_are_refused_with_a_sentence(script: ModuleType) -> None:
    result = call("demo", "--port", "8099", folder=script.ROOT, path="/usr/bin:/bin")
    assert result.returncode == 69
    assert "check the network" in result.stderr
    assert not list(script.VENV.glob("*.stamp"))


def test_a_python_without_pip_names_the_package_to_install(
    script: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda _name: None)
    with pytest.raises(script.Refusal, match="apt-get install python3-venv"):
        script.create_venv(uv=None)


def test_what_is_installed_is_not_installed_again(script: ModuleType) -> None:
    pretend_installed(script, "run")
    assert script.is_current("run")


def test_the_development_set_serves_the_demo_too(script: ModuleType) -> None:
    pretend_installed(script, "dev")
    assert script.is_current("run")


def test_the_demo_set_does_not_serve_the_tests(script: ModuleType) -> None:
    pretend_installed(script, "run")
    assert not script.is_current("dev")


def test_changed_requirements_are_installed_again(script: ModuleType) -> None:
    pretend_installed(script, "run")
    (script.ROOT / "requirements" / "run.txt").write_text("another==1.0\n")
    assert not script.is_current("run")


def test_a_moved_project_is_set_up_again(script: ModuleType) -> None:
    pretend_installed(script, "run")
    elsewhere = script.wanted_stamp("run").replace(str(script.ROOT), "/elsewhere")
    (script.VENV / "firstline-run.stamp").write_text(elsewhere)
    assert not script.is_current("run")


def test_the_console_script_runs_wherever_it_lies(script: ModuleType, tmp_path: Path) -> None:
    place = tmp_path / "with a space"
    place.mkdir()
    (place / "python").symlink_to(sys.executable)
    console = place / "firstline"
    console.write_text(script.CONSOLE_SCRIPT.replace("from firstline.cli.main import main", "main = lambda: 7"))
    console.chmod(0o755)
    assert subprocess.run([console], check=False).returncode == 7


def test_the_console_script_starts_the_command_line(script: ModuleType) -> None:
    assert "from firstline.cli.main import main" in script.CONSOLE_SCRIPT
