"""Recognises automatic replies: vacation notices, out-of-office answers, other systems' receipts."""

from __future__ import annotations

import re
from typing import Final

from firstline.intake.mail.letter import Judgement

from . import signs
from .signs import Arrival

NAME: Final = "absence"

_HEADERS: Final = frozenset(
    [
        "x-autoreply",
        "x-auto-reply",
        "x-autorespond",
        "x-autoresponder",
        "x-auto-respond",
        "x-autoreply-from",
        "x-mail-autoreply",
        "x-vacation",
        "x-vacation-message",
        "x-autoreply-domain",
        "x-auto-reply-from",
    ]
)

# What mail programs put before the subject they answer, by language: an automatic reply by itself.
_ANSWER: Final = re.compile(
    r"\W{0,3}(?:automatic (?:reply|response|answer)|auto[- ]?(?:matic )?(?:reply|response|respond\w*"
    r"|answer)|out of (?:the )?office (?:auto)?[- ]?(?:reply|response)|vacation (?:reply|response|notice)"
    r"|automatische? (?:antwort\w*|antwoord|beantwort\w*)|abwesenheits(?:notiz|meldung|nachricht)|abwesenheit"
    r"|r[ée]ponse automatique|message d'absence|(?:notification d')?absence du bureau"
    r"|respuesta autom[aá]tica|risposta automatica|resposta autom[aá]tica|r[aă]spuns automat"
    r"|automatisk svar|automatiskt svar|autosvar|frav[æa]rs?(?:melding|besked|assistent)?"
    r"|fr[åa]nvaromeddelande|automaattinen vastaus|poissaoloilmoitus"
    r"|automatyczna odpowied[źz]|automatick[áa] odpov[eě][ďd]|automatikus (?:v[áa]lasz|üzenet)"
    r"|h[áa]zon k[ií]v[üu]l"
    r"|автоматическ\w{1,3} ответ|автоответ|автоматична відповідь|автовідповідь|автоматичен отговор"
    r"|otomatik yan[ıi]t|αυτόματη απάντηση|自動(?:応答|返信)|自动(?:答复|回复)|자동 ?회신)"
    r" {0,2}[:：\-–—(]",
    re.IGNORECASE,
)
# Subjects that say absence, but that a person may write as well: they need a machine's sign beside them.
_AWAY: Final = re.compile(
    r"\W{0,3}(?:(?:re|aw|sv|fwd?): ?)?(?:out of (?:the )?office|ooo\b|away from (?:my|the) (?:mail|desk"
    r"|office)|on (?:vacation|holiday|leave|annual leave)|vacation\b|i am (?:away|out|on)"
    r"|nicht im (?:b[üu]ro|haus)|im urlaub|urlaub|en (?:vacances|cong[ée])|absent|de vacaciones"
    r"|fuera de la oficina|fuori (?:sede|ufficio)|assente|in ferie|fora do escrit[óo]rio|ausente"
    r"|p[åa] ferie|ikke p[åa] kontoret|ikke til stede|semester|ej p[åa] kontoret|afwezig|buiten kantoor"
    r"|poza biurem|nieobecno|szabads[áa]g|mimo kancel"
    r"|в отпуске|отсутстви|у відпустці|відсутн|в отпуск|отсъств|不在|休暇)",
    re.IGNORECASE,
)


def judge(arrival: Arrival) -> Judgement | None:
    """Auto-Submitted: auto-replied (RFC 3834 §5.1), the older X-headers, and subjects in the main languages.

    A subject that only says absence counts beside another sign of a machine: a null sender, any
    Auto-Submitted, Precedence or X-Auto-Response-Suppress.
    """
    letter = arrival.letter
    said = signs.automatic(letter)
    if said.startswith("auto-repl"):
        return Judgement("absence", "An automatic reply", NAME)
    if any(
        name in _HEADERS and value.strip().lower() not in ("no", "") for name, value in letter.headers.fields
    ):
        return Judgement("absence", "An automatic reply", NAME)
    if signs.keyword(letter, "precedence") in ("auto_reply", "auto-reply"):
        return Judgement("absence", "An automatic reply", NAME)
    subject = letter.headers.subject[:300]
    if _ANSWER.match(subject):
        return Judgement("absence", "An automatic reply", NAME)
    if _AWAY.match(subject) and (said or _machine(arrival)):
        return Judgement("absence", "An automatic reply", NAME)
    return None


def _machine(arrival: Arrival) -> bool:
    return (
        arrival.has_null_path()
        or signs.keyword(arrival.letter, "precedence") in ("bulk", "junk")
        or bool(arrival.letter.headers.first("x-auto-response-suppress"))
    )
