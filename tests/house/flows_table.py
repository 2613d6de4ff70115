"""The page of all flows, made from their docstrings: `python -m tests.house.flows_table` writes it anew."""

import ast

from tests.house.sources import ROOT, files, text

PAGE = ROOT / "docs" / "flows.md"
HEAD = """\
# Flows

The stories of the desk, one file each in `firstline/flows/`. A flow writes, opens the transaction and joins domains;
read it from top to bottom to learn what happens. This page is made from their first lines.

| flow | story |
|---|---|
"""


def row(path: str, source: str) -> str:
    """One line of the table: the module's name and the first line of its docstring."""
    name = path.removeprefix("firstline/flows/").removesuffix(".py")
    story = (ast.get_docstring(ast.parse(source)) or "").split("\n")[0].replace("|", "\\|")
    return f"| `{name}` | {story} |\n"


def page() -> str:
    """The whole page."""
    flows = [path for path in files(".py") if path.startswith("firstline/flows/") and "__init__" not in path]
    return HEAD + "".join(row(path, text(path)) for path in flows)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
