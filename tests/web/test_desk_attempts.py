# ruff: noqa: F811 - the fixtures of the investor's line are shared by import
"""Earlier attempts at a photograph: what was rejected and why, for the holder of the claim, every look in the audit."""

from __future__ import annotations

import json
import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from engine import audit
from engine.store import Store
from engine.tables import Photo
from tests.web.conftest import WANG, HandClock
from tests.web.line import Line, jpeg
from tests.web.readings import cut, photo_in
from tests.web.test_cost_of_a_step import counted
from tests.web.test_desk import claim, decide, line, reviewer, somebody  # noqa: F401
from tests.web.test_steps_line import app, browser  # noqa: F401


@pytest.fixture
def rejected(reviewer: FlaskClient, line: Line, store: Store, clock: HandClock) -> str:
    """The portrait side that a reviewer did not take; the customer has handed in another since."""
    first = photo_in(store, "id_portrait")
    clock.pass_by(minutes=1)
    given = {
        "reasons.id_photo_unclear.customer_text": "人像有反光",
        "reasons.id_photo_unclear.internal_note": "看右上角",
    }
    decide(reviewer, claim(reviewer, store), decision="reject", reasons="id_photo_unclear", **given)
    clock.pass_by(minutes=1)
    line.upload("id_portrait")
    clock.pass_by(minutes=1)
    line.upload("id_portrait")
    line.post(identity_consent="yes")
    line.work()
    line.post(photos_checked="yes", responsibility="yes")
    line.signature()
    return first


def attempts(page: str) -> list[str]:
    """What is said of each earlier attempt, the newest first."""
    found = re.findall(r'<(?:p|details) class="attempt">(.*?)</(?:p|summary)>', page, re.S)
    return [re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", one)).strip() for one in found]


def looks(store: Store, case_id: str) -> list[tuple[str, str]]:
    with store.read() as tx:
        rows = audit.history(tx, audit.case_chain(case_id))
        told = (json.loads(row.body) for row in rows if row.action == "look")
        return [(one["photo"], one["which"]) for one in told]


def test_earlier_uploads_are_told_with_time_and_reason(reviewer: FlaskClient, rejected: str, store: Store) -> None:
    page = reviewer.get(claim(reviewer, store)).text
    assert "以前的照片和切边（2）" in page
    assert attempts(page) == [
        "2026-11-24 09:56 · 客户上传 · 没有被退回 · 提交之前已由客户更换，不供查看",
        "2026-11-24 09:54 · 客户上传 · 退回：证件照不清晰",
    ]
    assert "内部备注：看右上角" in page and page.count(f"/desk/photos/{rejected}/original") >= 1


def test_opening_one_is_for_the_holder_watermarked_and_audited(
    reviewer: FlaskClient, rejected: str, line: Line, app: Flask, store: Store
) -> None:
    colleague = somebody(app, store, "sun")
    path = f"/desk/photos/{rejected}/original"
    assert reviewer.get(path).status_code == 404
    page = reviewer.get(claim(reviewer, store))
    assert looks(store, line.case_id) == []  # the list is no look
    served = reviewer.get(path)
    assert served.status_code == 200 and served.data != jpeg("navy") and served.headers["Cache-Control"] == "no-store"
    assert looks(store, line.case_id) == [(rejected, "original")]
    assert colleague.get(path).status_code == 404 and rejected not in colleague.get("/desk").text
    assert rejected in page.text and looks(store, line.case_id) == [(rejected, "original")]


def test_an_earlier_cut_out_is_served_like_every_picture(
    reviewer: FlaskClient, line: Line, app: Flask, store: Store, clock: HandClock
) -> None:
    photo = photo_in(store, "id_emblem")
    cut(store, photo, 1, colour="olive")
    clock.pass_by(minutes=1)
    cut(store, photo, 2, by=WANG.id, colour="purple")
    old, path = f"/desk/photos/{photo}/cuts/1", claim(reviewer, store)
    page = reviewer.get(path).text
    assert attempts(page) == ["2026-11-24 09:54 · 系统自动切边 · 已由后来的切边代替"] and old in page
    served = reviewer.get(old)
    assert served.status_code == 200 and served.data != jpeg("olive") and served.data.startswith(b"\xff\xd8")
    assert looks(store, line.case_id) == [(photo, "cut 1")]
    assert somebody(app, store, "sun").get(old).status_code == 404
    for run in ("3", "0", "one"):
        assert reviewer.get(f"/desk/photos/{photo}/cuts/{run}").status_code == 404
    assert len(looks(store, line.case_id)) == 1


def test_a_reason_for_another_photograph_is_not_told_here(
    reviewer: FlaskClient, line: Line, store: Store, clock: HandClock
) -> None:
    clock.pass_by(minutes=1)
    decide(reviewer, claim(reviewer, store), decision="reject", reasons="signature_unclear")
    clock.pass_by(minutes=1)
    line.upload("signature", "id_emblem")
    line.post(identity_consent="yes")
    line.work()
    line.post(photos_checked="yes", responsibility="yes")
    line.signature()
    told = attempts(reviewer.get(claim(reviewer, store)).text)
    assert sorted(one.rpartition(" · ")[2] for one in told) == ["没有被退回", "退回：签名照不清晰"]


def test_twenty_earlier_uploads_cost_no_more_questions_than_one(reviewer: FlaskClient, store: Store) -> None:
    path = claim(reviewer, store)
    with counted() as without:
        reviewer.get(path)
    costs = [asked_with(reviewer, path, store, uploads) for uploads in (1, 20)]
    assert costs[0] == costs[1] <= len(without) + 2


def asked_with(reviewer: FlaskClient, path: str, store: Store, uploads: int) -> int:
    """How often the page asks the database when so many lay in the slot before."""
    for number in range(uploads):
        earlier_upload(store, f"{uploads:016}{number:016}")
    with counted() as asked:
        page = reviewer.get(path)
    assert len(attempts(page.text)) >= uploads
    return len(asked)


def earlier_upload(store: Store, id: str) -> None:
    counts_id = photo_in(store, "signature")
    with store.write() as tx:
        counts = tx.get_one(Photo, counts_id)
        copied = {
            name: getattr(counts, name) for name in ("case_id", "slot", "original", "upright", "crop", "by", "at")
        }
        tx.add(Photo(id=id, status="ready", **copied))
