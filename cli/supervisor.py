"""Starts the parts of a running Kaihu, restarts one that dies, stops all in order."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

PR_SET_PDEATHSIG = 1
STOP_SECONDS = 15.0
SLOWEST_RESTART = 10.0


@dataclass
class Part:
    """One process of Kaihu. A part that dies soon after its start is restarted ever more slowly, up to 10 s."""

    name: str
    command: Sequence[str]
    log: Path
    environment: dict[str, str] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    delay: float = 0.0
    restart_at: float | None = None

    def start(self) -> None:
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                list(self.command),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env={**os.environ, **self.environment},
                start_new_session=True,  # Ctrl-C reaches the supervisor alone, which stops the parts in order
                preexec_fn=die_with_parent,
            )
        self.started, self.restart_at = time.monotonic(), None

    def plan_restart(self, now: float) -> None:
        """At once after a long life, else a little later each time."""
        self.delay = 0.0 if now - self.started > 30 else min(SLOWEST_RESTART, self.delay * 2 + 0.3)
        self.restart_at = now + self.delay

    def alive(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def stop(self) -> None:
        if self.process is None or not self.alive():
            return
        self.process.terminate()
        try:
            self.process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


def die_with_parent() -> None:
    """Linux: a part ends when its supervisor is killed; elsewhere the lock file tells of orphans."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


class Supervisor:
    """Holds the parts in start order; they are stopped in the opposite one."""

    def __init__(self, parts: Sequence[Part], say: Callable[[str], None]) -> None:
        self.parts = list(parts)
        self.say = say
        self.stopping = False

    def run(self, ready: Callable[[], bool]) -> None:
        """Start everything and watch it until SIGINT or SIGTERM; `ready` is asked again and again until it says so."""
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._stop_soon)
        try:
            for part in self.parts:
                part.start()
            is_ready = False
            while not self.stopping:
                is_ready = is_ready or ready()
                self._mend()
                time.sleep(0.2)
        finally:
            self._stop_all()

    def _stop_soon(self, number: int, frame: object) -> None:
        self.stopping = True

    def _mend(self) -> None:
        for part in self.parts:
            if part.alive():
                continue
            if part.restart_at is None:
                part.plan_restart(time.monotonic())
                self.say(f"{part.name} ended; starting it again (log: {part.log})")
            elif time.monotonic() >= part.restart_at:
                part.start()

    def _stop_all(self) -> None:
        self.say("stopping ...")
        for part in reversed(self.parts):
            part.stop()
        self.say("stopped cleanly")
