"""Logs without people in them: one JSON line an event, masked by key and by pattern."""

from __future__ import annotations

import re
import sys
import time
import traceback
from collections.abc import MutableMapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import structlog
from flask import Flask, Response, g, request

MASK = "***"
LONGEST_CHAIN = 5
PRIVATE_KEYS = frozenset(
    [
        "id_number",
        "name",
        "phone",
        "address",
        "card",
        "card_number",
        "number",
        "account_number",
        "password",
        "code",
        "answers",
        "text",
        "token",
        "cookie",
        "secret",
        "issuer",
        "birth",
        "holder",
        "outlet",
        "values",
        "draft",
    ]
)
# 18-digit ID numbers, 15 to 19 digit cards, mobiles; groups may be parted by blanks or hyphens.
PRIVATE_PATTERNS = (
    re.compile(r"(?<![0-9A-Za-z])[1-9](?:[ -]?\d){16}[ -]?[0-9Xx](?![0-9A-Za-z])"),
    re.compile(r"(?<![0-9A-Za-z])\d(?:[ -]?\d){14,18}(?![0-9A-Za-z])"),
    re.compile(r"(?<![0-9A-Za-z])(?:\+?86[ -]?)?1[3-9]\d(?:[ -]?\d){8}(?![0-9A-Za-z])"),
)


def masked(value: Any) -> Any:
    """The value with everything that looks like a person's number put out of sight; lists and mappings too."""
    if isinstance(value, str):
        for pattern in PRIVATE_PATTERNS:
            value = pattern.sub(MASK, value)
        return value.replace("\r", "\\r").replace("\n", "\\n")
    if isinstance(value, MutableMapping):
        return {key: MASK if str(key).lower() in PRIVATE_KEYS else masked(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [masked(item) for item in value]
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) >= 10**10:
        return masked(str(value))
    return value


def mask(_: Any, __: str, event: MutableMapping[str, Any]) -> dict[str, Any]:
    """The structlog processor; it stands last before the renderer."""
    out: dict[str, Any] = masked(event)
    return out


def places(_: Any, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """An exception as its classes and the lines it came through. Its message may hold what a person typed."""
    wrong = event.pop("exc_info", None)
    if wrong is True:
        wrong = sys.exception()
    if isinstance(wrong, BaseException):
        event["exception"] = _told(wrong)
    return event


def _told(wrong: BaseException | None) -> list[str]:
    """The exception and what led to it, the last first; the innermost line of each first."""
    told: list[str] = []
    while wrong is not None and len(told) < LONGEST_CHAIN:
        frames = reversed(traceback.extract_tb(wrong.__traceback__))
        way = " < ".join(f"{Path(each.filename).name}:{each.lineno} {each.name}" for each in frames)
        told.append(f"{type(wrong).__name__} at {way}")
        wrong = wrong.__cause__ or (None if wrong.__suppress_context__ else wrong.__context__)
    return told


class Lines(structlog.PrintLogger):
    """Lines on standard output. A line that finds no room (the disk of the logs is full) stops nobody's request."""

    def msg(self, message: str) -> None:
        with suppress(OSError):
            super().msg(message)

    debug = info = warning = error = critical = exception = log = msg


def configure() -> None:
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            places,
            mask,
            structlog.processors.JSONRenderer(ensure_ascii=False, default=repr),
        ],
        logger_factory=lambda *_: Lines(),
        cache_logger_on_first_use=False,
    )


log = structlog.get_logger("kaihu.web")


def watch(app: Flask) -> None:
    """One line a request: the route, never its query or body."""

    @app.before_request
    def begin() -> None:
        g.request_id = app.extensions["kaihu"].settings.ids.new()[:12]
        g.began = time.perf_counter()

    @app.after_request
    def end(response: Response) -> Response:
        if request.endpoint != "static":
            spent = round((time.perf_counter() - g.get("began", time.perf_counter())) * 1000)
            route = request.url_rule.rule if request.url_rule else "-"
            log.info(
                "request",
                id=g.get("request_id"),
                method=request.method,
                route=route,
                status=response.status_code,
                ms=spent,
            )
        return response
