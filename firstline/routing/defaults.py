"""The centres, priorities and closing policies that a desk begins with (DESK, Defaults)."""

from __future__ import annotations

from dataclasses import dataclass

from firstline.core.labels import Labels, labels

FRONT_LINE = "front-line"


@dataclass(frozen=True, slots=True)
class CentreDefault:
    """A support centre; `levels` are those it has of its own: level 1 belongs to the shared front line."""

    key: str
    labels: Labels
    levels: tuple[int, ...]
    shared: bool = False


@dataclass(frozen=True, slots=True)
class PriorityDefault:
    """A step of the one scale of urgency; its promise has the same key."""

    rank: int
    key: str
    labels: Labels
    dated: bool = False
    default: bool = False


@dataclass(frozen=True, slots=True)
class ClosingDefault:
    """Who closes: `front-line` or the `solver`."""

    key: str
    labels: Labels
    closer: str


CENTRES = (
    CentreDefault(FRONT_LINE, labels(
        "Front line", "Első szint", "Førstelinje", "Førstelinje", "Перша лінія", "Първа линия"), (1,), shared=True),
    CentreDefault("workplace", labels(
        "Workplace", "Munkahelyi eszközök", "Arbeidsplass", "Arbejdsplads", "Робочі місця", "Работни места"), (2,)),
    CentreDefault("network", labels("Network", "Hálózat", "Nettverk", "Netværk", "Мережа", "Мрежа"), (2, 3)),
    CentreDefault("telephony", labels(
        "Telephony", "Telefónia", "Telefoni", "Telefoni", "Телефонія", "Телефония"), (2,)),
    CentreDefault("servers", labels(
        "Servers and mail", "Kiszolgálók és levelezés", "Servere og e-post", "Servere og mail", "Сервери й пошта",
        "Сървъри и поща"), (2, 3)),
    CentreDefault("applications", labels(
        "Applications", "Alkalmazások", "Applikasjoner", "Applikationer", "Застосунки", "Приложения"), (2, 3)),
    CentreDefault("accounts", labels(
        "Accounts and access", "Fiókok és hozzáférés", "Kontoer og tilgang", "Konti og adgang",
        "Облікові записи й доступ", "Акаунти и достъп"), (2,)),
    CentreDefault("supplier", labels(
        "Supplier", "Szállító", "Leverandør", "Leverandør", "Постачальник", "Доставчик"), (2,)),
)

PRIORITIES = (
    PriorityDefault(1, "outage", labels(
        "Enterprise outage", "Vállalati leállás", "Driftsstans i hele virksomheten",
        "Driftsstop i hele virksomheden", "Збій у всій компанії", "Срив в цялата фирма")),
    PriorityDefault(2, "critical", labels(
        "Critical situation", "Kritikus helyzet", "Kritisk situasjon", "Kritisk situation", "Критична ситуація",
        "Критична ситуация")),
    PriorityDefault(3, "high", labels("High", "Magas", "Høy", "Høj", "Високий", "Висок")),
    PriorityDefault(4, "medium", labels("Medium", "Közepes", "Middels", "Mellem", "Середній", "Среден"),
                    default=True),
    PriorityDefault(5, "low", labels("Low", "Alacsony", "Lav", "Lav", "Низький", "Нисък")),
    PriorityDefault(6, "scheduled", labels(
        "Regular scheduled service", "Rendszeres ütemezett szolgáltatás", "Fast planlagt tjeneste",
        "Fast planlagt service", "Регулярне планове обслуговування", "Редовно планово обслужване"), dated=True),
    PriorityDefault(7, "planned", labels(
        "Planned event", "Tervezett esemény", "Planlagt hendelse", "Planlagt begivenhed", "Запланована подія",
        "Планирано събитие"), dated=True),
)

CLOSING = (
    ClosingDefault("front-line", labels(
        "The front line closes", "Az első szint zárja le", "Førstelinjen lukker", "Førstelinjen lukker",
        "Закриває перша лінія", "Затваря първата линия"), "front-line"),
    ClosingDefault("solver", labels(
        "The solver closes", "A megoldó zárja le", "Den som løser, lukker", "Den, der løser, lukker",
        "Закриває той, хто вирішив", "Затваря този, който е решил"), "solver"),
)


def team_labels(centre: CentreDefault, level: int) -> Labels:
    """The name of one level of a centre: *Network, level 2*; the front line is named like its centre."""
    if centre.shared:
        return centre.labels
    steps = labels(f"level {level}", f"{level}. szint", f"{level}. linje", f"niveau {level}", f"рівень {level}",
                   f"ниво {level}")
    return {language: f"{centre.labels[language]}, {steps[language]}" for language in steps}
