# ruff: noqa: F811 - the fixtures of the investor's line are shared by import
"""What pages say at their turning points: after the end, before signing again, at a slot, where one begins."""

from __future__ import annotations

import copy
import re
from html import unescape

import pytest
from flask.testing import FlaskClient

from engine.company import default_company, save
from engine.store import Store
from engine.tables import Task
from tests.web.conftest import EXTRA, HandClock
from tests.web.line import NEW_CARD, Line
from tests.web.test_my import case_id, change, inside  # noqa: F401
from tests.web.test_steps_line import app, at_signing, browser, line  # noqa: F401


@pytest.mark.parametrize(
    ("end", "said"),
    [
        ("succeeded", "新增的银行卡请到银行办理银期关联后使用"),
        ("failed", "没有办理成功，结算账户没有变更"),
        ("expired", "很久没有操作，已超时关闭"),
        ("abandoned", ""),
    ],
)
def test_after_an_end_the_page_says_what_is_still_to_do(
    inside: FlaskClient, case_id: str, store: Store, clock: HandClock, end: str, said: str
) -> None:
    """The words of the notice that the diagram sends at this end; one who gave up is told nothing more."""
    now = clock.now()
    change(store, case_id, started_at=now, ended_at=now, number="20261124000001", end_id=end, status="结束")
    page = inside.get(f"/cases/{case_id}").text
    assert ("接下来" in page) is bool(said) and said in page and "{hotline}" not in page


def test_a_hotline_stands_on_one_line_and_is_never_more_than_text(
    inside: FlaskClient, case_id: str, store: Store, clock: HandClock
) -> None:
    save(store, {**default_company().document, "hotline": "400-1<b>2"})
    now = clock.now()
    change(store, case_id, started_at=now, ended_at=now, number="20261124000001", end_id="failed", status="结束")
    page = inside.get(f"/cases/{case_id}").text
    shown = '<span class="number no-wrap">400-1&lt;b&gt;2</span>'
    assert page.count(shown) == 2 and f"需要帮助请致电 {shown}" in page and "400-1<b>" not in page


def test_who_adds_a_card_reads_whether_its_bank_links_it(line: Line, store: Store) -> None:
    """G17: by the bank's record."""
    line.photos()
    line.basic_data()
    line.upload("bank_card:1")
    line.post(bank_cards_consent="yes", **NEW_CARD)
    line.work()
    page = line.page().text
    assert "您这次新增的银行卡" in page and "**** 6783" in page and "自动关联，您不需要办理" in page
    record = copy.deepcopy(dict(default_company().document))
    next(bank for bank in record["banks"] if bank["code"] == "CMB")["auto_link"] = False
    save(store, record)
    page = line.page().text
    assert "办结后，请您在银行办理银期关联" in page and "自动关联，您不需要办理" not in page


def test_who_signs_again_is_told_why_and_nobody_is_told_that_he_cannot_go_back_beside_the_way_back(
    line: Line, store: Store, clock: HandClock
) -> None:
    at_signing(line)
    first = line.page().text
    assert "为什么要再签一次" not in first and "上一步</button>" in first and "不能再返回更改" not in first
    with store.write() as tx:
        task = Task(id="signed", case_id=line.case_id, step=line.task.step, role="investor", branch_id="east", round=1)
        task.opened_at = task.closed_at = clock.now()
        task.closed_how = "submit"
        tx.add(task)
    assert "为什么要再签一次" in line.page().text


def test_each_side_of_the_card_has_a_drawing_of_its_own(line: Line) -> None:
    page = line.page().text
    drawings = re.findall(r'class="slot-drawing">(.*?)</svg>', page, re.DOTALL)
    assert len(drawings) == 3 and len(set(drawings)) == 3


def test_the_page_of_an_agreement_says_where_it_is_begun(client: FlaskClient) -> None:
    page = unescape(client.get(f"/business/{EXTRA}").text)
    assert "登录后在“我的业务”的待完成业务里" in page and 'href="/my"' in page
