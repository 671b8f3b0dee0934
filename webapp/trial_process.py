"""A process of its own for a trial: a packed version comes in, the report goes out. It opens no file and no database.

`python -m webapp.trial_process BUSINESS HASH`; the web server starts it, gives it no environment and ends it in time.
"""

from __future__ import annotations

import json
import sys
import time

from engine.bundles.loading import assemble
from engine.bundles.manifest import unpack
from engine.scenarios import plain, run
from webapp.bounded import bounded
from webapp.known import KNOWN


def main(business: str, version: str) -> None:
    """The files were checked by every rule before."""
    bounded()
    bundle = assemble(unpack(sys.stdin.buffer.read(), version), business, KNOWN)
    print(json.dumps(plain(bundle, run(bundle, KNOWN, time.monotonic)), ensure_ascii=True))


if __name__ == "__main__":
    main(*sys.argv[1:3])
