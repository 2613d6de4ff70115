"""How a telephone number is read and compared."""

from __future__ import annotations

import phonenumbers

from firstline.core.text import line

# The country whose national numbers a desk of this language writes without a prefix.
COUNTRY_OF = {"en": "GB", "hu": "HU", "nb": "NO", "da": "DK", "uk": "UA", "bg": "BG"}
_LONGEST = 60


def e164(written: str, *, country: str) -> str | None:
    """The number in E.164 (+36301234567), read as one of `country` if it has no prefix; None if it is none."""
    try:
        found = phonenumbers.parse(written[:_LONGEST], country or None)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(found):
        return None
    return str(phonenumbers.format_number(found, phonenumbers.PhoneNumberFormat.E164))


def compared(written: str, *, country: str) -> str:
    """What is stored and compared: E.164 where it can be read, else the digits (an extension such as 4711)."""
    return e164(written, country=country) or digits(written)[:40]


def digits(written: str) -> str:
    """The ASCII digits of a text."""
    return "".join(c for c in line(written) if c in "0123456789")


def fragments(written: str, *, country: str) -> tuple[str, ...]:
    """Runs of digits of which a stored number holds one, if it is the one meant, whole or only a part of it.

    National numbers are written with a trunk prefix (0, in Hungary 06) that E.164 leaves out.
    """
    plain = digits(written[:_LONGEST])
    trunk = phonenumbers.ndd_prefix_for_region(country, strip_non_digits=True) or ""
    national = plain.removeprefix(trunk) if trunk else plain
    read = digits(e164(written, country=country) or "")
    return tuple(dict.fromkeys(run for run in (read, national, plain.lstrip("0")) if len(run) >= 2))


def told(number: str) -> str:
    """A number as people read it: +36 30 123 4567; what is not E.164 stays as it is."""
    if not number.startswith("+"):
        return number
    try:
        found = phonenumbers.parse(number, None)
    except phonenumbers.NumberParseException:
        return number
    return str(phonenumbers.format_number(found, phonenumbers.PhoneNumberFormat.INTERNATIONAL))
