"""The Jinja2 environment of every page."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.utils.translation import get_language, gettext, ngettext
from jinja2 import Environment, FileSystemBytecodeCache, StrictUndefined
from markupsafe import Markup

from firstline.web import times, words


@cache
def static(name: str) -> str:
    """The address of a static file, hashed where the files were collected."""
    try:
        return staticfiles_storage.url(name)
    except ValueError:
        return settings.STATIC_URL + name


@cache
def icon(name: str, *, small: str = "") -> Markup:
    """A drawing beside a word, hidden from readers of the screen."""
    return Markup('<svg class="i{}" aria-hidden="true"><use href="{}#{}"/></svg>').format(
        f" {small}" if small else "", static("web/icons.svg"), name)


def _bytecode() -> FileSystemBytecodeCache | None:
    folder = Path(settings.CONFIG.home) / "templates"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError:
        return None
    return FileSystemBytecodeCache(str(folder))


def environment(**options: Any) -> Environment:
    """Django's Jinja2 backend calls this once per process."""
    made = Environment(**{**options, "undefined": StrictUndefined, "autoescape": True, "trim_blocks": True,
                          "lstrip_blocks": True, "bytecode_cache": _bytecode(), "cache_size": 400},
                       extensions=["jinja2.ext.i18n"])
    made.globals.update(gettext=gettext, ngettext=ngettext, _=gettext, static=static,
                         icon=icon, language=get_language, languages=settings.LANGUAGES)
    made.filters.update(day=times.day, clock=times.clock, moment=times.moment, size=times.size, tongue=words.tongue)
    return made
