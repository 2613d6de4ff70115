"""The source of this very desk, as the licence promises it to whoever uses it."""

from __future__ import annotations

import io
import tomllib
import zipfile
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent
_ALONGSIDE = ("LICENSE", "README.md", "pyproject.toml")
_SOURCE = frozenset({".py", ".html", ".txt", ".css", ".svg", ".js", ".po", ".toml", ".json", ".eml", ".md"})
_LONG_AGO = (1980, 1, 1, 0, 0, 0)


@cache
def release() -> str:
    """The version that is installed or, in a checkout, the one to come; '' where neither is known."""
    try:
        return version("firstline")
    except PackageNotFoundError:
        project = _PACKAGE.parent / "pyproject.toml"
        return str(tomllib.loads(project.read_text("utf-8"))["project"]["version"]) if project.is_file() else ""


@cache
def archive() -> bytes:
    """Every source file of the installed package in a ZIP; packed once, and the same bytes each time.

    Only kinds of files that source is made of: a desk's own files are not the program, wherever somebody kept them.
    """
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target:
        for path in _files():
            name = zipfile.ZipInfo(str(path.relative_to(_PACKAGE.parent)), _LONG_AGO)
            name.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(name, path.read_bytes())
    return packed.getvalue()


def _files() -> list[Path]:
    inside = [path for path in _PACKAGE.rglob("*") if path.suffix in _SOURCE and path.is_file()
              and not path.is_symlink()]
    beside = [_PACKAGE.parent / name for name in _ALONGSIDE]
    return sorted(inside) + (beside if all(path.is_file() for path in beside) else [])
