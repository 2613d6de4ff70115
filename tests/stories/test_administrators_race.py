"""Two administrators sign each other out at the same moment."""

import threading
from datetime import UTC, datetime

import pytest
from django.db import connection

from firstline.accounts.models import Agent
from firstline.accounts.principal import OPERATOR
from firstline.core.errors import Conflict
from firstline.flows import agents
from firstline.flows.setting_up import set_up

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


@pytest.mark.django_db(transaction=True)
def test_one_administrator_stays() -> None:
    both = [set_up(admin_email=f"{name}@example.org", name=name, language="en", now=NOW).agent
            for name in ("ann", "bo")]
    gate, refused = threading.Barrier(2), []

    def sign_out(agent: int) -> None:
        gate.wait()
        try:
            agents.deactivate(agent, by=OPERATOR, now=NOW)
        except Conflict as conflict:
            refused.append(conflict)
        connection.close()

    threads = [threading.Thread(target=sign_out, args=[agent]) for agent in both]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(refused), Agent.objects.filter(is_active=True).count()) == (1, 1)
