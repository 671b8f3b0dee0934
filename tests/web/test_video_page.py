# ruff: noqa: F811 - the fixtures of the investor's line are shared by import
"""The video page and the line: how many wait, when somebody answers, one's place, leaving, what broke off."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from engine import video_queue
from engine.company import default_company, save
from engine.store import Store
from engine.tables import QueuePlace, VideoCall
from tests.web.conftest import HandClock, post
from tests.web.line import Line, demonstrating
from tests.web.test_desk import claim, decide, somebody
from tests.web.test_roads_certificate import all_well, at_video, line, queued, verified  # noqa: F401
from tests.web.test_steps_line import app, browser  # noqa: F401
from webapp.durations import lasting


@pytest.fixture
def verifier(app: Flask, store: Store) -> FlaskClient:
    return somebody(app, store, "sun", roles="verifier")


def beat(line: Line, scripts: bool = True) -> TestResponse:
    """What the page of the line does every five seconds; without scripts a button does it."""
    page = line.client.get(f"/cases/{line.case_id}")
    headers = {"HX-Request": "true"} if scripts else {}
    token = page.text.split('name="csrf_token" value="')[1].split('"')[0]
    return line.client.post(f"/cases/{line.case_id}/line/beat", data={"csrf_token": token}, headers=headers)


def leave(line: Line) -> TestResponse:
    page = line.client.get(f"/cases/{line.case_id}")
    return post(line.client, f"/cases/{line.case_id}/line/leave", page)


def test_the_page_has_its_two_buttons_and_says_how_the_call_is_made(at_video: Line) -> None:
    page = at_video.page().text
    assert "开始视频通话</button>" in page and "预约视频</button>" in page and "上一步</button>" in page
    assert "若当前排队人数过多，您也可点击“预约视频”进行提前预约" in page and "下一步</button>" not in page
    assert "视频通话就在这个浏览器里进行" in page and "0 人" in page and "查看我的预约" not in page


def test_the_number_in_line_is_asked_for_again_while_the_page_lies_open(at_video: Line, store: Store) -> None:
    asks = f'hx-get="/cases/{at_video.case_id}/line" hx-trigger="every 15s"'
    assert f'{asks} hx-swap="outerHTML">0 人</dd>' in at_video.page().text
    demonstrating(store)
    at_video.queues()
    answer = at_video.client.get(f"/cases/{at_video.case_id}/line").text
    assert asks in answer and ">1 人</dd>" in answer and "<html" not in answer


def test_from_the_page_one_may_go_back_to_the_bank_cards(at_video: Line) -> None:
    at_video.post(at_video.path("back"))
    assert "<h1>银行卡</h1>" in at_video.page().text


def test_outside_the_hours_it_says_when_and_offers_an_appointment(at_video: Line, store: Store) -> None:
    before = at_video.page()
    document = dict(default_company().document)
    afternoon = {"video": {"hours": {"tue": [["15:00", "17:00"]]}}}
    save(store, {**document, "calendars": {**document["calendars"], **afternoon}})
    refused = at_video.post(at_video.path(), before, choice="queue")
    assert refused.status_code == 422 and "现在不在视频服务时间，2026-11-24 15:00 开始" in refused.text
    assert "开始视频通话</button>" not in refused.text and "预约视频</button>" in refused.text
    assert at_video.post(choice="book").status_code == 303


def test_the_line_says_ones_place_and_counts_everybody(queued: Line) -> None:
    page = queued.client.get(f"/cases/{queued.case_id}").text
    assert "排队中：第 1 位" in page and "1 人（含您本人）" in page and queued.case.status == "排队中"
    assert "放弃办理" in page and "取消排队</button>" in page and "刷新</button>" in page


def test_leaving_the_line_leads_back_to_the_video_page(queued: Line) -> None:
    assert leave(queued).status_code == 303
    assert "<h1>视频验证</h1>" in queued.page().text and queued.case.status == "待视频"


def test_the_desk_reads_in_words_who_left_the_line(queued: Line, verifier: FlaskClient, store: Store) -> None:
    leave(queued)
    queued.queues()
    shown = verifier.get(claim(verifier, store)).text
    assert "离开排队" in shown and ">leave_queue" not in shown and f">{queued.case.customer_id}<" not in shown


def test_once_called_one_stays(queued: Line, verifier: FlaskClient, store: Store) -> None:
    claim(verifier, store)
    page = queued.client.get(f"/cases/{queued.case_id}").text
    assert "视频验证人员正在接通" in page and "取消排队</button>" not in page and queued.case.status == "视频中"
    post(queued.client, f"/cases/{queued.case_id}/line/leave", queued.client.get("/my"))
    assert queued.case.status == "视频中"
    assert "这时不能取消排队" in queued.client.get(f"/cases/{queued.case_id}").text


def test_a_beat_keeps_the_place_and_answers_with_it(queued: Line, store: Store, clock: HandClock) -> None:
    clock.pass_by(minutes=4)
    answer = beat(queued)
    assert answer.status_code == 200 and "第 1 位" in answer.text and "HX-Redirect" not in answer.headers
    assert '<dd class="number">4 分钟</dd>' in answer.text
    assert "<title>排队中：第 1 位" in answer.text
    with store.read() as tx:
        assert tx.scalars(select(QueuePlace.seen_at)).one() == clock.now()
    assert beat(queued, scripts=False).status_code == 303


@pytest.mark.parametrize(
    ("waited", "said"), [(59, "不到 1 分钟"), (60, "1 分钟"), (3599, "59 分钟"), (3600, "1 小时 0 分钟")]
)
def test_how_long_one_has_waited_is_said_in_words(app: Flask, waited: int, said: str) -> None:
    with app.test_request_context():
        assert lasting(timedelta(seconds=waited)) == said


def test_when_the_verifier_has_decided_the_page_goes_on(queued: Line, verifier: FlaskClient) -> None:
    page = queued.client.get(f"/cases/{queued.case_id}")
    verified(queued, verifier)
    token = page.text.split('name="csrf_token" value="')[1].split('"')[0]
    answer = queued.client.post(
        f"/cases/{queued.case_id}/line/beat", data={"csrf_token": token}, headers={"HX-Request": "true"}
    )
    assert answer.headers["HX-Redirect"] == f"/cases/{queued.case_id}"
    assert "<h1>视频已通过</h1>" in queued.page().text


def test_who_was_away_too_long_reads_that_he_left_the_line(queued: Line, store: Store, clock: HandClock) -> None:
    clock.pass_by(minutes=5)
    assert video_queue.drop_absent(store) == 1
    assert "您离开超过 5 分钟，已退出排队" in queued.page().text


def test_a_broken_call_asks_no_step_again_and_after_three_the_hotline_stands_first(
    queued: Line, verifier: FlaskClient, store: Store
) -> None:
    ends = ("interrupted", "no_show", "interrupted")
    for times, end in enumerate(ends, start=1):
        decide(verifier, claim(verifier, store), decision=end)
        page = queued.page().text
        assert "<h1>视频验证</h1>" in page
        assert ("上次视频没有完成" in page) == (times < 3) and ("视频连续 3 次" in page) == (times == 3)
        queued.queues()
    with store.read() as tx:
        calls = list(tx.scalars(select(VideoCall)))
    assert [(call.outcome, call.medium) for call in calls] == [(end, "none") for end in ends]


def test_a_reject_names_the_fault_on_the_video_page(queued: Line, verifier: FlaskClient, store: Store) -> None:
    decide(verifier, claim(verifier, store), decision="reject", reasons="video_unclear")
    page = queued.page().text
    assert "<h1>视频验证</h1>" in page and "画面太暗、逆光或不清楚" in page and queued.case.status == "视频未通过"


def test_a_call_without_a_picture_passes_in_a_demonstration_only(
    at_video: Line, verifier: FlaskClient, store: Store
) -> None:
    at_video.queues()
    path = claim(verifier, store)
    ticks = {"decision": "pass"} | all_well(verifier.get(path).text)
    refused = decide(verifier, path, **ticks)
    assert refused.status_code == 422 and "还不能通过：客户还没有同意录像；缺少人像照片" in refused.text
    demonstrating(store)
    assert decide(verifier, path, **ticks).status_code == 303
    with store.read() as tx:
        assert [(call.outcome, call.medium) for call in tx.scalars(select(VideoCall))] == [("pass", "none")]
