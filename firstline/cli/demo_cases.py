"""The made-up people, problems and phrases of the demo desk, read from its data files."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from firstline.core.config import LANGUAGES

_DATA = Path(__file__).parent / "demo_data"
_MACHINES = ("PC-1042", "NB-2207", "NB-2218", "PC-0931", "NB-3005", "PC-1177")
_WITH_GAPS = ("subject", "text", "answer", "more")
_ROOMS = ("1.14", "2.03", "2.21", "3.08", "B12", "0.05")


@dataclass(frozen=True, slots=True)
class Human:
    """Somebody of a company; `email` is '' where he has none."""

    name: str
    email: str
    title: str


@dataclass(frozen=True, slots=True)
class Company:
    """A company; `phone` is a pattern with the person's number in it."""

    name: str
    domain: str
    language: str
    phone: str
    people: tuple[Human, ...]


@dataclass(frozen=True, slots=True)
class Problem:
    """What somebody asks, and what the desk answers; with `ask` it asks back first, and hears `more`."""

    language: str
    category: str
    kind: str
    subject: str
    text: str
    answer: str
    ask: str = ""
    more: str = ""


@dataclass(frozen=True, slots=True)
class Phrases:
    """What is said in one language again and again."""

    wrote: str
    regards: str
    back: str
    absence: str
    away: str
    taken_up: tuple[str, ...]
    asked_back: tuple[str, ...]


def companies() -> list[Company]:
    """Every company."""
    return [_company(row) for row in _read("people.toml")["company"]]


def problem(number: int) -> Problem:
    """The problem of the n-th ticket, another for each: languages take turns."""
    language = LANGUAGES[number % len(LANGUAGES)]
    rows: list[dict[str, str]] = _read(f"cases_{language}.toml")["case"]
    found = Problem(language=language, **rows[number // len(LANGUAGES) % len(rows)])
    gaps = {"{room}": _ROOMS[number % len(_ROOMS)], "{machine}": _MACHINES[number * 5 % len(_MACHINES)]}
    return replace(found, **{name: _fill(getattr(found, name), gaps) for name in _WITH_GAPS})


def phrases(language: str) -> Phrases:
    """The phrases of one language."""
    row: dict[str, Any] = _read("phrases.toml")[language]
    several = {name: tuple(row[name]) for name in ("taken_up", "asked_back")}
    return Phrases(**{**row, **several})


def reason(category: str, number: int) -> str:
    """Why the front line hands such a ticket over."""
    return _inside(category, "reasons", number)


def note(category: str, number: int) -> str:
    """What a technician notes about such a ticket."""
    return _inside(category, "notes", number)


def _inside(category: str, name: str, number: int) -> str:
    inside = _read("phrases.toml")["inside"]
    rows: list[str] = next(row[name] for key, row in inside.items() if category.startswith(key))
    return rows[number % len(rows)]


def _company(row: dict[str, Any]) -> Company:
    people = tuple(Human(name, f"{local}@{row['domain']}" if local else "", title)
                   for name, local, title in row["people"])
    return Company(row["name"], row["domain"], row["language"], row["phone"], people)


def _fill(text: str, gaps: dict[str, str]) -> str:
    for gap, value in gaps.items():
        text = text.replace(gap, value)
    return text


@cache
def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((_DATA / name).read_text(encoding="utf-8"))
