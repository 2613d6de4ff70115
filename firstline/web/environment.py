"""The Jinja2 environment of every page."""

from __future__ import annotations

from typing import Any

from jinja2 import Environment, StrictUndefined


def environment(**options: Any) -> Environment:
    """Django's Jinja2 backend calls this once per process."""
    return Environment(**{**options, "undefined": StrictUndefined, "autoescape": True},
                       extensions=["jinja2.ext.i18n"])
