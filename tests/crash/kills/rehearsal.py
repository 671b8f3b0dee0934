"""One of everything in the fork server itself, so that a fork finds templates, statements and diagrams ready.

A part that dies every second would otherwise spend its life on them. What is left of it is one more case, which is
judged as all the others are.
"""

from __future__ import annotations

import gc
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from engine import outbox, timers
from tests.crash.browser import Answer
from tests.crash.kills import codes
from tests.crash.kills.effects import SERVICE
from tests.crash.kills.town import BUSINESS, REHEARSING, Town, token_of
from webapp.house import db
from workers import run

SEVEN_HOURS = timedelta(hours=7)


@dataclass(frozen=True)
class Inside:
    """A browser that needs no server."""

    client: FlaskClient

    def get(self, path: str) -> Answer:
        return _read(self.client.get(path, follow_redirects=True))

    def post(self, path: str, fields: Mapping[str, str]) -> Answer:
        return _read(self.client.post(path, data=fields))


def rehearse(town: Town) -> None:
    """A page of each kind, a form of each kind, a code, a timer and a job; then nothing is connected any more."""
    threads = _threads()
    browser = Inside(town.app.test_client())
    browser.client.set_cookie("kaihu_investor", token_of(REHEARSING))
    token = browser.get("/my").hidden("csrf_token")
    case = browser.post(f"/my/start/{BUSINESS}", {"csrf_token": token}).location
    _wish(browser, case, "nothing")
    _wish(browser, case, "rest")
    town.board.set_clock(town.board.now() + SEVEN_HOURS)
    timers.sweep(town.house.store)
    _wish(browser, case, "job")
    browser.get(case)
    for job in outbox.due(town.house.store, 1):
        if job.service == SERVICE:  # not a photograph that an earlier run has left
            run.perform_in(town.house, job.job_id, job.attempt)
    codes.ask(browser, token, town.house.store, REHEARSING)
    _let_go(town)
    assert _threads() == threads, "a thread would not live in a fork, and whoever waits for it waits for ever"


def _threads() -> int:
    """Also those that Python does not see: the library of the blobs has some, as soon as there is a photograph."""
    threads = Path("/proc/self/task")
    return sum(1 for _ in threads.iterdir()) if threads.exists() else 0


def _wish(browser: Inside, case: str, wish: str) -> None:
    page = browser.get(case)
    form = {name: page.hidden(name) for name in ("csrf_token", "submission_id")} | {"errand": wish}
    answer = browser.post(page.path, form)
    assert answer.status == 303, f"{page.path}: {answer.status} {answer.text[:300]}"


def _read(answer: TestResponse) -> Answer:
    return Answer(answer.status_code, answer.request.path, answer.location or "", answer.text)


def _let_go(town: Town) -> None:
    """A fork may inherit neither a connection nor a thread, and should have to copy little."""
    town.house.store.db.dispose()
    town.app.extensions["kaihu"].store.db.dispose()
    with town.app.app_context():
        db.engine.dispose()
    gc.collect()
    gc.freeze()  # else a fork's first collection copies all that it shares
