"""Static files are gathered once, named by their content and compressed, before anything is served."""

from __future__ import annotations

from django.core.management import call_command


def collect() -> None:
    """Gather every static file into FIRSTLINE_HOME/static; harmless to repeat."""
    call_command("collectstatic", interactive=False, verbosity=0)
