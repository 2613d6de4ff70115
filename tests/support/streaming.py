"""A tiny ASGI application for tests of the server: `/` answers its process, `/events` never ends by itself."""

import asyncio
import os
from typing import Any

open_streams: set[int] = set()


async def app(scope: Any, receive: Any, send: Any) -> None:
    """Answer `/` with process and size of the body, `/streams` with the number of open streams."""
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"text/plain")]})
    if scope["path"] == "/events":
        await stream(receive, send)
    elif scope["path"] == "/streams":
        await send({"type": "http.response.body", "body": str(len(open_streams)).encode()})
    else:
        size = await length(receive)
        await send({"type": "http.response.body", "body": f"{os.getpid()} {size}".encode()})


async def length(receive: Any) -> int:
    """The size of the body in bytes."""
    size = 0
    while True:
        message = await receive()
        size += len(message.get("body", b""))
        if not message.get("more_body"):
            return size


async def stream(receive: Any, send: Any) -> None:
    """Tick ten times a second until the reader leaves."""

    async def reader_left() -> None:
        while (await receive())["type"] != "http.disconnect":
            pass

    left = asyncio.create_task(reader_left())
    open_streams.add(id(left))
    try:
        while not left.done():
            await send({"type": "http.response.body", "body": b"tick\n", "more_body": True})
            await asyncio.sleep(0.1)
    finally:
        open_streams.discard(id(left))
        left.cancel()
