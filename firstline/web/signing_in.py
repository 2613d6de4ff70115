"""How allauth behaves at this desk: agents are made by administrators, never by signing up."""

from __future__ import annotations

import hashlib
import secrets
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.internal import ratelimit
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest, HttpResponse
from django.utils.http import url_has_allowed_host_and_scheme

from firstline.core.text import email_key

# Wrong passwords before a pause: by a browser in which this agent has signed in before; from one address, and by it
# for one agent; for one agent from everywhere. The last cannot shut out an agent in the browser that he is used to.
_LIMITS = {"known-browser": "5/5m/key", "address": "10/m/ip", "address-and-agent": "5/5m/key", "agent": "60/15m/key"}
_COOKIE = "browser"
_YEAR = 365 * 24 * 3600


class Adapter(DefaultAccountAdapter):
    """No open sign-up, no way off this desk after signing in, and no way to lock an agent out by guessing."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def is_safe_url(self, url: str | None) -> bool:
        return url_has_allowed_host_and_scheme(url or "", allowed_hosts=None)

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        return str(settings.LOGIN_REDIRECT_URL)

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count the try; what was counted is given back when the password is right."""
        login = _digest(str(credentials.get("email", "")))
        browser = _browser(request, login)
        address = self.get_client_ip(request)
        counters = [("known-browser", browser)] if browser else [
            ("address", None), ("address-and-agent", f"{address}:{login}"), ("agent", login)]
        self._login_failed_rl_usage = ratelimit.RateLimitUsage(usage=[])
        for action, key in counters:
            used = ratelimit.consume(request, app="firstline.web", action=action, config=_LIMITS, key=key)
            if used is None:
                raise self.validation_error("too_many_login_attempts")
            self._login_failed_rl_usage.usage += used.usage

    def authenticate(self, request: HttpRequest, **credentials: Any) -> AbstractBaseUser | None:
        """Somebody who has left is answered like a wrong password."""
        found = super().authenticate(request, **credentials)
        return found if found is not None and found.is_active else None

    def post_login(self, request: HttpRequest, user: AbstractBaseUser, **rest: Any) -> HttpResponse:
        """Remember that this agent has signed in in this browser; the cookie opens nothing by itself."""
        answer: HttpResponse = super().post_login(request, user, **rest)
        login = _digest(user.get_username())
        if not _browser(request, login):
            answer.set_signed_cookie(_COOKIE, f"{login}:{secrets.token_hex(16)}", salt=__name__, max_age=_YEAR,
                                     secure=settings.SESSION_COOKIE_SECURE, httponly=True, samesite="Lax")
        return answer


def _digest(email: str) -> str:
    return hashlib.sha256(email_key(email).encode("utf-8", "replace")).hexdigest()


def _browser(request: HttpRequest, login: str) -> str:
    """The name of a browser in which this login has signed in before, else ''."""
    cookie = request.get_signed_cookie(_COOKIE, default="", salt=__name__, max_age=_YEAR)
    return cookie if cookie and cookie.startswith(f"{login}:") else ""
