"""A web process of six threads: `python -m tests.cli.narrow_web DATA PORT STREAMS`, with room for so many streams."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

from cli.installation import Installation
from cli.part import WebServer
from cli.web import application, web_settings

THREADS = 6
GRACE = 60  # seconds: whoever waits for it is seen to do so, however slow the machine is


class NarrowWeb(WebServer):
    """The product's own, small enough to be filled by a test."""

    streams = 0

    def values(self) -> dict[str, Any]:
        return {**super().values(), "workers": 1, "threads": THREADS, "graceful_timeout": GRACE}

    def load(self) -> Any:
        return application(self.place, replace(web_settings(self.place, False), streams=self.streams))


if __name__ == "__main__":
    NarrowWeb.streams = int(sys.argv[3])
    place, port = Installation(Path(sys.argv[1])), int(sys.argv[2])
    sys.argv[1:] = []
    NarrowWeb(place, port, behind_proxy=False).run()
