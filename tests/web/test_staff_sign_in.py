"""Staff sign in: the same words for every wrong try, and a limit on them."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from engine import staff as register
from engine.actors import SYSTEM
from engine.store import Store
from tests.web.conftest import PASSWORD, HandClock, employ, post, sign_in_staff


@pytest.fixture(autouse=True)
def somebody(store: Store) -> None:
    employ(store, "zhou", {"reviewer"})


def test_the_right_password_leads_to_the_desk(client: FlaskClient) -> None:
    answer = sign_in_staff(client, "zhou")
    assert answer.status_code == 303 and answer.location == "/staff/"
    assert client.get("/staff/").location == "/desk"


@pytest.mark.parametrize(
    ("login", "password"), [("zhou", "wrong password"), ("nobody", PASSWORD), ("zhou", "another one")]
)
def test_a_wrong_try_has_one_sentence(client: FlaskClient, login: str, password: str) -> None:
    answer = sign_in_staff(client, login, password)
    assert answer.status_code == 422 and "账号或密码不正确" in answer.text
    assert f'value="{login}"' in answer.text and password not in answer.text.replace(login, "")


def test_a_locked_login_reads_the_same(client: FlaskClient, store: Store) -> None:
    register.lock(store, "zhou", SYSTEM)
    answer = sign_in_staff(client, "zhou")
    assert answer.status_code == 422 and "账号或密码不正确" in answer.text


def test_locking_ends_the_session_at_once(client: FlaskClient, store: Store) -> None:
    sign_in_staff(client, "zhou")
    register.lock(store, "zhou", SYSTEM)
    assert client.get("/staff/").location.startswith("/staff/sign-in")


def test_five_wrong_tries_close_the_door_for_fifteen_minutes(client: FlaskClient, clock: HandClock) -> None:
    for _ in range(5):
        assert sign_in_staff(client, "zhou", "wrong password").status_code == 422
    refused = sign_in_staff(client, "zhou")
    assert refused.status_code == 429 and "尝试次数太多" in refused.text
    clock.pass_by(minutes=15, seconds=1)
    assert sign_in_staff(client, "zhou").status_code == 303


def test_right_passwords_are_not_counted(client: FlaskClient) -> None:
    for _ in range(7):
        assert sign_in_staff(client, "zhou").status_code == 303


def test_signing_out_ends_it(client: FlaskClient) -> None:
    sign_in_staff(client, "zhou")
    assert post(client, "/staff/sign-out").status_code == 303
    assert client.get("/staff/").location.startswith("/staff/sign-in")
