"""The paths that Django serves: the route table and the pages of refusal."""

from __future__ import annotations

from firstline.web import refusing
from firstline.web.routes import ROUTES

urlpatterns = [route.pattern() for route in ROUTES]

handler400 = refusing.bad
handler403 = refusing.forbidden
handler404 = refusing.not_found
handler500 = refusing.broken
