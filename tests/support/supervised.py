"""Run the real supervisor over a tiny web application: `python -m tests.support.supervised PORT`."""

import sys

from firstline.jobs.supervisor import Child, supervise

if __name__ == "__main__":
    web = [sys.executable, "-m", "firstline.jobs.webserver", "127.0.0.1", sys.argv[1],
           "tests.support.streaming:app"]
    sys.exit(supervise([Child("web", web)]))
