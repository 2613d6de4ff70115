"""A private Dovecot on free loopback ports: a real IMAP server with IDLE, plain and with TLS."""

import imaplib
import os
import pwd
import shutil
import ssl
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.support import children
from tests.support.certificate import make_certificate
from tests.support.waiting import free_port, is_listening, wait_for

PASSWORD = "correct-horse"
CONFIGURATION = """\
base_dir = {home}/run
state_dir = {home}/state
log_path = {home}/dovecot.log
protocols = imap
listen = 127.0.0.1
ssl = yes
ssl_cert = <{certificate}
ssl_key = <{key}
disable_plaintext_auth = no
default_internal_user = {internal}
default_login_user = {login}
default_internal_group = {group}
first_valid_uid = 1
first_valid_gid = 1
mail_location = maildir:{home}/mail/%u
mailbox_idle_check_interval = 1s
auth_failure_delay = 0
mail_max_userip_connections = 100
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={home}/mail/%u
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = {tls_port}
    ssl = yes
  }}
}}
service anvil {{
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
  chroot =
}}
service stats {{
  chroot =
}}
"""


def program() -> str | None:
    """The Dovecot 2.3 program of this machine; later versions read another configuration language."""
    found = shutil.which("dovecot", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    if not found:
        return None
    version = subprocess.run([found, "--version"], capture_output=True, text=True, check=True).stdout
    return found if version.startswith("2.3.") else None


class Dovecot:
    """The server; every user name has its own mailbox and the same password."""

    def __init__(self, executable: str) -> None:
        self.home = Path(tempfile.mkdtemp(prefix="firstline-imap-"))
        self.port, self.tls_port = free_port(), free_port()
        self.certificate = make_certificate(self.home)
        (self.home / "mail").mkdir()
        self._executable = executable
        is_root = os.geteuid() == 0
        owner = pwd.getpwnam("nobody") if is_root else pwd.getpwuid(os.geteuid())
        if is_root:
            self.home.chmod(0o755)
            os.chown(self.home / "mail", owner.pw_uid, owner.pw_gid)
        me = pwd.getpwuid(os.geteuid()).pw_name
        (self.home / "dovecot.conf").write_text(
            CONFIGURATION.format(
                home=self.home,
                certificate=self.certificate.certificate,
                key=self.certificate.key,
                internal="dovecot" if is_root else me,
                login="dovenull" if is_root else me,
                group="dovecot" if is_root else me,
                uid=owner.pw_uid,
                gid=owner.pw_gid,
                password=PASSWORD,
                port=self.port,
                tls_port=self.tls_port,
            ),
            encoding="utf-8",
        )
        self.start()

    def start(self) -> None:
        """Start it, or start it again on the same ports."""
        self._process = children.start(
            [self._executable, "-F", "-c", self.home / "dovecot.conf"], log=self.home / "output.log"
        )
        wait_for(lambda: is_listening(self.port), what="Dovecot")

    def stop(self) -> None:
        """Stop it; the mailboxes stay."""
        children.stop(self._process, seconds=1.0)

    def remove(self) -> None:
        """Stop it and delete everything."""
        self.stop()
        shutil.rmtree(self.home, ignore_errors=True)


@dataclass(frozen=True, slots=True)
class Account:
    """One user's mailbox on a running Dovecot."""

    server: Dovecot
    user: str
    password: str = PASSWORD

    @property
    def url(self) -> str:
        """The plain address, as `mailbox add --imap` takes it."""
        return f"imap://{self.user}@127.0.0.1:{self.server.port}/INBOX"

    @property
    def tls_url(self) -> str:
        """The address with TLS; the certificate is `server.certificate.certificate`."""
        return f"imaps://{self.user}@localhost:{self.server.tls_port}/INBOX"

    @contextmanager
    def connection(self, *, folder: str = "INBOX") -> Iterator[imaplib.IMAP4]:
        """A signed-in connection with `folder` selected."""
        with imaplib.IMAP4("127.0.0.1", self.server.port) as client:
            client.login(self.user, self.password)
            client.select(folder)
            yield client

    @contextmanager
    def tls_connection(self) -> Iterator[imaplib.IMAP4]:
        """A signed-in connection over TLS that trusts the server's own certificate."""
        context = ssl.create_default_context(cafile=str(self.server.certificate.certificate))
        with imaplib.IMAP4_SSL("localhost", self.server.tls_port, ssl_context=context) as client:
            client.login(self.user, self.password)
            yield client

    def append(self, raw: bytes, *, folder: str = "INBOX") -> None:
        """Put a message into the mailbox, unseen."""
        with self.connection() as client:
            if folder != "INBOX":
                client.create(folder)
            status, answer = client.append(folder, None, None, raw)
        assert status == "OK", answer

    def flags(self, *, folder: str = "INBOX") -> dict[int, frozenset[str]]:
        """The flags of every message, by UID."""
        with self.connection(folder=folder) as client:
            _, lines = client.uid("FETCH", "1:*", "(FLAGS)")
        lines = [line for line in lines if isinstance(line, bytes)]
        return {
            int(line.split(b"UID ")[1].split()[0].rstrip(b")")): frozenset(
                flag.decode() for flag in imaplib.ParseFlags(line)
            )
            for line in lines
        }
