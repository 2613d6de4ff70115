"""Prepare the environment before Django is configured, and offer the real servers as fixtures."""

import atexit
import itertools
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support import chromium as chromium_support
from tests.support import dovecot as dovecot_support
from tests.support import postgresql
from tests.support.desk import Desk
from tests.support.missing import without
from tests.support.served import Served, supervised
from tests.support.smtp_sink import SmtpSink

KEPT = frozenset({"FIRSTLINE_TEST_DATABASE", "FIRSTLINE_TEST_SERVER", "FIRSTLINE_REQUIRE_SERVERS", "FIRSTLINE_DATA"})


def _prepare() -> Path:
    """Point every setting of this process at a temporary home; return it.

    Runs when this file is loaded, which is before pytest-django reads the settings. The first process of a
    test run starts PostgreSQL; the workers of xdist inherit its address.
    """
    for name in [name for name in os.environ if name.startswith("FIRSTLINE_") and name not in KEPT]:
        del os.environ[name]
    home = Path(tempfile.mkdtemp(prefix="firstline-test-"))
    atexit.register(shutil.rmtree, home, ignore_errors=True)
    os.environ["FIRSTLINE_HOME"] = str(home)
    os.environ["FIRSTLINE_TESTING"] = "1"
    os.environ["DATABASE_URL"] = f"sqlite:///{home}/firstline.sqlite3"
    if os.environ.get("FIRSTLINE_TEST_DATABASE") == "postgresql":
        os.environ["DATABASE_URL"] = _postgresql_server()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "firstline.settings")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # Playwright runs a loop in the thread of the test
    return home


def _postgresql_server() -> str:
    """The address of the shared cluster, started here unless a parent process has done so."""
    if "FIRSTLINE_TEST_SERVER" not in os.environ:
        programs = postgresql.binaries()
        if programs is None:
            raise pytest.UsageError(
                "FIRSTLINE_TEST_DATABASE=postgresql needs a PostgreSQL server; "
                "get it with: apt-get install postgresql"
            )
        cluster = postgresql.Cluster(programs)
        atexit.register(cluster.stop)
        os.environ["FIRSTLINE_TEST_SERVER"] = cluster.url("postgres")
    return os.environ["FIRSTLINE_TEST_SERVER"]


HOME = _prepare()


def pytest_configure() -> None:
    """Load the settings now; pytest-django then sets Django up, since it finds them configured."""
    from django.conf import settings

    assert settings.DATABASES


@pytest.fixture(scope="session")
def django_db_modify_db_settings() -> None:
    """Give the tests' database a name of its own in each process: a file on SQLite, never memory."""
    from django.conf import settings

    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    on_server = os.environ.get("FIRSTLINE_TEST_DATABASE") == "postgresql"
    name = f"test_{worker}_{os.getpid()}" if on_server else str(HOME / "test.sqlite3")
    settings.DATABASES["default"].setdefault("TEST", {})["NAME"] = name


_numbers = itertools.count(1)


def _new_database(folder: Path, *, like: str | None = None) -> str:
    """The address of a database of its own, of the kind under test: empty, or a copy of another on the server."""
    if os.environ.get("FIRSTLINE_TEST_DATABASE") != "postgresql":
        return f"sqlite:///{folder}/own.sqlite3"
    name = f"own_{os.getpid()}_{next(_numbers)}"
    return postgresql.create_database(os.environ["FIRSTLINE_TEST_SERVER"], name, like=like)


@pytest.fixture
def database_url(tmp_path: Path) -> Iterator[str]:
    """The address of an empty database of its own, for tests that start processes."""
    address = _new_database(tmp_path)
    yield address
    postgresql.drop_database(address)


@pytest.fixture(scope="session")
def desk_to_copy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A desk that was set up once, for copies; nobody works in it."""
    home = tmp_path_factory.mktemp("desk")
    made = Desk(home, _new_database(home))
    made.done("migrate", "--no-dictionaries")
    made.done("setup", "--admin", "admin@example.org")
    yield made
    postgresql.drop_database(made.database_url)


@pytest.fixture
def own_desk(tmp_path: Path, desk_to_copy: Desk) -> Iterator[Desk]:
    """A desk of its own on the database under test, set up by admin@example.org and driven by commands only."""
    home = tmp_path / "home"
    shutil.copytree(desk_to_copy.home, home)
    made = Desk(home, _new_database(home, like=desk_to_copy.database_url))
    yield made
    postgresql.drop_database(made.database_url)


@pytest.fixture(scope="session")
def dovecot_server() -> Iterator[dovecot_support.Dovecot]:
    """One Dovecot for the whole run."""
    executable = dovecot_support.program()
    if executable is None:
        without("Dovecot 2.3", package="dovecot-imapd")
    server = dovecot_support.Dovecot(executable)
    yield server
    server.remove()


@pytest.fixture
def dovecot(dovecot_server: dovecot_support.Dovecot) -> dovecot_support.Account:
    """An empty mailbox of its own on a real IMAP server."""
    return dovecot_support.Account(dovecot_server, f"desk{next(_numbers)}")


@pytest.fixture
def smtp_sink(tmp_path: Path) -> Iterator[SmtpSink]:
    """A real SMTP server that keeps what it accepted."""
    folder = tmp_path / "sink"
    folder.mkdir()
    sink = SmtpSink(folder)
    yield sink
    sink.stop()


@pytest.fixture(scope="session")
def chromium_browser() -> Iterator[object]:
    """One Chromium for the whole run."""
    executable = chromium_support.program()
    if executable is None:
        without("Chromium", package="chromium")
    with chromium_support.launched(executable) as browser:
        yield browser


@pytest.fixture
def chromium(chromium_browser):
    """A fresh page in a context of its own: no cookies, 1366 × 768."""
    context = chromium_browser.new_context(viewport={"width": 1366, "height": 768})
    page = context.new_page()
    yield page
    context.close()


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    """The real supervisor and web server over a tiny application."""
    with supervised(tmp_path) as running:
        yield running
