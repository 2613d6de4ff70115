"""The laws of the house that a syntax tree or a comment can break, each with a sample that breaks it."""

import ast
import io
import re
import tokenize
from collections.abc import Callable, Iterator
from dataclasses import dataclass

DOORS = ("firstline/web/", "firstline/api/", "firstline/jobs/", "firstline/cli/")
LOOPS = re.compile(r"firstline/(jobs/.*|flows/sweep\w*|cli/(main|deliver))\.py")
"""Loops that one bad thing must not stop, and commands that promise an exit code whatever happens."""

WRITES = frozenset(
    {
        "save",
        "asave",
        "create",
        "acreate",
        "delete",
        "adelete",
        "update",
        "aupdate",
        "bulk_create",
        "bulk_update",
        "get_or_create",
        "update_or_create",
    }
)
LONGEST_FUNCTION = 60
ALSO_ELSEWHERE = frozenset({"create", "update", "delete"})
BAD_NAMES = frozenset({"services", "utils", "helpers", "managers", "misc", "common", "tools", "stuff"})

Breaches = Iterator[int]


@dataclass(frozen=True, slots=True)
class Law:
    """A rule: where it holds, what breaks it (line numbers), a sample that must break it and one that must not."""

    name: str
    holds_in: Callable[[str], bool]
    breaches: Callable[[str], Breaches]
    refused: str
    accepted: str
    sample_path: str = "firstline/tickets/sample.py"


def _product(path: str) -> bool:
    return path.startswith("firstline/")


def _everywhere(_path: str) -> bool:
    return True


def _doors(path: str) -> bool:
    return path.startswith(DOORS)


def _models(path: str) -> bool:
    return _product(path) and ("/models/" in path or path.endswith("models.py"))


def _outside_flows(path: str) -> bool:
    return _product(path) and not path.startswith("firstline/flows/")


def _outside_loops(path: str) -> bool:
    return _product(path) and not LOOPS.fullmatch(path)


def overridden_saving(source: str) -> Breaches:
    """Methods of a model that hide work behind saving or deleting."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ClassDef):
            for item in node.body:
                if isinstance(item, ast.FunctionDef) and item.name in {"save", "delete", "asave", "adelete"}:
                    yield item.lineno


def signals(source: str) -> Breaches:
    """Imports of Django's or a library's signals, and receivers."""
    for node in ast.walk(ast.parse(source)):
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        if any(name.startswith("django.dispatch") or "signals" in name.split(".") for name in names):
            yield node.lineno


def writes(source: str) -> Breaches:
    """Calls of the methods by which rows are written; folders, dictionaries and digests have some of them too."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Call(func=ast.Attribute(attr=name)) if name in WRITES - ALSO_ELSEWHERE:
                yield node.lineno
            case ast.Call(func=ast.Attribute(attr=name, value=ast.Call() | ast.Attribute(attr="objects"))) if (
                name in ALSO_ELSEWHERE
            ):
                yield node.lineno
            case ast.Call(func=ast.Attribute(attr="delete", value=ast.Name()), args=[]):
                yield node.lineno


def transactions(source: str) -> Breaches:
    """Imports of Django's transactions."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom) and (
            node.module == "django.db.transaction"
            or (node.module == "django.db" and any(alias.name == "transaction" for alias in node.names))
        ):
            yield node.lineno
        if isinstance(node, ast.Import) and any(alias.name == "django.db.transaction" for alias in node.names):
            yield node.lineno


def catching_everything(source: str) -> Breaches:
    """Handlers that catch whatever comes and do not pass it on."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ExceptHandler) and not _passes_on(node):
            caught = node.type.elts if isinstance(node.type, ast.Tuple) else [node.type]
            if any(
                item is None or (isinstance(item, ast.Name) and item.id in {"Exception", "BaseException"})
                for item in caught
            ):
                yield node.lineno


def _passes_on(handler: ast.ExceptHandler) -> bool:
    last = handler.body[-1]
    return isinstance(last, ast.Raise) and last.exc is None


def silenced_tools(source: str) -> Breaches:
    """Comments that silence a checker or put work off."""
    marks = re.compile(r"noqa|type:\s*ignore|pragma: no cover|pylint:|\bTODO\b|\bFIXME\b|\bXXX\b")
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT and marks.search(token.string):
            yield token.start[0]


def missing_docstring(source: str) -> Breaches:
    """A module with code whose first statement does not say what it is for."""
    module = ast.parse(source)
    if module.body and not (ast.get_docstring(module) or "").strip():
        yield 1


def long_functions(source: str) -> Breaches:
    """Functions of more than 60 lines."""
    for node in ast.walk(ast.parse(source)):
        is_function = isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        if is_function and (node.end_lineno or 0) - node.lineno + 1 > LONGEST_FUNCTION:
            yield node.lineno


def mocks(source: str) -> Breaches:
    """Imports of the standard library's mocks: outside things have twins, our own code is never replaced."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom) and (
            node.module == "unittest.mock"
            or (node.module == "unittest" and any(alias.name == "mock" for alias in node.names))
        ):
            yield node.lineno
        if isinstance(node, ast.Import) and any(alias.name == "unittest.mock" for alias in node.names):
            yield node.lineno


def vague_locks(source: str) -> Breaches:
    """Row locks on joined tables that do not say which rows: PostgreSQL refuses them on an outer join."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            chain = [item for item in ast.walk(node) if isinstance(item, ast.Call)]
            locks = [item for item in chain if _is_call_of(item, "select_for_update")]
            is_joined = any(_is_call_of(item, "select_related") for item in chain)
            if is_joined and any(not any(word.arg == "of" for word in lock.keywords) for lock in locks):
                yield node.lineno


def _is_call_of(call: ast.Call, name: str) -> bool:
    return isinstance(call.func, ast.Attribute) and call.func.attr == name


LAWS = (
    Law(
        "saving hides nothing",
        _models,
        overridden_saving,
        refused="class Ticket:\n    def save(self):\n        pass\n",
        accepted="class Ticket:\n    def title(self):\n        pass\n",
        sample_path="firstline/tickets/models.py",
    ),
    Law(
        "no signals",
        _product,
        signals,
        refused="from django.db.models.signals import post_save\n",
        accepted="import signal\nsignal.signal(15, print)\n",
    ),
    Law(
        "doors do not write",
        _doors,
        writes,
        refused="Ticket.objects.filter(pk=1).update(title='x')\n",
        accepted="flows.replying.reply(1)\nwords.update(more)\nfolder.delete(7)\n",
        sample_path="firstline/web/pages/sample.py",
    ),
    Law(
        "only flows open transactions",
        _outside_flows,
        transactions,
        refused="from django.db import transaction\n",
        accepted="from django.db import models\n",
    ),
    Law(
        "only loops catch everything",
        _outside_loops,
        catching_everything,
        refused="try:\n    1\nexcept Exception:\n    pass\n",
        accepted="try:\n    1\nexcept BaseException:\n    raise\n",
    ),
    Law(
        "no checker is silenced, no work put off",
        _everywhere,
        silenced_tools,
        refused="x = 1  # noqa: E501\n",
        accepted="x = '# noqa'  # a comment\n",
    ),
    Law(
        "a module says what it is for", _product, missing_docstring, refused="x = 1\n", accepted='"""Why."""\nx = 1\n'
    ),
    Law(
        "functions have at most 60 lines",
        _everywhere,
        long_functions,
        refused="def f():\n" + "    x = 1\n" * 60,
        accepted="def f():\n" + "    x = 1\n" * 59,
    ),
    Law("nothing is mocked", _everywhere, mocks, refused="from unittest import mock\n", accepted="import unittest\n"),
    Law(
        "a lock says which rows",
        _product,
        vague_locks,
        refused="x.select_for_update().select_related('y').get()\n",
        accepted="x.select_for_update(of=('self',)).select_related('y').get()\n",
    ),
)
