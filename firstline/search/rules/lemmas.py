"""Looks up a word's dictionary form in one read-only file that all processes map together."""

from __future__ import annotations

import json
import mmap
import os
import struct
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import blake2b
from os.path import commonprefix
from pathlib import Path

MAGIC = b"FLLEMMA2"
FILE_NAME = "lemmas-2.bin"  # a new number when the format or the dictionaries change
RECORD = 5  # bytes: 3 of fingerprint, 2 of rule
LOAD = 4  # records a bucket, on average


@dataclass(frozen=True, slots=True)
class Section:
    """Where one language lies in the file: byte offsets and counts."""

    buckets: int
    starts: int
    records: int
    rules: int
    texts: int


class Lemmas:
    """A compiled file of lemmas.

    A word is found by the bucket and the 24-bit fingerprint of its hash, so a word that is not in the dictionary
    is taken for another about once in four million times; that costs one superfluous key, nothing else.
    """

    def __init__(self, path: Path) -> None:
        with path.open("rb") as file:
            self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        if self._map[:8] != MAGIC:
            raise ValueError(f"{path} is not a file of lemmas of this version")
        (length,) = struct.unpack_from("<I", self._map, 8)
        head = json.loads(self._map[12 : 12 + length])
        self._sections = {name: Section(**values) for name, values in head.items()}

    def __contains__(self, language: str) -> bool:
        return language in self._sections

    def close(self) -> None:
        self._map.close()

    def lemma(self, word: str, language: str) -> str | None:
        """The dictionary form of a casefolded word; None when the dictionary of that language has no such word."""
        section = self._sections.get(language)
        if section is None:
            return None
        bucket, fingerprint = _place(word, section.buckets)
        first, last = struct.unpack_from("<II", self._map, section.starts + 4 * bucket)
        found = self._map[section.records + RECORD * first : section.records + RECORD * last]
        wanted = fingerprint.to_bytes(3, "big")
        for at in range(0, len(found), RECORD):
            if found[at : at + 3] == wanted:
                return self._apply(word, section, found[at + 3] << 8 | found[at + 4])
        return None

    def known(self, word: str, language: str) -> bool:
        return self.lemma(word, language) is not None

    def _apply(self, word: str, section: Section, rule: int) -> str:
        first, last = struct.unpack_from("<II", self._map, section.rules + 4 * rule)
        cut = self._map[section.texts + first]
        ending = self._map[section.texts + first + 1 : section.texts + last].decode()
        return word[: len(word) - cut] + ending


def _place(word: str, buckets: int) -> tuple[int, int]:
    """The bucket of a word and its fingerprint of 24 bits."""
    digest = int.from_bytes(blake2b(word.encode(), digest_size=8).digest(), "big")
    return (digest >> 24) % buckets, digest & 0xFFFFFF


def _rule(word: str, lemma: str) -> tuple[int, str]:
    """How many letters to cut from the word and what to put there instead."""
    same = len(lemma) if word.startswith(lemma) else len(commonprefix((word, lemma)))
    return len(word) - same, lemma[same:]


@dataclass(frozen=True, slots=True)
class Packed:
    """One language packed: four byte strings and the number of buckets."""

    buckets: int
    starts: bytes
    records: bytes
    rules: bytes
    texts: bytes


def _pack(pairs: Iterable[tuple[str, str]], size: int) -> Packed:
    buckets = max(1, size // LOAD)
    numbers: dict[tuple[int, str], int] = {}
    placed: list[int] = []
    for word, lemma in pairs:
        rule = numbers.setdefault(_rule(word, lemma), len(numbers))
        bucket, fingerprint = _place(word, buckets)
        if rule <= 0xFFFF:
            placed.append(bucket << 40 | fingerprint << 16 | rule)
    placed.sort()
    counts = [0] * buckets
    for value in placed:
        counts[value >> 40] += 1
    records = b"".join([(value & 0xFFFFFFFFFF).to_bytes(RECORD, "big") for value in placed])
    texts = [bytes([cut]) + ending.encode() for cut, ending in numbers]
    return Packed(buckets, _sums(counts), records, _sums([len(text) for text in texts]), b"".join(texts))


def _sums(counts: Iterable[int]) -> bytes:
    """The running sums of the counts, zero first, as unsigned 32-bit little-endian numbers."""

    def running() -> Iterator[int]:
        total = 0
        yield total
        for count in counts:
            total += count
            yield total

    values = list(running())
    return struct.pack(f"<{len(values)}I", *values)


def compile_to(path: Path, dictionaries: Iterable[tuple[str, Iterable[tuple[str, str]], int]]) -> None:
    """Write the file that `Lemmas` reads; it appears whole or not at all.

    For each language come its code, the pairs of canonical word and lemma, and about how many there are.
    """
    packed = {language: _pack(pairs, size) for language, pairs, size in dictionaries}
    blank = {language: Section(2**31, 2**31, 2**31, 2**31, 2**31) for language in packed}
    at = 12 + len(_head(blank))
    sections = {}
    for language, part in packed.items():
        starts = at
        records = starts + len(part.starts)
        rules = records + len(part.records)
        texts = rules + len(part.rules)
        at = texts + len(part.texts)
        sections[language] = Section(part.buckets, starts, records, rules, texts)
    head = _head(sections).ljust(len(_head(blank)))
    partial = path.with_name(f"{path.name}.{os.getpid()}.part")
    with partial.open("wb") as file:
        file.write(MAGIC + struct.pack("<I", len(head)) + head)
        for part in packed.values():
            for piece in (part.starts, part.records, part.rules, part.texts):
                file.write(piece)
    partial.replace(path)


def _head(sections: Mapping[str, Section]) -> bytes:
    names = Section.__slots__
    return json.dumps(
        {language: {name: getattr(section, name) for name in names} for language, section in sections.items()}
    ).encode()
