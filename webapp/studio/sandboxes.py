"""Processes in which drafts are played: one for each version, kept alive while somebody plays it, bounded in all."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from threading import Lock
from typing import Any

from engine.bundles import Bundle
from webapp.studio.asked import Asked, Broken

WAIT = 10
"""Seconds for a question that comes while the process answers another one."""

MOST = 2
"""Processes that one web process keeps. Who comes with another version takes the place of who was quiet longest."""


class Busy(Exception):
    """Colleagues are playing in all of them just now."""


class Sandboxes:
    """Those of this web process, by the hash of their version; the one that was asked last stands last."""

    def __init__(self, most: int = MOST) -> None:
        self._most, self._lock = most, Lock()
        self._kept: OrderedDict[str, Asked] = OrderedDict()

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

    def _of(self, bundle: Bundle) -> Asked:
        with self._lock:
            self._forget_the_ended()
            sandbox = self._kept.get(bundle.hash) or self._started(bundle)
            self._kept.move_to_end(bundle.hash)
            return sandbox

    def _started(self, bundle: Bundle) -> Asked:
        if len(self._kept) >= self._most:
            quiet = next((key for key, one in self._kept.items() if not one.lock.locked()), None)
            if quiet is None:
                raise Busy
            self._kept.pop(quiet).end()
        self._kept[bundle.hash] = Asked("webapp.play_process", (bundle.business.id, bundle.hash), (bundle,))
        return self._kept[bundle.hash]

    def _forget_the_ended(self) -> None:
        for key in [key for key, one in self._kept.items() if not one.alive and not one.lock.locked()]:
            self._kept.pop(key).end()
