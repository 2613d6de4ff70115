"""An IMAP server that does what a real one may do but Dovecot never does, and a proxy that hides IDLE."""

import socket
import threading


class ScriptedImap:
    """Answers each command by the table `answers`: bytes, or None to hang up; `{tag}` stands for the tag."""

    def __init__(self, **answers):
        self.answers = {
            "CAPABILITY": "* CAPABILITY IMAP4rev1\r\n{tag} OK done\r\n",
            "LOGIN": "{tag} OK in\r\n",
            "SELECT": "* OK [UIDVALIDITY 7] fine\r\n{tag} OK [READ-WRITE] open\r\n",
            "LOGOUT": "* BYE\r\n{tag} OK out\r\n",
        } | answers
        self.heard = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        threading.Thread(target=self._serve, daemon=True).start()

    @property
    def url(self):
        return f"imap://help@127.0.0.1:{self.port}/INBOX"

    def close(self):
        self._listener.close()

    def _serve(self):
        with self._listener.accept()[0] as line, line.makefile("rb") as lines:
            line.sendall(b"* OK hello\r\n")
            tag = ""
            while text := lines.readline().decode().strip():
                self.heard.append(text)
                first, _, rest = text.partition(" ")
                tag = first if rest else tag
                answer = self.answers.get(self._key(rest or "LINE"), "{tag} BAD what?\r\n")
                if answer is None:
                    return
                line.sendall(answer.replace("{tag}", tag).encode())

    def _key(self, command):
        """`UID FETCH 1 (…)` has the key `FETCH 1` if the table knows it, else `FETCH`, and `SIZES` for sizes."""
        words = command.removeprefix("UID ").split(" ")
        if "RFC822.SIZE" in command:
            return "SIZES"
        exact = " ".join(words[:2])
        return exact if exact in self.answers else words[0]


class WithoutIdle:
    """A proxy before a real server that leaves IDLE out of what the server can do."""

    def __init__(self, port):
        self._target = port
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        threading.Thread(target=self._serve, daemon=True).start()

    def close(self):
        self._listener.close()

    def _serve(self):
        client, _ = self._listener.accept()
        server = socket.create_connection(("127.0.0.1", self._target))
        threading.Thread(target=self._pump, args=(client, server), daemon=True).start()
        self._pump(server, client)

    def _pump(self, source, target):
        with source, target:
            while piece := source.recv(65536):
                target.sendall(piece.replace(b" IDLE", b""))
