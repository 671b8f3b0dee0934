# ruff: noqa: F811 - the fixtures of the investor's line are shared by import
"""我的业务 while the video is waited for: 排队中 leads to the line, 已预约 to the appointment."""

from __future__ import annotations

from tests.web.line import Line, demonstrating
from tests.web.test_appointments import booked, booking  # noqa: F401
from tests.web.test_my import table
from tests.web.test_roads_certificate import at_video, line  # noqa: F401
from tests.web.test_steps_line import app, browser  # noqa: F401


def row(line: Line) -> str:
    """The only row of 待完成业务."""
    return table(line.client.get("/my").text, "pending")


def test_who_stands_in_line_gets_back_to_it(at_video: Line) -> None:
    assert "继续办理" in row(at_video) and "待视频" in row(at_video)
    demonstrating(at_video.store)
    at_video.queues()
    mine = row(at_video)
    assert "排队中" in mine and "回到排队" in mine and "放弃" in mine and "继续办理" not in mine
    address = mine.split('data-label="操作"')[1].split('href="')[1].split('"')[0]
    assert "您的位置" in at_video.client.get(address).text


def test_who_has_booked_sees_when_and_gets_to_his_appointment(booked: Line) -> None:
    mine = row(booked)
    assert "已预约" in mine and "视频预约：2026-11-25 上午" in mine and "查看预约" in mine and "放弃" in mine
    address = mine.split('data-label="操作"')[1].split('href="')[1].split('"')[0]
    assert "等待预约时段" in booked.client.get(address, follow_redirects=True).text
