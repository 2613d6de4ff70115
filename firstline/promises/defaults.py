"""The calendars and promises that a desk begins with (DESK, Defaults)."""

from __future__ import annotations

from dataclasses import dataclass

from firstline.core.labels import Labels, labels

_WORKDAYS = range(5)
_HOUR, _DAY = 60, 24 * 60

DEFAULT_PROMISE = "medium"
ROUND_THE_CLOCK = "round-the-clock"


@dataclass(frozen=True, slots=True)
class CalendarDefault:
    """A calendar; intervals are (weekday, since, until) with weekday 0 = Monday and minutes since midnight.

    `time_zone` '' is the desk's own.
    """

    key: str
    labels: Labels
    time_zone: str
    country: str
    intervals: tuple[tuple[int, int, int], ...]


@dataclass(frozen=True, slots=True)
class PromiseDefault:
    """A promise in minutes; `calendar` '' is the desk's own. Whole days are desk days."""

    key: str
    labels: Labels
    calendar: str
    first_answer: int | None
    next_news: int | None
    solution: int | None
    level_holds: int | None


def _office(since: int, until: int) -> tuple[tuple[int, int, int], ...]:
    return tuple((day, since, until) for day in _WORKDAYS)


def _office_labels(country: Labels) -> Labels:
    words = labels("Office hours", "Munkaidő", "Kontortid", "Kontortid", "Робочий час", "Работно време")
    return {language: f"{words[language]}, {country[language]}" for language in words}


# The office calendar of each language: the desk's own is the one of its language.
OFFICE = {"en": "office-gb", "hu": "office-hu", "nb": "office-no", "da": "office-dk", "uk": "office-ua",
          "bg": "office-bg"}

CALENDARS = (
    CalendarDefault("office-gb", _office_labels(labels(
        "United Kingdom", "Egyesült Királyság", "Storbritannia", "Storbritannien", "Велика Британія",
        "Великобритания")), "Europe/London", "GB", _office(9 * 60, 17 * 60 + 30)),
    CalendarDefault("office-hu", _office_labels(labels(
        "Hungary", "Magyarország", "Ungarn", "Ungarn", "Угорщина", "Унгария")),
        "Europe/Budapest", "HU", _office(8 * 60, 16 * 60 + 30)),
    CalendarDefault("office-no", _office_labels(labels(
        "Norway", "Norvégia", "Norge", "Norge", "Норвегія", "Норвегия")),
        "Europe/Oslo", "NO", _office(8 * 60, 16 * 60)),
    CalendarDefault("office-dk", _office_labels(labels(
        "Denmark", "Dánia", "Danmark", "Danmark", "Данія", "Дания")),
        "Europe/Copenhagen", "DK", _office(8 * 60, 16 * 60)),
    CalendarDefault("office-ua", _office_labels(labels(
        "Ukraine", "Ukrajna", "Ukraina", "Ukraine", "Україна", "Украйна")),
        "Europe/Kyiv", "UA", _office(9 * 60, 18 * 60)),
    CalendarDefault("office-bg", _office_labels(labels(
        "Bulgaria", "Bulgária", "Bulgaria", "Bulgarien", "Болгарія", "България")),
        "Europe/Sofia", "BG", _office(9 * 60, 18 * 60)),
    CalendarDefault("seven-to-seven", labels(
        "7 to 19 on workdays", "Munkanapokon 7–19", "7–19 på hverdager", "7–19 på hverdage",
        "7–19 у робочі дні", "7–19 в работни дни"), "", "", _office(7 * 60, 19 * 60)),
    CalendarDefault(ROUND_THE_CLOCK, labels(
        "Round the clock", "Éjjel-nappal", "Døgnet rundt", "Døgnet rundt", "Цілодобово", "Денонощно"),
        "", "", tuple((day, 0, _DAY) for day in range(7))),
)

PROMISES = (
    PromiseDefault("outage", labels(
        "Enterprise outage", "Vállalati leállás", "Driftsstans i hele virksomheten",
        "Driftsstop i hele virksomheden", "Збій у всій компанії", "Срив в цялата фирма"),
        ROUND_THE_CLOCK, 15, 30, 4 * _HOUR, 15),
    PromiseDefault("critical", labels(
        "Critical situation", "Kritikus helyzet", "Kritisk situasjon", "Kritisk situation",
        "Критична ситуація", "Критична ситуация"), "", 30, _HOUR, 8 * _HOUR, 30),
    PromiseDefault("high", labels("High", "Magas", "Høy", "Høj", "Високий", "Висок"),
                   "", 2 * _HOUR, 4 * _HOUR, _DAY, 2 * _HOUR),
    PromiseDefault(DEFAULT_PROMISE, labels("Medium", "Közepes", "Middels", "Mellem", "Середній", "Среден"),
                   "", _DAY, 2 * _DAY, 3 * _DAY, 4 * _HOUR),
    PromiseDefault("low", labels("Low", "Alacsony", "Lav", "Lav", "Низький", "Нисък"),
                   "", _DAY, 5 * _DAY, 10 * _DAY, _DAY),
    PromiseDefault("scheduled", labels(
        "Regular scheduled service", "Rendszeres ütemezett szolgáltatás", "Fast planlagt tjeneste",
        "Fast planlagt service", "Регулярне планове обслуговування", "Редовно планово обслужване"),
        "", _DAY, None, None, None),
    PromiseDefault("planned", labels(
        "Planned event", "Tervezett esemény", "Planlagt hendelse", "Planlagt begivenhed", "Запланована подія",
        "Планирано събитие"), "", _DAY, None, None, None),
)
