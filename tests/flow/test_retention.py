"""A case that was given up is shredded after the company's term; what the law wants is kept, and nothing else goes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from engine import audit, claims, comments, company, photo_records, photos, retention
from engine.cases import answers
from engine.retention import shred_given_up
from engine.store import Store
from engine.tables import AuditRow, Photo, PhotoRecord, Signature, Submission
from engine.vault import KeyMissing
from tests.flow.strides import applied
from tests.house import HandClock, count_rows, hire, staff
from tests.walk import Walk

DAYS = company.default_company().retention.given_up_days
NOTHING = {"photos": {}, "answers": {}}
SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
"""What both databases are asked in the same words is asked of both by the first two tests."""


def photographed(case: Walk) -> Walk:
    store = case.store
    photo_id = photos.add(store, case_id=case.id, slot="id_portrait", data=b"a face", by="zhang", kind="id1")
    with store.write() as tx:
        photo_records.write(tx, store.vault, tx.get_one(Photo, photo_id), 1, "read", {"fields": {}}, store.clock.now())
    return case


def kept(case: Walk) -> dict[str, dict[str, Any]]:
    """What can still be read of a case: its photographs by slot, its answers by step."""
    store = case.store
    with store.read() as tx:
        rows = tx.scalars(select(Photo).where(Photo.case_id == case.id))
        told = {row.slot: opened(case, row) for row in rows}
        steps = tx.scalars(select(Submission.step).where(Submission.case_id == case.id, Submission.kind == "submit"))
        given = {step: answers.latest(tx, store.vault, case.id, step) for step in steps}
    return {
        "photos": {name: one for name, one in told.items() if one},
        "answers": {k: v for k, v in given.items() if v},
    }


def opened(case: Walk, photo: Photo) -> bytes:
    with case.store.read() as tx:
        try:
            return case.store.vault.blobs.get(tx, case.id, photo.original)
        except KeyMissing:
            return b""


def given_up(case: Walk) -> Walk:
    photographed(case).do("upload_photos")
    case.give_up()
    return case


def test_photographs_and_answers_of_a_case_that_was_given_up_go_after_the_term(
    store: Store, clock: HandClock, walk: Callable[..., Walk], tmp_path: Path
) -> None:
    case = given_up(walk())
    clock.pass_by(days=DAYS, seconds=-1)
    assert shred_given_up(store) == 0
    with store.read() as tx:
        assert count_rows(tx, PhotoRecord) == 1
    assert kept(case) == {
        "photos": {"id_portrait": b"a face"},
        "answers": {"upload_photos": {"of": "upload_photos", "round": 1}},
    }
    clock.pass_by(seconds=1)
    assert shred_given_up(store) == 1
    assert kept(case) == NOTHING
    assert [path for path in (tmp_path / "blobs" / case.id).rglob("*") if path.is_file()] == []
    with store.read() as tx:
        assert photos.slots(tx, case.id) == {}
        assert count_rows(tx, PhotoRecord) == 0


def test_it_is_done_once_and_stands_in_the_audit(store: Store, clock: HandClock, walk: Callable[..., Walk]) -> None:
    case = given_up(walk())
    clock.pass_by(days=DAYS)
    assert [shred_given_up(store), shred_given_up(store)] == [1, 0]
    with store.read() as tx:
        chain = audit.case_chain(case.id)
        [row] = tx.scalars(select(AuditRow).where(AuditRow.chain == chain, AuditRow.action == retention.SHRED))
        told = '{"answers":2,"comments":0,"photos":1,"recordings":0}'
        assert (row.actor, row.at, row.body) == ("system:system", clock.now(), told)
        assert audit.verify(tx, store.vault, chain) is None
        assert {row.action for row in audit.history(tx, chain)} >= {"open", "submit", "abandoned"}


@SQLITE
def test_a_case_that_timed_out_goes_too(store: Store, clock: HandClock, walk: Callable[..., Walk]) -> None:
    case = photographed(walk())
    case.do("upload_photos")
    case.wait(days=30)
    assert case.case.status == "已超时"
    clock.pass_by(days=DAYS)
    assert shred_given_up(store) == 1 and kept(case) == NOTHING


@SQLITE
def test_what_was_never_begun_goes_as_soon_as_it_timed_out(
    store: Store, clock: HandClock, walk: Callable[..., Walk]
) -> None:
    case = photographed(walk())
    case.wait(days=30)
    assert case.case.started_at is None and case.case.ended_at is not None
    assert shred_given_up(store) == 1 and kept(case) == NOTHING


def _succeeded(case: Walk) -> None:
    case.to_review().decide("review", review__decision="pass")
    applied(case)


def _refused(case: Walk) -> None:
    case.to_review().reject("review", "id_expired", review__decision="reject")
    case.answer("certificate.revoke", certificate__revoked=True)


@SQLITE
@pytest.mark.parametrize("ends", [_succeeded, _refused])
def test_what_was_decided_is_kept(
    store: Store, clock: HandClock, walk: Callable[..., Walk], ends: Callable[[Walk], None]
) -> None:
    """The control: the law wants twenty years of it."""
    ends(case := photographed(walk()))
    assert case.case.ended_at is not None
    before = kept(case)
    clock.pass_by(days=10 * DAYS)
    assert shred_given_up(store) == 0
    assert kept(case) == before and before["photos"] and before["answers"]


@SQLITE
def test_a_case_in_flight_is_kept_however_old(store: Store, clock: HandClock, walk: Callable[..., Walk]) -> None:
    case = photographed(walk()).to_review()
    clock.pass_by(days=10 * DAYS)
    assert shred_given_up(store) == 0 and kept(case)["photos"]


@SQLITE
def test_of_a_signed_case_the_answers_that_the_signature_covers_are_kept(
    store: Store, clock: HandClock, walk: Callable[..., Walk]
) -> None:
    case = photographed(walk()).to_review()
    with store.write() as tx:
        tx.add(
            Signature(
                id="s", case_id=case.id, task_id="t", serial="1", statement=b"", documents=[], value="", at=clock.now()
            )
        )
    before = kept(case)["answers"]
    case.give_up()
    clock.pass_by(days=DAYS)
    assert shred_given_up(store) == 1
    assert kept(case) == {"photos": {}, "answers": before} and "bank_cards" in before


@SQLITE
def test_what_colleagues_noted_goes_too_and_why_one_of_them_took_over_stays(
    store: Store, clock: HandClock, walk: Callable[..., Walk]
) -> None:
    """A note may say anything of the customer; the reason of an act is what the colleague answers for."""
    hire(store, first := staff("li"), second := staff("qian"))
    case = walk().to_review()
    task = case.task("review").id
    claims.claim(store, task, first)
    comments.add(store, task, first, "地址与身份证上的不同")
    clock.pass_by(hours=1)
    claims.claim(store, task, second, reason="同事已下班")
    case.give_up()
    clock.pass_by(days=DAYS, seconds=-1)
    assert (shred_given_up(store), said(case)) == (0, ["地址与身份证上的不同", "同事已下班"])
    clock.pass_by(seconds=1)
    assert (shred_given_up(store), said(case)) == (1, ["同事已下班"])
    with store.read() as tx:
        assert audit.verify(tx, store.vault, audit.case_chain(case.id)) is None


def said(case: Walk) -> list[str]:
    with case.store.read() as tx:
        return [one.text for one in comments.of_case(tx, case.store.vault, case.id)]


@SQLITE
def test_the_term_is_the_companys(store: Store, clock: HandClock, walk: Callable[..., Walk]) -> None:
    case = given_up(walk())
    record = {**company.default_company().document, "retention": {"given_up_days": 5}}
    company.save(store, record)
    clock.pass_by(days=4)
    assert shred_given_up(store) == 0
    clock.pass_by(days=1)
    assert shred_given_up(store) == 1 and kept(case) == NOTHING


@SQLITE
def test_one_that_cannot_be_shredded_stops_nobody(
    store: Store, clock: HandClock, walk: Callable[..., Walk], monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = given_up(walk()), given_up(walk(customer="wang"))
    clock.pass_by(days=DAYS)
    shred = store.vault.blobs.shred

    def broken(tx: Any, owner: str) -> None:
        if owner == first.id:
            raise RuntimeError("a broken case")
        shred(tx, owner)

    monkeypatch.setattr(store.vault.blobs, "shred", broken)
    assert shred_given_up(store) == 1
    assert kept(first)["photos"] and kept(first)["answers"] and kept(second) == NOTHING
    monkeypatch.undo()
    assert shred_given_up(store) == 1 and kept(first) == NOTHING
