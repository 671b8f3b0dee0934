"""What takes longer than a request is done beside the web server; how far it is stands in the database.

No request waits for it: a thread follows it and writes down what is done, for whichever web process is asked.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from threading import Thread

from engine import trial_runs
from engine.actors import Actor
from engine.store import Store

THREAD = "trial"
_log = logging.getLogger("kaihu.trials")
Tell = Callable[[int, int], None]
"""Told how much of how much is done."""


def start(store: Store, subject: str, by: Actor, work: Callable[[Tell], None]) -> None:
    """It begins, and goes on by itself; `work` keeps its own report. Busy, UnderWay."""
    run = trial_runs.begin(store, subject, by)
    Thread(target=_follow, args=(store, subject, run, work), name=THREAD, daemon=True).start()


def _follow(store: Store, subject: str, run: str, work: Callable[[Tell], None]) -> None:
    try:
        work(lambda done, total: trial_runs.beat(store, run, subject, done, total))
    except Exception:
        _log.exception("the trial of %s broke off", subject)
        trial_runs.broke(store, run, subject)
