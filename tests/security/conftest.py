"""A desk with agents of every role, for every test here."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.support.web_desk import WebDesk


@pytest.fixture
def desk(db: None) -> WebDesk:
    from tests.support.web_desk import make_web_desk

    return make_web_desk()
