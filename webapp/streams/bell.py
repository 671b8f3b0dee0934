"""The bell: one subscription a process, which wakes whoever waits for something of a box."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from typing import Any

from redis import Redis
from redis.exceptions import RedisError

from engine.changes import CHANNEL
from webapp.streams.mailbox import Away, told

TICK = 1.0


class Waiter:
    """Somebody who waits. `over`: nothing will ring any more, whoever waits should ask anew.

    `rung_at` is when one of its boxes last rang.
    """

    def __init__(self) -> None:
        self._rung = threading.Event()
        self._boxes: set[str] = set()
        self.rung_at = 0.0
        self.over = False

    def wait(self, seconds: float) -> bool:
        """Whether it rang within that time; what rang before counts."""
        rung = self._rung.wait(seconds)
        self._rung.clear()
        return rung

    def rung(self) -> set[str]:
        """Which boxes rang since this was asked."""
        return {self._boxes.pop() for _ in range(len(self._boxes))}

    def wake(self, box: str = "") -> None:
        self._boxes.add(box)
        self.rung_at = time.monotonic()
        self._rung.set()


class Bell:
    """Listening begins with the first who waits: after a fork, and only in a process that needs it."""

    def __init__(self, server: Redis | None) -> None:
        self._server = server
        self._lock = threading.Lock()
        self._waiting: dict[str, set[Waiter]] = {}
        self._ear: Ear | None = None
        self._away_until = 0.0

    @contextmanager
    def waiter(self, boxes: Collection[str]) -> Iterator[Waiter]:
        """Wait for these boxes; Away without a server. Whoever reads a box afterwards misses nothing."""
        one = self.enter(boxes)
        try:
            yield one
        finally:
            self.leave(one, boxes)

    def enter(self, boxes: Collection[str]) -> Waiter:
        one = Waiter()
        with self._lock:
            self._listen()
            for box in boxes:
                self._waiting.setdefault(box, set()).add(one)
        return one

    def _listen(self) -> None:
        """A server that is away is not asked by each of a thousand pages."""
        if self._ear is not None and self._ear.hears():
            return
        if time.monotonic() < self._away_until:
            raise Away
        try:
            self._ear = Ear(self, self._server)
        except Away:
            self._away_until = time.monotonic() + TICK
            raise

    def leave(self, one: Waiter, boxes: Collection[str]) -> None:
        with self._lock:
            for box in boxes:
                left = self._waiting.get(box, set()) - {one}
                if left:
                    self._waiting[box] = left
                else:
                    self._waiting.pop(box, None)

    def heard(self, box: str) -> None:
        with self._lock:
            rung = list(self._waiting.get(box, ()))
        for one in rung:
            one.wake(box)

    def deaf(self) -> None:
        """Nothing can be heard any more: everybody is sent to ask anew."""
        with self._lock:
            everybody, self._waiting = {one for some in self._waiting.values() for one in some}, {}
        for one in everybody:
            one.over = True
            one.wake()

    def stop(self) -> None:
        """Soon everybody is sent away. It only sets a flag: a signal may come while anything is held."""
        if self._ear is not None:
            self._ear.stop()

    def close(self) -> None:
        if self._ear is not None:
            self._ear.close()


class Ear:
    """The thread that listens. It was subscribed before its maker goes on."""

    def __init__(self, bell: Bell, server: Redis | None) -> None:
        self._bell, self._pid, self._closing = bell, os.getpid(), False
        with told(server) as there:
            self._subscription = there.pubsub()  # type: ignore[no-untyped-call]
            self._subscription.subscribe(CHANNEL)
            self._subscription.get_message(timeout=TICK)
        self._thread = threading.Thread(target=self._listen, name="kaihu-bell", daemon=True)
        self._thread.start()

    def hears(self) -> bool:
        return self._pid == os.getpid() and self._thread.is_alive() and not self._closing

    def stop(self) -> None:
        self._closing = True

    def close(self) -> None:
        self.stop()
        self._thread.join(2 * TICK)

    def _listen(self) -> None:
        try:
            while not self._closing:
                self._pass_on(self._subscription.get_message(ignore_subscribe_messages=True, timeout=TICK))
        except (RedisError, OSError):
            pass
        finally:
            self._closing = True
            with suppress(RedisError, OSError):
                self._subscription.close()
            self._bell.deaf()

    def _pass_on(self, message: dict[str, Any] | None) -> None:
        if message is not None and message["type"] == "message":
            self._bell.heard(message["data"])
