"""The same sign-in on PostgreSQL, where two wishes for a code can really meet."""

from __future__ import annotations

import threading

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import InternalError

from engine.tables import Case, SignInCode
from tests.web.conftest import MAIN, ON_POSTGRES, WANG, KeptSms, post, sign_in, store_of
from webapp.signin import codes

pytestmark = ON_POSTGRES


def test_the_way_in(app: Flask, sms: KeptSms) -> None:
    client = app.test_client()
    assert sign_in(app, client, sms).location.startswith("/cases/")
    assert client.get("/my").status_code == 200


def test_eight_wishes_at_once_make_one_code(app: Flask) -> None:
    start, answers = threading.Barrier(8), []

    def wish() -> None:
        with app.test_request_context():
            start.wait()
            answers.append(codes.ask("somebody", "127.0.0.1", "13800138000", "138****8000").problem)

    threads = [threading.Thread(target=wish) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == ["", *["soon"] * 7]
    with store_of(app).read() as tx:
        assert len(tx.scalars(select(SignInCode)).all()) == 1


def test_the_read_session_cannot_write(app: Flask) -> None:
    from engine.tables import Customer
    from webapp.house import reading

    with app.test_request_context():
        row = reading().get(Customer, WANG.id)
        assert row
        row.branch_id = "west"
        with pytest.raises(InternalError, match="read-only"):
            reading().commit()


ZERO_PATHS = [
    "/cases/%00", "/cases/%00/%00", "/photos/%00/crop", "/sign-in/%00", "/business/%00", "/picture-code/%00.png",
    "/desk/tasks/%00", "/desk/photos/%00/crop",
]  # fmt: skip


@pytest.mark.parametrize("path", ZERO_PATHS)
def test_an_address_that_postgresql_cannot_hold_is_no_page(app: Flask, sms: KeptSms, path: str) -> None:
    client = app.test_client()
    sign_in(app, client, sms)
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("field", ["id_number", "picture_id", "sent", "a name\x00"])
def test_a_form_that_postgresql_cannot_hold_is_not_read(app: Flask, field: str) -> None:
    answer = post(app.test_client(), f"/sign-in/{MAIN}", **{"action": "code", field: f"{WANG.id_number}\x00"})
    assert answer.status_code == 400 and "这次提交不完整" in answer.text


def test_giving_up_with_an_id_of_ones_own_making_is_given_a_proper_one(app: Flask, sms: KeptSms) -> None:
    client = app.test_client()
    case_id = sign_in(app, client, sms).location.rsplit("/", 1)[1]
    store = store_of(app)
    with store.write() as tx:
        case = tx.get_one(Case, case_id)
        case.started_at, case.number = case.opened_at, "1"
    assert post(client, f"/cases/{case_id}/abandon", submission_id="x" * 5000).location == "/my"
    with store.read() as tx:
        assert tx.get_one(Case, case_id).ended_at is not None


def test_a_page_is_made_from_one_moment(app: Flask) -> None:
    from engine.tables import Branch
    from webapp.house import look_again, reading

    with app.test_request_context():
        assert len(reading().scalars(select(Branch)).all()) == 2
        with store_of(app).write() as tx:
            tx.add(Branch(id="north", name="北城营业部", name_en="North"))
        assert len(reading().scalars(select(Branch.id)).all()) == 2
        assert len(look_again().scalars(select(Branch.id)).all()) == 3
