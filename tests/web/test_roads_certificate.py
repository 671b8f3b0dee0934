# ruff: noqa: F811 - the fixtures of the investor's line are shared by import
"""Without a certificate: what the pages say, the video that a verifier passes, installation, signature, four eyes."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from engine.store import Store
from tests.web.conftest import ON_BOTH, PASSWORD, WANG, KeptSms, employ, post, sign_in, sign_in_staff
from tests.web.line import Browser, Line, demonstrating
from tests.web.readings import photo_in, read, sure
from tests.web.test_desk import claim, decide, desk_task, somebody
from tests.web.test_steps_line import app, browser  # noqa: F401


@pytest.fixture
def line(app: Flask, client: FlaskClient, store: Store, sms: KeptSms) -> Line:
    """A browser without a certificate, at the certificate check."""
    sign_in(app, client, sms)
    made = Line(app, client, store, Browser())
    made.photos()
    made.basic_data()
    made.bank_cards()
    return made


@pytest.fixture
def at_video(line: Line) -> Line:
    line.certificate()
    line.post(read="yes")
    return line


@pytest.fixture
def queued(at_video: Line) -> Line:
    """In line for a verifier, in an installation where a call may pass without a picture."""
    demonstrating(at_video.store)
    assert at_video.queues().status_code == 303
    return at_video


def verified(line: Line, member: FlaskClient) -> None:
    path = claim(member, line.store)
    page = member.get(path).text
    answer = decide(member, path, decision="pass", **all_well(page))
    assert answer.status_code == 303, answer.text


def all_well(page: str) -> dict[str, str]:
    """Every point confirmed, every question answered right."""
    ticks = dict.fromkeys(set(re.findall(r'type="checkbox"[^>]* name="(\w+)"', page)) - {"reasons"}, "yes")
    right = dict.fromkeys(re.findall(r'name="(questions\.\w+)" value="right"', page), "right")
    assert len(ticks) == 9 and len(right) == 3
    return ticks | right


def install(line: Line) -> None:
    """What the script does when the button is pressed: a certificate for its key, and the proof that it holds both."""
    asked = line.post(line.path("challenge", "install")).json
    assert asked
    given = {"challenge": asked["challenge"], "signature": line.browser.sign(asked["text"]), "spki": line.browser.spki}
    issued = line.post(line.path("certificate"), **given).json
    assert issued and issued["name"] == WANG.name
    line.browser.pem = issued["pem"]
    assert line.post(**line.proof("detect", "certificate")).status_code == 303


def test_no_certificate_is_told_with_what_comes_next(line: Line) -> None:
    line.certificate()
    page = line.page().text
    assert "<h1>未检测到证书</h1>" in page and "没有检测到数字证书" in page and "上一步" in page
    assert line.post().status_code == 422  # it has to be read
    assert line.case.status == "待视频"


def test_the_verifier_compares_photographs_as_the_reviewer_does(queued: Line, app: Flask, store: Store) -> None:
    read(store, photo_in(store, "id_portrait"), {"name": sure("王另")})
    member = somebody(app, store, "sun", roles="verifier")
    page = member.get(claim(member, store)).text
    assert page.count("data-viewer") == 4 and "与账户资料不一致" in page and "系统自动切边" in page


@ON_BOTH
def test_a_passed_video_leads_to_installation_signature_and_review(queued: Line, app: Flask, store: Store) -> None:
    line = queued
    verified(line, somebody(app, store, "sun", roles="verifier"))
    page = line.page().text
    assert "<h1>视频已通过</h1>" in page and "下一步</button>" in page and "上一步</button>" not in page
    line.post()
    assert "<h1>再次检测证书</h1>" in line.page().text
    line.certificate()
    assert "<h1>安装数字证书</h1>" in line.page().text
    assert "请完成“数字证书”" in line.post().text
    install(line)
    assert "<h1>签署协议</h1>" in line.page().text
    line.signature()
    assert "已提交，等待复核" in line.client.get(f"/cases/{line.case_id}").text
    page = somebody(app, store, "zhao").get(f"/desk/tasks/{desk_task(store)}").text
    assert "复核" in page


def test_a_certificate_that_is_there_after_the_video_needs_no_installation(
    queued: Line, browser: Browser, app: Flask, store: Store
) -> None:
    verified(queued, somebody(app, store, "sun", roles="verifier"))
    queued.post()
    queued.browser = browser
    queued.certificate()
    assert "<h1>签署协议</h1>" in queued.page().text


def test_who_did_the_video_may_not_review_and_reads_why_at_the_claim(queued: Line, app: Flask, store: Store) -> None:
    employ(store, "both", {"verifier", "reviewer"})
    both = app.test_client()
    sign_in_staff(both, "both", PASSWORD)
    verified(queued, both)
    queued.post()
    queued.certificate()
    install(queued)
    queued.signature()
    path = f"/desk/tasks/{desk_task(store)}"
    assert post(both, f"{path}/claim", both.get("/desk")).location == "/desk"
    page = both.get("/desk").text
    assert "这一步须由另一位同事办理" in page and "无人领取" in page
    other = somebody(app, store, "zhao")  # the control: somebody else may
    assert "✓ 签名有效" in other.get(claim(other, store)).text


def test_a_verifier_sends_back_what_is_wrong_and_the_customer_queues_again(
    queued: Line, app: Flask, store: Store
) -> None:
    sun = somebody(app, store, "sun", roles="verifier")
    decide(sun, claim(sun, store), decision="reject", reasons="address_differs")
    page = queued.page().text
    assert "<h1>个人基本资料</h1>" in page and page.count("请按身份证人像面更正") == 2
    assert queued.case.status == "视频未通过"
    queued.basic_data()
    assert "<h1>视频验证</h1>" in queued.page().text


def test_an_interrupted_call_leaves_everything_as_it_is(queued: Line, app: Flask, store: Store) -> None:
    sun = somebody(app, store, "sun", roles="verifier")
    decide(sun, claim(sun, store), decision="interrupted")
    assert "<h1>视频验证</h1>" in queued.page().text
