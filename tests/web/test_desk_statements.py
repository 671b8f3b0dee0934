"""A desk's list asks the database as often for thirty cases as for one."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from benchmarks.statements import noted
from engine.accounts import LocalAccountSystem
from engine.store import Store
from tests.web.conftest import LI, WANG, put_on_file
from tests.web.crowd import waits

PAGES = ("/desk", "/desk/queue", "/desk/supervise/list")


def asked(member: FlaskClient, page: str) -> int:
    """How often, once what a process reads only once was read."""
    member.get(page)
    with noted() as statements:
        assert member.get(page).status_code == 200
    return len(statements)


@pytest.mark.parametrize("page", PAGES)
def test_a_longer_list_asks_no_oftener(page: str, both: FlaskClient, store: Store) -> None:
    waits(store, "one", "202611240001")
    alone = asked(both, page)
    for number in range(2, 31):
        waits(store, f"more{number}", f"2026112400{number:02d}")
    assert both.get(page).text.count("王") >= 30
    assert asked(both, page) == alone


def test_a_list_that_asks_for_each_customer_is_noticed(
    both: FlaskClient, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control."""

    def one_by_one(accounts: LocalAccountSystem, customer_ids: set[str]) -> dict[str, str]:
        return {each: accounts.person(each).name for each in customer_ids}

    waits(store, "one", "202611240001")
    alone = asked(both, "/desk")
    put_on_file(store, LI)
    waits(store, "two", "202611240002", customer_id=LI.id)
    assert asked(both, "/desk") == alone
    monkeypatch.setattr(LocalAccountSystem, "names", one_by_one)
    assert asked(both, "/desk") > alone


def test_names_are_of_those_who_are_on_file(app: Flask, store: Store) -> None:
    put_on_file(store, LI)
    names = LocalAccountSystem(store).names({WANG.id, LI.id, "nobody"})
    assert names == {WANG.id: WANG.name, LI.id: LI.name}
