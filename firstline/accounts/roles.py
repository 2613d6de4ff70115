"""The permissions there are, and the roles a desk begins with."""

from __future__ import annotations

from firstline.accounts.principal import Scope

PERMISSIONS = (
    "queue.see", "ticket.see", "ticket.open", "ticket.reply", "ticket.note", "ticket.change", "ticket.assign",
    "ticket.hand_over", "ticket.split", "ticket.merge", "ticket.confidential",
    "people.see", "people.change", "people.merge", "letters.see", "letters.judge", "letters.raw",
    "knowledge.see", "knowledge.change", "reports.see", "training.see", "training.change",
    "setup.see", "setup.change", "agents.change", "audit.see",
)

_ALL, _CENTRE, _TEAM = Scope.ALL, Scope.CENTRE, Scope.TEAM
_WORK = ("ticket.see", "ticket.open", "ticket.reply", "ticket.note", "ticket.change", "ticket.assign",
         "ticket.hand_over", "ticket.split", "ticket.merge")
_COMMON = {"queue.see": _ALL, "people.see": _ALL, "knowledge.see": _ALL, "training.see": _ALL}

ROLES: dict[str, dict[str, Scope]] = {
    "front-line": {**_COMMON, **dict.fromkeys(_WORK, _ALL), "people.change": _ALL, "letters.see": _ALL,
                   "letters.judge": _ALL},
    "technician": {**_COMMON, **dict.fromkeys(_WORK, _CENTRE), "people.change": _ALL},
    "lead": {**_COMMON, **dict.fromkeys(_WORK, _ALL), "ticket.confidential": _ALL, "people.change": _ALL,
             "people.merge": _ALL, "letters.see": _ALL, "letters.judge": _ALL, "letters.raw": _ALL,
             "reports.see": _ALL},
    "manager": {**_COMMON, "ticket.see": _ALL, "reports.see": _ALL},
    "keeper": {**_COMMON, "ticket.see": _ALL, "knowledge.change": _ALL, "training.change": _ALL},
    "administrator": dict.fromkeys(PERMISSIONS, _ALL),
    "auditor": {**_COMMON, "ticket.see": _ALL, "ticket.confidential": _ALL, "letters.see": _ALL,
                "reports.see": _ALL, "setup.see": _ALL, "audit.see": _ALL},
}

LABELS: dict[str, dict[str, str]] = {
    "front-line": {"en": "Front line", "hu": "Első szint", "nb": "Førstelinje", "da": "Førstelinje",
                   "uk": "Перша лінія", "bg": "Първа линия"},
    "technician": {"en": "Technician", "hu": "Technikus", "nb": "Tekniker", "da": "Tekniker",
                   "uk": "Технік", "bg": "Техник"},
    "lead": {"en": "Team lead", "hu": "Csoportvezető", "nb": "Gruppeleder", "da": "Gruppeleder",
             "uk": "Керівник групи", "bg": "Ръководител екип"},
    "manager": {"en": "Manager", "hu": "Vezető", "nb": "Leder", "da": "Leder", "uk": "Менеджер",
                "bg": "Мениджър"},
    "keeper": {"en": "Knowledge keeper and trainer", "hu": "Tudásgazda és oktató",
               "nb": "Kunnskapsansvarlig og kursholder", "da": "Vidensansvarlig og underviser",
               "uk": "Редактор знань і тренер", "bg": "Отговорник за знанията и обучител"},
    "administrator": {"en": "Administrator", "hu": "Rendszergazda", "nb": "Administrator",
                      "da": "Administrator", "uk": "Адміністратор", "bg": "Администратор"},
    "auditor": {"en": "Auditor", "hu": "Ellenőr", "nb": "Revisor", "da": "Revisor", "uk": "Аудитор",
                "bg": "Одитор"},
}
