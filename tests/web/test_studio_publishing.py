"""What an analyst publishes on his page: a step more, a flow less, and two analysts at once, on both databases."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import PurePosixPath
from threading import Barrier
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from engine import proposals
from engine.bundles import releasing
from engine.bundles.archive import read_archive, write_archive
from engine.bundles.versions import versions
from engine.store import Store
from tests.flow.editions import with_income, without_the_way_back
from tests.web.conftest import LI, MAIN, ON_BOTH, KeptSms, bundle, employ, put_on_file, sign_in, sign_in_staff
from tests.web.line import Browser, Line
from tests.web.strides import Strides
from tests.web.studio import NOTE, RECORD, SUMMARY, act, changed, handed_in, in_use, reworded


def only_changed(files: dict[str, bytes]) -> list[tuple[str, bytes]]:
    """The files that an analyst picks: those that he changed or added."""
    before = bundle(MAIN).files
    return [(PurePosixPath(path).name, data) for path, data in files.items() if before.get(path) != data]


@ON_BOTH
def test_an_inserted_step_is_published_and_a_new_case_walks_through_it_on_its_page_and_an_old_one_past_it(
    app: Flask, analyst: FlaskClient, store: Store, sms: KeptSms
) -> None:
    put_on_file(store, LI)
    old = Strides(store, LI).photos()
    page = handed_in(analyst, *only_changed(dict(with_income().files)))
    assert "增加步骤“收入情况”（income）" in page.text and ">增</text>" in page.text
    assert act(analyst, page, "publish", note=NOTE).status_code == 303
    assert in_use(store) == with_income().hash
    new = Strides(store).photos()
    for case in (old, new):
        case.do("basic_data")
    assert (old.steps, new.steps) == (["bank_cards"], ["income"])
    client = app.test_client()
    sign_in(app, client, sms)
    line = Line(app, client, store, Browser())
    line.case_id = new.id
    assert "年收入（元）" in line.page().text
    assert line.post(yearly="120000").status_code == 303
    assert new.steps == ["bank_cards"]


def test_the_files_of_a_proposal_can_be_taken_home_but_none_that_leads_out_of_its_folder(analyst: FlaskClient) -> None:
    page = handed_in(analyst, ("b.zip", write_archive({RECORD: b"{}", "../out.bpmn": b"x", "/etc/x": b"x"})))
    assert f"{page.request.path}/files.zip" in page.text
    assert read_archive(analyst.get(f"{page.request.path}/files.zip").data) == ({RECORD: b"{}"}, [])


@ON_BOTH
def test_a_deleted_flow_that_reasons_need_is_told_and_not_published(analyst: FlaskClient, store: Store) -> None:
    page = handed_in(analyst, *only_changed(without_the_way_back()))
    assert "reason.road" in page.text and "id_photo_unclear" in page.text
    assert "画一条连线到步骤链的链首" in page.text and "版本说明" not in page.text
    assert act(analyst, page, "publish", note=NOTE).status_code == 422
    assert in_use(store) == bundle(MAIN).hash


@ON_BOTH
def test_of_two_analysts_who_publish_at_once_exactly_one_wins_and_the_other_reads_why_not(
    app: Flask, analyst: FlaskClient, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = published_at_once(app, analyst, store, monkeypatch)
    assert sorted(status for status, _ in told) == [303, 409]
    assert "同事已经发布了另一个版本。请按“与现在的版本重新比较”" in next(
        text for status, text in told if status == 409
    )
    with store.read() as tx:
        assert len(versions(tx, MAIN, store.clock.now())) == 2
        assert len(proposals.waiting(tx)) == 1, "what lost is still there to be compared anew"


@ON_BOTH
def test_without_the_comparison_both_would_win(
    app: Flask, analyst: FlaskClient, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: one of the two would be overwritten, and nobody told."""
    monkeypatch.setattr(releasing, "_expect", nothing)
    told = published_at_once(app, analyst, store, monkeypatch)
    assert [status for status, _ in told] == [303, 303]


def nothing(tx: Session, business: str, hash: str | None, now: datetime) -> None:
    """No look at what is in use."""


def published_at_once(
    app: Flask, analyst: FlaskClient, store: Store, monkeypatch: pytest.MonkeyPatch
) -> list[tuple[int, str]]:
    """Two analysts press 发布 in the same moment, each for his own proposal."""
    employ(store, "bob", {"analyst"})
    other = app.test_client()
    sign_in_staff(other, "bob")
    mine = handed_in(analyst, ("business.json", reworded()))
    theirs = handed_in(other, ("business.json", changed(RECORD, SUMMARY, "使用提示")))
    monkeypatch.setattr(proposals, "publish", together(proposals.publish))
    with ThreadPoolExecutor(2) as both:
        asked = [
            both.submit(act, client, page, "publish", note=NOTE) for client, page in ((analyst, mine), (other, theirs))
        ]
        return [(one.result().status_code, one.result().text) for one in asked]


def together(publish: Callable[..., None]) -> Callable[..., None]:
    """Both have looked before either of them publishes."""
    at_once = Barrier(2, timeout=20)

    def waits(*args: Any) -> None:
        at_once.wait()
        publish(*args)

    return waits
