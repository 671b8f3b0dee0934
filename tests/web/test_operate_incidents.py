"""The operator's page of incidents: by cause, one in full, sent again or settled with a note, row by row."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from engine import incidents, outbox
from engine.errors import Conflict, NoRoom
from engine.store import Store
from engine.tables import AuditRow, Branch, Incident, Job
from tests.flow.trouble import broken, broken_draft, latest
from tests.walk import Walk
from tests.web.conftest import LI, ON_BOTH, WANG, HandClock, employ, post, put_on_file, sign_in_staff
from webapp.operate import incident as incident_page

LIST = "/operate/incidents"
NOTE = "短信平台已恢复"
CHINESE = re.compile(r"[\u4e00-\u9fff]")


@pytest.fixture
def ops(app: Flask, store: Store) -> FlaskClient:
    """Somebody who keeps the installation running, of another branch than the customers."""
    employ(store, "ops", {"operator"}, "west")
    client = app.test_client()
    sign_in_staff(client, "ops")
    return client


@pytest.fixture
def cases(store: Store) -> Iterator[tuple[Walk, Walk]]:
    """Two customers whose photographs wait to be checked."""
    put_on_file(store, LI)
    with store.write() as tx:
        tx.add(Branch(id="north", name="北城营业部", name_en="North"))
    yield Walk(store, customer=WANG.id), Walk(store, customer=LI.id)


@pytest.fixture
def case(cases: tuple[Walk, Walk]) -> Walk:
    return cases[0]


def one(case: Walk) -> str:
    return f"{LIST}/{latest(case).id}"


def send(member: FlaskClient, path: str, page: TestResponse | None = None, **fields: str) -> TestResponse:
    return post(member, path, page or member.get(LIST), **fields)


def text(page: TestResponse) -> str:
    """What of a page is read, without its tags."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.text))


# -- the list --


def test_an_operator_is_led_to_his_page_which_says_what_will_appear(ops: FlaskClient) -> None:
    assert ops.get("/staff/").location == LIST and ops.get("/operate/").location == LIST
    assert "现在没有异常任务" in ops.get(LIST).text and "menu-count" not in ops.get(LIST).text
    assert "还没有处理过的任务" in ops.get(f"{LIST}?state=settled").text


def test_who_serves_a_desk_as_well_keeps_his_desk_as_home(app: Flask, store: Store) -> None:
    employ(store, "both", {"reviewer", "administrator"})
    both = app.test_client()
    sign_in_staff(both, "both")
    assert both.get("/staff/").location == "/desk" and f'href="{LIST}"' in both.get("/desk").text


@ON_BOTH
def test_incidents_stand_by_their_cause_with_how_many_since_when_and_what_to_do(
    ops: FlaskClient, cases: tuple[Walk, Walk], clock: HandClock
) -> None:
    for case in cases:
        broken(case)
    broken_draft(cases[0].store, cases[0], "impossible: no notice")
    page = ops.get(LIST)
    causes = [row for row in page.text.split("<tr>") if "operate/incidents?" in row and "data-label" in row]
    assert [("核对照片" in row, "外部系统没有答复" in row, ">2<" in row) for row in causes] == [
        (True, True, True), (False, False, False),
    ]  # fmt: skip
    assert "photo.check · TimeoutError" in page.text and "2026-11-24 09:54" in causes[0]
    assert "先重试一件，办成后再重试其余" in causes[0] and "只重试没有用" in causes[1]
    assert '<span class="number state state-bad menu-count">3</span>' in page.text
    assert "王" not in page.text and WANG.id_number not in page.text


def test_the_address_holds_what_is_asked_for(ops: FlaskClient, cases: tuple[Walk, Walk]) -> None:
    for case in cases:
        broken(case)
    slow = broken_draft(cases[0].store, cases[0], "took too long")
    of_cause = ops.get(f"{LIST}?service=notice.send&error=took too long").text
    assert of_cause.count('name="incident"') == 1 and slow.id in of_cause
    number = cases[1].case.number or ""
    narrowed = ops.get(f"{LIST}?number={number[-2:]}").text
    assert number in narrowed and (cases[0].case.number or "-") not in narrowed
    assert "没有符合筛选的任务" in ops.get(f"{LIST}?number=99999").text
    assert "name=&#34;" not in ops.get(f"{LIST}?service=<x>&error=<y>").text


def test_a_monitor_reads_how_many_wait_and_people_are_served(ops: FlaskClient, case: Walk) -> None:
    broken(case)
    told = ops.get("/healthz").json
    assert told and (told["incidents"], told["state"]) == (1, "ok")


def test_a_list_longer_than_a_page_says_how_many_more_there_are(
    ops: FlaskClient, cases: tuple[Walk, Walk], monkeypatch: pytest.MonkeyPatch
) -> None:
    for case in cases:
        broken(case)
    monkeypatch.setattr("webapp.operate.listing.SHOWN", 1)
    assert "另有 1 件没有列出" in ops.get(LIST).text


# -- one of them --


@ON_BOTH
def test_one_is_told_in_full_and_of_the_customer_nothing(ops: FlaskClient, case: Walk, store: Store) -> None:
    broken(case)
    page = ops.get(one(case))
    said = text(page)
    for part in (
        "核对照片：外部系统没有答复", "检查照片", "slots = id_portrait,id_emblem,signature",
        "TimeoutError in send:30", case.case.number or "", "没有办成", "请客户重新拍摄照片",
    ):  # fmt: skip
        assert part in said, part
    assert "放下" not in said and "王" not in said and WANG.id_number not in page.text
    with store.read() as tx:
        looks = [row for row in tx.scalars(select(AuditRow)) if row.action == "look"]
    assert [(row.chain, row.body) for row in looks] == [(f"case:{case.id}", f'{{"page":"incident {latest(case).id}"}}')]


@ON_BOTH
def test_it_is_sent_again_and_the_page_says_what_came_of_it(ops: FlaskClient, case: Walk, store: Store) -> None:
    broken(case)
    path = one(case)
    answer = send(ops, f"{path}/retry", note=NOTE)
    assert answer.status_code == 303 and answer.location == path
    page = ops.get(path).text
    assert "已重新发送" in page and "等待发送" in page and NOTE in page and "hx-get" in page
    [sent] = outbox.due(store)
    assert "处理中（第 2 次）" in ops.get(f"{path}/outcome").text
    outbox.finish(store, sent.job_id, sent.attempt, {"photos.verdict": "ok"})
    done = ops.get(f"{path}/outcome").text
    assert "已办成" in done and "hx-get" not in done
    assert "已重试" in ops.get(f"{LIST}?state=settled").text and "ops（样本）" in ops.get(f"{LIST}?state=settled").text


def test_what_fails_again_leads_to_its_new_incident(
    ops: FlaskClient, case: Walk, store: Store, clock: HandClock
) -> None:
    broken(case)
    path = one(case)
    send(ops, f"{path}/retry", note=NOTE)
    clock.pass_by(seconds=20)
    [sent] = outbox.due(store)
    outbox.fail(store, sent.job_id, sent.attempt, "TimeoutError in send:30", permanent=True)
    page = ops.get(path).text
    assert "又没有办成" in page and one(case) != path and f'href="{one(case)}"' in page
    assert "已重试" in ops.get(one(case)).text


@pytest.mark.parametrize("note", ["", " ", "好", "长" * 501], ids=["nothing", "blank", "one character", "too long"])
def test_without_a_note_nothing_is_done_and_what_was_typed_stays(ops: FlaskClient, case: Walk, note: str) -> None:
    broken(case)
    for move, more in (("retry", {}), ("resolve", {"result": "photos.verdict=retake"})):
        answer = send(ops, f"{one(case)}/{move}", note=note, **more)
        assert answer.status_code == 422 and "请写明做了什么、为什么" in answer.text
        assert 'href="#field-note"' in answer.text and answer.text.count('id="field-note"') == 1
        assert not note.strip() or note in answer.text
    assert 'value="photos.verdict=retake" checked' in answer.text
    assert latest(case).resolved_at is None


def test_a_result_is_vouched_for_and_the_case_goes_on(ops: FlaskClient, case: Walk) -> None:
    broken(case)
    path = one(case)
    for result in ("", "photos.verdict=ok", "leave"):
        answer = send(ops, f"{path}/resolve", note=NOTE, result=result)
        assert answer.status_code == 422 and "请选择怎样处理" in answer.text and NOTE in answer.text
    assert send(ops, f"{path}/resolve", note=NOTE, result="photos.verdict=retake").location == path
    assert case.steps == ["upload_photos"] and "已人工给出结果" in ops.get(path).text


def test_only_what_nobody_waits_for_is_let_be(ops: FlaskClient, case: Walk, store: Store) -> None:
    broken_draft(store, case, "impossible: no notice")
    path = one(case)
    assert "放下：没有业务在等它" in ops.get(path).text
    assert send(ops, f"{path}/resolve", note=NOTE, result="leave").location == path
    assert latest(case).how == "left" and "已放下" in ops.get(path).text


@ON_BOTH
def test_who_comes_second_reads_who_was_faster(app: Flask, ops: FlaskClient, case: Walk, store: Store) -> None:
    broken(case)
    path = one(case)
    incidents.retry(store, latest(case).id, staff_of(store, "fast"), "first")
    for move, more in (("retry", {}), ("resolve", {"result": "photos.verdict=retake"})):
        assert send(ops, f"{path}/{move}", note=NOTE, **more).location == path
        assert "这一件已处理过（已重试，fast（样本）" in ops.get(path).text


def staff_of(store: Store, login: str) -> incidents.Actor:  # type: ignore[name-defined]
    from engine.actors import Actor

    return Actor("staff", employ(store, login, {"operator"}), login, frozenset({"operator"}))


def test_a_case_that_was_given_up_needs_nothing_any_more(ops: FlaskClient, case: Walk) -> None:
    broken(case)
    path = one(case)
    case.give_up()
    assert send(ops, f"{path}/retry", note=NOTE).location == path
    assert "业务已不需要" in ops.get(path).text


@pytest.mark.parametrize(
    ("refusal", "status", "said"), [(NoRoom(), 507, "存储空间不足"), (Conflict(), 409, "同时进行")]
)
def test_what_could_not_be_stored_is_said_with_the_note_kept(
    ops: FlaskClient, case: Walk, monkeypatch: pytest.MonkeyPatch, refusal: Exception, status: int, said: str
) -> None:
    def refuse(*_: object) -> None:
        raise refusal

    broken(case)
    path = one(case)
    monkeypatch.setattr(incident_page, "retry", refuse)
    answer = send(ops, f"{path}/retry", note=NOTE)
    assert answer.status_code == status and said in answer.text and NOTE in answer.text


# -- many of one cause --


@ON_BOTH
def test_the_ticked_ones_are_sent_again_and_each_is_told(
    ops: FlaskClient, cases: tuple[Walk, Walk], store: Store
) -> None:
    first, second = broken(cases[0]), broken(cases[1])
    incidents.retry(store, second.id, staff_of(store, "fast"), "alone")
    path = f"{LIST}/retry?service=photo.check&error=TimeoutError"
    answer = many(ops, path, [first.id, second.id, "none"], NOTE)
    assert answer.status_code == 200 and "重试的结果：1 / 3 件已重新发送" in answer.text
    for said in ("已重新发送，从头计算尝试次数", "没有重试：已重试（fast（样本）", "没有重试：没有这个任务"):
        assert said in answer.text
    again = many(ops, path, [first.id], NOTE)
    assert "0 / 1" in again.text and "没有重试：已重试（ops（样本）" in again.text
    with store.read() as tx:
        assert {row.note for row in tx.scalars(select(Incident))} == {NOTE, "alone"}
        assert {job.status for job in tx.scalars(select(Job)) if job.service == "photo.check"} == {"due"}


def many(member: FlaskClient, path: str, ids: list[str], note: str) -> TestResponse:
    token = re.search(r'name="csrf_token" value="([^"]*)"', member.get(LIST).text)
    assert token
    return member.post(path, data={"csrf_token": token[1], "incident": ids, "note": note})


def test_what_was_ticked_and_typed_is_kept_when_something_is_missing(
    ops: FlaskClient, cases: tuple[Walk, Walk]
) -> None:
    first, second = broken(cases[0]), broken(cases[1])
    path = f"{LIST}/retry?service=photo.check&error=TimeoutError"
    nothing = many(ops, path, [], NOTE)
    assert nothing.status_code == 422 and "请勾选要重试的任务" in nothing.text and NOTE in nothing.text
    half = many(ops, path, [second.id], "")
    assert half.status_code == 422 and "请写明做了什么" in half.text
    assert f'value="{second.id}" checked' in half.text and f'value="{first.id}" checked' not in half.text
    assert latest(cases[0]).resolved_at is None and latest(cases[1]).resolved_at is None


def test_every_page_of_it_is_english_in_english(ops: FlaskClient, case: Walk) -> None:
    broken(case)
    ops.get(f"{LIST}?lang=en")
    for path in (LIST, f"{LIST}?state=settled", one(case), f"{LIST}?service=photo.check&error=TimeoutError"):
        said = ops.get(path).text.replace(">中文<", "><").replace("ops（样本）", "")
        assert not CHINESE.search(said), re.findall(r"[^<>]*[\u4e00-\u9fff][^<>]*", said)
