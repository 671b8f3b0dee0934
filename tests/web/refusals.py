"""What every refusal must keep to: no crash, a Chinese sentence that says what to do, and nothing stored."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import select
from werkzeug.test import TestResponse

from engine.store import Store
from engine.tables import Base

KEPT = frozenset(
    {
        "drafts",
        "kept_forms",
        "attempts",
        "picture_codes",
        "sign_in_codes",
        "outgoing_texts",
        "sessions",
        "challenges",
        "audit",
    }
)
"""What is typed, what counts tries, what writes them down or tells them: these may change when somebody is refused."""

TODO = re.compile(r"请|须|稍后|重新|核对|办完或放弃|再试|再来|到营业部|没有重复提交")
"""A sentence that only says what is wrong has none of these words."""


@contextmanager
def nothing_stored(store: Store, *but: str, blobs: Path | None = None) -> Iterator[None]:
    """No row of any table changes, save those that keep what is typed; no blob is added."""
    left_out, before, files = KEPT | set(but), {}, _files(blobs)
    before = rows(store, left_out)
    yield
    after = rows(store, left_out)
    assert {name: after[name] - before[name] for name in before if after[name] != before[name]} == {}
    assert _files(blobs) == files


def rows(store: Store, left_out: frozenset[str] | set[str] = KEPT) -> dict[str, set[str]]:
    """Every row of every table, as text."""
    tables = [table for name, table in Base.metadata.tables.items() if name not in left_out]
    with store.read() as tx:
        return {table.name: {repr(tuple(row)) for row in tx.execute(select(table))} for table in tables}


def refused(page: TestResponse, *said: str, status: int = 422) -> TestResponse:
    """The page says each sentence, and somewhere what to do; it is no crash."""
    assert page.status_code == status, (page.status_code, page.text[:600])
    for sentence in said:
        assert sentence in page.text, sentence
    assert TODO.search(" ".join(said) + _around(page.text, said[0])), said
    assert "Traceback" not in page.text
    return page


def _around(text: str, sentence: str) -> str:
    """What stands right after a sentence: the cure may be one of its own."""
    at = text.index(sentence)
    return re.sub(r"<[^>]+>", " ", text[at : at + 600])


def _files(folder: Path | None) -> set[Path]:
    return {path for path in folder.rglob("*") if path.is_file()} if folder else set()
