"""What the web process serves: pages as WSGI on long-lived threads, joined to ASGI."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any, cast

from a2wsgi import WSGIMiddleware

from firstline.web.wsgi import application

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

THREADS = 8
_pages: Any = WSGIMiddleware(cast(Any, application), workers=THREADS)


async def app(scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
    """Serve one request. The server's receive and send are awaitable, but a2wsgi needs true coroutines."""
    async def received() -> Message:
        return await receive()

    async def sent(message: Message) -> None:
        await send(message)

    await _pages(scope, received, sent)
