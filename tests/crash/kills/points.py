"""The named crash points: where they are in web, relay, timers and workers, and how a process comes to pass them.

The product knows nothing of them. In the processes that the harness forks, and nowhere else, the functions below are
wrapped, and the events of SQLAlchemy are listened to.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any

from rq import Queue
from sqlalchemy import Engine, event
from sqlalchemy.orm import Session

from engine import outbox, photos, texts, timers
from engine.cases.case_row import CaseRow
from engine.interpreter import Run
from engine.vault.blobs import BlobStore
from tests.crash.kills.board import Board
from webapp import starting
from webapp.signin import codes
from webapp.steps import submitting
from workers import janitor, queue, relay, run
from workers.drivers.sms import LocalSmsGateway

UNITS = (
    ("web.open", starting, "open_case"),
    ("web.submit", submitting, "complete"),
    ("web.upload", photos, "add"),
    ("web.code", codes, "ask"),
    ("relay.lease", outbox, "due"),
    ("relay.text", texts, "due"),
    ("worker.answer", outbox, "finish"),
    ("worker.fail", outbox, "fail"),
    ("worker.text", texts, "sent"),
    ("worker.untaken", texts, "failed"),
    ("timers.fire", timers, "_sweep_one"),
)
"""Write units by what they are for, with the function that opens them."""

MOMENTS = ("written", "before_commit", "after_commit")
"""In each unit: some rows are flushed; all are, and COMMIT is next; COMMIT has come back."""

FUNCTIONS = (
    ("web.upload.before_blob", "web.upload.after_blob", BlobStore, "put"),
    ("relay.send.before", "relay.send.after", relay, "send"),
    ("relay.send.half", None, Queue, "_prepare_for_queue"),
    ("relay.tidy.half", None, janitor, "clean_worker_registry"),
    (None, "timers.fire.moved", Run, "fire"),
    (None, "timers.fire.next_case", timers, "_sweep_one"),
    ("worker.taken", "worker.reported", queue.KaihuJob, "perform"),
    ("worker.work.before", "worker.work.after", run, "_call"),
    (None, "worker.answer.asked", outbox, "check_results"),
    ("worker.gateway.before", "worker.gateway.after", LocalSmsGateway, "send"),
)
"""Other functions with a point before and one after them."""

WEB = ("web.request.arrived", "web.answer.ready", "web.answer.sent")

NAMES: tuple[str, ...] = (
    *(f"{unit}.{moment}" for unit, _, _ in UNITS for moment in MOMENTS),
    *(name for before, after, _, _ in FUNCTIONS for name in (before, after) if name),
    *WEB,
)

_unit: ContextVar[str] = ContextVar("kills_unit", default="")


def place(board: Board) -> None:
    """Make this process, and whatever it forks, pass the points; once."""
    for unit, owner, name in UNITS:
        _wrap(owner, name, _inside(unit))
    for before, after, owner, name in FUNCTIONS:
        _wrap(owner, name, _around(board, before, after))
    _listen(board)


def _listen(board: Board) -> None:
    def passing(moment: str) -> Callable[..., None]:
        def passed(*_: Any) -> None:
            if unit := _unit.get():
                board.pass_by(f"{unit}.{moment}")

        return passed

    written = passing("written")
    event.listen(Session, "after_flush", written)
    _wrap(CaseRow, "keep", lambda keep: lambda *held: (keep(*held), written())[0])
    event.listen(Engine, "commit", passing("before_commit"))
    event.listen(Session, "after_commit", passing("after_commit"))


def _wrap(owner: Any, name: str, how: Callable[[Callable[..., Any]], Callable[..., Any]]) -> None:
    setattr(owner, name, how(getattr(owner, name)))


def _inside(unit: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    def how(inner: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(inner)
        def labelled(*args: Any, **words: Any) -> Any:
            with called(unit):
                return inner(*args, **words)

        return labelled

    return how


@contextmanager
def called(unit: str) -> Iterator[None]:
    token = _unit.set(unit)
    try:
        yield
    finally:
        _unit.reset(token)


def _around(board: Board, before: str | None, after: str | None) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    def how(inner: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(inner)
        def passing(*args: Any, **words: Any) -> Any:
            if before:
                board.pass_by(before)
            result = inner(*args, **words)
            if after:
                board.pass_by(after)
            return result

        return passing

    return how


class Answering:
    """The web application, passing a point when a form has come, when its answer is ready, and when it was sent."""

    def __init__(self, app: Callable[..., Iterable[bytes]], board: Board) -> None:
        self._app, self._board = app, board

    def __call__(self, environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] != "POST":
            return self._app(environ, start)
        self._board.pass_by(WEB[0])
        return self._answer(environ, start)

    def _answer(self, environ: dict[str, Any], start: Callable[..., Any]) -> Iterator[bytes]:
        answer = self._app(environ, start)
        self._board.pass_by(WEB[1])
        try:
            yield from answer
        finally:
            getattr(answer, "close", lambda: None)()
        self._board.pass_by(WEB[2])
