"""The way in and out: signing in is allauth's; links, forgotten passwords and the language are ours."""

from __future__ import annotations

from allauth.core import ratelimit
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from firstline.accounts import queries
from firstline.core.errors import DeskError, NotFound
from firstline.core.text import email_key
from firstline.core.time import now
from firstline.flows import agents, forgetting
from firstline.web.middleware import LANGUAGE_COOKIE

_YEAR = 365 * 24 * 3600


def welcome(request: HttpRequest, secret: str) -> HttpResponse:
    """Choose a password by a one-time link."""
    _limit(request, "reset_password_from_key")
    agent = queries.agent(agents.open_link(secret, now=now()))
    wrong = ""
    if request.method == "POST":
        wrong = _set_password(request, secret)
        if not wrong:
            return HttpResponseRedirect("/sign-in", status=303)
    page = render(request, "welcome.html", {"name": agent.name, "email": agent.email, "wrong": wrong},
                  status=400 if wrong else 200)
    page.headers["Cache-Control"] = "no-store"
    page.headers["Referrer-Policy"] = "no-referrer"
    return page


def _set_password(request: HttpRequest, secret: str) -> str:
    """What is wrong with the password, '' when it was set."""
    password = request.POST.get("password", "")
    if password != request.POST.get("again", ""):
        return _("The two passwords are not the same.")
    try:
        agents.set_password(secret, password, now=now())
    except NotFound:
        raise
    except DeskError as refusal:
        return refusal.told()
    return ""


def forgotten(request: HttpRequest) -> HttpResponse:
    """Ask for a new link; the answer is the same whether the address is known or not."""
    if request.method != "POST":
        return render(request, "forgotten.html")
    email = request.POST.get("email", "").strip()[:254]
    _limit(request, "reset_password", key=email_key(email))
    forgetting.ask(email, now=now())
    return render(request, "message.html", {
        "title": _("Look into your mail"),
        "sentence": _("If somebody here has this address, a link is on its way to it.")})


def language(request: HttpRequest) -> HttpResponse:
    """Change the language of the pages in this browser."""
    wanted = request.POST.get("language", "")
    if wanted not in dict(settings.LANGUAGES):
        raise DeskError("There is no such language.")
    came_from = request.headers.get("Referer", "")
    safe = url_has_allowed_host_and_scheme(came_from, allowed_hosts={request.get_host()})
    answer = HttpResponseRedirect(came_from if safe else "/", status=303)
    answer.set_cookie(LANGUAGE_COOKIE, wanted, max_age=_YEAR, secure=settings.SESSION_COOKIE_SECURE, httponly=True,
                      samesite="Lax")
    return answer


def _limit(request: HttpRequest, action: str, *, key: str | None = None) -> None:
    """Raise DeskError (429) for the one who guesses too often."""
    if not ratelimit.consume(request, action=action, key=key):
        raise DeskError("Too many tries. Wait a few minutes, then try again.", status=429)
