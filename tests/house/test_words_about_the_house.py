"""What can be set, typed or followed is named in the documentation; what is committed names no machine."""

import ast
import re

import pytest

from tests.house import flows_table, sources

VARIABLE = re.compile(r"FIRSTLINE_[A-Z][A-Z_]*|DATABASE_URL")
MACHINE = re.compile(
    r"/wor[k]/(main|wt|shared|repo|brief)|/opt/pyp[i]|/root/\w|"
    r"pypi\.org|pythonhosted\.org|registry\.npmjs|deb\.debian\.org|rubygems\.org",
    re.IGNORECASE,
)
UNREADABLE = (".png", ".jpg", ".ico", ".woff2", ".eml", ".gz")


def variables(source: str) -> set[str]:
    """The names of environment variables that stand alone in string constants."""
    return {value for value in sources.constants(ast.parse(source)) if VARIABLE.fullmatch(value)}


def commands(source: str) -> set[str]:
    """The names given to `add_parser`, or to a decorator or function named `command`."""
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call) and node.args]
    named = [
        node
        for node in calls
        if (isinstance(node.func, ast.Attribute) and node.func.attr == "add_parser")
        or (isinstance(node.func, ast.Name) and node.func.id == "command")
    ]
    return {str(node.args[0].value) for node in named if isinstance(node.args[0], ast.Constant)}


def unnamed(names: set[str], document: str) -> list[str]:
    """The names that a document does not mention as code."""
    mentioned = set(re.findall(r"[\w-]+", " ".join(re.findall(r"`([^`\n]+)`", document))))
    return sorted(names - mentioned)


def in_product(read: object, *, below: str) -> set[str]:
    """Everything that `read` finds in our own modules below a folder."""
    assert callable(read)
    return {name for path in sources.files(".py") if path.startswith(below) for name in read(sources.text(path))}


def test_a_name_missing_in_a_document_is_seen() -> None:
    assert unnamed({"serve", "check"}, "Run `firstline serve --port 1`; check it.") == ["check"]


def test_a_variable_in_code_is_seen() -> None:
    assert variables("import os\nos.environ.get('FIRSTLINE_HOME')\n") == {"FIRSTLINE_HOME"}


@pytest.mark.parametrize("source", ["x.add_parser('serve')", "@command('serve')\ndef serve(): ..."])
def test_a_command_in_code_is_seen(source: str) -> None:
    assert commands(source) == {"serve"}


def test_every_environment_variable_is_explained() -> None:
    assert unnamed(in_product(variables, below="firstline/"), sources.text("docs/configuration.md")) == []


def test_every_environment_variable_of_the_tests_is_explained() -> None:
    assert unnamed(in_product(variables, below="tests/conftest"), sources.text("docs/configuration.md")) == []


def test_every_command_is_explained() -> None:
    assert unnamed(in_product(commands, below="firstline/cli/"), sources.text("docs/commands.md")) == []


def test_a_flow_is_told_by_its_docstring() -> None:
    told = flows_table.row("firstline/flows/reply.py", '"""An answer.\n\nMore."""')
    assert told == "| `reply` | An answer. |\n"


def test_the_page_of_flows_is_current() -> None:
    assert flows_table.PAGE.read_text() == flows_table.page(), "run: python -m tests.house.flows_table"


def test_a_machine_or_registry_is_seen() -> None:
    assert MACHINE.search("see /wor" + "k/main/x")
    assert MACHINE.search("https://py" + "pi.org/simple")
    assert not MACHINE.search("GET /work/12")


def test_no_committed_file_names_a_machine_or_a_registry() -> None:
    readable = [path for path in sources.committed() if not path.endswith(UNREADABLE)]
    named = [
        path
        for path in readable
        if MACHINE.search((sources.ROOT / path).read_text(encoding="utf-8", errors="replace"))
    ]
    assert named == []


def test_every_decision_has_its_number_and_is_short() -> None:
    decisions = sorted(path for path in sources.committed() if path.startswith("docs/decisions/"))
    assert [path for path in decisions if not re.fullmatch(r"docs/decisions/\d{4}-[a-z0-9-]+\.md", path)] == []
    assert [path for path in decisions if sources.text(path).count("\n") > 30] == []
