"""Published versions are immutable and found again by their hash (a database in memory)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import pytest
from sqlalchemy import create_engine, func, select
from sqlalchemy.orm import Session

from engine.bundles import Known, bundle_of, businesses, publish, published
from engine.clock import SHANGHAI
from engine.errors import Gone
from engine.tables import Base, BundleRow
from tests.unit.tea import KNOWN, NOTICES, changed, load, tea

AT = datetime(2026, 11, 22, 9, 54, tzinfo=SHANGHAI)


@pytest.fixture
def tx() -> Iterator[Session]:
    engine = create_engine("sqlite://")
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        yield session
    engine.dispose()


@pytest.fixture
def known() -> Known:
    """A fresh one, so that nothing is in the cache."""
    return Known(KNOWN.services, KNOWN.settings, KNOWN.form_facts, KNOWN.form_sure, KNOWN.form_lint, KNOWN.form_fill)


def test_what_was_published_comes_back_whole(tx: Session, known: Known) -> None:
    bundle = load(tea())
    publish(tx, bundle, "first", "staff:analyst", AT)
    again = bundle_of(tx, published(tx, "tea", AT), known)
    assert (again.hash, again.process_hash, again.files) == (bundle.hash, bundle.process_hash, bundle.files)
    assert again.steps == bundle.steps
    assert bundle_of(tx, bundle.hash, known) is again
    assert [each.hash for each in businesses(tx, known, AT)] == [bundle.hash]


def test_a_second_version_leaves_the_first_as_it_was(tx: Session, known: Known) -> None:
    first, second = load(tea()), load(changed(NOTICES, "茶快凉了", "茶"))
    for bundle in (first, second, second):
        publish(tx, bundle, "note", "staff:analyst", AT)
    assert published(tx, "tea", AT) == second.hash
    assert bundle_of(tx, first.hash, known).notices["idle_warning"]["text"] == "茶快凉了"
    assert tx.scalar(select(func.count()).select_from(BundleRow)) == 2


def test_one_may_go_back_to_an_earlier_version(tx: Session) -> None:
    first, second = load(tea()), load(changed(NOTICES, "茶快凉了", "茶"))
    for bundle in (first, second, first):
        publish(tx, bundle, "note", "staff:analyst", AT)
    assert published(tx, "tea", AT) == first.hash


def test_a_row_that_was_changed_is_not_used(tx: Session, known: Known) -> None:
    bundle = load(tea())
    publish(tx, bundle, "first", "staff:analyst", AT)
    row = tx.get_one(BundleRow, bundle.hash)
    row.files = row.files.replace("茶快凉了".encode(), "茶已凉了".encode())
    with pytest.raises(ValueError, match="stored bundle"):
        bundle_of(tx, bundle.hash, known)


def test_what_was_never_published_is_gone(tx: Session, known: Known) -> None:
    with pytest.raises(Gone):
        published(tx, "tea", AT)
    with pytest.raises(Gone):
        bundle_of(tx, "0" * 64, known)
    assert businesses(tx, known, AT) == []
