"""How many streams one process holds: a stream holds a thread, and forms need some too."""

from __future__ import annotations

import threading


class Room:
    """Places for streams. When the process is told to stop, `closing` ends those that are open."""

    def __init__(self, places: int) -> None:
        self._places = places
        self._lock = threading.Lock()
        self.taken = 0
        self.closing = False

    def enter(self) -> bool:
        """Take a place; False when there is none."""
        with self._lock:
            if self.closing or self.taken >= self._places:
                return False
            self.taken += 1
            return True

    def leave(self) -> None:
        with self._lock:
            self.taken -= 1
