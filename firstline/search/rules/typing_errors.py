"""Finds known words one typing error away, by comparing words with one letter left out (Garbe's SymSpell)."""

from __future__ import annotations

from hashlib import blake2b

SHORTEST, LONGEST = 4, 24  # letters of a word that is corrected


def corrigible(word: str) -> bool:
    """Whether a word is of letters only and of a length in which an error can be told from another word."""
    return SHORTEST <= len(word) <= LONGEST and word.replace("'", "").isalpha()


def fragments(word: str) -> tuple[int, ...]:
    """The word itself and the word with each letter left out, as 48-bit numbers; two words that are one error
    apart (a letter too many, too few, wrong, or two exchanged) share at least one."""
    shorter = (word[:at] + word[at + 1 :] for at in range(len(word)))
    return tuple(dict.fromkeys(_number(form) for form in (word, *shorter)))


def _number(form: str) -> int:
    return int.from_bytes(blake2b(form.encode(), digest_size=6).digest(), "little")


def one_error_apart(one: str, other: str) -> bool:
    """Whether one insertion, deletion, exchange or replacement turns one word into the other."""
    if one == other or abs(len(one) - len(other)) > 1:
        return False
    at = 0
    while at < min(len(one), len(other)) and one[at] == other[at]:
        at += 1
    if len(one) == len(other):
        swapped = one[at : at + 2] == other[at : at + 2][::-1]
        return one[at + 1 :] == other[at + 1 :] or (swapped and one[at + 2 :] == other[at + 2 :])
    longer, shorter = (one, other) if len(one) > len(other) else (other, one)
    return longer[at + 1 :] == shorter[at:]
