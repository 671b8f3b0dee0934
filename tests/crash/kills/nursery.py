"""The fork server: a process that has imported everything forks the parts, and forks anew whichever dies."""

from __future__ import annotations

import os
import signal
import sys
import time
import traceback
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tests.crash.killing import killed
from workers.limits import die_with_parent

Part = Callable[[], None]
GRACE = 10.0


@dataclass
class Nursery:
    """Keeps parts alive. Nothing in this process has threads or connections when it forks.

    `mortal` are those that may come to an end by themselves; all others are begun again, as the supervisor does.
    """

    parts: Mapping[str, Part]
    mortal: Collection[str]
    logs: Path
    pids: dict[str, int] = field(default_factory=dict)
    starts: int = 0
    ended: set[str] = field(default_factory=set)

    def keep_alive(self) -> None:
        """Fork what is not there."""
        for name in self.parts:
            if name not in self.pids and name not in self.ended:
                self.pids[name] = self._fork(name)
        while (found := self._reap()) is not None:
            name, status = found
            del self.pids[name]
            if name in self.mortal and status == 0:
                self.ended.add(name)

    def stop(self) -> None:
        """Ask all of them to end; then make them."""
        self._signal(signal.SIGTERM)
        deadline = time.monotonic() + GRACE
        while self.pids and time.monotonic() < deadline:
            while (found := self._reap()) is not None:
                del self.pids[found[0]]
            time.sleep(0.02)
        for pid in self.pids.values():
            kill_group(pid)
        for pid in self.pids.values():
            os.waitpid(pid, 0)
        self.pids.clear()

    def _signal(self, number: int) -> None:
        for pid in self.pids.values():
            os.kill(pid, number)

    def _reap(self) -> tuple[str, int] | None:
        for name, pid in self.pids.items():
            done, status = os.waitpid(pid, os.WNOHANG)
            if done:
                return name, status
        return None

    def _fork(self, name: str) -> int:
        self.starts += 1
        sys.stdout.flush()
        pid = os.fork()
        if pid:
            return pid
        code = 1
        try:
            os.setsid()
            die_with_parent()
            self._redirect(name)
            self.parts[name]()
            code = 0
        except SystemExit as ended:
            code = ended.code if isinstance(ended.code, int) else 0
        except BaseException:
            traceback.print_exc()
        finally:
            sys.stderr.flush()
            os._exit(code)

    def _redirect(self, name: str) -> None:
        self.logs.mkdir(exist_ok=True)
        log = os.open(self.logs / f"{name}.log", os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        os.dup2(log, 1)
        os.dup2(log, 2)


def kill_group(pid: int) -> None:
    """A part and what it has forked, but for a job's process, which has a group of its own and dies with its parent."""
    try:
        os.killpg(pid, signal.SIGKILL)
    except ProcessLookupError:
        killed(pid)
