"""The administrator's pages: who is on the staff, added, changed, locked, let in again; the branches."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from engine import staff as register
from engine.actors import SYSTEM
from engine.errors import NoRoom
from engine.store import Store
from engine.tables import Branch, Staff
from tests.web.conftest import PASSWORD, HandClock, employ, hidden, post, sign_in_staff
from tests.web.refusals import nothing_stored, refused

PEOPLE, NEW = "/administration/people", "/administration/people/new"
MA = {"login": "ma.bj", "name": "马核", "roles": "reviewer", "branch": "east"}


@pytest.fixture
def boss(client: FlaskClient, store: Store) -> FlaskClient:
    employ(store, "boss", {"administrator"})
    sign_in_staff(client, "boss")
    return client


@pytest.fixture
def zhao(store: Store) -> str:
    return employ(store, "zhao", {"reviewer"})


def send(member: FlaskClient, path: str, **fields: object) -> TestResponse:
    return post(member, path, member.get(NEW), **fields)  # type: ignore[arg-type]


def once_in(page: TestResponse) -> str:
    return re.findall(r'class="code-number once">([^<]+)<', page.text)[0]


def row(store: Store, login: str) -> Staff:
    with store.read() as tx:
        return tx.scalars(select(Staff).where(Staff.login == login)).one()


def line(member: FlaskClient, name: str) -> str:
    """The row of somebody in the list, as text."""
    page = member.get(PEOPLE).text
    found = page.split(f"<span>{name}<br>")[1].split("</tr>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", found).split())


def test_a_pure_administrator_is_led_to_the_staff(boss: FlaskClient) -> None:
    assert boss.get("/staff/").location == PEOPLE
    assert 'href="/administration/branches"' in boss.get(PEOPLE).text


def test_the_list_tells_roles_branch_last_sign_in_and_standing(
    boss: FlaskClient, store: Store, zhao: str, clock: HandClock
) -> None:
    assert "柜台人员 东城营业部 从未登录 0 可以登录" in line(boss, "zhao（样本）")
    register.lock(store, "zhao", SYSTEM)
    assert "已停用 2026-11-24 09:54 由 system 停用" in line(boss, "zhao（样本）")
    assert "2026-11-24 09:54 0 可以登录" in line(boss, "boss（样本）")


def test_somebody_is_found_by_name_or_login(boss: FlaskClient, zhao: str) -> None:
    for wish in ("zhao", "ZHAO（样"):
        page = boss.get(f"{PEOPLE}?find={wish}").text
        assert "zhao（样本）" in page and "boss（样本）<br>" not in page
    page = boss.get(f"{PEOPLE}?find=%25").text
    assert "没有姓名或账号含“%”的人员" in page and "查看全部 2 人" in page


def test_who_is_added_signs_in_once_and_chooses_a_password(
    boss: FlaskClient, app: Flask, store: Store, clock: HandClock
) -> None:
    shown = send(boss, NEW, **MA | {"roles": ["reviewer", "verifier"]})
    once = once_in(shown)
    assert (
        shown.status_code == 200 and "2026-11-27 09:54" in shown.text and shown.headers["Cache-Control"] == "no-store"
    )
    assert "尚未设置密码 一次性密码有效至 2026-11-27 09:54" in line(boss, "马核") and once not in boss.get(PEOPLE).text
    ma = app.test_client()
    assert sign_in_staff(ma, "ma.bj", once).status_code == 303
    for path in ("/desk", "/staff/", PEOPLE):  # nothing else is there
        assert ma.get(path).location == "/staff/password"
    page = ma.get("/staff/password")
    assert "请设置您自己的密码" in page.text and 'name="now"' not in page.text
    answer = post(ma, "/staff/password", page, new="correct horse", again="correct horse")
    assert answer.location == "/staff/" and ma.get("/staff/").location == "/desk"
    assert sign_in_staff(app.test_client(), "ma.bj", once).status_code == 422
    assert sign_in_staff(app.test_client(), "ma.bj", "correct horse").status_code == 303
    assert row(store, "ma.bj").signed_in_at == clock.now()


REFUSED = [
    ({"login": ""}, "账号须有 1 至 32 个字母、数字"),
    ({"login": "两个字"}, "账号须有 1 至 32 个字母、数字"),
    ({"login": "BOSS"}, "这个账号已有人使用"),
    ({"name": " "}, "请输入姓名"),
    ({"roles": []}, "请至少选择一个岗位"),
    ({"roles": "king"}, "请至少选择一个岗位"),
    ({"branch": "paris"}, "请选择营业部"),
]


@pytest.mark.parametrize(("wrong", "said"), REFUSED, ids=[str(row[0]) for row in REFUSED])
def test_who_cannot_be_added_is_refused_and_nothing_typed_is_lost(
    boss: FlaskClient, store: Store, wrong: dict[str, object], said: str
) -> None:
    with nothing_stored(store):
        page = refused(send(boss, NEW, **MA | wrong), said)
    kept = MA | wrong
    assert f'value="{kept["name"]}"' in page.text or not str(kept["name"]).strip()
    assert f'value="{kept["login"]}"' in page.text
    assert ('value="reviewer" checked' in page.text) is (kept["roles"] == "reviewer")
    assert send(boss, NEW, **MA).status_code == 200  # the control


def test_everything_that_is_wrong_is_said_at_once(boss: FlaskClient) -> None:
    refused(send(boss, NEW), "账号须有", "请输入姓名", "请至少选择一个岗位", "请选择营业部")
    refused(send(boss, "/administration/branches"), "代码须有", "请输入营业部名称", "请输入英文名称")


def test_a_full_disk_is_said_and_nothing_typed_is_lost(boss: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise NoRoom

    monkeypatch.setattr("webapp.administration.adding.invite", full)
    page = refused(send(boss, NEW, **MA), "存储空间不足", status=507)
    assert 'value="马核"' in page.text


def test_roles_and_branch_are_changed(boss: FlaskClient, store: Store, zhao: str) -> None:
    page = boss.get(f"{PEOPLE}/{zhao}")
    assert 'value="reviewer" checked' in page.text and 'value="verifier" checked' not in page.text
    answer = send(boss, f"{PEOPLE}/{zhao}", name="赵审", roles=["verifier", "supervisor"], branch="west")
    assert answer.location == PEOPLE and "赵审 的资料已保存" in boss.get(PEOPLE).text
    now = row(store, "zhao")
    assert (now.name, now.roles, now.branch_id) == ("赵审", ["supervisor", "verifier"], "west")


def test_a_locked_colleague_is_out_at_once_and_comes_back(
    boss: FlaskClient, app: Flask, store: Store, zhao: str
) -> None:
    him = app.test_client()
    sign_in_staff(him, "zhao")
    assert him.get("/desk").status_code == 200
    assert send(boss, f"{PEOPLE}/{zhao}/lock").location == PEOPLE
    assert "zhao（样本） 已停用，登录已全部结束。" in boss.get(PEOPLE).text
    assert him.get("/desk").location.startswith("/staff/sign-in")
    assert "由 boss（样本） 停用" in line(boss, "zhao（样本）")
    assert send(boss, f"{PEOPLE}/{zhao}/unlock").status_code == 303
    assert him.get("/desk").location.startswith("/staff/sign-in")  # what ended does not begin again
    assert sign_in_staff(him, "zhao").status_code == 303


def test_a_forgotten_password_is_exchanged(boss: FlaskClient, app: Flask, zhao: str) -> None:
    him = app.test_client()
    sign_in_staff(him, "zhao")
    once = once_in(send(boss, f"{PEOPLE}/{zhao}/reset"))
    assert him.get("/desk").location.startswith("/staff/sign-in")
    assert sign_in_staff(him, "zhao", PASSWORD).status_code == 422
    assert sign_in_staff(him, "zhao", once).status_code == 303 and him.get("/desk").location == "/staff/password"


def test_an_expired_one_time_password_is_told_in_the_list_and_opens_nothing(
    boss: FlaskClient, app: Flask, zhao: str, clock: HandClock
) -> None:
    once = once_in(send(boss, f"{PEOPLE}/{zhao}/reset"))
    clock.pass_by(days=3)
    assert sign_in_staff(app.test_client(), "zhao", once).status_code == 422
    sign_in_staff(boss, "boss")
    assert "一次性密码已过期" in line(boss, "zhao（样本）")


def test_nobody_locks_himself_or_leaves_no_administrator(boss: FlaskClient, store: Store) -> None:
    me = row(store, "boss").id
    page = boss.get(f"{PEOPLE}/{me}").text
    assert "由另一位管理员操作" in page and f"{me}/lock" not in page
    with nothing_stored(store):
        for path in ("lock", "reset"):
            refused(send(boss, f"{PEOPLE}/{me}/{path}"), "不能停用自己", status=422)
        fields = {"name": "罗总", "roles": "reviewer", "branch": "east"}
        refused(send(boss, f"{PEOPLE}/{me}", **fields), "不能停用自己", status=422)
    other = employ(store, "other", {"administrator"})
    register.lock(store, "boss", SYSTEM)
    register.unlock(store, "boss", SYSTEM)
    sign_in_staff(boss, "boss")
    assert send(boss, f"{PEOPLE}/{other}/lock").status_code == 303  # the control


def test_somebody_who_is_not_there_is_no_page(boss: FlaskClient) -> None:
    assert boss.get(f"{PEOPLE}/nobody").status_code == 404 and boss.get("/administration/branches/x").status_code == 404


# -- one's own password --


def test_ones_password_is_changed_and_others_signed_in_with_it_are_out(
    app: Flask, client: FlaskClient, zhao: str
) -> None:
    elsewhere = app.test_client()
    for each in (client, elsewhere):
        sign_in_staff(each, "zhao")
    page = client.get("/staff/password")
    answer = post(client, "/staff/password", page, now=PASSWORD, new="correct horse", again="correct horse")
    assert answer.location == "/staff/" and client.get("/desk").status_code == 200
    assert elsewhere.get("/desk").location.startswith("/staff/sign-in")


WRONG = [
    ({"now": ""}, "请输入现在的密码"),
    ({"now": "a wrong one"}, "现在的密码不正确"),
    ({"new": "short"}, "新密码至少要 8 个字符"),
    ({"again": "correct hose"}, "两次输入的新密码不一致"),
    ({"new": PASSWORD, "again": PASSWORD}, "新密码与现在的密码相同，请另选一个"),
]


@pytest.mark.parametrize(("wrong", "said"), WRONG, ids=[row[1] for row in WRONG])
def test_a_password_that_cannot_be_is_refused_and_repeated_nowhere(
    client: FlaskClient, store: Store, zhao: str, wrong: dict[str, str], said: str
) -> None:
    sign_in_staff(client, "zhao")
    typed = {"now": PASSWORD, "new": "correct horse", "again": "correct horse"} | wrong
    with nothing_stored(store):
        page = refused(post(client, "/staff/password", client.get("/staff/password"), **typed), said)
    assert not any(each in page.text for each in typed.values() if each)


def test_guessing_the_present_password_is_stopped(client: FlaskClient, zhao: str) -> None:
    sign_in_staff(client, "zhao")
    for _ in range(5):
        post(client, "/staff/password", client.get("/staff/password"), now="wrong", new="x" * 9, again="x" * 9)
    typed = {"now": PASSWORD, "new": "correct horse", "again": "correct horse"}
    page = post(client, "/staff/password", client.get("/staff/password"), **typed)
    assert page.status_code == 422 and "尝试次数太多" in page.text


# -- branches --


def test_a_branch_is_added_and_renamed(boss: FlaskClient, store: Store) -> None:
    fields = {"id": "bj", "name": "北京营业部", "name_en": "Beijing branch"}
    assert send(boss, "/administration/branches", **fields).location == "/administration/branches"
    assert send(boss, "/administration/branches/bj", name="北京第一营业部", name_en="Beijing 1").status_code == 303
    page = boss.get("/administration/branches").text
    assert "北京第一营业部" in page and "Beijing 1" in page
    with store.read() as tx:
        assert tx.get_one(Branch, "bj").name == "北京第一营业部"


BAD_BRANCHES = [
    ({"id": "Bei Jing"}, "代码须有 1 至 32 个小写字母"),
    ({"id": "east"}, "这个代码已有营业部使用"),
    ({"name": ""}, "请输入营业部名称"),
    ({"name_en": ""}, "请输入英文名称"),
]


@pytest.mark.parametrize(("wrong", "said"), BAD_BRANCHES, ids=[row[1] for row in BAD_BRANCHES])
def test_a_branch_that_cannot_be_is_refused_and_nothing_typed_is_lost(
    boss: FlaskClient, store: Store, wrong: dict[str, str], said: str
) -> None:
    typed = {"id": "bj", "name": "北京营业部", "name_en": "Beijing"} | wrong
    with nothing_stored(store):
        page = refused(send(boss, "/administration/branches", **typed), said)
    assert all(f'value="{text}"' in page.text for text in typed.values())
    assert hidden(page, "csrf_token")
