"""Processes in which drafts are played: one for each version, kept alive while somebody plays it, bounded in all."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import OrderedDict
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from threading import Lock, Timer
from typing import IO, Any

from engine.bundles import Bundle
from engine.bundles.manifest import pack

ROOT = Path(__file__).resolve().parent.parent.parent
SECONDS = 60
"""For one answer, the start of the process included."""

WAIT = 10
"""Seconds for a question that comes while the process answers another one."""

MOST = 2
"""Processes that one web process keeps. Who comes with another version takes the place of who was quiet longest."""


class Busy(Exception):
    """Colleagues are playing in all of them just now."""


class Broken(Exception):
    """The process ended without an answer, or was ended because none came in time."""


class Sandbox:
    """One process, asked one thing at a time."""

    def __init__(self, bundle: Bundle) -> None:
        line = [sys.executable, "-m", "webapp.play_process", bundle.business.id, bundle.hash]
        self.lock = Lock()
        self._process = subprocess.Popen(
            line, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=ROOT, env={}
        )
        packed = pack(bundle.files)
        self._first = f"{len(packed)}\n".encode() + packed

    def ask(self, question: Mapping[str, Any]) -> dict[str, Any]:
        """The answer; Broken, after which this process is of no more use."""
        ending = Timer(SECONDS, self.end)
        ending.start()
        try:
            _pipe(self._process.stdin).write(self._first + json.dumps(question).encode() + b"\n")
            _pipe(self._process.stdin).flush()
            self._first = b""
            answer: dict[str, Any] = json.loads(_pipe(self._process.stdout).readline())
        except (OSError, ValueError) as wrong:
            self.end()
            raise Broken from wrong
        finally:
            ending.cancel()
        return answer

    @property
    def alive(self) -> bool:
        return self._process.poll() is None

    def end(self) -> None:
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            with suppress(OSError):  # what was not read any more is lost with it
                _pipe(pipe).close()


class Sandboxes:
    """Those of this web process, by the hash of their version; the one that was asked last stands last."""

    def __init__(self, most: int = MOST) -> None:
        self._most, self._lock = most, Lock()
        self._kept: OrderedDict[str, Sandbox] = OrderedDict()

    def ask(self, bundle: Bundle, question: Mapping[str, Any]) -> dict[str, Any]:
        """Busy, Broken. A process that had ended before it was asked is started anew, once."""
        for _ in range(2):
            sandbox = self._of(bundle)
            if not sandbox.lock.acquire(timeout=WAIT):
                raise Busy
            try:
                if sandbox.alive:
                    return sandbox.ask(question)
            finally:
                sandbox.lock.release()
        raise Broken

    def end_all(self) -> None:
        with self._lock:
            for sandbox in self._kept.values():
                sandbox.end()
            self._kept.clear()

    def _of(self, bundle: Bundle) -> Sandbox:
        with self._lock:
            self._forget_the_ended()
            sandbox = self._kept.get(bundle.hash) or self._started(bundle)
            self._kept.move_to_end(bundle.hash)
            return sandbox

    def _started(self, bundle: Bundle) -> Sandbox:
        if len(self._kept) >= self._most:
            quiet = next((key for key, one in self._kept.items() if not one.lock.locked()), None)
            if quiet is None:
                raise Busy
            self._kept.pop(quiet).end()
        self._kept[bundle.hash] = Sandbox(bundle)
        return self._kept[bundle.hash]

    def _forget_the_ended(self) -> None:
        for key in [key for key, one in self._kept.items() if not one.alive and not one.lock.locked()]:
            self._kept.pop(key).end()


def _pipe(found: IO[bytes] | None) -> IO[bytes]:
    assert found is not None
    return found
