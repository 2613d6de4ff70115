"""Where a reply ends and the quotation begins."""

from .cutting import cut, part_body
from .marker import MARKER, holds_marker
from .pattern import Parted
from .signature import signature

__all__ = ["MARKER", "Parted", "cut", "holds_marker", "part_body", "signature"]
