"""A process of its own for a trial: a packed version comes in; how far it is goes out line by line, then the report.

`python -m webapp.trial_process BUSINESS HASH`; the web server starts it, gives it no environment and ends it in time.
It opens no file and no database.
"""

from __future__ import annotations

import json
import sys
import time

from engine.bundles.loading import assemble
from engine.bundles.manifest import unpack
from engine.scenarios import Played, Report, plain
from engine.scenarios.running import covered, playable, plays
from webapp.bounded import bounded
from webapp.known import KNOWN


def main(business: str, version: str) -> None:
    """The files were checked by every rule before."""
    bounded()
    bundle = assemble(unpack(sys.stdin.buffer.read(), version), business, KNOWN)
    played: list[Played] = []
    _say({"done": 0, "total": len(playable(bundle))})
    for one in plays(bundle, KNOWN, time.monotonic):
        played.append(one)
        _say({"done": len(played), "total": len(playable(bundle))})
    _say(plain(bundle, Report(tuple(played), covered(bundle.drawing, tuple(played)))))


def _say(what: dict[str, object]) -> None:
    print(json.dumps(what, ensure_ascii=True), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:3])
