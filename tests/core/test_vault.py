"""Secrets at rest."""

import pytest
from django.test import override_settings

from firstline.core.vault import VaultLocked, lock, unlock


def test_what_is_locked_opens_again() -> None:
    assert unlock(lock("pässword ő")) == "pässword ő"


def test_the_secret_is_not_readable() -> None:
    assert "password" not in lock("password")


def test_nothing_stays_nothing() -> None:
    assert (lock(""), unlock("")) == ("", "")


def test_another_desk_cannot_open_it() -> None:
    locked = lock("password")
    with override_settings(SECRET_KEY="another" * 8), pytest.raises(VaultLocked):
        unlock(locked)


def test_a_changed_text_does_not_open() -> None:
    with pytest.raises(VaultLocked):
        unlock(lock("password")[:-4] + "AAAA")
