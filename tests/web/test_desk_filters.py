"""A long list: what is asked for stands in the address, is counted by state, and is found by its 受理单号."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event

from engine.store import Store
from engine.tables import Case, Task
from engine.vault import Vault
from tests.web.conftest import LI, PASSWORD, WANG, HandClock, employ, post, put_on_file, sign_in_staff
from tests.web.crowd import VIDEO, waits
from webapp.house import db


@pytest.fixture
def me(store: Store) -> str:
    return employ(store, "zhao", {"reviewer", "verifier"})


@pytest.fixture
def desk(app: Flask, me: str) -> FlaskClient:
    member = app.test_client()
    assert sign_in_staff(member, "zhao", PASSWORD).status_code == 303
    return member


@pytest.fixture
def five(store: Store, me: str) -> None:
    """One in each state."""
    now, later = store.clock.now(), store.clock.now() + timedelta(minutes=20)
    other = employ(store, "qian", {"reviewer"})
    waits(store, "free", "20261124000001")
    waits(store, "mine", "20261124000002", claimed_by=me, claimed_at=now, lease_until=later)
    waits(store, "others", "20261124000003", claimed_by=other, claimed_at=now, lease_until=later)
    waits(store, "overdue", "20261124000004", due_at=now - timedelta(hours=1))
    waits(store, "kept", "20261124000015", step=VIDEO, preferred_by=me, preferred_until=later)


def rows(page: str) -> set[str]:
    return set(re.findall(r'id="row-([^"]+)"', page))


STATES = [
    ("free", {"free", "overdue", "kept"}),
    ("mine", {"mine"}),
    ("others", {"others"}),
    ("overdue", {"overdue"}),
    ("kept", {"kept"}),
    ("", {"free", "mine", "others", "overdue", "kept"}),
    ("invented", {"free", "mine", "others", "overdue", "kept"}),
]


@pytest.mark.parametrize(("state", "shown"), STATES, ids=[row[0] or "all" for row in STATES])
@pytest.mark.usefixtures("five")
def test_a_state_shows_its_tasks_and_tells_their_number(desk: FlaskClient, state: str, shown: set[str]) -> None:
    page = desk.get(f"/desk?state={state}").text
    assert rows(page) == shown == rows(desk.get(f"/desk/queue?state={state}").text)
    counted = dict(re.findall(r'id="state-(\w+)".*?<span class="number[^"]*">(\d+)</span>', page))
    assert counted == {"free": "3", "mine": "1", "others": "1", "overdue": "1", "kept": "1"}


@pytest.mark.usefixtures("five")
def test_a_step_is_chosen_by_a_form_that_needs_no_script(desk: FlaskClient) -> None:
    page = desk.get("/desk?step=video_verification").text
    assert rows(page) == {"kept"} and 'value="video_verification" selected' in page
    assert '<form class="queue-filter" method="get" action="/desk?step=video_verification"' in page


@pytest.mark.usefixtures("five")
def test_the_filter_outlives_polling_a_look_a_claim_and_the_way_back(desk: FlaskClient) -> None:
    asked = "state=free&number=000001"
    page = desk.get(f"/desk?{asked}").text.replace("&amp;", "&")
    assert f'hx-get="/desk/queue?here=&{asked}"' in page and f'href="/desk/tasks/free?{asked}"' in page
    look = desk.get(f"/desk/tasks/free?{asked}")
    assert rows(look.text) == {"free"} and '<input type="hidden" name="state" value="free">' in look.text
    assert post(desk, f"/desk/tasks/free/claim?{asked}", look).location == f"/desk/tasks/free?{asked}"
    assert post(desk, f"/desk/tasks/free/release?{asked}", look).location == f"/desk?{asked}"
    assert 'href="/desk"' in page.split('id="state-none"')[1], "清除筛选 leads to everything"


@pytest.mark.usefixtures("five")
def test_a_case_is_found_by_its_number_or_its_last_digits(desk: FlaskClient) -> None:
    assert rows(desk.get("/desk?number=20261124000004").text) == {"overdue"}
    assert rows(desk.get("/desk?number=+0004+").text) == {"overdue"}
    assert rows(desk.get("/desk?number=15").text) == {"kept"}


@pytest.fixture
def elsewhere(store: Store) -> None:
    """A case that is over, one with its customer, one of another branch."""
    closed = {"closed_at": store.clock.now(), "closed_how": "submit"}
    waits(store, "over", "20261120000101", ended_at=store.clock.now(), status="办理成功", **closed)
    waits(store, "asked", "20261120000102", step=("bank_cards", "investor"), status="办理中")
    waits(store, "far", "20261120000103", branch="west", ended_at=store.clock.now(), status="办理失败", **closed)


NOT_LISTED = [
    ("over", "000101", "受理单 20261120000101 已于 2026-11-24 09:54 结束：办理成功。"),
    ("with its customer", "20261120000102", "受理单 20261120000102 现在是“办理中”，不在您的岗位。"),
    ("of another branch", "20261120000103", "本营业部没有以 20261120000103 结尾的受理单"),
    ("invented", "20261120999999", "本营业部没有以 20261120999999 结尾的受理单"),
    ("too few digits", "101", "请至少输入末尾 4 位"),
    ("no number", "王测试", "受理单号只有数字"),
    ("hidden by another filter", "000001&state=mine", "列表里有这个受理单号，但不符合其他筛选条件"),
]


@pytest.mark.parametrize(("number", "said"), [row[1:] for row in NOT_LISTED], ids=[row[0] for row in NOT_LISTED])
@pytest.mark.usefixtures("five", "elsewhere")
def test_what_is_not_in_the_list_is_told_as_far_as_one_may_know(desk: FlaskClient, number: str, said: str) -> None:
    page = desk.get(f"/desk?number={number}")
    assert page.status_code == 200 and said in page.text and not rows(page.text)
    assert "办理失败" not in page.text and "西城" not in page.text


def test_an_empty_list_says_what_will_come(desk: FlaskClient) -> None:
    assert "现在没有待办。客户提交后会自动出现在这里" in desk.get("/desk").text
    assert "没有符合筛选的待办" in desk.get("/desk?state=mine").text


@pytest.fixture
def crowd(store: Store, me: str) -> None:
    """Whoever comes fiftieth and later is another customer: he is on no page but that of the task that I hold."""
    now = store.clock.now()
    put_on_file(store, LI)
    for at in range(119):
        who = {"customer_id": WANG.id if at < 50 else LI.id}
        waits(store, f"t{at:03}", f"2026112400{at:04}", opened_at=now + timedelta(seconds=at), due_at=None, **who)
    lease = {"claimed_by": me, "claimed_at": now, "lease_until": now + timedelta(minutes=30)}
    waits(store, "last", "20261124009999", opened_at=now + timedelta(days=1), due_at=None, **lease)


@pytest.mark.usefixtures("crowd")
def test_a_long_list_is_cut_with_a_sentence_and_never_hides_what_one_holds(desk: FlaskClient) -> None:
    page = desk.get("/desk").text
    assert "待办（120）" in page and "另有 69 件没有列出" in page
    assert len(rows(page)) == 51 and "last" in rows(page) and "t050" not in rows(page)
    assert "t077" in rows(desk.get("/desk/tasks/t077").text), "and never the one that is open"
    assert rows(desk.get("/desk?number=0118").text) == {"t118"}


@pytest.mark.usefixtures("crowd")
def test_a_long_list_opens_and_asks_for_no_more_than_it_shows(
    desk: FlaskClient, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Sealed values are opened for rows that are shown, each customer's once; no state of a case is read at all."""
    asked: list[str] = []
    opened: list[str] = []
    unseal = Vault.open
    monkeypatch.setattr(Vault, "open", lambda vault, name, sealed: opened.append(name) or unseal(vault, name, sealed))
    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", lambda *call: asked.append(call[2]))
    assert desk.get("/desk").status_code == 200
    assert opened.count("customers.name") == 1
    assert not [one for one in asked if "cases.state" in one]
    assert len(asked) < 20, asked


def test_a_lapsed_claim_is_counted_as_free_and_leads_to_its_form(
    desk: FlaskClient, store: Store, clock: HandClock
) -> None:
    now, other = clock.now(), employ(store, "qian", {"reviewer"})
    waits(store, "left", "20261124000007", claimed_by=other, claimed_at=now, lease_until=now)
    row = desk.get("/desk?state=free").text.split('id="row-left"')[1].split("</li>")[0]
    assert "qian（样本） 的领取已到期" in row and 'href="/desk/tasks/left?state=free#field-reason"' in row
    form = desk.get("/desk/tasks/left")
    assert 'name="reason"' in form.text
    refused = post(desk, "/desk/tasks/left/claim", form, reason="长" * 201)
    assert refused.status_code == 422 and "长" * 201 in refused.text and "2 至 200 个字" in refused.text
    with store.read() as tx:
        assert tx.get_one(Task, "left").claimed_by == other and tx.get_one(Case, "case-left").status == "待复核"
