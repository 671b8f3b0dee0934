"""The text that a customer signs."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from engine.clock import SHANGHAI
from engine.pki import Statement, data_digest, document
from engine.pki.statement import read_statement

STATEMENT = Statement(
    case_number="20261122-000001",
    version="c" * 64,
    documents=(document("agreements/one.md", "甲".encode()), document("agreements/two.md", b"two")),
    data=data_digest({"name": "张三", "cards": [{"bank": "ICBC"}]}),
    at=datetime(2026, 11, 22, 9, 54, tzinfo=SHANGHAI),
    nonce="n",
)


def test_a_statement_is_one_line_that_reads_back() -> None:
    assert "\n" not in STATEMENT.text()
    assert read_statement(STATEMENT.text()) == STATEMENT


def test_every_part_changes_the_text() -> None:
    others = (
        replace(STATEMENT, case_number="20261122-000002"),
        replace(STATEMENT, version="d" * 64),
        replace(STATEMENT, documents=STATEMENT.documents[::-1]),
        replace(STATEMENT, documents=(STATEMENT.documents[0], document("agreements/two.md", b"two "))),
        replace(STATEMENT, data=data_digest({"name": "张三", "cards": []})),
        replace(STATEMENT, at=STATEMENT.at + timedelta(seconds=1)),
        replace(STATEMENT, nonce="m"),
    )
    assert len({STATEMENT.text(), *(each.text() for each in others)}) == 8


def test_the_digest_of_data_does_not_depend_on_the_order_of_its_keys() -> None:
    assert data_digest({"a": 1, "b": {"c": "卡", "d": None}}) == data_digest({"b": {"d": None, "c": "卡"}, "a": 1})
    assert data_digest({"a": ["1", "2"]}) != data_digest({"a": ["2", "1"]})


@pytest.mark.parametrize(
    "text", ["{}", "[]", "x", " " + STATEMENT.text(), STATEMENT.text().replace("statement.v1", "v0")]
)
def test_what_is_no_statement_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        read_statement(text)
