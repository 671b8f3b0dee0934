# ruff: noqa: F811 - the fixtures of the investor's line are shared by import
"""When a part of the machine is missing: without the queue server steps are accepted, on a full disk all or nothing."""

from __future__ import annotations

import errno
import io
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, select, text

from engine import outbox
from engine.store import Store
from engine.tables import Case, Consent, Job, Photo, Signature, Submission
from tests.disks import fill
from tests.web.conftest import HandClock, KeptSms, close, employ, furnish, post, sign_in, sign_in_staff, store_of
from tests.web.line import NEW_CARD, SLOTS, Browser, Line, jpeg, value
from tests.web.refusals import nothing_stored, refused
from tests.web.test_desk import desk_task
from tests.web.test_steps_line import app, browser  # noqa: F401
from webapp.app import create_app
from webapp.settings import WebSettings
from workers.queue import connect_queue
from workers.relay import Relay
from workers.settings import WorkerSettings

NO_SPACE = "存储空间不足，这一次没有保存任何内容。请稍后再试，或致电客服 400-000-0000"


@pytest.fixture
def line(app: Flask, client: FlaskClient, store: Store, sms: KeptSms, browser: Browser) -> Line:
    sign_in(app, client, sms)
    return Line(app, client, store, browser)


# -- without the queue server --


@pytest.fixture
def without_queue(web_settings: WebSettings, tmp_path: Path) -> Iterator[Flask]:
    made = create_app(replace(web_settings, redis_url=f"unix://{tmp_path}/away.sock"))
    furnish(made)
    yield made
    close(made)


def test_without_the_queue_server_a_step_is_accepted_and_its_work_waits(
    without_queue: Flask, sms: KeptSms, tmp_path: Path
) -> None:
    store, client = store_of(without_queue), without_queue.test_client()
    sign_in(without_queue, client, sms)
    line = Line(without_queue, client, store, Browser())
    files = {f"photo-{slot}": (io.BytesIO(jpeg()), "x.jpg") for slot in SLOTS}
    assert line.post(identity_consent="yes", **files).status_code == 303
    relay = Relay(store, connect_queue(WorkerSettings(tmp_path, "", f"unix://{tmp_path}/away.sock"), 0.1))
    assert relay.turn() == 0
    with store.read() as tx:
        assert [(job.status, job.attempt) for job in tx.scalars(select(Job))] == [("due", 0)] * 4
        assert tx.scalars(select(Submission)).one().step == "upload_photos"
    page = client.get(f"/cases/{line.case_id}")
    assert page.status_code == 200 and "正在处理您提交的内容" in page.text
    house = without_queue.extensions["kaihu"]
    for job in sorted(outbox.due(store), key=lambda job: job.service != "photo.process"):  # the server is back
        line._do(house, job)
    line.work()
    assert "核对照片" in line.page().text


# -- on a full disk --


@pytest.fixture
def full(store: Store) -> Iterator[Callable[[bool], None]]:
    """Let the database grow no further: SQLite itself says 'database or disk is full'. Or let it grow again."""
    kept = {"limit": ""}

    def begin(connection) -> None:
        if kept["limit"]:
            connection.exec_driver_sql(f"PRAGMA max_page_count={kept['limit']}")

    def switch(on: bool) -> None:
        kept["limit"] = ""
        with store.write() as tx:
            tx.execute(text("PRAGMA max_page_count=1073741823"))
        if on:
            fill(store)
            with store.read() as tx:
                kept["limit"] = str(tx.scalar(text("PRAGMA page_count")))

    event.listen(store.db, "begin", begin)
    yield switch
    event.remove(store.db, "begin", begin)


def until_refused(act: Callable[[], object], tries: int = 60) -> object:
    """A few small rows may still find room: act until it is refused."""
    for _ in range(tries):
        answer = act()
        if answer.status_code in (422, 507):  # type: ignore[attr-defined]
            return answer
    raise AssertionError("never refused")


def counts(store: Store) -> dict[str, int]:
    with store.read() as tx:
        return {kind.__tablename__: len(list(tx.scalars(select(kind)))) for kind in (Photo, Job, Submission, Consent)}


def test_the_database_itself_says_that_it_is_full(store: Store, full: Callable[[bool], None]) -> None:
    """The control: nothing here pretends."""
    from engine.errors import NoRoom

    full(True)
    with pytest.raises(NoRoom) as told, store.write() as tx:
        tx.execute(text("INSERT INTO filler VALUES (zeroblob(100000))"))
    assert "database or disk is full" in str(told.value.__cause__)


@pytest.mark.parametrize("way", ["form", "button", "script"])
def test_an_upload_on_a_full_disk_is_refused_and_leaves_neither_row_nor_job(
    line: Line, store: Store, full: Callable[[bool], None], way: str
) -> None:
    page = line.page()
    task = line.path()
    full(True)
    seen: list[dict[str, int]] = []

    def upload():
        seen.append(counts(store))
        files = {"photo-id_portrait": (io.BytesIO(jpeg(size=(100 + len(seen), 60))), "x.jpg")}
        given = {"csrf_token": value(page, "csrf_token"), "submission_id": value(page, "submission_id")}
        path = task if way == "form" else f"/cases/{line.case_id}/photos/id_portrait"
        given |= {"upload": "id_portrait"} if way == "form" else {}
        headers = {"HX-Request": "true"} if way == "script" else {}
        return line.client.post(path, data=given | files, headers=headers, content_type="multipart/form-data")

    answer = until_refused(upload)
    assert "存储空间不足" in answer.text and "请稍后再试" in answer.text and 'id="slot-id_portrait"' in answer.text
    after = counts(store)
    assert after == seen[-1] and after["photos"] == after["jobs"]
    full(False)
    assert upload().status_code in (200, 303)


def test_a_step_on_a_full_disk_is_refused_keeps_what_was_typed_and_is_taken_once_there_is_room(
    line: Line, store: Store, full: Callable[[bool], None]
) -> None:
    line.photos()
    page, path = line.page(), line.path()
    fields = {"address": "样本市样本路 3 号" * 5, "issuer": "样本市公安局", "validity": "2016.05.02-2036.05.02"}
    full(True)
    with nothing_stored(store):
        answer = refused(line.post(path, page, **fields), NO_SPACE, status=507)
    assert fields["address"] in answer.text and fields["validity"] in answer.text
    full(False)
    assert line.post(path, answer, **fields).status_code == 303
    assert "银行卡" in line.page().text


def test_the_cards_on_a_full_disk_leave_no_consent_behind(
    line: Line, store: Store, full: Callable[[bool], None]
) -> None:
    line.photos()
    line.basic_data()
    line.upload("bank_card:1")
    page, path = line.page(), line.path()
    full(True)
    with nothing_stored(store):
        answer = refused(line.post(path, page, bank_cards_consent="yes", **NEW_CARD), NO_SPACE, status=507)
    assert f'value="{NEW_CARD["cards.1.number"]}"' in answer.text


def test_a_signature_on_a_full_disk_leaves_nothing_and_can_be_given_again(
    line: Line, store: Store, full: Callable[[bool], None]
) -> None:
    line.photos()
    line.basic_data()
    line.bank_cards()
    line.certificate()
    page = line.page()
    ticks = page.text.split('name="agreements" value="')[1:]
    ticks = [tick.split('"')[0] for tick in ticks]
    proof = line.proof("sign", "agreements")
    full(True)
    with nothing_stored(store):
        refused(line.post(page=page, agreements=ticks, **proof), NO_SPACE, status=507)
    full(False)
    assert line.post(page=page, agreements=ticks, **proof).status_code == 303
    with store.read() as tx:
        assert len(list(tx.scalars(select(Signature)))) == 1


def test_a_decision_on_a_full_disk_is_refused_and_keeps_what_the_desk_wrote(
    line: Line, store: Store, app: Flask, full: Callable[[bool], None]
) -> None:
    line.to_review()
    employ(store, "zhao", {"reviewer"})
    desk = app.test_client()
    sign_in_staff(desk, "zhao")
    path = f"/desk/tasks/{desk_task(store)}"
    post(desk, f"{path}/claim", desk.get(path))
    page = desk.get(path)
    wish = {"submission_id": value(page, "submission_id"), "decision": "reject", "reasons": "id_photo_unclear"}
    wish |= {"reasons.id_photo_unclear.customer_text": "人像看不清" * 30, "note": "写了很久的备注"}
    full(True)
    with nothing_stored(store):
        said = "存储空间不足，这一次没有保存任何内容。请稍后再试，并告知运维人员"
        answer = refused(post(desk, path, page, **wish), said, status=507)
    assert "写了很久的备注" in answer.text and "人像看不清" * 30 in answer.text
    assert "这一次没有完成" in answer.text and "请更正以下内容" not in answer.text, "there is nothing to correct"


def test_a_full_disk_lets_people_read(line: Line, store: Store, clock: HandClock, full: Callable[[bool], None]) -> None:
    """Remembering when somebody was last seen must not turn reading into a refusal."""
    line.photos()
    full(True)
    exhaust(store)
    clock.pass_by(minutes=5)
    assert line.client.get("/my").status_code == 200
    assert line.page().status_code == 200


def test_a_full_disk_lets_a_desk_read_what_it_has_claimed(
    line: Line, store: Store, app: Flask, clock: HandClock, full: Callable[[bool], None]
) -> None:
    """Looking keeps the claim: a look that cannot be noted is still a look. A photograph is not shown unnoted."""
    line.to_review()
    employ(store, "zhao", {"reviewer"})
    desk = app.test_client()
    sign_in_staff(desk, "zhao")
    path = f"/desk/tasks/{desk_task(store)}"
    post(desk, f"{path}/claim", desk.get(path))
    photo = desk.get(path).text.split('src="/desk/photos/')[1].split('"')[0]
    assert desk.get(f"/desk/photos/{photo}").status_code == 200
    full(True)
    exhaust(store)
    clock.pass_by(minutes=5)
    assert "<h1>" in desk.get("/desk").text and desk.get(path).status_code == 200
    assert desk.get(f"/desk/photos/{photo}").status_code == 507


def exhaust(store: Store) -> None:
    """Make every write fail, however small."""

    def refuse(connection, cursor, statement, *more) -> None:
        if statement.startswith(("INSERT", "UPDATE", "DELETE")):
            import sqlite3

            raise sqlite3.OperationalError("database or disk is full")

    event.listen(store.db, "before_cursor_execute", refuse)


def test_a_blob_that_finds_no_room_leaves_no_row(line: Line, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """The photographs lie outside the database: their disk may be the full one."""

    def refuse(path: str) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    page = line.page()
    monkeypatch.setattr(store.vault.blobs, "flush", refuse)
    with nothing_stored(store):
        answer = line.post(page=page, identity_consent="yes", **{"photo-signature": (io.BytesIO(jpeg()), "x.jpg")})
        refused(answer, "存储空间不足")
    assert 'id="slot-signature"' in answer.text


def test_nobody_begins_a_case_on_a_full_disk(
    app: Flask, client: FlaskClient, store: Store, sms: KeptSms, full: Callable[[bool], None]
) -> None:
    sign_in(app, client, sms, path="/sign-in")
    page = client.get("/my")
    full(True)
    refused(post(client, "/my/start/change_settlement_account", page), "暂时无法保存", "请稍后再试", status=507)
    with store.read() as tx:
        assert list(tx.scalars(select(Case))) == []
    full(False)
    assert post(client, "/my/start/change_settlement_account", page).status_code == 303
