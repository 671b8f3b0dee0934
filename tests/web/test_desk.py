# ruff: noqa: F811 - the fixtures of the investor's line are shared by import
"""The reviewer: the queue of role and branch, one winner, papers for the holder alone, decisions with reasons."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from engine.store import Store
from engine.tables import AuditRow, Case, Photo, Rejection, Task
from tests.web.conftest import ON_BOTH, PASSWORD, WANG, HandClock, KeptSms, employ, post, sign_in, sign_in_staff
from tests.web.line import Browser, Line, jpeg
from tests.web.test_steps_line import app, browser  # noqa: F401


@pytest.fixture
def line(app: Flask, client: FlaskClient, store: Store, sms: KeptSms, browser: Browser) -> Line:
    sign_in(app, client, sms)
    made = Line(app, client, store, browser)
    made.to_review()
    return made


@pytest.fixture
def reviewer(line: Line, app: Flask, store: Store) -> FlaskClient:
    return somebody(app, store, "zhao")


def somebody(app: Flask, store: Store, login: str, roles: str = "reviewer", branch: str = "east") -> FlaskClient:
    employ(store, login, {roles}, branch)
    member = app.test_client()
    assert sign_in_staff(member, login, PASSWORD).status_code == 303
    return member


def desk_task(store: Store) -> str:
    with store.read() as tx:
        open_ones = select(Task.id).where(Task.role != "investor", Task.closed_at.is_(None))
        return tx.scalars(open_ones).one()


def claim(member: FlaskClient, store: Store) -> str:
    task = desk_task(store)
    path = f"/desk/tasks/{task}"
    post(member, f"{path}/claim", member.get(path), reason="轮到我了")
    return path


def decide(member: FlaskClient, path: str, **fields: object):
    page = member.get(path)
    nonce = re.search(r'name="submission_id" value="([^"]+)"', page.text)
    assert nonce, page.text[:300]
    return post(member, path, page, submission_id=nonce[1], **fields)


def test_the_queue_shows_what_waits_and_no_customers_data(reviewer: FlaskClient) -> None:
    page = reviewer.get("/desk").text
    assert "复核 · 王*" in page and "无人领取" in page and "待办（1）" in page
    assert WANG.name not in page and WANG.id_number not in page


def test_another_branch_and_another_role_see_nothing(line: Line, app: Flask, store: Store) -> None:
    task = desk_task(store)
    for member in (somebody(app, store, "west", branch="west"), somebody(app, store, "video", roles="verifier")):
        assert "现在没有待办" in member.get("/desk").text
        assert member.get(f"/desk/tasks/{task}").status_code == 404
        assert post(member, f"/desk/tasks/{task}/claim", member.get("/desk")).status_code == 404


def test_papers_are_shown_only_after_the_claim(reviewer: FlaskClient, store: Store) -> None:
    path = f"/desk/tasks/{desk_task(store)}"
    before = reviewer.get(path).text
    assert "领取</button>" in before and WANG.name not in before and "样本路" not in before
    claim(reviewer, store)
    after = reviewer.get(path).text
    assert WANG.name in after and "样本市样本路 2 号" in after and "✓ 签名有效" in after
    assert "与预留不同，预留：样本市样本路 1 号" in after
    assert "招商银行 **** 6783" in after and "6225880123456783" not in after and WANG.id_number not in after


def test_full_numbers_are_an_audited_wish(reviewer: FlaskClient, store: Store) -> None:
    path = claim(reviewer, store)
    page = post(reviewer, f"{path}/reveal", reviewer.get(path)).text
    assert "6225 8801 2345 6783" in page and WANG.id_number in page
    with store.read() as tx:
        assert [row.action for row in tx.scalars(select(AuditRow)) if row.action == "reveal"] == ["reveal"]


@ON_BOTH
def test_the_loser_of_a_claim_reads_who_was_faster_and_since_when(
    reviewer: FlaskClient, app: Flask, store: Store
) -> None:
    slower = somebody(app, store, "qian")
    path = f"/desk/tasks/{desk_task(store)}"
    shown = slower.get(path)
    claim(reviewer, store)
    answer = post(slower, f"{path}/claim", shown)
    assert answer.status_code == 303
    assert "zhao（样本） 更快一步，已于 2026-11-24 09:54 领取" in slower.get("/desk").text
    assert "zhao（样本）" in slower.get(path).text and "样本路" not in slower.get(path).text


@ON_BOTH
def test_photographs_are_for_the_holder_watermarked_and_every_look_is_written_down(
    reviewer: FlaskClient,
    app: Flask,
    store: Store,
) -> None:
    with store.read() as tx:
        photo = tx.scalars(select(Photo.id)).first()
    assert reviewer.get(f"/desk/photos/{photo}/crop").status_code == 404
    claim(reviewer, store)
    served = reviewer.get(f"/desk/photos/{photo}/crop")
    assert served.status_code == 200 and served.headers["Cache-Control"] == "no-store"
    assert served.data != jpeg("green") and served.data.startswith(b"\xff\xd8")
    assert somebody(app, store, "sun").get(f"/desk/photos/{photo}/crop").status_code == 404
    with store.read() as tx:
        assert sum(row.action == "look" for row in tx.scalars(select(AuditRow))) == 1


def test_what_the_customer_took_away_before_he_handed_it_in_is_not_for_the_desk(
    reviewer: FlaskClient, store: Store
) -> None:
    claim(reviewer, store)
    with store.write() as tx:
        counts = tx.scalars(select(Photo).where(Photo.slot == "signature")).one()
        copied = {name: getattr(counts, name) for name in ("case_id", "slot", "original", "upright", "crop", "by")}
        tx.add(Photo(id="taken-away", status="ready", at=counts.at - timedelta(minutes=1), **copied))
    assert reviewer.get(f"/desk/photos/{counts.id}/crop").status_code == 200
    assert reviewer.get("/desk/photos/taken-away/crop").status_code == 404


@ON_BOTH
def test_a_pass_leads_to_the_change_being_made(reviewer: FlaskClient, line: Line, store: Store) -> None:
    answer = decide(reviewer, claim(reviewer, store), decision="pass")
    assert answer.status_code == 303 and "复核 已提交：通过。" in reviewer.get("/desk").text
    line.work()
    assert line.case.status == "办理成功"
    assert "<h1>办理成功</h1>" in line.client.get(f"/cases/{line.case_id}").text


@ON_BOTH
def test_a_rejection_asks_the_step_again_with_the_reason_beside_the_photo_and_comes_back(
    reviewer: FlaskClient, line: Line, store: Store, clock: HandClock
) -> None:
    reasons = {"reasons": "id_photo_unclear", "reasons.id_photo_unclear.customer_text": "人像看不清，请重拍"}
    decide(reviewer, claim(reviewer, store), decision="reject", **reasons)
    page = line.page().text
    assert page.count("人像看不清，请重拍") == 2 and "复核未通过" in line.case.status
    assert "这张照片没有通过，请重新上传" in line.post(identity_consent="yes").text
    clock.pass_by(minutes=1)
    line.upload("id_portrait")
    line.post(identity_consent="yes")
    line.work()
    line.post(photos_checked="yes", responsibility="yes")
    assert "<h1>签署协议</h1>" in line.page().text
    line.signature()
    again = reviewer.get(claim(reviewer, store)).text
    assert "更正后第 2 次提交" in again and "人像看不清，请重拍" in again and "重新上传过" in again


REFUSED = [
    ("no decision", {}, "请选择复核结论"),
    ("no reason", {"decision": "reject"}, "请至少选择一个驳回原因"),
    ("a reason of another desk", {"decision": "reject", "reasons": "invented"}, "不在原因目录中"),
]


@pytest.mark.parametrize(("fields", "said"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED])
def test_an_incomplete_decision_is_refused_and_kept(
    reviewer: FlaskClient, store: Store, fields: dict[str, str], said: str
) -> None:
    path = claim(reviewer, store)
    answer = decide(reviewer, path, note="我的备注", **fields)
    assert answer.status_code == 422 and said in answer.text and "我的备注" in answer.text
    assert "我的备注" in reviewer.get(path).text


def test_a_released_task_is_free_again(reviewer: FlaskClient, app: Flask, store: Store) -> None:
    path = claim(reviewer, store)
    post(reviewer, f"{path}/release", reviewer.get(path))
    assert "无人领取" in reviewer.get("/desk").text
    other = somebody(app, store, "li")
    assert "样本路" in other.get(claim(other, store)).text


def test_a_lease_that_ran_out_keeps_what_was_written_and_shows_nothing_more(
    reviewer: FlaskClient, store: Store, clock: HandClock
) -> None:
    path = claim(reviewer, store)
    page = reviewer.get(path)
    photo = re.search(r"/desk/photos/\w+/crop", page.text)
    assert photo and reviewer.get(photo[0]).status_code == 200
    for _ in range(4):  # stays signed in, works on nothing
        clock.pass_by(minutes=9)
        reviewer.get("/desk")
    assert reviewer.get(photo[0]).status_code == 404
    answer = post(reviewer, path, page, decision="reject", note="写到一半")
    assert answer.status_code == 303
    assert "请重新领取后再提交" in reviewer.get(path).text
    assert "写到一半" in reviewer.get(claim(reviewer, store)).text


def test_a_customer_who_gives_up_ends_the_claim(reviewer: FlaskClient, line: Line, store: Store) -> None:
    path = claim(reviewer, store)
    page = reviewer.get(path)
    post(line.client, f"/cases/{line.case_id}/abandon", line.client.get(f"/cases/{line.case_id}/abandon"))
    assert line.case.status == "已放弃"
    assert post(reviewer, path, page, decision="pass").status_code == 303
    assert "客户已放弃这项业务" in reviewer.get("/desk").text


def test_two_rows_of_one_reason_are_one_rejection_each(reviewer: FlaskClient, store: Store) -> None:
    chosen = ["id_photo_unclear", "signature_unclear"]
    decide(reviewer, claim(reviewer, store), decision="reject", reasons=chosen)
    with store.read() as tx:
        assert sorted(row.reason for row in tx.scalars(select(Rejection))) == chosen
        assert tx.scalars(select(Case)).one().ended_at is None


def test_a_lapsed_claim_is_taken_over_with_a_reason(
    reviewer: FlaskClient, app: Flask, store: Store, clock: HandClock
) -> None:
    path = claim(reviewer, store)
    clock.pass_by(minutes=31)
    other = somebody(app, store, "qian")
    shown = other.get(path)
    assert "领取已到期。由您接手须写明原因" in shown.text
    for reason in ("", " ", "a"):
        refused = post(other, f"{path}/claim", shown, reason=reason)
        assert refused.status_code == 422 and "请写明为什么由您接手" in refused.text
    assert post(other, f"{path}/claim", shown, reason="他已下班").status_code == 303
    page = other.get(path).text
    assert WANG.name in page and "接手的原因" in page and "他已下班" in page
    with store.read() as tx:
        assert not [row for row in tx.scalars(select(AuditRow)) if "他已下班" in row.body]
