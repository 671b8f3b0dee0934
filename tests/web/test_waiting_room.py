# ruff: noqa: F811 - the fixtures of the investor's line are shared by import
"""The waiting room: how long it will be, who is there, what to have ready, and the way to an appointment."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from flask import Flask

from engine import presence
from engine.store import Store
from engine.tables import QueueEvent
from engine.waiting_time import Wait
from tests.house import staff
from tests.web.conftest import HandClock, post
from tests.web.crowd import queues
from tests.web.line import Line
from tests.web.test_desk import claim, somebody
from tests.web.test_roads_certificate import all_well, at_video, line, queued  # noqa: F401
from tests.web.test_steps_line import app, browser  # noqa: F401
from tests.web.test_video_page import beat
from webapp.steps.waiting_room import in_words


def wait(line: Line) -> str:
    """What the page says of the wait, without its marks."""
    page = line.client.get(f"/cases/{line.case_id}").text
    return re.sub("<[^>]*>", "", page.split('id="wait"')[1].split(">", 1)[1].split("</dd>")[0]).strip()


def branch_of(line: Line) -> str:
    return line.case.branch_id


def comes(store: Store, line: Line, who: str = "sun") -> None:
    presence.switch(store, staff(who, "verifier", branch=branch_of(line)), presence.ONLINE)


def calls_took(store: Store, line: Line, minutes: int, times: int) -> None:
    """So many calls of so many minutes are over."""
    now, about = store.clock.now(), {"branch_id": branch_of(line), "case_id": line.case_id, "was": "", "by": "sun"}
    with store.write() as tx:
        for n in range(times):
            begun = now - timedelta(hours=n + 1)
            for what, at in (("called", begun), ("concluded", begun + timedelta(minutes=minutes))):
                tx.add(QueueEvent(task_id=f"before-{n}", what=what, became="", at=at, **about))


def test_while_no_verifier_is_there_it_says_so(queued: Line, store: Store, clock: HandClock) -> None:
    assert wait(queued) == "目前没有视频验证人员在线"
    comes(store, queued)
    assert wait(queued) == "马上，有视频验证人员空闲 （在岗 1 人，按最近的通话时长估计）"
    clock.pass_by(seconds=31)
    assert wait(queued) == "目前没有视频验证人员在线"


def test_who_has_others_before_him_reads_a_range_of_what_calls_took(queued: Line, store: Store) -> None:
    comes(store, queued)
    first = wait_of_the_second(queued, store)
    assert first == "约 6 至 10 分钟 （在岗 1 人，按最近的通话时长估计）"  # until ten calls were measured
    calls_took(store, queued, minutes=20, times=10)
    assert wait(queued) == "约 19 至 20 分钟 （在岗 1 人，按最近的通话时长估计）"
    comes(store, queued, "qian")
    assert wait(queued).startswith("马上")


def wait_of_the_second(queued: Line, store: Store) -> str:
    """Somebody stands before him."""
    clock = store.clock
    assert isinstance(clock, HandClock)
    clock.moment -= timedelta(minutes=1)
    queues(store, "before", "20261124000009", branch=branch_of(queued))
    clock.moment += timedelta(minutes=1)
    comes(store, queued)
    return wait(queued)


@pytest.mark.parametrize(
    ("least", "most", "said"),
    [
        (0, 0, "马上，有视频验证人员空闲"),
        (20, 60, "不到 1 分钟"),
        (20, 61, "约 0 至 2 分钟"),
        (360, 540, "约 6 至 9 分钟"),
        (600, 600, "约 9 至 10 分钟"),
        (6000, 7200, "约 100 至 120 分钟"),
        (6000, 7201, "2 小时以上"),
    ],
)
def test_a_range_is_said_in_whole_minutes(app: Flask, least: int, most: int, said: str) -> None:
    with app.test_request_context():
        assert in_words(Wait(timedelta(seconds=least), timedelta(seconds=most))) == said


def test_it_says_what_to_have_ready_and_how_appointments_come_first(queued: Line) -> None:
    page = queued.client.get(f"/cases/{queued.case_id}").text
    assert "身份证原件" in page and "预约与排队轮流接通" in page
    assert 'id="line-tone" hidden' in page and 'hx-trigger="every 5s, look"' in page


def test_one_leaves_the_line_to_book(queued: Line, store: Store) -> None:
    page = queued.client.get(f"/cases/{queued.case_id}")
    assert "预约视频</button>" in page.text
    post(queued.client, f"/cases/{queued.case_id}/line/book", page)
    shown = queued.page().text
    assert "已退出排队。请选择预约时段" in shown and "<h1>预约视频</h1>" in shown
    post(queued.client, f"/cases/{queued.case_id}/line/book", queued.page())  # a second press finds no place
    assert "<h1>预约视频</h1>" in queued.page().text


def test_the_tab_says_when_it_is_ones_turn(queued: Line, app: Flask, store: Store) -> None:
    claim(somebody(app, store, "sun", roles="verifier"), store)
    answer = beat(queued).text
    assert "<title>轮到您了：视频验证人员正在接通" in answer and "data-called" in answer
    assert 'id="book-instead"' not in answer and 'id="wait"' not in answer
