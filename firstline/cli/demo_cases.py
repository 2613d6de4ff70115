"""The made-up people and problems of the demo desk, read from its data files."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_DATA = Path(__file__).parent / "demo_data"
_MACHINES = ("PC-1042", "NB-2207", "NB-2218", "PC-0931", "NB-3005", "PC-1177")
_ROOMS = ("1.14", "2.03", "2.21", "3.08", "B12", "0.05")


@dataclass(frozen=True, slots=True)
class Company:
    """A company; `phone` is a pattern with the person's number in it."""

    name: str
    domain: str
    language: str
    phone: str
    people: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Problem:
    """What somebody asks, and what the desk answers."""

    language: str
    category: str
    kind: str
    subject: str
    text: str
    answer: str


def companies() -> list[Company]:
    """Every company."""
    rows: list[dict[str, Any]] = _read("people.toml")["company"]
    return [Company(row["name"], row["domain"], row["language"], row["phone"], tuple(row["people"])) for row in rows]


def problem(number: int) -> Problem:
    """The problem of the n-th ticket: languages take turns, rooms and machines change."""
    rows: list[dict[str, str]] = _read("cases.toml")["case"]
    by_language: dict[str, list[dict[str, str]]] = {}
    for row in rows:
        by_language.setdefault(row["language"], []).append(row)
    groups = list(by_language.values())
    group = groups[number % len(groups)]
    row = group[number // len(groups) % len(group)]
    gaps = {"{room}": _ROOMS[number % len(_ROOMS)], "{machine}": _MACHINES[number * 5 % len(_MACHINES)]}
    filled = {key: _fill(text, gaps) for key, text in row.items()}
    return Problem(**filled)


def _fill(text: str, gaps: dict[str, str]) -> str:
    for gap, value in gaps.items():
        text = text.replace(gap, value)
    return text


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((_DATA / name).read_text(encoding="utf-8"))
