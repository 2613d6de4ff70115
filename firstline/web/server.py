"""What the web process serves: pages as WSGI on long-lived threads, joined to ASGI."""

from __future__ import annotations

from a2wsgi import WSGIMiddleware

from firstline.web.wsgi import application

THREADS = 8
app = WSGIMiddleware(application, workers=THREADS)
