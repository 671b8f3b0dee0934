"""Waiting for what another process does: there is nothing to wait on, so it is looked at again and again."""

from __future__ import annotations

import time
from collections.abc import Callable


def until(holds: Callable[[], object], patience: float = 180.0) -> None:
    end = time.monotonic() + patience
    while not holds():
        assert time.monotonic() < end, "it took too long"
        time.sleep(0.05)
