# ruff: noqa: F811 - the fixtures of the investor's line are shared by import
"""用这个轮廓裁切: four corners are taken or refused in words; the card asks again and is put in only when it is new."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import select

from benchmarks.statements import noted
from engine import photo_records, photos
from engine.errors import NoRoom, Stale
from engine.outlines import MOST
from engine.store import Store
from engine.tables import Job, Photo, PhotoRecord
from tests.web.line import SLOTS, Line
from tests.web.refusals import nothing_stored
from tests.web.test_steps_line import app, browser, line  # noqa: F401

SIZE = [400, 300]
GOOD = [[40, 40], [360, 42], [358, 250], [44, 248]]
NO_OUTLINE = "这四个角围不成证件的轮廓"
WRONG = [
    ("nothing", ""),
    ("no JSON", "[[1,2"),
    ("no list", '{"a": 1}'),
    ("three corners", json.dumps(GOOD[:3])),
    ("a corner of three numbers", json.dumps([[1, 2, 3], *GOOD[1:]])),
    ("words", json.dumps([["a", "b"], *GOOD[1:]])),
    ("true", json.dumps([[True, False], *GOOD[1:]])),
    ("no number", "[[NaN,1],[2,3],[4,5],[6,7]]"),
    ("without end", "[[Infinity,1],[2,3],[4,5],[6,7]]"),
    ("a number of a thousand digits", f"[[{'9' * 1000},1],[2,3],[4,5],[6,7]]"),
    ("a hundred thousand lists", "[" * 100_000),
    ("sides that cross", json.dumps([GOOD[0], GOOD[2], GOOD[1], GOOD[3]])),
    ("a corner inwards", json.dumps([GOOD[0], GOOD[1], [60, 60], GOOD[3]])),
    ("far outside", json.dumps([[-400, 40], *GOOD[1:]])),
    ("a point", json.dumps([[100, 100]] * 4)),
]


@pytest.fixture
def photo(line: Line, store: Store) -> str:
    """A photograph that was looked at, as the real pipeline leaves it: with the size of its upright picture."""
    line.upload("id_portrait")
    with store.write() as tx:
        row = tx.scalars(select(Photo)).one()
        row.record = {**(row.record or {}), "size": SIZE, "corners": GOOD}
        return row.id


def draws(line: Line, photo: str, corners: str, **headers: str) -> tuple[int, str]:
    answer = line.post(f"/photos/{photo}/outline", corners=corners)
    return answer.status_code, answer.text


def test_an_outline_begins_a_run_of_its_own(line: Line, store: Store, photo: str) -> None:
    status, card = draws(line, photo, json.dumps(GOOD))
    assert status == 200 and "正在切边和摆正…" in card and "<html" not in card
    with store.read() as tx:
        row, record = tx.get_one(Photo, photo), tx.scalars(select(PhotoRecord)).one()
        jobs = tx.scalars(select(Job).where(Job.status == "due")).all()
    assert row.status == "processing" and [job.service for job in jobs] == ["photo.process"]
    assert (record.stage, record.by) == ("locate", "wang")
    assert store.vault.open_json("photo_records.body", record.body) == {"corners": GOOD}


@pytest.mark.parametrize("corners", [row[1] for row in WRONG], ids=[row[0] for row in WRONG])
def test_what_is_no_outline_is_said_and_changes_nothing(line: Line, store: Store, photo: str, corners: str) -> None:
    with nothing_stored(store):
        status, card = draws(line, photo, corners)
    assert status == 422 and NO_OUTLINE in card and "正在切边和摆正…" not in card


def test_what_is_still_being_looked_at_is_not_drawn_on(line: Line, store: Store, photo: str) -> None:
    draws(line, photo, json.dumps(GOOD))
    with nothing_stored(store):
        status, card = draws(line, photo, json.dumps(GOOD))
    assert status == 422 and "这张照片还在处理" in card


@pytest.mark.parametrize(("runs", "status"), [(MOST, 200), (MOST + 1, 422)], ids=["the control: the last one", "more"])
def test_nobody_outlines_one_photograph_without_end(
    line: Line, store: Store, photo: str, runs: int, status: int
) -> None:
    with store.write() as tx:
        row, at = tx.get_one(Photo, photo), store.clock.now()
        photo_records.write(tx, store.vault, row, runs, "locate", {"corners": GOOD}, at, by="wang")
    answered, card = draws(line, photo, json.dumps(GOOD))
    assert answered == status and ("不能再调整" in card) is (status == 422)
    with store.read() as tx:
        assert photo_records.run_of(tx, store.vault, photo).number == MOST + 1


@pytest.mark.parametrize(("wrong", "status"), [(NoRoom, 422), (Stale, 303)])
def test_what_cannot_be_kept_is_said(
    line: Line, photo: str, monkeypatch: pytest.MonkeyPatch, wrong: type[Exception], status: int
) -> None:
    def refuses(*_: object) -> None:
        raise wrong() if wrong is NoRoom else Stale(line.case_id, None, None, "ended")

    monkeypatch.setattr(photos, "outline", refuses)
    answer = line.post(f"/photos/{photo}/outline", corners=json.dumps(GOOD))
    assert answer.status_code == status and ("存储空间不足" in answer.text or answer.status_code == 303)


def test_a_step_that_is_done_is_not_drawn_on_and_the_whole_page_goes_on(line: Line, store: Store, photo: str) -> None:
    line.photos()
    page = line.page()
    with nothing_stored(store):
        plain = line.post(f"/photos/{photo}/outline", page=page, corners=json.dumps(GOOD))
    assert plain.status_code == 303
    token = page.text.split('name="csrf_token" value="')[1].split('"')[0]
    part = line.client.post(
        f"/photos/{photo}/outline", data={"csrf_token": token, "corners": json.dumps(GOOD)}, headers={"HX-Request": "1"}
    )
    assert part.status_code == 200 and part.headers["HX-Redirect"] == f"/cases/{line.case_id}" and not part.data


def test_a_tick_waits_for_a_photograph_that_is_cut_out_anew(line: Line, store: Store) -> None:
    line.upload(*SLOTS)
    line.post(identity_consent="yes")
    line.work()
    with store.write() as tx:
        photo = tx.scalars(select(Photo).where(Photo.slot == "id_emblem")).one()
        photo.status = "processing"
    page = line.page()
    assert "正在切边和摆正…" in page.text and "seen=" in page.text
    refused = line.post(page=page, photos_checked="yes", responsibility="yes")
    assert refused.status_code == 422 and "有一张照片正在重新切边" in refused.text
    with store.write() as tx:
        tx.get_one(Photo, photo.id).status = "ready"
    assert line.post(photos_checked="yes", responsibility="yes").status_code == 303


def test_a_page_that_asks_again_is_told_only_what_is_new(line: Line, store: Store) -> None:
    path = f"/cases/{line.case_id}/photos/id_portrait"
    line.upload("id_portrait")
    answers = {}
    for status in ("processing", "reading", "ready"):
        with store.write() as tx:
            row = tx.scalars(select(Photo)).one()
            row.status = status
        seen = f"{row.id}.{status}"
        assert line.client.get(f"{path}?seen={seen}").status_code == 204
        answers[status] = line.client.get(f"{path}?seen={row.id}.other")
    assert "正在切边和摆正…" in answers["processing"].text and "/crop" not in answers["processing"].text
    assert "正在识别文字…" in answers["reading"].text and "/crop" in answers["reading"].text
    assert "可以使用" in answers["ready"].text and "seen=" not in answers["ready"].text
    assert statements(line, f"{path}?seen={row.id}.ready") < statements(line, path)
    done = [answers[name].text.split("#photos-told")[1] for name in answers]
    assert ["0 / 3 张" in done[0], "0 / 3 张" in done[1], "1 / 3 张" in done[2]] == [True] * 3


def statements(line: Line, path: str) -> int:
    """How often the database is asked for one answer."""
    with noted() as asked:
        line.client.get(path)
    return len(asked)
