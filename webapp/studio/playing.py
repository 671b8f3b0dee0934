"""The scenarios of a proposal are played in a process of their own, which is bounded in time and memory."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from threading import Timer
from typing import Any

from engine import trials
from engine.actors import Actor
from engine.bundles import Bundle
from engine.bundles.manifest import pack
from engine.store import Store
from webapp.studio.asked import Broken
from webapp.studio.beside import Tell, start

ROOT = Path(__file__).resolve().parent.parent.parent
SECONDS = 150


def start_trial(store: Store, bundle: Bundle, by: Actor) -> None:
    """A trial begins, and goes on by itself. Busy; UnderWay when this very version is being tried already."""
    start(store, bundle.hash, by, lambda tell: trials.keep(store, play(bundle, tell), by))


def play(bundle: Bundle, told: Tell) -> dict[str, Any]:
    """The report of a trial; `told` hears how many of how many are played. Broken."""
    for said in _said(bundle):
        if "done" not in said:
            return said
        told(said["done"], said["total"])
    raise Broken


def _said(bundle: Bundle) -> Iterator[dict[str, Any]]:
    line = [sys.executable, "-m", "webapp.trial_process", bundle.business.id, bundle.hash]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(line, cwd=ROOT, env={}, **pipes) as process:  # type: ignore[call-overload]
        ending = Timer(SECONDS, process.kill)
        ending.start()
        try:
            process.stdin.write(pack(bundle.files))
            process.stdin.close()
            yield from map(json.loads, process.stdout)
        except (OSError, ValueError) as wrong:
            raise Broken from wrong
        finally:
            ending.cancel()
            process.kill()
