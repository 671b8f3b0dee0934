"""`kaihu audit verify`: names the first row that is not what was written; with anchors a cut tail is found too."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import text

from engine import audit
from engine.clock import SystemClock
from engine.store import Store
from tests.cli.conftest import Kaihu

ROWS = 5


@pytest.fixture(autouse=True)
def written(store: Store) -> None:
    with store.write() as tx:
        for number in range(ROWS):
            for chain in ("case:a", "actor:b"):
                audit.record(tx, store.vault, chain, "staff:b", "look", {"n": number}, SystemClock().now())


def tamper(store: Store, *statements: str) -> None:
    """What somebody with SQL and rights on the tables can do."""
    with store.db.begin() as connection:
        for trigger in ("audit_no_update", "audit_no_delete", "audit_no_replace"):
            connection.execute(text(f"DROP TRIGGER {trigger}"))
        for statement in statements:
            connection.execute(text(statement))


def test_what_was_written_verifies(kaihu: Kaihu) -> None:
    done = kaihu("audit", "verify")
    assert done.exit_code == 0 and done.output == "chains: 2, rows: 10; all as they were written\n"


@pytest.mark.parametrize(
    ("statement", "row"),
    [
        pytest.param("UPDATE audit SET body = '[]' WHERE chain = 'case:a' AND seq = 3", 3, id="edited"),
        pytest.param("DELETE FROM audit WHERE chain = 'case:a' AND seq = 2", 2, id="deleted"),
        pytest.param("UPDATE audit SET actor = 'staff:c' WHERE chain = 'case:a' AND seq = 5", 5, id="another actor"),
    ],
)
def test_the_first_bad_row_is_named(kaihu: Kaihu, store: Store, statement: str, row: int) -> None:
    tamper(store, statement)
    done = kaihu("audit", "verify")
    assert done.exit_code == 1
    assert f"case:a: row {row} is not what was written, or is missing" in done.output
    assert "actor:b" not in done.output and "broken: 1" in done.output


@pytest.mark.parametrize(
    "cut",
    [
        pytest.param("DELETE FROM audit WHERE chain = 'case:a' AND seq > 3", id="a tail"),
        pytest.param("DELETE FROM audit WHERE chain = 'case:a'", id="a whole chain"),
    ],
)
def test_a_tail_that_was_cut_off_is_found_by_the_anchors(kaihu: Kaihu, store: Store, tmp_path: Path, cut: str) -> None:
    anchors = tmp_path / "heads.jsonl"
    anchors.write_text(kaihu("audit", "heads").output)
    assert kaihu("audit", "verify", "--anchors", str(anchors)).exit_code == 0
    tamper(store, cut)
    assert kaihu("audit", "verify").exit_code == 0  # without anchors nobody can see it
    found = kaihu("audit", "verify", "--anchors", str(anchors))
    assert found.exit_code == 1 and "case:a: row" in found.output


def test_a_file_that_holds_no_heads_is_refused(kaihu: Kaihu, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.write_text('{"a": 1}')
    done = kaihu("audit", "verify", "--anchors", str(other))
    assert done.exit_code == 1 and "no file of `kaihu audit heads`" in done.output
