# ruff: noqa: F811 - the fixtures of the investor's line are shared by import
"""The list of a desk: claims from its rows, rows that stay where they are, and papers in the order of the form."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from engine.store import Store
from engine.tables import Case, Task
from tests.web.conftest import LI, HandClock, KeptSms, post, put_on_file, sign_in
from tests.web.line import Browser, Line
from tests.web.test_desk import claim, desk_task, reviewer, somebody  # noqa: F401
from tests.web.test_steps_line import app, browser  # noqa: F401


@pytest.fixture
def line(app: Flask, client: FlaskClient, store: Store, sms: KeptSms, browser: Browser) -> Line:
    sign_in(app, client, sms)
    made = Line(app, client, store, browser)
    made.to_review()
    return made


def row_of(page: str, task: str) -> str:
    """One row of the list."""
    return page.split(f'id="row-{task}"')[1].split("</li>")[0]


def order(page: str) -> list[str]:
    return re.findall(r'id="row-([^"]+)"', page)


def test_a_row_is_claimed_where_it_stands(reviewer: FlaskClient, store: Store) -> None:
    task = desk_task(store)
    page = reviewer.get("/desk")
    assert f'action="/desk/tasks/{task}/claim"' in row_of(page.text, task) and "领取" in row_of(page.text, task)
    answer = post(reviewer, f"/desk/tasks/{task}/claim", page)
    assert answer.location == f"/desk/tasks/{task}"
    after = reviewer.get(answer.location).text
    assert "样本市样本路 2 号" in after and "我已领取" in row_of(after, task) and "/claim" not in row_of(after, task)


def test_who_was_slower_at_the_list_reads_who_was_faster_and_since_when(
    reviewer: FlaskClient, app: Flask, store: Store
) -> None:
    slower = somebody(app, store, "qian")
    stale, task = slower.get("/desk"), desk_task(store)
    claim(reviewer, store)
    assert post(slower, f"/desk/tasks/{task}/claim", stale).location == "/desk"
    page = slower.get("/desk").text
    assert "zhao（样本） 更快一步，已于 2026-11-24 09:54 领取" in page
    assert "zhao（样本） 于 2026-11-24 09:54 领取" in row_of(page, task) and "/claim" not in row_of(page, task)


def test_a_claim_moves_no_row(reviewer: FlaskClient, app: Flask, store: Store, sms: KeptSms, clock: HandClock) -> None:
    """The list is read from top to bottom by what is due; whoever takes a row leaves it where it is."""
    first = desk_task(store)
    before = order(reviewer.get("/desk").text)
    clock.pass_by(minutes=5)
    second = another_case(app, store)
    assert order(reviewer.get("/desk/queue").text) == [*before, second]
    other = somebody(app, store, "qian")
    post(other, f"/desk/tasks/{first}/claim", other.get("/desk"))
    post(reviewer, f"/desk/tasks/{second}/claim", reviewer.get("/desk"))
    assert order(reviewer.get("/desk/queue").text) == [first, second]
    assert order(other.get("/desk/queue").text) == [first, second]


def another_case(app: Flask, store: Store) -> str:
    """A second task at the same desk, opened now."""
    put_on_file(store, LI)
    with store.write() as tx:
        pattern = tx.get_one(Case, tx.get_one(Task, desk_task(store)).case_id)
        common = {"business": pattern.business, "bundle_hash": pattern.bundle_hash, "branch_id": pattern.branch_id}
        now = store.clock.now()
        tx.add(
            Case(
                id="second", customer_id=LI.id, exclusive=True, state=pattern.state, opened_at=now, touched_at=now,
                status="待复核", **common,
            )
        )  # fmt: skip
        tx.flush()
        tx.add(
            Task(
                id="second-task", case_id="second", step="review", role="reviewer", branch_id="east", round=1,
                opened_at=now, due_at=now + timedelta(days=2),
            )
        )  # fmt: skip
    return "second-task"


def test_a_customer_who_gives_up_is_told_on_the_open_page_and_to_every_button(
    reviewer: FlaskClient, line: Line, store: Store
) -> None:
    path = claim(reviewer, store)
    page, task = reviewer.get(path), desk_task(store)
    assert "客户已放弃" not in reviewer.get(f"/desk/queue?here={task}").text
    post(line.client, f"/cases/{line.case_id}/abandon", line.client.get(f"/cases/{line.case_id}/abandon"))

    said = "客户已放弃这项业务，不需要再办理"
    swapped = reviewer.get(f"/desk/queue?here={task}").text
    assert said in swapped and "资料已收起" in swapped
    assert 'class="desk-case first-pane" id="case"' in swapped  # else a phone, which shows one pane, shows none
    draft = post(reviewer, f"{path}/draft", page, note="写到一半")
    assert draft.status_code == 409 and draft.json and said in draft.json["said"]
    for button in ("", "/reveal", "/release", "/claim"):
        assert post(reviewer, path + button, page, decision="pass").location == "/desk"
        assert said in reviewer.get("/desk").text
    assert reviewer.get(path).location == "/desk"


def test_who_serves_another_branch_is_told_nothing_of_a_closed_task(
    reviewer: FlaskClient, line: Line, app: Flask, store: Store
) -> None:
    task, west = desk_task(store), somebody(app, store, "west", branch="west")
    post(line.client, f"/cases/{line.case_id}/abandon", line.client.get(f"/cases/{line.case_id}/abandon"))
    assert "客户已放弃" not in west.get(f"/desk/queue?here={task}").text
    assert "客户已放弃" in reviewer.get(f"/desk/queue?here={task}").text  # the control


def test_full_numbers_are_not_shown_without_a_claim(reviewer: FlaskClient, store: Store) -> None:
    path = claim(reviewer, store)
    page = reviewer.get(path)
    post(reviewer, f"{path}/release", page)
    answer = post(reviewer, f"{path}/reveal", page)
    assert answer.location == path and "6225880123456783" not in answer.text


def test_photographs_stand_in_the_order_of_the_form_and_consents_under_one_line(
    reviewer: FlaskClient, store: Store
) -> None:
    page = reviewer.get(claim(reviewer, store)).text
    labels = re.findall(r'<section class="slot" aria-label="([^"]+)"', page)
    assert labels == ["身份证正面（人像面）", "身份证反面（国徽面）", "签名照", "银行卡照片 1"]
    folded = page.split("<summary>客户的同意（3 项）</summary>")[1].split("</details>")[0]
    assert folded.count("✓") == 3 and "我单独同意处理我的银行卡信息" in folded
    assert "我单独同意处理" not in page.replace(folded, "")
