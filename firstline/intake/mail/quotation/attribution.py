"""Finds the line that says who wrote what follows, and when ('On DATE, NAME wrote:')."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from .lines import Kind, Line
from .verbs import MYSELF, ON, WROTE

_LONGEST = 400
_MOST_LINES = 6
_BUDGET = 2000

_VERBS = sorted({verb for verbs in WROTE.values() for verb in verbs}, key=len, reverse=True)
_SPACED = [verb for verb in _VERBS if verb.isascii() or verb[0] < "\u0e00"]
_UNSPACED = [verb for verb in _VERBS if verb not in _SPACED]
_VERB = re.compile(
    r"(?<![^\W\d_])(?:"
    + "|".join(map(re.escape, _SPACED))
    + r")(?![^\W\d_(])|"
    + "|".join(map(re.escape, _UNSPACED)),
    re.IGNORECASE,
)
_ON = "|".join(re.escape(word) for word in sorted({w for ws in ON.values() for w in ws}, key=len, reverse=True))
_STARTS_ON = re.compile(rf"(?:{_ON})[ \u00a0]", re.IGNORECASE)
_DAY_WORDS = r"(?:[^\W\d_][\w'\u2019-]{0,20}[.,]{0,2} ){0,2}\d"
_ON_WITHIN = re.compile(rf"(?:(?<=\s)|(?<=-))(?:{_ON}) (?={_DAY_WORDS})")
_STARTS_DATE = re.compile(rf"\(?{_DAY_WORDS}")
_STARTS_ON_DATE = re.compile(rf"(?:(?:{_ON})[ \u00a0])?{_DAY_WORDS}")
_ON_DAY = re.compile(rf"(?:{_ON})(?: [^\W\d_][\w'\u2019-]{{0,20}}[.,]{{0,2}}){{1,2}}")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_TIME = re.compile(r"(?<!\d)\d{1,2}[:.]\d\d(?!\d)|\d{1,2} ?[ap]\.?m\b|\d{1,2} ?h ?\d\d", re.IGNORECASE)
_DAY = re.compile(r"(?<!\d)\d{1,4}[./-] ?\d{1,2}[./-] ?\d{1,4}|\d{1,2}\u6708")
_ADDRESS = re.compile(r"[^\s<>\"'(),:;@]{1,64}@[^\s<>\"'(),:;@]{1,200}")
_SENTENCE_END = re.compile(r"[^\W\d_]{4}\.$|[!?:;]$")
Found = re.Match[str] | None
_SENTENCE_WITHIN = re.compile(r"[^\W\d_]{5}\. ")
_LONG_WORD_END = re.compile(r"[^\W\d_]{6}\.$|[!?:;]$")
_EDGE = " \t\u00a0*_-\u2013\u2014|"


def find_attributions(lines: list[Line]) -> None:
    """Mark attribution lines, also those wrapped over up to six lines, as openers.

    A line counts when it ends as one does (a colon, or the verb) and, joined with at most five lines above, has a
    date or time and either a verb of the table or an address. At most 400 characters are looked at each time.
    """
    budget = _BUDGET
    index = 0
    while index < len(lines) and budget:
        line = lines[index]
        here = line.kind is Kind.TEXT and not _is_tail(lines, index + 1)
        if (here or _is_tail(lines, index)) and _ends_like_one(line.text):
            budget -= 1
            start, sure = _start_of(lines, index)
            if sure != "strong" and _shares_line(lines, index):
                index += 1
                start = index
            if start is not None:
                for member in lines[start : index + 1]:
                    member.kind, member.rule, member.begun = Kind.OPENER, "attribution", start
        index += 1


def is_attribution(text: str, *, followed_by_quote: bool) -> str:
    """How sure one joined line is an attribution: 'strong', 'weak' (may be the tail of a longer one) or ''.

    Where no quotation marks follow, a wrong reading would cost words of the reply: names must stand where an
    attribution has them.
    """
    bare = text.strip(_EDGE).lstrip("> ")
    if not bare or len(bare) > _LONGEST:
        return ""
    verb = _VERB.search(bare)
    if verb is not None and _speaks_of_itself(bare, verb):
        return ""
    address = _ADDRESS.search(bare)
    sure = _grade(bare, verb, address, followed_by_quote=followed_by_quote)
    if sure and not followed_by_quote and not _has_names_in_place(bare, verb, address):
        return ""
    return sure


def _grade(bare: str, verb: Found, address: Found, *, followed_by_quote: bool) -> str:
    dated = bool(_TIME.search(bare) or _YEAR.search(bare) or _DAY.search(bare))
    begins = bool(_STARTS_ON.match(bare) or _STARTS_DATE.match(bare))
    if begins and dated and (verb or _is_address_last(bare)):
        return "strong" if verb or _TIME.search(bare) or followed_by_quote else ""
    count = len(bare.split())
    if verb is None:
        colon = bare.endswith((":", "\uff1a"))
        return "weak" if followed_by_quote and address and colon and count <= 25 else ""
    if verb.start() == 0:
        return ""
    near = address is not None and address.end() <= verb.start() <= address.end() + 3
    if count <= 25 and address and (dated or followed_by_quote or near):
        return "weak"
    return "weak" if followed_by_quote and (dated or count <= 6) else ""


def _has_names_in_place(bare: str, verb: Found, address: Found) -> bool:
    """Between date, address and verb stand names; prose has more small words there, or its writer."""
    if verb is None and (address is None or not bare.endswith((":", "\uff1a"))):
        return False
    if address is not None and (verb is None or address.start() < verb.start()):
        lead = bare[: address.start()]
        dates = [match.end() for rule in (_TIME, _YEAR, _DAY) for match in rule.finditer(lead)]
        between = lead[max(dates, default=0) :].split()
        bracketed = lead.rstrip().endswith(("<", "(", "["))
        if any(word.strip(".,").casefold() in MYSELF for word in between if verb is None):
            return False
        return _small(between) <= (3 if verb and dates else 2 if bracketed and dates else 1)
    if verb is None:
        return False
    tail = bare[verb.end() : address.start() if address else None].strip("(:\uff1a <").split()
    if address is not None or tail:
        return bool(address or not tail[0][0].islower()) and _small(tail) <= 1
    if _SENTENCE_WITHIN.search(bare):
        return False
    before = bare[: verb.start()].split()
    return bool(before) and (not before[-1].strip("\"'(")[:1].islower() or before[-1].casefold() == "you")


def _small(words: list[str]) -> int:
    return sum(1 for word in words if word.strip("\"'(<,.")[:1].islower())


@lru_cache(maxsize=4096)
def _ends_like_one(text: str) -> bool:
    tail = text[-_LONGEST:].rstrip(_EDGE)
    if tail.endswith((":", "\uff1a")) or (tail.endswith(">") and "@" in tail):
        return True
    last = tail[-24:]
    return any(match.end() >= len(last.rstrip(".")) for match in _VERB.finditer(last))


def _is_tail(lines: list[Line], index: int) -> bool:
    """A line such as '> wrote:' is no quotation but the end of a wrapped '<address>' above it."""
    if index >= len(lines):
        return False
    bare = lines[index].text.strip()[:80]
    alone = lines[index].kind is Kind.QUOTE and index > 0 and lines[index - 1].kind is Kind.TEXT
    return alone and bare.endswith(":") and len(bare.split()) <= 4 and _VERB.search(bare) is not None


def _start_of(lines: list[Line], end: int) -> tuple[int | None, str]:
    """Where the attribution that ends at `end` begins: the nearest strong reading, else the nearest weak one."""
    quote_next = _quote_follows(lines, end)
    weak: int | None = None
    joined = ""
    for start in range(end, max(-1, end - _MOST_LINES), -1):
        line = lines[start]
        if line.blank and not _goes_on(lines[start + 1].text):
            break
        if start < end and (line.kind not in (Kind.TEXT, Kind.BLANK) or _ends_a_sentence(line.text)):
            break
        joined = f"{line.text[-_LONGEST:].strip()} {joined}".strip()
        if len(joined) > _LONGEST:
            break
        sure = "" if line.blank else is_attribution(joined, followed_by_quote=quote_next)
        if sure == "strong":
            return start - _is_first_line(lines, start, joined), sure
        if sure and weak is None:
            weak = start - _is_first_line(lines, start, joined)
    return weak, "weak" if weak is not None else ""


def _shares_line(lines: list[Line], index: int) -> bool:
    """Part a line on which an attribution runs on after the last words of the reply; true when it was parted."""
    text = lines[index].text
    begin = max(0, len(text) - _LONGEST)
    found = _last(_ON_WITHIN.finditer(text, begin))
    if found is None:
        return False
    before, after = text[: found.start()], text[found.start() :]
    certain = _ADDRESS.search(after) is not None and _VERB.search(after) is not None
    if not certain or is_attribution(after, followed_by_quote=_quote_follows(lines, index)) != "strong":
        return False
    lines[index : index + 1] = [Line(before.rstrip(_EDGE), Kind.TEXT), Line(after, Kind.TEXT)]
    return True


def _is_first_line(lines: list[Line], start: int, joined: str) -> bool:
    """Whether the line above is the first of an introduction wrapped within its date or after its name.

    It must be short, begin its paragraph, be no sentence, and hold what `joined` lacks: the date's beginning, or
    the address or name.
    """
    if start == 0 or lines[start - 1].kind is not Kind.TEXT or _ON_WITHIN.match(f" {joined}", 1):
        return False
    above = lines[start - 1].text.strip(_EDGE)
    opens = start == 1 or lines[start - 2].kind is not Kind.TEXT
    if not opens or len(above) > 80 or _VERB.search(above) or _LONG_WORD_END.search(above):
        return False
    if _ADDRESS.search(above):
        return _ADDRESS.search(joined) is None
    return joined.startswith("<") or _STARTS_ON_DATE.match(above) is not None or _ON_DAY.fullmatch(above) is not None


def _goes_on(text: str) -> bool:
    """Whether a line below a blank one can only be the rest of an attribution: '<address' or a lone verb."""
    bare = text.strip()
    return bare.startswith("<") or (len(bare.split()) <= 2 and bare.endswith(":") and bool(_VERB.match(bare)))


def _ends_a_sentence(text: str) -> bool:
    """Whether the line can have no second half; a colon inside an open bracket ends nothing."""
    tail = text[-_LONGEST:]
    return _SENTENCE_END.search(tail[-6:]) is not None and not tail.rfind("(") > tail.rfind(")")


def _quote_follows(lines: list[Line], index: int) -> bool:
    """Whether the next line that is not blank (at most three further down) is quoted."""
    for line in lines[index + 1 : index + 4]:
        if not line.blank:
            return line.kind is Kind.QUOTE
    return False


def _speaks_of_itself(text: str, verb: re.Match[str]) -> bool:
    before = text[: verb.start()].split()[-1:]
    after = text[verb.end() :].split()[:1]
    return any(word.strip(".,:;").casefold() in MYSELF for word in before + after)


def _is_address_last(text: str) -> bool:
    """'DATE NAME <address>:' needs no verb; programs in many languages print it so."""
    found = _last(_ADDRESS.finditer(text))
    return found is not None and text[found.end() :].strip("<>()[]\"':\uff1a \u00a0") == ""


def _last(found: Iterator[re.Match[str]]) -> re.Match[str] | None:
    last = None
    for match in found:
        last = match
    return last
