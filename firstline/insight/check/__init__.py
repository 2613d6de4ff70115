"""The proof that nothing was lost: each invariant one function, each breach one sentence."""

from firstline.insight.check.breach import Breach
from firstline.insight.check.running import Report, prove

__all__ = ["Breach", "Report", "prove"]
