# ruff: noqa: F811 - the fixtures of the investor's line are shared by import
"""Who loses at a case reads his own sentence: the other has all but committed when his request comes.

The pairs and who wins them are the subject of tests/crash/test_pairs.py; here the second is a page.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from functools import partial
from threading import Thread
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from engine import claims, timers
from engine.actors import Actor
from engine.cases import Completion, RejectionInput, abandon, complete
from engine.store import Store
from engine.tables import Staff
from tests.crash.interleaving import PATIENCE, pausing
from tests.house import investor, staff
from tests.walk import new_submission
from tests.web.conftest import ON_BOTH, WANG, HandClock, KeptSms, employ, sign_in, sign_in_staff
from tests.web.line import Browser, Line, jpeg, value
from tests.web.test_desk import claim, desk_task
from tests.web.test_steps_line import app, browser  # noqa: F401

ME = investor(WANG.id)
DATA = {"address": "样本市样本路 2 号", "issuer": "样本市公安局", "validity": "2016.05.02-2036.05.02"}
MOVED = "您打开的一步已经办过了，没有重复提交。下面是现在要办的一步。"
pytestmark = ON_BOTH
First = Callable[[Store], object]
Second = Callable[[], TestResponse]


def meet(store: Store, first: First, second: Second) -> TestResponse:
    """What the second's request is answered, sent while the first has not committed."""
    paused, answers = pausing(store), []
    leading = Thread(target=lambda: first(paused))
    following = Thread(target=lambda: answers.append(second()))
    leading.start()
    assert paused.reached.wait(PATIENCE)
    following.start()
    following.join(0.3)
    assert answers == [], "the first has not committed yet"
    paused.go_on.set()
    leading.join(PATIENCE)
    following.join(PATIENCE)
    return answers[0]


@pytest.fixture
def line(app: Flask, client: FlaskClient, store: Store, sms: KeptSms, browser: Browser) -> Line:
    sign_in(app, client, sms)
    return Line(app, client, store, browser)


def ready(client: FlaskClient, path: str, shown: str, **fields: Any) -> Second:
    """A form of the page `shown` that lies ready to be sent to `path`."""
    page = client.get(shown)
    own = {name: value(page, name) for name in ("csrf_token", "submission_id") if f'name="{name}"' in page.text}
    return lambda: client.post(path, data=own | fields)


def submits(store: Store, line: Line) -> First:
    task = line.task.id
    return lambda paused: complete(paused, Completion(task, ME, new_submission()))


def after(line: Line, answer: TestResponse) -> str:
    assert answer.status_code == 303
    return line.client.get(answer.location, follow_redirects=True).text


def test_of_two_forms_of_a_step_the_second_reads_what_is_open(line: Line, store: Store) -> None:
    line.photos()
    read = after(line, meet(store, submits(store, line), ready(line.client, line.path(), line.path(), **DATA)))
    assert MOVED in read and "<h1>银行卡</h1>" in read


def test_a_photograph_for_a_step_that_was_just_submitted(line: Line, store: Store) -> None:
    file = {"photo-id_portrait": (io.BytesIO(jpeg()), "x.jpg")}
    upload = ready(line.client, f"/cases/{line.case_id}/photos/id_portrait", line.path(), **file)
    assert MOVED in after(line, meet(store, submits(store, line), upload))


def test_a_form_of_a_case_that_was_just_given_up(line: Line, store: Store) -> None:
    line.photos()
    gives_up = partial(abandon, case_id=line.case_id, actor=ME, submission_id=new_submission())
    read = after(line, meet(store, gives_up, ready(line.client, line.path(), line.path(), **DATA)))
    assert "<h1>已放弃</h1>" in read and MOVED not in read


@pytest.fixture
def idle(line: Line, app: Flask, sms: KeptSms, clock: HandClock) -> Line:
    """He comes back on the day after the last."""
    line.photos()
    clock.pass_by(days=31)
    sign_in(app, line.client, sms, path="/sign-in")
    return line


def test_a_form_of_a_case_whose_time_is_just_over(idle: Line, store: Store) -> None:
    read = after(idle, meet(store, timers.sweep, ready(idle.client, idle.path(), idle.path(), **DATA)))
    assert "<h1>已超时</h1>" in read and MOVED not in read


def test_giving_up_a_case_whose_time_is_just_over(idle: Line, store: Store) -> None:
    path = f"/cases/{idle.case_id}/abandon"
    read = after(idle, meet(store, timers.sweep, ready(idle.client, path, path)))
    assert "这项业务已经结束，不需要放弃。结果在“已完成业务”里。" in read


@pytest.fixture
def zhao(line: Line, app: Flask, store: Store) -> FlaskClient:
    line.to_review()
    return colleague(app, store, "zhao")


def colleague(app: Flask, store: Store, login: str) -> FlaskClient:
    employ(store, login, {"reviewer"})
    member = app.test_client()
    sign_in_staff(member, login)
    return member


def actor(store: Store, login: str) -> Actor:
    with store.read() as tx:
        return staff(tx.scalars(select(Staff.id).filter_by(login=login)).one(), "reviewer", branch="east")


def passes(task: str, who: Actor) -> First:
    return lambda paused: complete(paused, Completion(task, who, new_submission(), facts={"review.decision": "pass"}))


def rejects(task: str, who: Actor) -> First:
    facts, given = {"review.decision": "reject"}, (RejectionInput("id_photo_unclear"),)
    return lambda paused: complete(paused, Completion(task, who, new_submission(), facts=facts, rejections=given))


OTHER: dict[str, tuple[Callable[[str, Actor], First], dict[str, str]]] = {
    "he passes, and rejects in another tab": (passes, {"decision": "reject", "reasons": "id_photo_unclear"}),
    "he rejects, and passes in another tab": (rejects, {"decision": "pass"}),
}


@pytest.mark.parametrize("how", OTHER)
def test_of_two_decisions_the_second_was_not_sent_twice(zhao: FlaskClient, store: Store, how: str) -> None:
    first, fields = OTHER[how]
    path, task = claim(zhao, store), desk_task(store)
    answer = meet(store, first(task, actor(store, "zhao")), ready(zhao, path, path, **fields))
    assert answer.location == "/desk"
    assert "这一件已经办完，没有重复提交。" in zhao.get("/desk").text


def test_of_two_claims_the_second_reads_who_was_faster(zhao: FlaskClient, app: Flask, store: Store) -> None:
    qian, task = colleague(app, store, "qian"), desk_task(store)
    takes = partial(claims.claim, task_id=task, actor=actor(store, "zhao"))
    meet(store, takes, ready(qian, f"/desk/tasks/{task}/claim", f"/desk/tasks/{task}"))
    told = "zhao（样本） 更快一步，已于 2026-11-24 09:54 领取。请从列表中另选一件。"
    assert told in qian.get("/desk").text


def test_what_was_just_taken_over_need_not_be_given_back(
    zhao: FlaskClient, app: Flask, store: Store, clock: HandClock
) -> None:
    path, task = claim(zhao, store), desk_task(store)
    colleague(app, store, "qian")
    clock.pass_by(minutes=31)
    sign_in_staff(zhao, "zhao")
    takes_over = partial(claims.claim, task_id=task, actor=actor(store, "qian"), reason="他今天休假")
    meet(store, takes_over, ready(zhao, f"{path}/release", "/desk"))
    assert "您的领取已经结束，不需要退回。" in zhao.get("/desk").text
