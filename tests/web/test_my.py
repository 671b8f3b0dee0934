"""我的业务: the two tables of the manual, starting, 放弃."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update

from engine import timers
from engine.accounts import add_obligation
from engine.store import Store
from engine.tables import Case, Obligation, Rejection, Task
from tests.web.conftest import EXTRA, LI, MAIN, ON_BOTH, WANG, HandClock, KeptSms, post, put_on_file, sign_in


@pytest.fixture
def inside(app: Flask, client: FlaskClient, sms: KeptSms) -> FlaskClient:
    sign_in(app, client, sms)
    return client


@pytest.fixture
def case_id(inside: FlaskClient, store: Store) -> str:
    with store.read() as tx:
        return tx.scalars(select(Case.id)).one()


@pytest.fixture
def started(case_id: str, store: Store, clock: HandClock) -> str:
    """The case as it stands after its first submitted step."""
    change(store, case_id, started_at=clock.now(), number="20261124000001", status="待复核")
    return case_id


def change(store: Store, case_id: str, **values: object) -> None:
    with store.write() as tx:
        tx.execute(update(Case).where(Case.id == case_id).values(**values))


def owe(store: Store, forced: bool, customer: str = WANG.id) -> str:
    with store.write() as tx:
        return add_obligation(tx, store.ids, store.clock.now(), customer, EXTRA, forced=forced)


def table(page: str, name: str) -> str:
    """The rows of one of the two tables."""
    return page.split(f'aria-labelledby="{name}"')[1].split("<tbody>")[1].split("</tbody>")[0]


def test_empty_tables_say_so(app: Flask, client: FlaskClient, sms: KeptSms) -> None:
    sign_in(app, client, sms, path="/sign-in")
    page = client.get("/my").text
    assert "暂无数据" in table(page, "pending") and "暂无数据" in table(page, "done")


def test_the_columns_are_those_of_the_manual(inside: FlaskClient) -> None:
    page = inside.get("/my").text
    heads = [part.split("</thead>")[0] for part in page.split("<thead>")[1:]]
    columns = [[cell.split("</th>")[0] for cell in head.split('<th scope="col">')[1:]] for head in heads]
    assert columns == [
        ["业务类型", "办理状态", "办理日期", "备注", "操作"],
        ["业务类型", "办理状态", "办理日期", "备注"],
    ]


def test_what_is_opened_but_not_submitted_can_only_be_gone_on_with(inside: FlaskClient, case_id: str) -> None:
    rows = table(inside.get("/my").text, "pending")
    assert f'href="/cases/{case_id}"' in rows and "放弃" not in rows


def test_a_case_in_flight_shows_state_date_and_way_out(inside: FlaskClient, started: str) -> None:
    row = table(inside.get("/my").text, "pending")
    assert "待复核" in row and "2026-11-24 09:54:11" in row and f"/cases/{started}/abandon" in row


@pytest.mark.parametrize("status", ["待复核", "复核中", "办理中"])
def test_while_somebody_else_works_there_is_only_the_way_out(
    inside: FlaskClient, started: str, store: Store, clock: HandClock, status: str
) -> None:
    """The sample row of the manual: 待复核 has 放弃 alone. What the system does counts as somebody else."""
    change(store, started, status=status)
    with store.write() as tx:
        tx.execute(update(Task).where(Task.case_id == started).values(closed_at=clock.now()))
    actions = table(inside.get("/my").text, "pending").split('data-label="操作"')[1]
    assert "放弃" in actions and "继续办理" not in actions and actions.count("<a ") == 1


def test_one_who_is_warned_of_idleness_reads_when_his_case_will_be_closed(
    inside: FlaskClient, started: str, store: Store, app: Flask, client: FlaskClient, sms: KeptSms, clock: HandClock
) -> None:
    assert "即将超时" not in inside.get("/my").text
    clock.pass_by(days=22, hours=23)
    sign_in(app, client, sms, path="/sign-in")
    assert "即将超时" not in client.get("/my").text
    clock.pass_by(hours=1)
    sign_in(app, client, sms, path="/sign-in")
    assert "将于 2026-12-24 09:54 因长期未操作而关闭" in table(client.get("/my").text, "pending")
    clock.pass_by(days=7)
    while timers.sweep(store):
        pass
    sign_in(app, client, sms, path="/sign-in")
    page = client.get("/my").text
    assert "已超时" in table(page, "done") and "暂无数据" in table(page, "pending") and "将于" not in page


def test_the_reason_of_a_desk_stands_in_the_remarks_with_its_time(
    inside: FlaskClient, started: str, store: Store, clock: HandClock
) -> None:
    vault = store.vault
    with store.write() as tx:
        for number, resolved in enumerate((None, clock.now())):
            text = f"人像面看不清 {number}"
            tx.add(
                Rejection(
                    id=f"r{number}", case_id=started, desk="review", task_id="t", reason="blurred",
                    step="upload_photos", field=None,
                    customer_text=vault.seal("rejections.customer_text", text),
                    internal_note=vault.seal("rejections.internal_note", "only for us"), by="zhou",
                    at=clock.now() + timedelta(minutes=5), resolved_at=resolved,
                )
            )  # fmt: skip
    rows = table(inside.get("/my").text, "pending")
    assert "人像面看不清 0" in rows and "2026-11-24 09:59" in rows
    assert "人像面看不清 1" not in rows and "only for us" not in rows


def test_what_is_over_is_only_to_be_read(inside: FlaskClient, started: str, store: Store, clock: HandClock) -> None:
    change(store, started, ended_at=clock.now(), status="办理成功")
    page = inside.get("/my").text
    rows = table(page, "done")
    assert "办理成功" in rows and "<a " not in rows and "<button" not in rows
    assert "暂无数据" in table(page, "pending")


def test_an_obligation_has_neither_state_nor_date(inside: FlaskClient, store: Store) -> None:
    owe(store, forced=False)
    rows = table(inside.get("/my").text, "pending").split("<tr>")
    row = next(one for one in rows if "补签协议" in one)
    assert "<time" not in row and "放弃" not in row and "<button" in row


def test_an_obligation_starts_its_own_business_beside_a_case_in_flight(
    inside: FlaskClient, started: str, store: Store
) -> None:
    obligation = owe(store, forced=False)
    answer = post(inside, f"/my/obligations/{obligation}/start")
    with store.read() as tx:
        case = tx.scalars(select(Case).where(Case.business == EXTRA)).one()
    assert answer.location == f"/cases/{case.id}" and case.obligation_id == obligation


def test_another_start_while_one_is_pending_leads_here_and_says_why(inside: FlaskClient, started: str) -> None:
    answer = post(inside, f"/my/start/{MAIN}")
    assert answer.location == "/my"
    assert "还没有办完" in inside.get("/my").text


def test_signing_in_while_one_is_pending_leads_here_and_says_why(
    app: Flask, inside: FlaskClient, started: str, sms: KeptSms, clock: HandClock
) -> None:
    post(inside, "/sign-out")
    clock.pass_by(minutes=2)
    answer = sign_in(app, inside, sms)
    assert answer.location == "/my" and "还没有办完" in inside.get("/my").text


@pytest.mark.parametrize("forced", [True, False])
def test_only_a_forced_obligation_blocks_a_start(inside: FlaskClient, store: Store, forced: bool) -> None:
    owe(store, forced=forced)
    answer = post(inside, f"/my/start/{MAIN}")
    assert (answer.location == "/my") is forced
    assert not forced or "请先补签协议" in inside.get("/my").text


@pytest.mark.parametrize("forced", [True, False])
def test_what_would_be_refused_is_not_offered_but_said(
    app: Flask, client: FlaskClient, sms: KeptSms, store: Store, forced: bool
) -> None:
    owe(store, forced=forced)
    sign_in(app, client, sms, path="/sign-in")
    page = client.get("/my").text
    assert ("您有一份协议必须先补签" in page) is forced
    assert ("马上开户" in page) is not forced


@ON_BOTH
def test_giving_up_asks_first_and_then_is_done(inside: FlaskClient, started: str, store: Store) -> None:
    page = inside.get(f"/cases/{started}/abandon")
    assert "不能恢复" in page.text and 'data-wakes-after="5"' in page.text and " disabled" not in page.text
    assert "照片和没有签署过的资料 30 天后销毁" in page.text
    answer = post(inside, f"/cases/{started}/abandon", page, submission_id="1" * 32)
    assert answer.location == "/my"
    assert "已放弃" in table(inside.get("/my").text, "done")
    with store.read() as tx:
        assert tx.scalars(select(Case)).one().ended_at is not None


def test_giving_up_twice_is_no_error(inside: FlaskClient, started: str) -> None:
    for _ in range(2):
        assert post(inside, f"/cases/{started}/abandon", submission_id="1" * 32).location == "/my"
    assert inside.get(f"/cases/{started}/abandon").location == "/my"


def test_what_was_never_submitted_needs_no_giving_up(inside: FlaskClient, case_id: str) -> None:
    assert inside.get(f"/cases/{case_id}/abandon").location == "/my"


@pytest.fixture
def late(app: Flask, client: FlaskClient, sms: KeptSms, clock: HandClock) -> FlaskClient:
    """Signed in ten minutes before the hours end, with nothing begun."""
    clock.moment = clock.moment.replace(hour=23, minute=48, second=0)
    sign_in(app, client, sms, path="/sign-in")
    return client


def test_a_business_cannot_be_started_at_night(late: FlaskClient, clock: HandClock, store: Store) -> None:
    clock.pass_by(minutes=11)
    page = late.get("/my").text
    assert "马上开户" not in page and "现在不在网上服务时间" in page
    answer = post(late, f"/my/start/{MAIN}")
    assert answer.status_code == 403 and "现在不在网上服务时间" in answer.text
    with store.read() as tx:
        assert tx.scalars(select(Case.id)).all() == []


def test_in_the_last_minute_of_the_hours_it_can(late: FlaskClient, clock: HandClock, store: Store) -> None:
    clock.pass_by(minutes=9)
    answer = post(late, f"/my/start/{MAIN}")
    with store.read() as tx:
        assert answer.status_code == 303 and answer.location == f"/cases/{tx.scalars(select(Case.id)).one()}"


def test_an_agreement_that_was_signed_meanwhile_is_not_begun_again(inside: FlaskClient, store: Store) -> None:
    """Its row still stands on a page of before."""
    owed = owe(store, False)
    page = inside.get("/my")
    with store.write() as tx:
        tx.get_one(Obligation, owed).done_at = store.clock.now()
    assert post(inside, f"/my/obligations/{owed}/start", page).location == "/my"
    assert "这份协议已经签好，不需要再办理" in inside.get("/my").text
    with store.read() as tx:
        assert tx.scalars(select(Case.obligation_id)).all() in ([], [None])


def test_anothers_obligation_is_not_there(inside: FlaskClient, store: Store) -> None:
    put_on_file(store, LI)
    assert post(inside, f"/my/obligations/{owe(store, False, LI.id)}/start").status_code == 404
