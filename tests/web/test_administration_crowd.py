# ruff: noqa: F811 - the administrator is shared by import
"""The administrator's lists cost as little for many people as for few."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from benchmarks.statements import noted
from engine.store import Store
from engine.tables import Branch, CompanyChange, Staff
from tests.web.test_administration import PEOPLE, boss  # noqa: F401


@pytest.mark.parametrize("path", [PEOPLE, "/administration/branches", "/administration/company"])
def test_fifty_people_are_asked_for_with_as_few_questions_as_two(boss: FlaskClient, store: Store, path: str) -> None:
    crowd(store, 2)
    few = questions(boss, path)
    crowd(store, 50)
    assert questions(boss, path) == few
    assert path != PEOPLE or boss.get(path).text.count("停用</span>") >= 50


def crowd(store: Store, number: int) -> None:
    """Each at a branch of his own, locked by another one."""
    with store.write() as tx:
        for who in (f"{number}-{one}" for one in range(number)):
            locked = {"locked_at": store.clock.now(), "locked_by": f"staff:{who}"}
            change = CompanyChange(at=store.clock.now(), by=f"staff:{who}", note="", changes=[])
            tx.add_all([Branch(id=who, name=who, name_en=who), change])
            tx.flush()
            tx.add(Staff(id=who, login=who, name=who, password="", roles=["reviewer"], branch_id=who, **locked))


def questions(member: FlaskClient, path: str) -> int:
    """How many statements a page takes, once what a process reads only once was read."""
    member.get(path)
    with noted() as statements:
        assert member.get(path).status_code == 200
    return len(statements)
