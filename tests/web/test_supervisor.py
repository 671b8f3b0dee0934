# ruff: noqa: F811 - the fixtures of the investor's line are shared by import
"""A supervisor: the branch's tasks with who has them, a task given to a colleague with a reason, and no papers."""

from __future__ import annotations

import json
import re
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from engine import staff as register
from engine.actors import SYSTEM
from engine.store import Store
from engine.tables import AuditRow, Photo, Task
from tests.web.conftest import ON_BOTH, PASSWORD, WANG, HandClock, employ, post, sign_in_staff
from tests.web.line import Line
from tests.web.test_desk import claim, decide, desk_task, line, reviewer, somebody  # noqa: F401
from tests.web.test_steps_line import app, browser  # noqa: F401


@pytest.fixture
def chief(line: Line, app: Flask, store: Store) -> FlaskClient:
    return somebody(app, store, "chief", roles="supervisor")


def hand_over(member: FlaskClient, task: str, to: str, reason: str = "他今天休假") -> TestResponse:
    path = f"/desk/supervise/tasks/{task}"
    return post(member, path, member.get("/staff/sign-in"), to=to, reason=reason)


def offered(page: TestResponse) -> set[str]:
    """Whom the form offers, by name."""
    return set(re.findall(r'<option value="[^"]+">([^<]+)</option>', page.text))


def test_a_pure_supervisor_is_led_to_his_branch(chief: FlaskClient, reviewer: FlaskClient) -> None:
    assert chief.get("/staff/").location == "/desk/supervise"
    assert "本营业部待办" in chief.get("/desk/supervise").text and chief.get("/desk").status_code == 403
    assert reviewer.get("/staff/").location == "/desk" and "本营业部待办" not in reviewer.get("/desk").text


def test_who_is_both_has_his_queue_and_a_way_to_the_branch(line: Line, app: Flask, store: Store) -> None:
    employ(store, "both", {"reviewer", "supervisor"})
    both = app.test_client()
    sign_in_staff(both, "both", PASSWORD)
    assert both.get("/staff/").location == "/desk" and 'href="/desk/supervise"' in both.get("/desk").text


def test_every_open_task_of_the_branch_is_shown_with_its_holder_and_without_a_name(
    chief: FlaskClient, reviewer: FlaskClient, store: Store
) -> None:
    assert "无人领取" in chief.get("/desk/supervise").text
    claim(reviewer, store)
    page = chief.get("/desk/supervise/list").text
    assert "复核" in page and "王*" in page and WANG.name not in page and WANG.id_number not in page
    assert "zhao（样本） 于 2026-11-24 09:54 领取" in page and "领取到 2026-11-24 10:24" in page


def test_each_colleague_with_what_he_holds_and_has_done_today(
    chief: FlaskClient, reviewer: FlaskClient, store: Store, clock: HandClock
) -> None:
    path = claim(reviewer, store)
    assert load(chief, "zhao（样本）") == ("1", "0")
    decide(reviewer, path, decision="reject", reasons="id_photo_unclear")
    assert load(chief, "zhao（样本）") == ("0", "1")
    assert "chief（样本）</th>" not in chief.get("/desk/supervise").text
    clock.pass_by(hours=24)
    sign_in_staff(chief, "chief", PASSWORD)
    assert load(chief, "zhao（样本）") == ("0", "0")


def load(member: FlaskClient, name: str) -> tuple[str, ...]:
    row = member.get("/desk/supervise").text.split(f'<th scope="row">{name}</th>')[1].split("</tr>")[0]
    return tuple(re.findall(r">(\d+)<", row))


def test_overdue_is_said_and_filtered(chief: FlaskClient, store: Store, clock: HandClock) -> None:
    assert "没有符合筛选的待办" in chief.get("/desk/supervise?state=overdue").text
    with store.write() as tx:
        tx.get_one(Task, desk_task(store)).due_at = clock.now() - timedelta(minutes=1)
    assert "已超期</span>" in chief.get("/desk/supervise?state=overdue").text


@ON_BOTH
def test_a_task_is_given_to_a_colleague_and_kept_for_him(
    chief: FlaskClient, reviewer: FlaskClient, app: Flask, store: Store
) -> None:
    path, task = claim(reviewer, store), desk_task(store)
    qian = somebody(app, store, "qian")
    with store.read() as tx:
        holder = tx.get_one(Task, task).claimed_by
    form = chief.get(f"/desk/supervise/tasks/{task}")
    assert offered(form) == {"qian（样本）"} and "zhao（样本） 的领取立即结束" in form.text
    answer = hand_over(chief, task, register.authenticate(store, "qian", PASSWORD).id)  # type: ignore[union-attr]
    assert answer.location == "/desk/supervise"
    assert "由 qian（样本） 优先办理至 13:54" in chief.get("/desk/supervise").text
    assert "现由 qian（样本） 优先办理，已不在您手上" in reviewer.get(f"/desk/queue?here={task}&holding=yes").text
    assert "现由" not in reviewer.get(f"/desk/queue?here={task}").text  # who never held it is not told that he lost it
    assert WANG.name not in reviewer.get(path).text
    assert "留给您优先办理至 13:54" in qian.get("/desk?state=kept").text
    assert post(qian, f"{path}/claim", qian.get(path)).location == path and WANG.name in qian.get(path).text
    with store.read() as tx:
        bodies = [json.loads(row.body) for row in tx.scalars(select(AuditRow)) if row.action == "reassign"]
    assert [body["from"] for body in bodies] == [holder] and "他今天休假" not in json.dumps(bodies, ensure_ascii=False)
    assert "转办的原因" in qian.get(path).text and "他今天休假" in qian.get(path).text


REFUSED = [
    ("nobody chosen", "", "他今天休假", "请选择转给哪位同事"),
    ("no reason", "qian", " ", "请写明原因（2 至 200 个字）"),
    ("a reason too long", "qian", "长" * 201, "请写明原因（2 至 200 个字）"),
    ("another branch", "west", "他今天休假", "这位同事不能办理这一件"),
    ("another role", "video", "他今天休假", "这位同事不能办理这一件"),
    ("locked", "gone", "他今天休假", "这位同事不能办理这一件"),
    ("nobody of that id", "invented", "他今天休假", "这位同事不能办理这一件"),
]


@pytest.mark.parametrize(("to", "reason", "said"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED])
def test_who_may_not_do_it_is_not_given_it_and_nothing_typed_is_lost(
    chief: FlaskClient, store: Store, to: str, reason: str, said: str
) -> None:
    ids = {
        "qian": employ(store, "qian", {"reviewer"}),
        "west": employ(store, "west", {"reviewer"}, "west"),
        "video": employ(store, "video", {"verifier"}),
        "gone": employ(store, "gone", {"reviewer"}),
    }
    register.lock(store, "gone", SYSTEM)
    task = desk_task(store)
    assert offered(chief.get(f"/desk/supervise/tasks/{task}")) == {"qian（样本）"}
    answer = hand_over(chief, task, ids.get(to, to), reason)
    assert answer.status_code == 422 and said in answer.text and reason.strip() in answer.text
    with store.read() as tx:
        assert tx.get_one(Task, task).preferred_by is None
    assert hand_over(chief, task, ids["qian"]).status_code == 303  # the control


def test_a_task_that_is_over_is_told_and_not_given(chief: FlaskClient, line: Line, store: Store) -> None:
    task, colleague = desk_task(store), employ(store, "qian", {"reviewer"})
    post(line.client, f"/cases/{line.case_id}/abandon", line.client.get(f"/cases/{line.case_id}/abandon"))
    for ask in (lambda: chief.get(f"/desk/supervise/tasks/{task}"), lambda: hand_over(chief, task, colleague)):
        assert ask().location == "/desk/supervise"
        assert "客户已放弃这项业务" in chief.get("/desk/supervise").text


def test_no_papers_and_no_claim_without_the_desks_role(chief: FlaskClient, app: Flask, store: Store) -> None:
    task = desk_task(store)
    with store.read() as tx:
        photo = tx.scalars(select(Photo.id)).first()
    for path in (f"/desk/tasks/{task}", f"/desk/photos/{photo}/crop"):
        assert chief.get(path).status_code == 404
    assert post(chief, f"/desk/tasks/{task}/claim").status_code == 404
    west = somebody(app, store, "west", roles="supervisor", branch="west")
    assert west.get(f"/desk/supervise/tasks/{task}").status_code == 404
    assert hand_over(west, task, employ(store, "qian", {"reviewer"})).status_code == 404
    assert chief.get(f"/desk/supervise/tasks/{task}").status_code == 200  # the control
