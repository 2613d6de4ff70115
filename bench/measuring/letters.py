"""Letters for the benchmarks of intake: small texts, HTML, one attachment in ten, many senders in six languages."""

from __future__ import annotations

from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from random import Random

from bench.seeding import texts
from firstline.core.time import now

SENDERS = 5000


def letters(many: int, *, seed: int = 1) -> list[bytes]:
    """So many letters; each has its own Message-ID and text, and nearly each its own sender."""
    chance = Random(seed)
    talks = texts.conversations(chance, tickets=20_000)
    return [_letter(place, chance.choice(talks), chance) for place in range(many)]


def _letter(place: int, talk: texts.Conversation, chance: Random) -> bytes:
    sender = chance.randrange(SENDERS)
    mail = EmailMessage(policy=SMTP)
    mail["From"] = f"Person {sender} <person{sender}@customer{sender % 40}.example>"
    mail["To"] = "desk@localhost"
    if chance.random() < 0.15:
        mail["Cc"] = f"colleague{chance.randrange(SENDERS)}@customer{sender % 40}.example"
    mail["Subject"] = f"{talk.subject} ({place})"
    mail["Date"] = format_datetime(now())
    mail["Message-ID"] = f"<bench.{place}.{chance.getrandbits(64):x}@customer.example>"
    text = f"{talk.parts['question']}\nRef. {place}\n"
    if chance.random() < 0.4:
        text += "\n> " + talk.parts["reply"].replace("\n", "\n> ") + "\n"
    mail.set_content(text)
    if chance.random() < 0.5:
        rows = "".join(f'<p style="margin:0;font-family:Calibri">{line}</p>' for line in text.splitlines())
        mail.add_alternative(f"<html><head><style>p{{color:#111}}</style></head><body>{rows}</body></html>",
                             subtype="html")
    if chance.random() < 0.1:
        mail.add_attachment(chance.randbytes(chance.randint(8_000, 200_000)), maintype="image", subtype="png",
                            filename=f"screen {place}.png")
    return mail.as_bytes()
