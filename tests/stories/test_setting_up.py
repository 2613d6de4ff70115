"""A desk is set up."""

from datetime import UTC, datetime, timedelta

import pytest

from firstline.accounts import queries as accounts
from firstline.accounts.principal import Scope
from firstline.core.config import LANGUAGES
from firstline.core.errors import DeskError, NotFound
from firstline.flows import agents
from firstline.flows.setting_up import set_up
from firstline.notices.models import Mailbox
from firstline.promises import queries as promises
from firstline.routing import queries as routing
from tests.support.staff import NOW, new_desk, rights_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def welcome() -> agents.Welcome:
    return new_desk()


def test_the_first_administrator_may_do_everything(welcome) -> None:
    assert set(rights_of(welcome.agent).permissions.values()) == {Scope.ALL}


def test_setting_up_twice_adds_nothing_but_a_new_link(welcome) -> None:
    before = (len(routing.teams()), len(routing.categories()), len(promises.promises()), Mailbox.objects.count())
    again = set_up(admin_email="anna@example.org", name="Anna", language="en", now=NOW)
    after = (len(routing.teams()), len(routing.categories()), len(promises.promises()), Mailbox.objects.count())
    assert (before, welcome.agent) == (after, again.agent)


def test_the_new_link_ends_the_one_before(welcome) -> None:
    set_up(admin_email="anna@example.org", name="Anna", language="hu", now=NOW)
    with pytest.raises(NotFound):
        agents.open_link(welcome.secret, now=NOW)


def test_the_centres_have_the_levels_of_the_desk(welcome) -> None:
    levels = {card.centre_key: [] for card in routing.teams()}
    for card in routing.teams():
        levels[card.centre_key].append(card.level)
    assert levels["front-line"] == [1] and levels["network"] == [2, 3]


@pytest.mark.parametrize("cards", [routing.teams, routing.categories, routing.priorities, accounts.roles,
                                   promises.calendars, promises.promises])
def test_every_label_is_there_in_six_languages(welcome, cards) -> None:
    assert {tuple(sorted(card.labels)) for card in cards()} == {tuple(sorted(LANGUAGES))}


def test_no_label_says_billett(welcome) -> None:
    words = [text.casefold() for cards in (routing.teams(), routing.categories(), routing.priorities())
             for card in cards for text in card.labels.values()]
    assert not [text for text in words for word in ("billet", "квиток", "билет") if word in text]


def test_categories_are_two_deep(welcome) -> None:
    tops = {card.id for card in routing.categories() if card.parent is None}
    assert len(tops) == 11
    assert all(card.parent in tops for card in routing.categories() if card.parent is not None)


def test_security_is_closed_by_the_solver(welcome) -> None:
    assert {card.closer for card in routing.categories() if card.key.startswith("security")} == {"solver"}


def test_the_default_priority_is_medium(welcome) -> None:
    assert [card.key for card in routing.priorities() if card.id == routing.default_priority()] == ["medium"]


def test_a_first_answer_is_promised_at_the_same_time_next_desk_day(welcome) -> None:
    promise = promises.default_promise()
    friday = datetime(2026, 11, 20, 15, 0, tzinfo=UTC)
    assert promise.due(friday, promise.first_answer or 0) == friday + timedelta(days=3)


def test_an_outage_is_answered_round_the_clock(welcome) -> None:
    outage = next(card for card in promises.promises() if card.key == "outage")
    night = datetime(2026, 11, 21, 2, 0, tzinfo=UTC)
    assert outage.due(night, outage.first_answer or 0) == night + timedelta(minutes=15)


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(DeskError):
        set_up(admin_email="a@example.org", name="A", language="xx", now=NOW)
