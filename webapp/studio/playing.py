"""The scenarios of a proposal are played beside the web server, in a process that is bounded in time and memory.

No request waits for it: a thread listens to what the process says and writes it down, for whichever web process is
asked how far it is.
"""

from __future__ import annotations

import json
import logging
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Lock, Thread, Timer
from typing import Any

from engine import trials
from engine.actors import Actor
from engine.bundles import Bundle
from engine.bundles.manifest import pack
from engine.store import Store

ROOT = Path(__file__).resolve().parent.parent.parent
SECONDS = 150
THREAD = "trial"
_one_at_a_time = Lock()
_log = logging.getLogger("kaihu.trials")


class Busy(Exception):
    """Another trial is on its way in this process."""


class Broken(Exception):
    """The trial did not come to its end."""


def start(store: Store, bundle: Bundle, by: Actor) -> None:
    """A trial begins, and goes on by itself. Busy; UnderWay when this very version is being tried already."""
    if not _one_at_a_time.acquire(blocking=False):
        raise Busy
    try:
        run = trials.begin(store, bundle.hash, by)
        Thread(target=_follow, args=(store, bundle, by, run), name=THREAD, daemon=True).start()
    except BaseException:
        _one_at_a_time.release()
        raise


def _follow(store: Store, bundle: Bundle, by: Actor, run: str) -> None:
    try:
        trials.keep(store, play(bundle, lambda done, total: trials.beat(store, run, bundle.hash, done, total)), by)
    except Exception:
        _log.exception("the trial of %s broke off", bundle.hash)
        trials.broke(store, run, bundle.hash)
    finally:
        _one_at_a_time.release()


def play(bundle: Bundle, told: Callable[[int, int], None]) -> dict[str, Any]:
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
