"""A process of its own in which cases are tried on another version. It opens no file and no database.

`python -m webapp.impact_process BUSINESS FROM TO`. Both packed versions come first, each with its length on a line
before it, then what becomes of what is gone and the company's settings; after that the state of a case a line, answered
by its verdict. It ends with its input.
"""

from __future__ import annotations

import json
import sys
from datetime import datetime
from typing import Any

from engine.bundles import Bundle
from engine.bundles.loading import assemble
from engine.bundles.manifest import unpack
from engine.migration import Trial
from webapp.bounded import bounded
from webapp.known import KNOWN

PROCESSOR = 900
"""Seconds: enough for a hundred thousand cases of which no two are alike."""


def main(business: str, source: str, target: str) -> None:
    bounded(PROCESSOR)
    here, there = _version(business, source), _version(business, target)
    trial = None
    while line := sys.stdin.buffer.readline():
        asked: dict[str, Any] = json.loads(line)
        trial = trial or Trial(here, there, asked["homes"], asked["settings"])
        verdict = trial.attempt(asked["state"], datetime.fromisoformat(asked["now"])).verdict
        print(json.dumps(verdict.plain(), ensure_ascii=True), flush=True)


def _version(business: str, named: str) -> Bundle:
    """The files were checked by every rule before."""
    source = sys.stdin.buffer
    return assemble(unpack(source.read(int(source.readline())), named), business, KNOWN)


if __name__ == "__main__":
    main(*sys.argv[1:4])
