"""The scenarios of a proposal are played beside the web server, in a process that is bounded in time and memory."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from threading import Lock
from typing import Any

from engine.bundles import Bundle
from engine.bundles.manifest import pack

ROOT = Path(__file__).resolve().parent.parent.parent
SECONDS = 150
_one_at_a_time = Lock()


class Busy(Exception):
    """Another trial is on its way in this process."""


class Broken(Exception):
    """The trial did not come to its end."""


def play(bundle: Bundle) -> dict[str, Any]:
    """The report of a trial; Busy or Broken. The thread that asks waits, and no other."""
    if not _one_at_a_time.acquire(blocking=False):
        raise Busy
    try:
        return _played(bundle)
    finally:
        _one_at_a_time.release()


def _played(bundle: Bundle) -> dict[str, Any]:
    line = [sys.executable, "-m", "webapp.trial_process", bundle.business.id, bundle.hash]
    try:
        done = subprocess.run(line, input=pack(bundle.files), capture_output=True, cwd=ROOT, env={}, timeout=SECONDS)
        report: dict[str, Any] = json.loads(done.stdout)
    except (OSError, subprocess.TimeoutExpired, ValueError) as wrong:
        raise Broken from wrong
    return report
