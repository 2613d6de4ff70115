"""The web process: granian inside this one process, serving one ASGI application."""

import asyncio
import importlib
import os
import signal
import sys
from typing import Any

from granian.constants import HTTPModes, Interfaces
from granian.log import LogLevels
from granian.server.embed import Server

APPLICATION = "firstline.web.server:app"
DRAIN_S = 3.0
"""How long open answers may go on after SIGTERM; event streams never end by themselves."""


def load(name: str) -> Any:
    """The object that `module:attribute` names; a name, since doors do not import one another."""
    module, _, attribute = name.partition(":")
    return getattr(importlib.import_module(module), attribute)


async def serve(application: Any, *, host: str, port: int) -> None:
    """Answer requests until SIGTERM or SIGINT, then let open answers end for at most DRAIN_S seconds."""
    server: Any = Server(
        application,
        address=host,
        port=port,
        interface=Interfaces.ASGINL,
        backlog=1024,
        http=HTTPModes.http1,
        websockets=False,
        log_level=LogLevels.error,
    )
    stopping = asyncio.Event()
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
