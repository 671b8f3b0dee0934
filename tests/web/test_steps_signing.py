# ruff: noqa: F811 - the fixtures of the investor's line are shared by import
"""The page of the signature: what is signed stands above it, can be changed by drawn roads, and is held to later."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from engine.cases import way_of
from engine.store import Store
from engine.tables import AppliedChange, Case, Certificate, Signature, Submission, Task
from tests.web.conftest import LI, WANG, HandClock, KeptSms, put_on_file, sign_in
from tests.web.line import NEW_CARD, Browser, Line
from tests.web.test_desk import claim, decide, somebody
from tests.web.test_steps_line import app, at_signing, browser  # noqa: F401
from workers.service import Impossible


@pytest.fixture
def line(app: Flask, client: FlaskClient, store: Store, sms: KeptSms, browser: Browser) -> Line:
    sign_in(app, client, sms)
    made = Line(app, client, store, browser)
    at_signing(made)
    return made


@pytest.fixture
def reviewer(line: Line, app: Flask, store: Store) -> FlaskClient:
    return somebody(app, store, "zhao")


def changes(page: str) -> list[str]:
    """The steps that the page offers to change."""
    return re.findall(r'name="to" value="([^"]+)"', page)


def test_what_is_signed_stands_above_the_agreements(line: Line) -> None:
    page = line.page().text
    summary, agreements = page.split('id="signing-summary-title"')[1].split("reading-title", 1)
    for said in (
        "请核对您要签署的内容", "保留", "建设银行 **** 5677", "新增 1", "招商银行 **** 6783 · 上海市静安支行",
        "样本市样本路 2 号", "2016.05.02-2036.05.02", "110105********002X", "身份证正面（人像面）",
    ):  # fmt: skip
        assert said in summary, said
    assert WANG.id_number not in page and "6225880123456783" not in page
    assert "期货结算账户变更申请书" in agreements
    line.client.get("/my?lang=en")
    assert ">Female<" in re.sub(r">\s+|\s+<", lambda end: end[0].strip(), line.page().text), (
        "his own words stay as given"
    )


def test_a_removed_card_is_said_to_go(line: Line, store: Store) -> None:
    line.post(line.path("back"), to="bank_cards")
    line.post(bank_cards_consent="yes", **{"cards.remove": "old", **NEW_CARD})
    line.work()
    line.post(read="yes")
    line.certificate()
    assert re.search(r"<dt>删除</dt><dd[^>]*>建设银行 \*\*\*\* 5677", line.page().text)


@pytest.mark.parametrize(
    ("to", "heading", "kept"),
    [("bank_cards", "银行卡", "6225880123456783"), ("basic_data", "个人基本资料", "样本市样本路 2 号")],
)
def test_a_change_leads_back_by_the_drawn_roads_and_keeps_what_was_given(
    line: Line, store: Store, to: str, heading: str, kept: str
) -> None:
    assert {"bank_cards", "basic_data"} <= set(changes(line.page().text))
    assert line.post(line.path("back"), to=to).status_code == 303
    page = line.page().text
    assert f"<h1>{heading}</h1>" in page and kept in page


def test_going_back_several_steps_is_one_intention_and_every_road_is_taken_once(line: Line, store: Store) -> None:
    path, page = line.path("back"), line.page()
    for _ in range(2):
        assert line.post(path, page, to="basic_data").status_code == 303
    with store.read() as tx:
        taken = Counter((flow.process, flow.source, flow.target) for flow in way_of(tx, line.case_id))
        back = [row.step for row in tx.scalars(select(Submission).where(Submission.kind == "back"))]
        closed = [row.step for row in tx.scalars(select(Task).where(Task.closed_how == "back").order_by(Task.id))]
    handling = "change_settlement_account_handling"
    for gateway in ("signing_back", "certificate_check_back", "bank_cards_back"):
        assert taken[(handling, gateway, "chain_head")] == 1
    assert back == ["sign_agreements"]
    assert sorted(closed) == ["bank_cards", "certificate_check", "sign_agreements"]
    assert "<h1>个人基本资料</h1>" in line.page().text


@pytest.mark.parametrize("to", ["review", "sign_agreements", "nowhere"])
def test_there_is_no_going_where_no_road_leads(line: Line, to: str) -> None:
    assert line.post(line.path("back"), to=to).status_code == 303
    page = line.page().text
    assert "这一步不能再返回更改" in page and "<h1>签署协议</h1>" in page


def test_after_the_signature_there_is_no_going_back(line: Line) -> None:
    """S2: the page that was open before the signature still shows its button."""
    back = line.path("back")
    page = line.page()
    line.signature()
    assert line.post(back, page=page).status_code == 303
    shown = line.client.get(f"/cases/{line.case_id}", follow_redirects=True).text
    assert "您打开的一步已经办过了" in shown and "已提交，等待复核" in shown and "上一步</button>" not in shown
    assert line.case.status == "待复核"


def test_what_was_changed_is_signed_anew_and_the_desk_sees_it_hold(
    line: Line, reviewer: FlaskClient, store: Store
) -> None:
    line.post(line.path("back"), to="basic_data")
    line.post(address="样本市样本路 9 号", issuer="样本市公安局", validity="2016.05.02-2036.05.02")
    line.post(bank_cards_consent="yes", **NEW_CARD)
    line.work()
    line.post(read="yes")
    line.certificate()
    assert "样本市样本路 9 号" in line.page().text
    line.signature()
    assert "✓ 签名有效" in reviewer.get(claim(reviewer, store)).text


# -- what was signed is what is there --


def change(answers: dict[str, Any], step: str) -> dict[str, Any]:
    if step == "bank_cards":
        answers["cards"]["added"][0]["number"] = "6225880123456791"
    elif step == "basic_data":
        answers["address"] = "别处"
    else:
        answers["id_portrait"] = "0" * 32
    return answers


def tamper(store: Store, step: str) -> None:
    """Somebody with the keys changes what the customer has submitted."""
    with store.write() as tx:
        row = tx.scalars(select(Submission).where(Submission.step == step)).one()
        opened = store.vault.open_json("submissions.answers", row.answers)
        row.answers = store.vault.seal_json("submissions.answers", change(opened, step))


@pytest.mark.parametrize("step", ["bank_cards", "basic_data", "upload_photos", None])
def test_a_submission_that_is_changed_after_the_signature_makes_it_invalid(
    line: Line, reviewer: FlaskClient, store: Store, step: str | None
) -> None:
    line.signature()
    if step:
        tamper(store, step)
    page = reviewer.get(claim(reviewer, store)).text
    assert ("签名无效：资料与签署时不一致" in page) is bool(step)
    assert ("✓ 签名有效" in page) is not bool(step)  # the control: untouched, it holds


def test_the_account_is_not_changed_when_what_was_signed_was_changed_behind_the_desk(
    line: Line, reviewer: FlaskClient, store: Store
) -> None:
    line.signature()
    decide(reviewer, claim(reviewer, store), decision="pass")
    tamper(store, "bank_cards")
    with pytest.raises(Impossible, match="data_changed"):
        line.work()
    with store.read() as tx:
        assert tx.scalars(select(AppliedChange)).all() == []


def test_the_account_is_changed_when_what_was_signed_stands(line: Line, reviewer: FlaskClient, store: Store) -> None:
    line.signature()
    decide(reviewer, claim(reviewer, store), decision="pass")
    line.work()
    with store.read() as tx:
        assert [row.result for row in tx.scalars(select(AppliedChange))] == ["applied"]


def test_a_signature_that_is_put_under_another_case_does_not_hold(
    line: Line, reviewer: FlaskClient, store: Store
) -> None:
    line.signature()
    with store.write() as tx:
        tx.scalars(select(Case)).one().number = "20261124000099"
    assert "签名无效：签名与签署的内容不符" in reviewer.get(claim(reviewer, store)).text


def test_a_signature_by_a_certificate_of_somebody_else_does_not_hold(
    line: Line, reviewer: FlaskClient, store: Store
) -> None:
    put_on_file(store, LI)
    line.signature()
    with store.write() as tx:
        serial = tx.scalars(select(Signature.serial)).one()
        tx.get_one(Certificate, serial).customer_id = LI.id
    assert "签名无效：证书不是客户本人的" in reviewer.get(claim(reviewer, store)).text


def test_after_a_rejection_the_newer_signature_counts_and_the_page_offers_no_change(
    line: Line, reviewer: FlaskClient, store: Store, clock: HandClock
) -> None:
    line.signature()
    decide(reviewer, claim(reviewer, store), decision="reject", reasons="address_differs")
    clock.pass_by(minutes=1)
    line.post(address="样本市样本路 7 号", issuer="样本市公安局", validity="2016.05.02-2036.05.02")
    page = line.page().text
    assert "样本市样本路 7 号" in page and changes(page) == [] and "请不要签署，致电" in page
    assert "为什么要再签一次" in page and "现在不能再返回更改" not in page and "上一步</button>" in page
    line.signature()
    desk = reviewer.get(claim(reviewer, store)).text
    assert desk.count("✓ 签名有效") == 1 and desk.count("已由后来的签名代替") == 1 and "签名无效" not in desk


def test_the_desk_reads_titles_and_not_file_names(line: Line, reviewer: FlaskClient, store: Store) -> None:
    line.signature()
    path = claim(reviewer, store)
    page = reviewer.get(path).text
    assert "期货结算账户变更申请书" in page and "application.md" not in page
    reviewer.set_cookie("kaihu_language", "en")
    assert "application.md" not in reviewer.get(path).text
