"""Reading tickets: the rights in SQL, in Python and in the policy are one rule."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest

from firstline.accounts.principal import OPERATOR, Principal, Scope
from firstline.core.errors import NotFound
from firstline.flows import assigning, editing, replying, resolving, splitting
from firstline.tickets import desk as desk_
from firstline.tickets import policy
from firstline.tickets.models import Ticket
from firstline.tickets.queries import QueueFilter, attachment, queue_page, sight, story
from firstline.tickets.queries.reading_rows import rows
from tests.support.web_desk import WebDesk

SCOPES = [None, *Scope]
GRID = [(see, secret) for see, secret in product(SCOPES, [None, Scope.TEAM, Scope.ALL])]


def every_kind_of_ticket(desk: WebDesk) -> list[Ticket]:
    for team, owner, secret, solved in product((desk.near, desk.far), ("", "lead"), (False, True), (False, True)):
        number = desk.ticket(team=team, owner=owner, secret=secret)
        if solved:
            resolving.solve(number, by=OPERATOR, now=desk.now, answer="told")
    return list(Ticket.objects.all())


@pytest.mark.parametrize(("see", "secret"), GRID)
def test_the_three_tellings_of_the_rights_agree(desk: WebDesk, see: Scope | None, secret: Scope | None) -> None:
    found = {"ticket.see": see, "ticket.confidential": secret}
    permissions = {name: scope for name, scope in found.items() if scope is not None}
    reader = replace(desk.agents["lead"], permissions=permissions, teams=frozenset({desk.near}),
                     reach=frozenset({desk.near}))
    tickets = every_kind_of_ticket(desk)
    wanted = {ticket.number for ticket in tickets if policy.may_see(reader, desk_.read(ticket))}
    assert by_sql(reader) == wanted
    assert by_python(reader, tickets) == wanted


def by_sql(reader: Principal) -> set[int]:
    condition, values = sight(reader).sql()
    return {row[0] for row in rows("SELECT t.number FROM ticket t WHERE " + condition, values)}


def by_python(reader: Principal, tickets: list[Ticket]) -> set[int]:
    return {t.number for t in tickets
            if sight(reader).allows(team=t.team_id, assignee=t.assignee_id, accountable=t.accountable_id,
                                    status=t.status, confidential=t.confidential)}


def test_a_customer_reads_nothing_by_these_queries(desk: WebDesk) -> None:
    number = desk.ticket()
    with pytest.raises(NotFound):
        story(number, principal=Principal("person", desk.customer))


def test_a_split_ticket_tells_the_words_that_it_was_split_from(desk: WebDesk) -> None:
    number = desk.ticket(text="Both problems")
    new = splitting.split(number, by=OPERATOR, now=desk.now, seqs=[2], subject="The other")
    told = story(new, principal=desk.agents["lead"])
    assert [line.text for line in told.lines if line.origin == "split"] == ["Both problems"]


def test_a_split_from_a_secret_ticket_hides_its_words(desk: WebDesk) -> None:
    number = desk.ticket(text="CANARY")
    new = splitting.split(number, by=OPERATOR, now=desk.now, seqs=[2], subject="The other")
    editing.edit(number, by=OPERATOR, now=desk.now, confidential=True)
    told = story(new, principal=desk.agents["front-line"])
    assert told.hidden == 1
    assert not any("CANARY" in line.text for line in told.lines)


def test_words_taken_back_are_read_by_their_author_alone(desk: WebDesk) -> None:
    number, lead = desk.ticket(), desk.agents["lead"]
    said = replying.reply(number, by=lead, now=desk.now, text="Wrong")
    replying.withdraw(number, said.seq, by=lead, now=desk.now)
    texts = {role: [line.text for line in story(number, principal=desk.agents[role]).lines if line.withdrawn]
             for role in ("lead", "front-line")}
    assert texts == {"lead": ["Wrong"], "front-line": [""]}


def test_a_missing_file_and_a_forbidden_one_are_the_same(desk: WebDesk) -> None:
    with pytest.raises(NotFound):
        attachment(1, principal=desk.agents["lead"])


def test_counts_stop_at_a_thousand(desk: WebDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("firstline.tickets.queries.queue.COUNTED_TO", 2)
    for _ in range(3):
        desk.ticket()
    count = queue_page(QueueFilter(tab="open"), principal=desk.agents["lead"]).counts["open"]
    assert (count.number, count.more) == (2, True)


def test_pages_in_the_other_order_meet_every_ticket_once(desk: WebDesk) -> None:
    numbers = [desk.ticket() for _ in range(5)]
    lead = desk.agents["lead"]
    wanted = QueueFilter(tab="open", order="oldest")
    first = queue_page(wanted, principal=lead, limit=3)
    second = queue_page(wanted, principal=lead, after=first.after, limit=3)
    assert [row.number for row in (*first.rows, *second.rows)] == numbers
    assert second.after == ""


def test_the_queue_uses_its_index(desk: WebDesk) -> None:
    from django.db import connection

    if connection.vendor != "sqlite":
        pytest.skip("The plan is read on SQLite.")
    assigning.assign(desk.ticket(), by=OPERATOR, now=desk.now, agent=desk.agents["lead"].id)
    from firstline.tickets.queries.queue import _COLUMNS, _OPEN

    plan = rows("EXPLAIN QUERY PLAN " + _COLUMNS + "WHERE " + _OPEN + " ORDER BY t.order_key, t.number LIMIT 51", ())
    assert "ticket_queue" in str(plan)
    assert "TEMP B-TREE" not in str(plan)
