"""Who is meant by what somebody typed: a name, an e-mail address, or #number."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext_noop

from firstline.accounts.principal import Principal
from firstline.core.errors import DeskError
from firstline.core.text import line, sort_key
from firstline.people.queries import PersonCard, canonical_of, cards, find_by_address, search_people
from firstline.web import reading

_SHOWN = 8


class Several(DeskError):
    """More than one person is meant; `people` to choose from for the form's `field`."""

    status = 409

    def __init__(self, field: str, typed: str, people: tuple[PersonCard, ...]) -> None:
        super().__init__(gettext_noop("More than one person matches “%(typed)s”. Choose who is meant."), typed=typed)
        self.field = field
        self.people = people


def person(request: HttpRequest, name: str, *, by: Principal) -> int | None:
    """The person meant by the form's field `name`, None where it is empty or was not changed.

    The form may send `name`_shown, what stood in the field before, and `name`_chosen, the id of a person chosen
    from the list of those who match `name`_listed. Raises DeskError where nobody matches, Several where several do.
    """
    typed = line(reading.text(request, name), limit=200)
    if typed == line(reading.text(request, f"{name}_shown"), limit=200):
        return None
    chosen = reading.number(request, f"{name}_chosen")
    if chosen and typed == line(reading.text(request, f"{name}_listed"), limit=200):
        return chosen
    if not typed:
        raise DeskError("A person can be exchanged for another here, but not taken away.")
    return _meant(name, typed, by)


def _meant(field: str, typed: str, by: Principal) -> int:
    by.require("people.see")
    found = _exactly(typed) or search_people(typed, principal=by, limit=_SHOWN) or _exactly(f"#{typed}")
    if not found:
        raise DeskError("Nobody matches “%(typed)s”. Try a part of the name, an address or #number.", typed=typed)
    same = [card for card in found if sort_key(card.name) == sort_key(typed)]
    if len(same) == 1:
        return same[0].id
    if len(found) > 1:
        raise Several(field, typed, tuple(found))
    return found[0].id


def _exactly(typed: str) -> list[PersonCard]:
    """The person with this #number or this very address."""
    digits = typed.removeprefix("#")
    number: int | None = None
    if typed.startswith("#") and digits.isascii() and digits.isdigit() and len(digits) < 18:
        number = int(digits)
    elif "@" in typed:
        number = find_by_address(typed)
    if number is None:
        return []
    return cards([canonical_of([number]).get(number, number)])
