"""Decides from the order of text, quotations and their introductions which lines are the reply."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from .lines import Kind, Line

# With so many lines of answer below one quotation, the quotation is the context of the answer and stays.
_LONG_ANSWER = 7


@dataclass(frozen=True, slots=True)
class Parted:
    """Lines parted three ways, each in order: the reply, its marked signature, and the quotation."""

    reply: str
    signature: str
    quoted: str
    folded: str
    rule: str


@dataclass(slots=True)
class _Unit:
    """A run of text, or one quotation. `introduced`: a line above it says whose words follow."""

    quote: bool
    first: int
    last: int
    introduced: bool = False
    loose: bool = False
    rule: str = ""


def part(lines: list[Line]) -> Parted:
    """Part the lines. A reply that would be empty means that everything stays (rule 'nothing-left').

    What stands first and is introduced but not marked as quoted is what the letter is about (a forwarded mail):
    only the introduction goes. Else an introduction without quotation marks ends the reply. A quotation at the end
    goes; one between two runs of text goes when it is the only one and is introduced, and stays when there are
    several (answers between the lines).
    """
    quote_at = _quote_flags(lines)
    keep, rule = _without_leading(lines, quote_at)
    end, ending = _end_of_reply(lines, keep, quote_at)
    for index in range(end, len(lines)):
        keep[index] = False
    units = _units(lines, end)
    dropped = _drop_quotations(lines, units, keep)
    rule = ending or dropped or rule
    return _told(lines, keep, rule or "whole")


def _without_leading(lines: list[Line], quote_at: list[bool]) -> tuple[list[bool], str]:
    """Everything but an introduction at the very top which no quotation mark follows."""
    keep = [True] * len(lines)
    index, rule = 0, ""
    while index < len(lines):
        line = lines[index]
        if line.kind is Kind.OPENER:
            stop = _opener_end(lines, index)
            if quote_at[stop]:
                break
            rule = line.rule
            keep[index:stop] = [False] * (stop - index)
            index = stop
        elif line.kind in (Kind.BLANK, Kind.FRAME):
            index += 1
        else:
            break
    return keep, rule


def _end_of_reply(lines: list[Line], keep: list[bool], quote_at: list[bool]) -> tuple[int, str]:
    """Where an introduction without quotation marks, or our marker, ends the reply, and by which rule."""
    seen_text = False
    index = 0
    while index < len(lines):
        line = lines[index]
        if line.kind is Kind.TEXT:
            seen_text = True
        if line.kind is Kind.OPENER and keep[index]:
            stop = _opener_end(lines, index)
            if seen_text and (line.final or not quote_at[stop]):
                return index, line.rule
            keep[index:stop] = [False] * (stop - index)
            index = stop
            continue
        index += 1
    return len(lines), ""


def _units(lines: list[Line], end: int) -> list[_Unit]:
    units: list[_Unit] = []
    introduced, rule = False, ""
    for index in range(end):
        line = lines[index]
        if line.kind is Kind.OPENER:
            introduced, rule = True, line.rule
            continue
        if line.kind not in (Kind.TEXT, Kind.QUOTE):
            continue
        quote = line.kind is Kind.QUOTE
        if (
            units
            and units[-1].quote is quote
            and not (quote and introduced)
            and (not quote or (units[-1].rule == "sent") is (line.rule == "sent"))
        ):
            units[-1].last = index
        else:
            units.append(_Unit(quote, index, index, introduced and quote, line.loose, line.rule or rule))
        introduced, rule = False, ""
    return units


def _drop_quotations(lines: list[Line], units: list[_Unit], keep: list[bool]) -> str:
    """Take out the quotations that are no context of an answer; the rule by which the first of them went."""
    texts = [at for at, unit in enumerate(units) if not unit.quote]
    if not texts:
        return ""
    last_text = texts[-1]
    quotes = [unit for unit in units if unit.quote]
    going = [unit for unit in units[:last_text] if unit.quote and _is_no_context(lines, unit, units, len(quotes))]
    trailing = units[last_text + 1 :]
    first = next((at for at, unit in enumerate(trailing) if unit.introduced), 0)
    going += trailing[first:]
    for unit in going:
        for index in range(unit.first, unit.last + 1):
            keep[index] = False
    return next((unit.rule or "quote" for unit in going), "")


def _is_no_context(lines: list[Line], unit: _Unit, units: list[_Unit], quotes: int) -> bool:
    if unit.rule == "sent":
        return True
    if quotes > 1 or not (unit.introduced or unit.loose):
        return False
    if units[0] is unit or unit.loose:
        return True
    below = sum(1 for line in lines[unit.last + 1 :] if line.kind is Kind.TEXT)
    return below < _LONG_ANSWER


def _told(lines: list[Line], keep: list[bool], rule: str) -> Parted:
    """The three texts; a marked signature goes with the reply's words only if no word of them is left."""
    _drop_edges(lines, keep)
    if rule == "whole" and not all(keep):
        rule = "inline"
    reply = _joined(line.text for line, kept in zip(lines, keep, strict=True) if kept and line.kind is not Kind.SIGN)
    signed = _joined(line.text for line, kept in zip(lines, keep, strict=True) if kept and line.kind is Kind.SIGN)
    quoted = _joined(line.text for line, kept in zip(lines, keep, strict=True) if not kept)
    folded = _joined(line.text for line, kept in zip(lines, keep, strict=True) if not kept or line.kind is Kind.SIGN)
    if not any(line.kind is Kind.TEXT and kept for line, kept in zip(lines, keep, strict=True)):
        whole = _joined(line.text for line in lines)
        return Parted(whole, "", "", "", "nothing-left" if whole.strip() else "whole")
    if not any(character.isalnum() for character in folded):
        rule = "whole"
    return Parted(reply, signed, quoted, folded, "signature" if rule == "whole" and signed else rule)


def _drop_edges(lines: list[Line], keep: list[bool]) -> None:
    """Ruled lines at the end of what stays belong to what was cut below them, blank lines to what was cut above."""
    for index in range(1, len(lines)):
        if lines[index].blank and not keep[index - 1]:
            keep[index] = False
    for index in range(len(lines) - 1, -1, -1):
        if keep[index] and lines[index].kind is Kind.FRAME:
            keep[index] = False
        elif keep[index] and not lines[index].blank and lines[index].kind is not Kind.SIGN:
            return


def _opener_end(lines: list[Line], start: int) -> int:
    """The first line after the introduction that begins at `start`; its blank lines are inside."""
    stop = start + 1
    for index in range(start + 1, len(lines)):
        if lines[index].kind is Kind.OPENER and lines[index].begun == lines[start].begun:
            stop = index + 1
        elif not (lines[index].blank and lines[index].begun == lines[start].begun):
            break
    return stop


def _quote_flags(lines: list[Line]) -> list[bool]:
    """For each place, whether the next line that is neither blank, ruled nor an introduction is quoted."""
    flags = [False] * (len(lines) + 1)
    for index in range(len(lines) - 1, -1, -1):
        kind = lines[index].kind
        passed = kind in (Kind.BLANK, Kind.FRAME) or (kind is Kind.OPENER and not lines[index].final)
        flags[index] = flags[index + 1] if passed else kind is Kind.QUOTE
    return flags


def _joined(texts: Iterable[str]) -> str:
    return "\n".join(texts).strip("\n")
