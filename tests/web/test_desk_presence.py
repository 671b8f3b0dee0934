# ruff: noqa: F811 - the verifier and his line are shared by import
"""Which verifiers are there to call, on their own page and on their supervisor's; and how long customers wait."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from engine.store import Store
from tests.web.conftest import PASSWORD, HandClock, employ, hidden, post, sign_in_staff
from tests.web.test_desk_video_line import call_next, row, three, verifier  # noqa: F401


def presence(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub("<[^>]*>", "", page.split('id="my-presence">')[1].split("</p>")[0])).strip()


def switch(member: FlaskClient, state: str) -> TestResponse:
    return post(member, "/desk/presence", member.get("/desk"), state=state)


def test_a_verifier_says_whether_he_takes_calls(verifier: FlaskClient, clock: HandClock) -> None:
    assert presence(verifier.get("/desk").text) == "我的状态：离线 本营业部在岗 0 人"
    for state, said in (("online", "在线"), ("break", "休息")):
        assert switch(verifier, state).location == "/desk"
        serving = 1 if state == "online" else 0
        assert presence(verifier.get("/desk").text) == f"我的状态：{said} 自 2026-11-24 09:54 本营业部在岗 {serving} 人"
    assert 'value="break"' not in verifier.get("/desk").text
    switch(verifier, "asleep")
    assert "没有这个状态" in verifier.get("/desk").text and "休息 自" in presence(verifier.get("/desk").text)


@pytest.mark.usefixtures("three")
def test_who_calls_is_online_and_a_break_begins_after_the_call(verifier: FlaskClient) -> None:
    call_next(verifier)
    assert "通话中 自 2026-11-24 09:54 本营业部在岗 1 人" in presence(verifier.get("/desk").text)
    told = {"csrf_token": hidden(verifier.get("/desk"), "csrf_token"), "state": "break"}
    part = verifier.post("/desk/presence?here=booked&holding=yes", data=told, headers={"HX-Request": "true"})
    assert part.status_code == 200 and "<html" not in part.text
    assert "通话中" in presence(part.text) and "，这次通话后：休息" in presence(part.text)


@pytest.mark.usefixtures("three")
def test_waiting_long_is_seen_and_the_longest_is_told(verifier: FlaskClient, clock: HandClock) -> None:
    looks = []
    for minutes in (1, 5, 10):
        clock.pass_by(minutes=minutes)
        page = verifier.get("/desk").text
        looks.append(re.findall(r'state-(\w+)">(?:已等 )?(\d+ 分钟)', page.split('id="row-walked"')[0])[0])
        assert f"已等 {looks[-1][1]}" in row(page, "away")
    assert looks == [("good", "1 分钟"), ("warn", "6 分钟"), ("bad", "16 分钟")]


def test_the_supervisor_sees_which_verifiers_are_there(verifier: FlaskClient, app: Flask, store: Store) -> None:
    employ(store, "chief", {"supervisor"})
    employ(store, "zhao", {"reviewer"})
    chief = app.test_client()
    sign_in_staff(chief, "chief", PASSWORD)
    before = chief.get("/desk/supervise").text
    switch(verifier, "online")
    rows = chief.get("/desk/supervise").text.split("people-table")[1].split("<tr>")
    people = [re.sub("<[^>]*>", " ", one).split() for one in rows]
    found = {one[0]: one[1:] for one in people if one}
    assert found["sun（样本）"] == ["0", "0", "在线", "自", "2026-11-24", "09:54"] and found["zhao（样本）"] == [
        "0",
        "0",
    ]
    assert "离线" in before.split("people-table")[1]
