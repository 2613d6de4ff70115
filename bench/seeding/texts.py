"""Conversations in six languages, made from the pools beside this module by filling their slots."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

LANGUAGES = ("en", "hu", "nb", "da", "uk", "bg")
MOST_VARIANTS = 12
_FOLDER = Path(__file__).parent / "texts"
_PROGRAMS = ("SAP", "Teams", "AutoCAD", "Excel", "Visma", "Navision", "GIMP", "LibreOffice")


@dataclass(frozen=True, slots=True)
class Conversation:
    """Everything that may be said about one problem; `parts` are texts by name. `place` numbers all conversations."""

    place: int
    language: str
    subject: str
    parts: dict[str, str]


def pool(language: str) -> dict[str, Any]:
    """The words of one language: names, organisations, problems, details, replies …"""
    found: dict[str, Any] = json.loads((_FOLDER / f"{language}.json").read_text(encoding="utf-8"))
    return found


def conversations(chance: Random, *, tickets: int) -> list[Conversation]:
    """Conversations for so many tickets: each problem in each language, with 1 to 12 fillings of its slots."""
    found: list[Conversation] = []
    problems = sum(len(pool(language)["problems"]) for language in LANGUAGES)
    variants = max(1, min(MOST_VARIANTS, tickets // (3 * problems)))
    for language in LANGUAGES:
        words = pool(language)
        for subject, text in words["problems"]:
            for _ in range(variants):
                found.append(_conversation(len(found), language, words, subject, text, chance))
    return found


def _conversation(place: int, language: str, words: dict[str, Any], subject: str, text: str,
                  chance: Random) -> Conversation:
    slots = {"room": f"{chance.randint(1, 9)}{chance.randint(10, 40)}", "floor": str(chance.randint(2, 9)),
             "machine": f"PC-{chance.randint(10_000, 99_999)}", "program": chance.choice(_PROGRAMS)}

    def said(*sentences: str) -> str:
        body = " ".join(sentence[:1].upper() + sentence[1:] for sentence in sentences)
        whole = f"{chance.choice(words['greetings'])}\n\n{body}\n\n{chance.choice(words['closings'])}"
        return whole.format_map(slots)

    details = chance.sample(words["details"], 3)
    return Conversation(place, language, subject.format_map(slots), {
        "question": said(text, *details[:2]), "more": said(chance.choice(words["nudges"]), details[2]),
        "again": said(words["nudges"][0]), "thanks": said(chance.choice(words["thanks"])),
        "reply": said(chance.choice(words["replies"])), "note": chance.choice(words["notes"]).format_map(slots)})
