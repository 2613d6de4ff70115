"""Two desks mail each other, and strangers use one to flood a third: both come to rest (PROMISES, Automatic mail)."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest
from django.db import connection

from firstline.insight.check import prove
from firstline.jobs.letters import LetterDuty
from firstline.notices.models import Outgoing
from tests.support.desk import Desk
from tests.support.desk_node import Node
from tests.support.mail_desk import MONDAY, letter, make_desk

BARE = frozenset({"from", "to", "subject", "date"})
THREAD = frozenset({"message-id", "references", "in-reply-to"})
FORM = frozenset({"mime-version", "content-type", "content-transfer-encoding"})
MOST = 4


def only(names: frozenset[str]) -> Callable[[bytes], bytes]:
    """A road that loses every header but these."""

    def stripped(raw: bytes) -> bytes:
        mail = message_from_bytes(raw, policy=policy.default)
        assert isinstance(mail, EmailMessage)
        for name in {name for name in set(mail) if name.lower() not in names | FORM}:
            del mail[name]
        return mail.as_bytes(policy=policy.SMTP)

    return stripped


@pytest.fixture(scope="module")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("migrated")
    Desk(home, f"sqlite:///{home}/desk.sqlite3").done("migrate", "--no-dictionaries")
    return home / "desk.sqlite3"


@pytest.fixture
def nodes(tmp_path: Path, migrated: Path) -> Iterator[tuple[Node, Node]]:
    made = []
    for name in ("north", "south"):
        home = tmp_path / name
        home.mkdir()
        shutil.copy(migrated, home / "desk.sqlite3")
        made.append(Node(Desk(home, f"sqlite:///{home}/desk.sqlite3"), f"desk@{name}.example"))
    yield made[0], made[1]
    for node in made:
        node.close()


@pytest.mark.parametrize("road", [bytes, only(BARE | THREAD), only(BARE)], ids=["whole", "stripped", "unthreaded"])
def test_two_desks_come_to_rest_after_four_mails_a_side(nodes, road):
    north, south = nodes
    now, sent = MONDAY, {north.address: 0, south.address: 0}
    under_way = [letter(sender=south.address, to=north.address, subject="Hello", text="Is anybody there?")]
    here, there = north, south
    while under_way and max(sent.values()) <= MOST:
        now += timedelta(minutes=2)
        under_way = [road(mail) for mail in here.take(*under_way, now=now)]
        sent[here.address] += len(under_way)
        here, there = there, here
    assert sent[north.address] >= 1 and max(sent.values()) <= MOST, sent


@pytest.mark.django_db(transaction=True)
def test_five_hundred_mails_from_one_victim_bring_him_one_mail_though_two_work_at_once():
    from tests.support.swept_story import InThread

    desk = make_desk()
    for n in range(500):
        desk.take(letter(subject=f"Offer {n}", text=f"word {n}", sender="victim@third.example"))

    def work(name: str) -> None:
        duty = LetterDuty(InThread(), worker=name)
        while duty.once():
            pass
        connection.close()

    workers = [threading.Thread(target=work, args=[f"w{n}"]) for n in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(120)
    assert Outgoing.objects.count() == 1
    assert prove(now=desk.now).ok
