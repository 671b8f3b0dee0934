"""What two states have alike that come to the same on another version.

A shape is the whole stored state (its process files, every task with its place, parent and condition, what was called
from where, and every fact with its value), less two things that no verdict depends on: which random ids the tasks have
(they are counted in the order in which they stand), and when a timer is due. A timer rings only when it is told to
(`engine/interpreter/timers.py`), and a case that is tried is told nothing; when it is due is carried along as it is.
What is so of a case beside its state (jobs, calls, what was signed or done) is never read from a shape.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from engine.interpreter.timers import DUE

_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")


def shape(text: str) -> str:
    """Only tasks' own ids are counted, and only tasks' own due times left out: a fact may look like either."""
    stored = json.loads(text)
    ids: dict[str, str] = {}
    for key, task in _tasks(stored["run"]):
        ids[key] = f"\0{len(ids)}"  # which JSON never writes
        due = task.get("internal_data", {}).get(DUE)
        if due:
            task["internal_data"][DUE] = list(due)
    plain = json.dumps(stored, ensure_ascii=False, separators=(",", ":"))
    return _ID.sub(lambda found: ids.get(found[0], found[0]), plain)


def _tasks(run: Mapping[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for tree in (run, *run.get("subprocesses", {}).values()):
        yield from tree["tasks"].items()
