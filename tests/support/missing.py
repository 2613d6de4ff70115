"""What a test does when a server it needs is not on this machine: skip, or fail where all must run."""

import os
from typing import NoReturn

import pytest


def without(server: str, *, package: str) -> NoReturn:
    """Skip with the way to get the server; fail instead where FIRSTLINE_REQUIRE_SERVERS=1."""
    reason = f"{server} is not on this machine; get it with: apt-get install {package}"
    if os.environ.get("FIRSTLINE_REQUIRE_SERVERS") == "1":
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)
