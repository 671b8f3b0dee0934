"""The relay of a benchmark's installation, as its own process."""

from __future__ import annotations

import sys
from pathlib import Path

from webapp.app import KNOWN
from workers.entry import relay_main
from workers.settings import WorkerSettings

if __name__ == "__main__":
    folder, database_url, redis_url = sys.argv[1:]
    relay_main(WorkerSettings(Path(folder), database_url, redis_url, known=KNOWN))
