"""The company's record where people see it: the administrator's page, notices, days with hours of their own."""

from __future__ import annotations

import copy
from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient

from engine.actors import Actor
from engine.company import default_company, save
from engine.staff import authenticate
from engine.store import Store
from tests.web.conftest import MAIN, PASSWORD, QUICK, HandClock, employ, sign_in_staff

PAGE = "/administration/company"


@pytest.fixture
def record() -> dict[str, Any]:
    return copy.deepcopy(dict(default_company().document))


@pytest.fixture
def boss(client: FlaskClient, store: Store) -> FlaskClient:
    employ(store, "boss", {"administrator"})
    sign_in_staff(client, "boss")
    return client


def test_the_page_shows_the_record_and_what_is_worth_a_look(boss: FlaskClient) -> None:
    page = boss.get(PAGE).text
    for shown in (
        "样例期货有限公司",
        "周一至周六 01:23-23:58",
        "银行（13）",
        "工商银行",
        "自动关联",
        "30 天内的交易日",
        "P23D",
    ):
        assert shown in page, shown
    assert "name：还是样例，请换成贵公司的" in page and "kaihu company edit" in page and "还没有更改过" in page
    assert "P23D 为 23 天" in page and "(P23D: 23 days)" in boss.get(f"{PAGE}?lang=en", follow_redirects=True).text
    assert "is still the sample" in boss.get(f"{PAGE}?lang=en", follow_redirects=True).text


def test_who_changed_what_and_when_is_shown(boss: FlaskClient, store: Store, record: dict[str, Any]) -> None:
    member = authenticate(store, "boss", PASSWORD, QUICK)
    assert member
    by = Actor("staff", member.id, member.name, member.roles, member.branch_id)
    record["hotline"], record["appointments"]["branches"] = "95000", {"east": 40}
    record["banks"][0]["bins"] = record["banks"][0]["bins"][1:]
    save(store, record, by=by, note="新热线")
    page = boss.get(PAGE).text
    assert "boss（样本）" in page and "新热线" in page and "2026-11-24 09:54" in page
    assert "400-000-0000</span> → 95000" in page and "其余" in page and "东城营业部 40" in page


def test_a_notice_stands_on_the_first_page_and_at_the_door_on_its_days(
    client: FlaskClient, store: Store, record: dict[str, Any], clock: HandClock
) -> None:
    record["notices"] = {"maintenance": {"text": "周六停机维护", "from": "2026-11-25", "until": "2026-11-26"}}
    record["english"]["周六停机维护"] = "Maintenance on Saturday"
    save(store, record)
    pages = ("/", f"/sign-in/{MAIN}")

    def shown() -> list[bool]:
        return ["周六停机维护" in client.get(path).text for path in pages]

    assert shown() == [False, False]
    clock.pass_by(days=1)
    assert shown() == [True, True]
    assert "Maintenance on Saturday" in client.get("/?lang=en", follow_redirects=True).text
    client.get("/?lang=zh")
    clock.pass_by(days=2)
    assert shown() == [False, False]


def test_a_day_with_hours_of_its_own_is_told_a_week_before_and_kept_to(
    client: FlaskClient, store: Store, record: dict[str, Any], clock: HandClock
) -> None:
    record["calendars"]["self_service"]["special_days"] = {"2026-12-02": [["09:00", "12:00"]], "2026-12-03": []}
    save(store, record)
    assert "；2026-12-02" not in client.get("/").text
    clock.pass_by(days=1)
    assert "；2026-12-02 09:00-12:00" in client.get("/").text and "2026-12-03" not in client.get("/").text
    clock.moment += timedelta(days=7, hours=4)  # 2 December, 13:54
    page = client.get("/").text
    assert "；2026-12-03 不开放" in page and "下次开放：2026-12-04 01:23" in page
