"""Where the CPU time of one completion goes, by a clock that looks each millisecond."""

from __future__ import annotations

import io
import re
import signal
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from pathlib import Path
from types import FrameType

from flask import Flask
from flask.testing import FlaskClient

from benchmarks import copies
from benchmarks.installation import ROOT, furnish
from benchmarks.product_app import application
from benchmarks.walk import ANSWERS, Walk

EVERY = 0.001
WARM = 20
PARTS = {
    ("engine/interpreter/run.py", "restore"): "process: read from its text",
    ("engine/interpreter/run.py", "complete"): "process: the step",
    ("engine/interpreter/run.py", "dump"): "process: compacted and written as text",
    ("engine/cases/inbox.py", "project"): "inbox, outbox and timers brought in line",
    ("engine/audit.py", "record"): "audit row",
    ("engine/cases/submissions.py", "keep"): "submission sealed",
    ("engine/cases/completing.py", "_complete"): "rest of the write unit: case, task, claim, status",
    ("engine/store.py", "unit"): "begin, flush and commit",
    ("webapp/steps/submitting.py", "_judged"): "form judged",
    ("webapp/access.py", "investor"): "session and who it is",
    ("webapp/steps/submitting.py", "submit"): "rest of the view: case, task, redirect",
}
"""The innermost of these that is at work is what the time is counted for."""
FRAME = "frame: Flask, form token, limits, headers, log, the test's client"


def measure(folder: Path, count: int) -> Iterator[str]:
    """A line for each part: milliseconds of CPU time in one completion, in this process, without a server."""
    place = furnish(folder)
    store = place.store()
    walk = Walk(store)
    walk.to_measured()
    made = copies.copy(store, walk.id, walk.open_task, count + WARM)
    store.db.dispose()
    app = application(place.database_url, str(place.folder))
    with redirect_stdout(io.StringIO()):  # the log's lines
        forms = [_filled(app, one) for one in made]
        _send(forms[:WARM])
        began = time.process_time()
        with _watched() as parts:
            _send(forms[WARM:])
        spent = (time.process_time() - began) / count * 1000
    yield f"{spent:6.2f} ms in all"
    for part, looks in parts.most_common():
        yield f"{spent * looks / parts.total():6.2f} ms  {part}"


def _filled(app: Flask, one: copies.Copy) -> tuple[FlaskClient, str, dict[str, str]]:
    client, path = app.test_client(), f"/cases/{one.case_id}/{one.task_id}"
    client.set_cookie("kaihu_investor", one.token)
    hidden = re.findall(r'type="hidden" name="(csrf_token|submission_id)" value="([^"]*)"', client.get(path).text)
    return client, path, {**dict(hidden), **ANSWERS}


def _send(forms: list[tuple[FlaskClient, str, dict[str, str]]]) -> None:
    for client, path, fields in forms:
        assert client.post(path, data=fields).status_code == 303


@contextmanager
def _watched() -> Iterator[Counter[str]]:
    parts: Counter[str] = Counter()
    before = signal.signal(signal.SIGPROF, lambda _, frame: parts.update([_part(frame)]))
    signal.setitimer(signal.ITIMER_PROF, EVERY, EVERY)
    try:
        yield parts
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def _part(frame: FrameType | None) -> str:
    while frame is not None:
        file = frame.f_code.co_filename.removeprefix(f"{ROOT}/")
        if part := PARTS.get((file, frame.f_code.co_name)):
            return part
        frame = frame.f_back
    return FRAME
