"""What a person wrote that could not be taken yet: the form shows it again with the sentence that says why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.http import HttpRequest
from django.utils.translation import gettext as _

from firstline.core.errors import DeskError
from firstline.people.queries import PersonCard
from firstline.web.reading import LONGEST
from firstline.web.whose import Several

_SECRET = frozenset({"csrfmiddlewaretoken", "password", "again"})


@dataclass(frozen=True, slots=True)
class Kept:
    """`deed` is the form that was refused, '' for none; `form` what it held; `people` the persons to choose from."""

    deed: str = ""
    sentence: str = ""
    status: int = 200
    form: Mapping[str, str] = field(default_factory=dict)
    ticked: frozenset[str] = frozenset()
    people: Mapping[str, tuple[PersonCard, ...]] = field(default_factory=dict)

    def said(self, deed: str, name: str, usual: object = "") -> str:
        """What stood in this field of this form; `usual` where the form was not the refused one."""
        return self.form.get(name, "") if self.deed == deed and self.form else str(usual or "")


def refused(request: HttpRequest, deed: str, refusal: DeskError) -> Kept:
    """Everything that was sent with this form, and the refusal; files must be chosen again, and it says so."""
    sentence = refusal.told()
    if any(file.size for file in request.FILES.getlist("files")):
        sentence = " ".join((sentence, _("Choose the files again before you send it.")))
    people = {refusal.field: refusal.people} if isinstance(refusal, Several) else {}
    return Kept(deed, sentence, refusal.status, written(request), frozenset(request.POST.getlist("seq")), people)


def written(request: HttpRequest) -> Mapping[str, str]:
    """The fields of the form as written, without secrets."""
    return {name: value[:LONGEST] for name, value in request.POST.items()
            if name not in _SECRET and isinstance(value, str)}
