"""The route table: every path with the right of entry that it needs."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
