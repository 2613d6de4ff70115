"""A refusal as a page: its status, its sentence, and a way on; never what it was about."""

from __future__ import annotations

import logging
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from firstline.core.errors import DeskError

_WRITTEN = ("subject", "text", "note", "answer", "words", "reason")
"""The fields of forms in which somebody writes; a password is none of them."""
_LOG = logging.getLogger(__name__)


def refuse(request: HttpRequest, refusal: DeskError) -> HttpResponse:
    """The page of a DeskError."""
    return page(request, refusal.status, refusal.told())


def page(request: HttpRequest, status: int, sentence: str) -> HttpResponse:
    """A page that says why not; `status` is kept."""
    known = status if status in HTTPStatus._value2member_map_ else 400
    return render(request, "error.html", {"status": known, "sentence": sentence, "texts": _texts(request, status)},
                  status=known)


def _texts(request: HttpRequest, status: int) -> list[str]:
    """What a signed-in agent wrote into the form that is refused: it must not be lost with it."""
    if request.method != "POST" or status == 413 or getattr(request, "principal", None) is None:
        return []
    return [request.POST[name] for name in _WRITTEN if request.POST.get(name, "").strip()]


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """No such path."""
    _LOG.debug("Not found: %s", type(exception).__name__)
    return page(request, 404, _("There is no such page."))


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django refused the request."""
    _LOG.debug("Refused: %s", exception)
    return page(request, 403, _("You may not do this."))


def forged(request: HttpRequest, **_refused: object) -> HttpResponse:
    """The form's secret is missing or old."""
    return page(request, 403, _("This form is too old or came from elsewhere. Go back, load the page again and "
                                "send it once more."))


def bad(_request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django could not read the request, or the host is not ours."""
    _LOG.debug("Bad request: %s", type(exception).__name__)
    return HttpResponse("This address is not served here.\n", status=400, content_type="text/plain; charset=utf-8")


def broken(_request: HttpRequest) -> HttpResponse:
    """Our own fault; nothing is rendered that could fail as well."""
    return HttpResponse("Something went wrong in Firstline. It was written to the log.\n", status=500,
                        content_type="text/plain; charset=utf-8")
