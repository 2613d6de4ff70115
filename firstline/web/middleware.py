"""Around every page: the headers that keep a browser safe, and who asks in which language."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from firstline.accounts.principal import Principal
from firstline.routing.queries import principal_of
from firstline.web import refusing
from firstline.web.needs import DeskRequest

Next = Callable[[HttpRequest], HttpResponseBase]

POLICY = ("default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
          "frame-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'")
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}
LARGEST_OF_STRANGERS = 64 * 1024
LARGEST = 150 * 1024 * 1024
LANGUAGE_COOKIE = "language"


class Guard:
    """Only the desk's own hosts, and a strict policy on every answer that has none of its own."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        try:
            request.get_host()
        except DisallowedHost as refused:
            response: HttpResponseBase = refusing.bad(request, refused)
        else:
            response = self.get_response(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if not request.path.startswith(settings.STATIC_URL):
            response.headers.setdefault("Cache-Control", "private, no-cache")
        return response


class Person:
    """Who asks, found anew at each request; his language and time zone, for this request only."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        principal = _principal(request)
        cast(DeskRequest, request).principal = principal
        language = _language(request, principal)
        with translation.override(language), timezone.override(_zone(principal)):
            response = self._refused(request, principal) or self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response

    def _refused(self, request: HttpRequest, principal: Principal | None) -> HttpResponseBase | None:
        """A refusal where the body is longer than this asker may send; asked before anybody keeps it anywhere."""
        length = request.META.get("CONTENT_LENGTH") or "0"
        if length.isdigit() and int(length) > (LARGEST_OF_STRANGERS if principal is None else LARGEST):
            return refusing.page(request, 413, _("This text is too long."))
        return None


def _principal(request: HttpRequest) -> Principal | None:
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return None
    return principal_of(user.pk)


def _language(request: HttpRequest, principal: Principal | None) -> str:
    """The language chosen in this browser, else the agent's own, else what the browser asks for."""
    known = dict(settings.LANGUAGES)
    for wanted in (request.COOKIES.get(LANGUAGE_COOKIE, ""), principal.language if principal else ""):
        if wanted in known:
            return wanted
    return translation.get_language_from_request(request) if principal is None else settings.LANGUAGE_CODE


def _zone(principal: Principal | None) -> ZoneInfo:
    try:
        return ZoneInfo((principal.time_zone if principal else "") or settings.TIME_ZONE)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo(settings.TIME_ZONE)


