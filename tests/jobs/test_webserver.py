"""What the product relies on in the embedded web server."""

import contextlib
import socket
from pathlib import Path

from tests.support.served import Served
from tests.support.waiting import wait_for


def test_a_body_of_35_megabytes_arrives_whole(served: Served) -> None:
    assert served.get(data=b"x" * 35_000_000).split()[1] == b"35000000"


def test_a_slow_client_holds_up_nobody(served: Served) -> None:
    with socket.create_connection(("127.0.0.1", served.port), timeout=10) as slow:
        slow.sendall(b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\nx")
        assert all(served.web_pid() for _ in range(20))


def test_fifty_open_streams_hold_up_nobody(served: Served) -> None:
    with contextlib.ExitStack() as streams:
        for _ in range(50):
            streams.enter_context(served.open_stream())
        assert served.web_pid()


def test_a_stream_ends_when_its_reader_leaves(served: Served) -> None:
    served.open_stream().close()
    wait_for(lambda: served.get("/streams") == b"0", what="the end of the stream")


def test_an_open_stream_is_no_error_when_the_server_stops(served: Served) -> None:
    with served.open_stream():
        served.process.terminate()
        served.process.wait(timeout=5)
    assert served.log.read_text() == ""


def test_the_web_process_starts_no_other(served: Served) -> None:
    pid = served.web_pid()
    assert Path(f"/proc/{pid}/task/{pid}/children").read_text() == ""
