"""stand-in"""
from firstline.intake.mail.letter import Headers
def aligned(headers: Headers, *, trusted: frozenset[str]) -> bool:
    return False
