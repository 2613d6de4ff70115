"""Secrets of outside servers, encrypted at rest with a key derived from the desk's own."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

_PURPOSE = b"firstline.core.vault/1"


class VaultLocked(Exception):
    """A secret that this desk's key does not open: the key was changed, or the text is none of ours."""


def lock(secret: str) -> str:
    """The secret encrypted and authenticated (Fernet, key by HKDF-SHA256, RFC 5869); '' stays ''."""
    return _box(settings.SECRET_KEY).encrypt(secret.encode()).decode("ascii") if secret else ""


def unlock(locked: str) -> str:
    """What `lock` was given; '' stays ''. Raises VaultLocked."""
    if not locked:
        return ""
    try:
        return _box(settings.SECRET_KEY).decrypt(locked.encode()).decode()
    except InvalidToken:
        raise VaultLocked("The stored password cannot be opened with this desk's key; type it again.") from None


@lru_cache(maxsize=2)
def _box(key: str) -> Fernet:
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=_PURPOSE).derive(key.encode())
    return Fernet(urlsafe_b64encode(derived))
