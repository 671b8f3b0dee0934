# ruff: noqa: F811 - the fixtures of the investor's line are shared by import
"""What a step costs: how often its request asks the database."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Engine, event

from tests.web.line import Line
from tests.web.test_steps_line import app, browser, line  # noqa: F401

MOST = 26
"""Statements of one 下一步 of a form without photographs, its transactions' beginnings included."""


@contextmanager
def counted() -> Iterator[list[str]]:
    """Every statement that any connection is given meanwhile."""
    found: list[str] = []

    def note(connection: Any, cursor: Any, statement: str, *_: Any) -> None:
        found.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield found
    finally:
        event.remove(Engine, "before_cursor_execute", note)


def test_a_form_step_asks_the_database_no_more_often_than_it_did(line: Line) -> None:
    line.photos()
    path, page = line.path(), line.page()
    fields = {"address": "样本市样本路 2 号", "issuer": "样本市公安局", "validity": "2016.05.02-2036.05.02"}
    with counted() as statements:
        assert line.post(path, page, **fields).status_code == 303
    assert len(statements) <= MOST, "\n".join(statements)
