"""TLS as Firstline speaks it: always verified, by the system's authorities and the operator's own."""

import ssl
from pathlib import Path


def verified_context(ca_file: Path | None = None) -> ssl.SSLContext:
    """A client context that checks chain and host name; `ca_file` (PEM) is trusted beside the system's."""
    context = ssl.create_default_context()
    if ca_file is not None:
        context.load_verify_locations(ca_file)
    return context
