"""The web process: granian inside this one process, serving one ASGI application."""

import asyncio
import importlib
import os
import signal
import sys
from collections.abc import Awaitable, Callable
from typing import Any

from granian.constants import HTTPModes, Interfaces
from granian.log import LogLevels
from granian.server.embed import Server

APPLICATION = "firstline.web.server:app"
DRAIN_S = 3.0
"""How long open answers may go on after SIGTERM; event streams never end by themselves."""


Application = Callable[[Any, Any, Any], Awaitable[None]]


def load(name: str) -> Application:
    """The object that `module:attribute` names; a name, since doors do not import one another."""
    module, _, attribute = name.partition(":")
    found: Application = getattr(importlib.import_module(module), attribute)
    return found


def ending_quietly(application: Application, stopping: asyncio.Event) -> Application:
    """The same application, for which being cut short when the server stops is no error worth a log line."""

    async def answer(scope: Any, receive: Any, send: Any) -> None:
        try:
            await application(scope, receive, send)
        except asyncio.CancelledError:
            if not stopping.is_set():
                raise

    return answer


async def serve(application: Application, *, host: str, port: int) -> None:
    """Answer requests until SIGTERM or SIGINT, then let open answers end for at most DRAIN_S seconds.

    Sending to a reader who has gone is no error here: an endless answer must wait for `http.disconnect`.
    """
    stopping = asyncio.Event()
    server: Any = Server(
        ending_quietly(application, stopping),
        address=host,
        port=port,
        interface=Interfaces.ASGINL,
        backlog=1024,
        http=HTTPModes.http1,
        websockets=False,
        log_level=LogLevels.error,
    )
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stopping.set)
    serving = asyncio.create_task(server.serve())
    asked = asyncio.create_task(stopping.wait())
    await asyncio.wait({serving, asked}, return_when=asyncio.FIRST_COMPLETED)
    if serving.done():
        await serving
        raise RuntimeError("The web server ended by itself.")
    server.stop()
    await asyncio.wait({serving}, timeout=DRAIN_S)


def main(arguments: list[str]) -> None:
    """Serve APPLICATION, or the one named third, at HOST and PORT; end without waiting for idle threads."""
    host, port, *rest = arguments
    application = load(rest[0] if rest else APPLICATION)
    asyncio.run(serve(application, host=host, port=int(port)))
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(0)


if __name__ == "__main__":
    main(sys.argv[1:])
