"""kill -9, by process id, at moments that a seed chooses near the work of the clients."""

from __future__ import annotations

import os
import signal
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from threading import Event

from cli.running import alive, read

TARGETS = ("worker", "web", "relay")


@dataclass
class Killer:
    """Kills every part so many `times`, each time one that is up again, while clients work."""

    data: Path
    up: Callable[[str, int], bool]
    busy: Event
    random: Random
    times: int
    over: Event = field(default_factory=Event)
    done: Event = field(default_factory=Event)
    kills: Counter[str] = field(default_factory=Counter)
    dead: set[int] = field(default_factory=set)

    def work(self) -> None:
        rounds = [self.random.sample(TARGETS, len(TARGETS)) for _ in range(self.times)]
        for name in [name for one in rounds for name in one]:
            if not self._wait_until_up(name) or not self._wait_for_work():
                return
            self.over.wait(self.random.uniform(0.0, 0.4 if name == "web" else 1.0))
            if self.over.is_set():
                return
            self._kill(name)
        self.done.set()

    def _kill(self, name: str) -> None:
        """The whole process group, the parent alone, or one of its children: a crash may take any of them."""
        pid = self._pid(name)
        children = children_of(pid)
        how = self.random.choice(["group", "parent", "child"] if children else ["group", "parent"])
        if how == "child" and not killed(self.random.choice(children)):
            how = "parent"  # the child, a job's process, has just ended
        if how != "child":
            (os.killpg if how == "group" else os.kill)(pid, signal.SIGKILL)
            self.dead.add(pid)
        self.kills[name] += 1
        self.kills[f"{name} {how}"] += 1

    def _pid(self, name: str) -> int:
        running = read(self.data / "running.json")
        return running.parts[name] if running else 0

    def _wait_until_up(self, name: str) -> bool:
        while not self.over.wait(0.1):
            pid = self._pid(name)
            if pid and pid not in self.dead and alive(pid) and self.up(name, pid):
                return True
        return False

    def _wait_for_work(self) -> bool:
        """Until somebody sends a form."""
        self.busy.clear()
        while not self.over.is_set():
            if self.busy.wait(0.1):
                return True
        return False


def killed(pid: int) -> bool:
    """Whether there was still such a process to be killed."""
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return False
    return True


def children_of(pid: int) -> list[int]:
    """Linux; elsewhere none are known, and whole groups are killed."""
    try:
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split()]
    except (OSError, ValueError):
        return []


def wait_for(what: Callable[[], bool], seconds: float, name: str) -> None:
    """AssertionError when it does not come in time."""
    deadline = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < deadline, f"{name} did not come within {seconds:.0f} s"
        time.sleep(0.1)
