"""The right of entry around every view: a path cannot be built without saying what it needs."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import wraps
from typing import Any, cast
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotAllowed, HttpResponseRedirect
from django.urls import URLPattern, path

from firstline.accounts.principal import Principal
from firstline.accounts.roles import PERMISSIONS
from firstline.core.errors import DeskError, NotAllowed, NotFound
from firstline.web import refusing


class DeskRequest(HttpRequest):
    """A request after the middleware: it knows who asks, None for a stranger."""

    principal: Principal | None


View = Callable[..., HttpResponseBase]
_LARGEST = 2**63 - 1
SIGNED_IN = "signed-in"
OPEN = "open"


@dataclass(frozen=True, slots=True)
class Needs:
    """What a path needs: a permission, any signed-in agent, or nothing."""

    right: str


def needs(right: str) -> Needs:
    """The right of entry to a path. Raises ValueError for a permission that does not exist."""
    if right not in (SIGNED_IN, OPEN) and right not in PERMISSIONS:
        raise ValueError(f"There is no permission {right!r}.")
    return Needs(right)


def asker(request: HttpRequest) -> Principal:
    """Who asks, in a view that is not open to strangers."""
    principal = cast(DeskRequest, request).principal
    if principal is None:
        raise NotAllowed("Sign in first.", status=401)
    return principal


@dataclass(frozen=True, slots=True)
class Route:
    """One line of the route table; `methods` open it, `right` is what it needs."""

    path: str
    view: View
    right: str
    methods: tuple[str, ...]
    name: str

    def pattern(self) -> URLPattern:
        """The path for Django, with the right of entry around its view."""
        @wraps(self.view)
        def entrance(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.method not in self.methods:
                return HttpResponseNotAllowed(self.methods)
            try:
                _require_storable(kwargs.values())
                return _enter(request, self.right) or self.view(request, *args, **kwargs)
            except DeskError as refusal:
                return refusing.refuse(request, refusal)

        return path(self.path.removeprefix("/"), entrance, {}, self.name)


def page(route: str, view: View, need: Needs, *, name: str = "") -> Route:
    """A path that is read."""
    return Route(route, view, need.right, ("GET", "HEAD"), name)


def deed(route: str, view: View, need: Needs, *, name: str = "") -> Route:
    """A path that changes something; only POST opens it."""
    return Route(route, view, need.right, ("POST",), name)


def form(route: str, view: View, need: Needs, *, name: str = "") -> Route:
    """A path that shows a form and takes it; the view writes on POST only."""
    return Route(route, view, need.right, ("GET", "HEAD", "POST"), name)


def _require_storable(numbers: Iterable[Any]) -> None:
    """No row bears a number that the database cannot hold; asking for one would break the query."""
    if any(isinstance(number, int) and number > _LARGEST for number in numbers):
        raise NotFound("There is no such page.")


def _enter(request: HttpRequest, right: str) -> HttpResponse | None:
    """None where the asker may enter; a way to the sign-in page, or NotAllowed, where not."""
    principal = cast(DeskRequest, request).principal
    if right == OPEN:
        return None
    if principal is None:
        if request.method in ("GET", "HEAD"):
            return HttpResponseRedirect(f"/sign-in?next={quote(request.get_full_path())}")
        raise NotAllowed("Sign in first.", status=401)
    if right != SIGNED_IN:
        principal.require(right)
    return None
