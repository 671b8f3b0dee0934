"""A process of its own in which one version is played, move after move. It opens no file and no database.

`python -m webapp.play_process BUSINESS HASH`. The packed version comes first, its length on a line before it; then a
question a line, answered by a line. The web server starts it, gives it no environment, and ends it in time; left alone
it ends by itself.
"""

from __future__ import annotations

import json
import os
import sys
import time
from dataclasses import asdict
from threading import Timer
from typing import Any

from engine.bundles.loading import assemble
from engine.bundles.manifest import unpack
from engine.scenarios.bounds import Bounds
from engine.scenarios.playing_text import play_text
from engine.scenarios.recorded import Recorded
from engine.scenarios.sandbox import Sandbox
from engine.scenarios.walking import walk
from webapp.bounded import bounded
from webapp.known import KNOWN

IDLE = 180
"""Seconds without a question."""


def main(business: str, version: str) -> None:
    bounded()
    source = sys.stdin.buffer
    files = unpack(source.read(int(source.readline())), version)
    sandbox = Sandbox(assemble(files, business, KNOWN), KNOWN)
    while line := _next():
        print(json.dumps(_answer(sandbox, json.loads(line)), ensure_ascii=True), flush=True)


def _next() -> bytes:
    """The next question; nobody asks for a process that has ended."""
    idle = Timer(IDLE, os._exit, (0,))
    idle.daemon = True
    idle.start()
    try:
        return sys.stdin.buffer.readline()
    finally:
        idle.cancel()


def _answer(sandbox: Sandbox, asked: dict[str, Any]) -> dict[str, Any]:
    bounds = Bounds(time.monotonic)
    if "text" in asked:
        played = play_text(sandbox, asked["file"], asked["text"].encode(), bounds)
        return {"findings": [asdict(one) for one in played.findings]}
    return walk(sandbox, Recorded.of(asked), bounds).plain()


if __name__ == "__main__":
    main(*sys.argv[1:3])
