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
LONG_LIFE = 30.0
AT_ONCE = 10.0  # a part that ends sooner than this never came up
TOO_OFTEN = 3
LOG_TAIL = 4096


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
    early_deaths: int = 0

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

    @property
    def pid(self) -> int:
        return self.process.pid if self.process else 0

    def plan_restart(self, now: float) -> None:
        """At once after a long life, else a little later each time."""
        lived = now - self.started
        self.early_deaths = self.early_deaths + 1 if lived < AT_ONCE else 0
        self.delay = 0.0 if lived > LONG_LIFE else min(SLOWEST_RESTART, self.delay * 2 + 0.3)
        self.restart_at = now + self.delay

    def alive(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def end_rest(self) -> None:
        """Kill what a dead part has left in its group: an orphan would hold the port, or go on beside its heir."""
        if self.process is not None:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, signal.SIGKILL)

    def last_words(self) -> str:
        """The last line of its log."""
        try:
            with self.log.open("rb") as log:
                log.seek(max(0, self.log.stat().st_size - LOG_TAIL))
                lines = log.read().decode("utf-8", "replace").strip().splitlines()
        except OSError:
            return ""
        return lines[-1].strip()[:300] if lines else ""

    def stop(self) -> None:
        if self.process is None or not self.alive():
            return
        self.process.terminate()
        try:
            self.process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.end_rest()
            self.process.wait()


def die_with_parent() -> None:
    """Linux: a part ends when its supervisor is killed; elsewhere the lock file tells of orphans."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


class Supervisor:
    """Holds the parts in start order; they are stopped in the opposite one. `changed` is told of every (re)start."""

    def __init__(
        self, parts: Sequence[Part], say: Callable[[str], None], changed: Callable[[Sequence[Part]], None] | None = None
    ) -> None:
        self.parts = list(parts)
        self.say = say
        self.changed = changed or (lambda parts: None)
        self.stopping = False

    def run(self, ready: Callable[[], bool]) -> None:
        """Start everything and watch it until SIGINT or SIGTERM; `ready` is asked again and again until it says so."""
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._stop_soon)
        try:
            for part in self.parts:
                part.start()
            self.changed(self.parts)
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
                part.end_rest()
                part.plan_restart(time.monotonic())
                self._tell(part)
            elif time.monotonic() >= part.restart_at:
                part.start()
                self.changed(self.parts)

    def _tell(self, part: Part) -> None:
        """Short, and not for ever: a part that cannot come up is told once with what it said itself."""
        if part.early_deaths < TOO_OFTEN:
            self.say(f"{part.name} ended; starting it again")
        elif part.early_deaths == TOO_OFTEN:
            self.say(
                f"{part.name} ended {TOO_OFTEN} times in a row right after its start; Kaihu keeps trying.\n"
                f"  It said last: {part.last_words() or '(nothing)'}\n  Its log: {part.log}"
            )

    def _stop_all(self) -> None:
        self.say("stopping ...")
        for part in reversed(self.parts):
            part.stop()
        self.say("stopped cleanly")
