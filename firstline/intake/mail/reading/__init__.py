"""From raw bytes to headers, text and attachments, behind caps."""

from .cleaning import clean
from .reading import Guess, Unreadable, read

__all__ = ["Guess", "Unreadable", "clean", "read"]
