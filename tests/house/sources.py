"""The files of the project that its law speaks of, and their syntax trees."""

import ast
import functools
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NOT_OURS = frozenset({"migrations", "locale", ".venv", ".git", "node_modules", "var", "__pycache__"})


@functools.cache
def files(*suffixes: str) -> tuple[str, ...]:
    """Paths below the root, as written with slashes, of what was written by hand with one of these endings."""
    tops = [ROOT / name for name in ("firstline", "tests", "bench")] + [ROOT / "run.py"]
    found = [path for top in tops for path in ([top] if top.is_file() else top.rglob("*"))]
    return tuple(
        sorted(
            path.relative_to(ROOT).as_posix()
            for path in found
            if path.suffix in suffixes and path.is_file() and not NOT_OURS & set(path.parts)
        )
    )


@functools.cache
def text(path: str) -> str:
    """A file's text."""
    return (ROOT / path).read_text(encoding="utf-8")


@functools.cache
def tree(path: str) -> ast.Module:
    """A Python file's syntax tree."""
    return ast.parse(text(path), filename=path)


@functools.cache
def committed() -> tuple[str, ...]:
    """Every file that is in git or would be added to it; without git, every file written by hand."""
    if not (ROOT / ".git").exists():
        return files(".py", ".html", ".css", ".js", ".md", ".txt", ".toml")
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return tuple(path for path in listed.split("\0") if path and (ROOT / path).is_file())


def constants(module: ast.AST) -> list[str]:
    """Every string constant in a syntax tree."""
    return [node.value for node in ast.walk(module) if isinstance(node, ast.Constant) and isinstance(node.value, str)]
