# ruff: noqa: F811 - the fixtures of the investor's line are shared by import
"""The check of the devices stands before the line: what blocks, what is stored, how long it holds, where it leads."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pytest
from flask import Flask, g
from sqlalchemy import select

from engine.store import Store
from engine.tables import DeviceCheck
from tests.web.conftest import HandClock
from tests.web.line import Line
from tests.web.test_appointments import booked, booking, later  # noqa: F401
from tests.web.test_desk import claim, somebody
from tests.web.test_roads_certificate import at_video, line  # noqa: F401
from tests.web.test_steps_line import app, browser  # noqa: F401
from webapp.devices.speech import code, spoken
from webapp.devices.words import FAULTS

GATE = "<h1>设备检测</h1>"


@pytest.fixture
def at_check(at_video: Line) -> Line:
    at_video.post(choice="queue")
    return at_video


def checks(store: Store) -> list[DeviceCheck]:
    with store.read() as tx:
        return list(tx.scalars(select(DeviceCheck).order_by(DeviceCheck.at, DeviceCheck.id)))


def test_the_way_into_the_line_leads_through_the_check(at_check: Line) -> None:
    page = at_check.page().text
    assert GATE in page and "开始检测</button>" in page and "预约视频</button>" in page and "上一步</button>" in page
    assert "设备检测需要运行脚本" in page and at_check.case.status == "待视频"


def test_without_a_check_the_gateway_asks_for_it_again(at_check: Line) -> None:
    first = at_check.task.id
    assert at_check.post(choice="queue").status_code == 303
    page = at_check.page().text
    assert GATE in page and "设备检测还没有通过，不能进入排队" in page and at_check.task.id != first


def test_a_failed_check_is_told_stored_and_does_not_open_the_way(at_check: Line, store: Store) -> None:
    told = at_check.checks_devices(camera_error="NotAllowedError", level=0.0).text
    assert "浏览器没有得到使用摄像头的许可" in told and "麦克风没有声音" in told and "还没有输入听到的数字" in told
    assert 'data-item="network"' in told and "data-passed" not in told
    at_check.post(choice="queue")
    page = at_check.page().text
    assert GATE in page and "浏览器没有得到使用摄像头的许可" in page, "what was wrong is still said"
    [row] = checks(store)
    assert (row.passed, row.faults["camera"], row.measures["level"]) == (False, "denied", 0.0)
    assert row.at == store.clock.now() and row.case_id == at_check.case_id


def test_a_passed_check_opens_the_way(at_check: Line, store: Store) -> None:
    answer = at_check.checks_devices(at_check.hears()).text
    assert "data-passed" in answer and "设备检测通过" in answer and "30 分钟内有效" in answer
    at_check.post(choice="queue")
    assert at_check.case.status == "排队中" and [row.passed for row in checks(store)] == [True]


def test_a_passed_check_that_was_followed_by_a_failed_one_does_not_hold(at_check: Line, clock: HandClock) -> None:
    at_check.checks_devices(at_check.hears())
    clock.pass_by(seconds=5)
    at_check.checks_devices(at_check.hears(), camera_error="NotFoundError")
    at_check.post(choice="queue")
    assert GATE in at_check.page().text


def test_a_check_holds_for_half_an_hour(at_check: Line, later: Callable[..., None]) -> None:
    at_check.checks_devices(at_check.hears())
    later(minutes=30)
    at_check.post(choice="queue")
    assert at_check.case.status == "排队中"


def test_a_check_that_is_older_is_made_again(at_check: Line, later: Callable[..., None]) -> None:
    at_check.checks_devices(at_check.hears())
    later(minutes=30, seconds=1)
    at_check.post(choice="queue")
    assert GATE in at_check.page().text


def test_while_it_holds_the_way_into_the_line_is_short(at_check: Line) -> None:
    at_check.checks_devices(at_check.hears())
    at_check.post(at_check.path("back"))
    page = at_check.page().text
    assert "<h1>视频验证</h1>" in page and "前有效" in page
    at_check.post(choice="queue")
    assert at_check.case.status == "排队中"


def test_a_booked_half_day_is_used_through_the_check_too(booked: Line) -> None:
    booked.post(choice="queue")
    assert GATE in booked.page().text
    booked.checks_devices(booked.hears())
    booked.post(choice="queue")
    assert booked.case.status == "排队中"


def test_from_the_check_one_books_instead_or_goes_back(at_check: Line) -> None:
    at_check.post(choice="book")
    assert "<h1>预约视频</h1>" in at_check.page().text
    at_check.post(at_check.path("back"))
    at_check.post(choice="queue")
    at_check.post(at_check.path("back"))
    assert "<h1>视频验证</h1>" in at_check.page().text


def test_the_digits_are_others_after_wrong_ones_and_the_same_until_then(at_check: Line) -> None:
    first = at_check.hears()
    assert at_check.hears() == first and len(first) == 4
    assert "输入的数字与播放的不同" in at_check.checks_devices("1111").text
    assert at_check.hears() != first
    assert "输入的数字与播放的不同" in at_check.checks_devices(first).text
    assert "data-passed" in at_check.checks_devices(at_check.hears()).text


def test_digits_are_never_those_of_the_try_before(app: Flask) -> None:
    """Drawn freely they would be the same once in 1,296 tries."""
    with app.test_request_context():
        digits = [code("a task", tries) for tries in range(20_000)]
    assert all(one != other for one, other in pairwise(digits)) and len(set(digits)) == 1296


def test_the_digits_are_spoken_in_both_languages(app: Flask) -> None:
    from tests.ears import heard

    with app.test_request_context():
        digits = [code("a task", tries) for tries in range(20)]
    assert len(set(digits)) > 15 and set("".join(digits)) <= set("023468")
    assert [heard(spoken(one, "en"), "en") for one in digits] == [heard(spoken(one, "zh")) for one in digits] == digits


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_fault_is_told_in_words_of_its_own_and_with_a_cure_of_its_own(app: Flask, language: str) -> None:
    with app.test_request_context():
        g.language = language
        told = {fault: say() for fault, say in FAULTS.items()}
    for texts in ([wrong for wrong, _ in told.values()], [cure for _, cure in told.values()]):
        assert all(texts) and len(set(texts)) == len(told)
        assert all(is_chinese(text) == (language == "zh") for text in texts), "none is left in the other language"


def is_chinese(text: str) -> bool:
    return any("\u4e00" <= letter <= "\u9fff" for letter in text)


def test_posted_fields_cannot_say_that_the_check_was_passed(at_check: Line) -> None:
    at_check.post(choice="queue", devices="yes")
    assert GATE in at_check.page().text


def test_simulated_devices_are_for_a_demonstration_only(at_check: Line, store: Store) -> None:
    assert "正式办理不能使用模拟摄像头" in at_check.checks_devices(at_check.hears(), simulated=True).text
    assert "模拟设备" not in at_check.page().text.split("data-verdicts")[0]
    assert [(row.passed, row.simulated) for row in checks(store)] == [(False, True)]


def test_the_verifier_reads_when_the_devices_were_checked_and_what_was_wrong(
    at_check: Line, app: Flask, store: Store, clock: HandClock
) -> None:
    at_check.checks_devices(camera_error="NotReadableError")
    clock.pass_by(seconds=20)
    at_check.checks_devices(at_check.hears())
    at_check.post(choice="queue")
    page = somebody(app, store, "sun", roles="verifier")
    told = page.get(claim(page, store)).text.split("设备检测（2 次）")[1].split("</details>")[0]
    assert "✓ 通过" in told and told.index("✓ 通过") < told.index("没有通过"), "the newest first"
    assert "摄像头正被其他程序占用" in told and "模拟" not in told


@pytest.mark.parametrize("sent", ["", "{", "[]", '{"secure": true}', "NaN"])
def test_what_is_no_report_is_told_and_not_stored(at_check: Line, store: Store, sent: str) -> None:
    answer = at_check.post(at_check.path("devices"), report=sent)
    assert answer.status_code == 422 and "检测结果没有读懂" in answer.json["problem"] and checks(store) == []


def test_another_step_has_no_digits_and_no_judge(at_video: Line, store: Store) -> None:
    assert at_video.client.get(at_video.path("devices", "digits")).status_code == 409
    assert at_video.checks_devices("1234").status_code == 409 and checks(store) == []


def test_the_network_is_measured_by_small_answers_and_one_upload(at_check: Line) -> None:
    address, page = f"/cases/{at_check.case_id}/devices/network", at_check.page()
    assert at_check.client.get(address).json == {"ice_servers": []}
    token = page.text.split('name="csrf_token" value="')[1].split('"')[0]
    sent = {"headers": {"X-CSRFToken": token}, "content_type": "application/octet-stream"}
    assert at_check.client.post(address, data=bytes(64 * 1024), **sent).status_code == 204
    assert at_check.client.post(address, data=bytes(64 * 1024 + 1), **sent).status_code == 413


@pytest.mark.parametrize(
    ("host", "reached"),
    [("localhost:8000", False), ("127.0.0.1:8000", False), ("[::1]:8000", False), ("kaihu.localhost", False),
     ("192.168.1.20:8443", True), ("kaihu.example", True), ("[2001:db8::1]", True)],
)  # fmt: skip
def test_the_code_for_a_phone_stands_where_a_phone_gets_to(app: Flask, host: str, reached: bool) -> None:
    from webapp.steps.devices import a_phone_gets_here

    with app.test_request_context(base_url=f"https://{host}/"):
        assert a_phone_gets_here() is reached


def test_on_this_computer_only_the_page_says_that_a_phone_does_not_get_here(at_check: Line) -> None:
    page = at_check.page().text
    assert "在手机上继续" in page and "只在这台电脑上有效" in page and '<div class="qr"' not in page
