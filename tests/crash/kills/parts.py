"""What each forked process is: the product's own web, relay and worker, on the clock that it was given."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from gunicorn.app.base import BaseApplication

from tests.crash.kills.points import Answering
from tests.crash.kills.town import Town
from workers import relay, worker
from workers.queue import PATIENCE, connect_queue

HASTE = 20  # so much more often than in the product the relay does its chores, but not without a breath
BREATH = 0.05
WEB_PROCESSES, THREADS = 2, 4
WORKERS = 3
FORGETS = "expiry"  # by this clock a month is minutes, and the judge wants to see each code


class Web(BaseApplication):  # type: ignore[misc]
    """gunicorn as `kaihu part web` runs it, around an application that was made before the fork."""

    def __init__(self, town: Town, port: int) -> None:
        self.town, self.port = town, port
        super().__init__()

    def load_config(self) -> None:
        values: dict[str, Any] = {
            "bind": f"127.0.0.1:{self.port}",
            "workers": WEB_PROCESSES,
            "threads": THREADS,
            "worker_class": "gthread",
            "preload_app": True,
            "timeout": 60,
            "graceful_timeout": 5,
            "control_socket_disable": True,
        }
        for name, value in values.items():
            if name in self.cfg.settings:
                self.cfg.set(name, value)

    def load(self) -> Any:
        return Answering(self.town.app, self.town.board)


@dataclass(frozen=True)
class Parts:
    """The parts of one installation by name; `relay` and `timers` are two relays, so there are two sweepers."""

    town: Town
    port: int

    def by_name(self) -> dict[str, Callable[[], None]]:
        return {
            "web": self.web,
            "relay.1": self.relay,
            "relay.2": self.relay,
            **{f"worker.{each}": self.work for each in range(1, WORKERS + 1)},
        }

    def web(self) -> None:
        Web(self.town, self.port).run()

    def relay(self) -> None:
        relay.PAUSE = BREATH
        queue = connect_queue(self.town.working, PATIENCE)
        chores = [chore for chore in relay.chores(self.town.house, queue) if chore.name != FORGETS]
        stop = threading.Event()
        signal.signal(signal.SIGTERM, lambda *_: stop.set())
        relay.go_round([replace(chore, every=max(BREATH, chore.every / HASTE)) for chore in chores], stop)

    def work(self) -> None:
        worker.worker_main(self.town.working, house=self.town.house)
