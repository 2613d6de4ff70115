"""What kind of letter it is: a request, an absence notice, a bounce, a loop, noise."""

from .screen import ACCEPTED, ORDER, may_answer, screen

__all__ = ["ACCEPTED", "ORDER", "may_answer", "screen"]
