"""Foreign keys and imports look down, never up and never sideways."""

import os
import subprocess
import sys
import tomllib
from collections.abc import Iterable
from pathlib import Path

import pytest
from django.apps import apps

from tests.house.sources import ROOT

BROKEN_CONTRACT = """\
[importlinter]
root_package = sample

[importlinter:contract:1]
name = down
type = layers
containers = sample
layers =
    high
    low
"""


def floors() -> dict[str, int]:
    """The height of every package, counted from the top of the import law; the ground is the largest."""
    law = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    layers = next(item["layers"] for item in law["contracts"] if item["type"] == "layers")
    return {name.strip(): depth for depth, layer in enumerate(layers) for name in layer.split("|")}


def looking_up(links: Iterable[tuple[str, str, str]], depths: dict[str, int]) -> list[str]:
    """The links (from package, to package, label) that do not lead to a lower floor."""
    return [label for origin, target, label in links if origin != target and depths[target] <= depths[origin]]


def own_links() -> list[tuple[str, str, str]]:
    """Every foreign key between two of our own packages."""
    own = [config for config in apps.get_app_configs() if config.name.startswith("firstline.")]
    package = {config.label: config.name.split(".")[1] for config in own}
    return [
        (
            package[config.label],
            package[field.related_model._meta.app_label],
            f"{model._meta.label}.{field.name} → {field.related_model._meta.label}",
        )
        for config in own
        for model in config.get_models()
        for field in [*model._meta.fields, *model._meta.many_to_many]
        if field.related_model is not None and field.related_model._meta.app_label in package
    ]


@pytest.mark.parametrize(
    ("link", "is_refused"),
    [
        (("tickets", "intake", "up"), True),
        (("files", "search", "sideways"), True),
        (("intake", "tickets", "down"), False),
        (("tickets", "tickets", "inside"), False),
    ],
)
def test_a_foreign_key_that_looks_up_is_seen(link: tuple[str, str, str], is_refused: bool) -> None:
    assert bool(looking_up([link], floors())) is is_refused


def test_foreign_keys_look_down() -> None:
    assert looking_up(own_links(), floors()) == []


def lint(folder: Path, config: Path) -> subprocess.CompletedProcess[str]:
    """Run import-linter's own entry point, without its cache."""
    call = (
        f"from importlinter.cli import lint_imports; raise SystemExit(lint_imports("
        f"config_filename={str(config)!r}, cache_dir=None))"
    )
    environment = {**os.environ, "PYTHONPATH": str(folder)}
    return subprocess.run(
        [sys.executable, "-c", call], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize(("high", "low", "code"), [("import sample.low\n", "", 0), ("", "import sample.high\n", 1)])
def test_an_import_that_looks_up_is_seen(tmp_path: Path, high: str, low: str, code: int) -> None:
    package = tmp_path / "sample"
    package.mkdir()
    for name, source in {"__init__": "", "high": high, "low": low}.items():
        (package / f"{name}.py").write_text(source)
    (tmp_path / ".importlinter").write_text(BROKEN_CONTRACT)
    assert lint(tmp_path, tmp_path / ".importlinter").returncode == code


def test_imports_keep_the_floors() -> None:
    result = lint(ROOT, ROOT / "pyproject.toml")
    assert result.returncode == 0, result.stdout[-2000:] + result.stderr[-2000:]
