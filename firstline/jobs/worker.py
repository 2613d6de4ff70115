"""The worker process: letters and mail as they come due, and, where it is told to, fetching and listening."""

from __future__ import annotations

import os
import signal
import sys

import django


def main(names: frozenset[str]) -> int:
    """Work until SIGTERM or SIGINT; 0, or 78 (a setting is wrong) when the LMTP address cannot be had."""
    wanted = {signal.SIGTERM, signal.SIGINT}
    # First of all: a stop that comes while the process still loads is kept, and ends it cleanly.
    signal.pthread_sigmask(signal.SIG_BLOCK, wanted)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "firstline.settings")
    django.setup()
    from firstline.jobs.duties import Duties

    duties = Duties(names)
    try:
        duties.start()
    except OSError as error:
        sys.stderr.write(f"Cannot listen for LMTP: {error}. Choose another FIRSTLINE_LMTP.\n")
        return 78
    signal.sigwait(wanted)
    duties.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main(frozenset(sys.argv[1:])))
