"""What the operator set in the environment, read once and checked with a sentence."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit
from zoneinfo import available_timezones

LANGUAGES = ("en", "hu", "nb", "da", "uk", "bg")


class WrongConfiguration(Exception):
    """A setting that cannot be used; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Database:
    """Where the data lives: `engine` is sqlite3 or postgresql, `name` a path or a database name."""

    engine: str
    name: str
    user: str = ""
    password: str = ""
    host: str = ""
    port: str = ""
    options: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Config:
    """Every FIRSTLINE_ variable and DATABASE_URL, with defaults filled in."""

    home: Path
    files: Path
    database: Database
    url: str
    smtp_url: str
    lmtp: str
    language: str
    time_zone: str
    allow_hosts: frozenset[str]
    testing: bool

    @property
    def host(self) -> str:
        return urlsplit(self.url).hostname or "localhost"


def parse_database(url: str) -> Database:
    """Read `sqlite:///path`, `postgresql://user:pass@host:port/name` or `postgresql:///name?host=/socket`."""
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        path = url.removeprefix("sqlite:///")
        if not path or path == url:
            raise WrongConfiguration("DATABASE_URL for SQLite reads sqlite:///path/to/file; no path was given.")
        return Database("sqlite3", str(Path(path).absolute()))
    if parts.scheme in ("postgresql", "postgres"):
        options = {key: values[-1] for key, values in parse_qs(parts.query).items()}
        host = options.pop("host", parts.hostname or "")
        name = unquote(parts.path.lstrip("/"))
        if not name:
            raise WrongConfiguration("DATABASE_URL for PostgreSQL ends in the name of the database: "
                                     "postgresql://user@host/NAME.")
        return Database("postgresql", name, unquote(parts.username or ""), unquote(parts.password or ""),
                        host, str(parts.port or options.pop("port", "")), tuple(sorted(options.items())))
    raise WrongConfiguration(f"DATABASE_URL begins with sqlite:/// or postgresql://, not with {parts.scheme!r}.")


def _url(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise WrongConfiguration(f"FIRSTLINE_URL is an address such as https://desk.example.org, not {value!r}.")
    return value.rstrip("/")


def read(environ: Mapping[str, str] | None = None) -> Config:
    """The configuration from `environ` (default: the process's). Raises WrongConfiguration."""
    env = os.environ if environ is None else environ
    home = Path(env.get("FIRSTLINE_HOME") or "var").absolute()
    language = env.get("FIRSTLINE_LANGUAGE") or "en"
    if language not in LANGUAGES:
        raise WrongConfiguration(f"FIRSTLINE_LANGUAGE is one of {', '.join(LANGUAGES)}, not {language!r}.")
    zone = env.get("FIRSTLINE_TIME_ZONE") or "UTC"
    if zone not in available_timezones():
        raise WrongConfiguration(f"FIRSTLINE_TIME_ZONE is a name such as Europe/Budapest, not {zone!r}.")
    return Config(
        home=home,
        files=Path(env.get("FIRSTLINE_FILES") or home / "files").absolute(),
        database=parse_database(env.get("DATABASE_URL") or f"sqlite:///{home / 'firstline.sqlite3'}"),
        url=_url(env.get("FIRSTLINE_URL") or "http://127.0.0.1:8000"),
        smtp_url=env.get("FIRSTLINE_SMTP_URL", ""),
        lmtp=env.get("FIRSTLINE_LMTP", ""),
        language=language,
        time_zone=zone,
        allow_hosts=frozenset(env.get("FIRSTLINE_ALLOW_HOSTS", "").lower().replace(",", " ").split()),
        testing=env.get("FIRSTLINE_TESTING") == "1",
    )


def secret_key(home: Path) -> str:
    """The desk's secret from `home/secret.key`, made on first use, readable by its owner only."""
    path = home / "secret.key"
    try:
        return path.read_text(encoding="ascii").strip()
    except FileNotFoundError:
        home.mkdir(parents=True, exist_ok=True)
    made = home / f".secret.{secrets.token_hex(8)}"
    descriptor = os.open(made, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(48))
        file.flush()
        os.fsync(file.fileno())
    try:
        # A link appears whole or not at all, and of two processes at once the first wins.
        os.link(made, path)
    except FileExistsError:
        pass
    finally:
        made.unlink()
    return path.read_text(encoding="ascii").strip()
