"""Somebody of the staff is locked, or loses a role or a branch: what he held is free at once, and nothing else is."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from argon2 import PasswordHasher

from engine import audit, claims, staff
from engine.actors import SYSTEM, Actor
from engine.errors import Claimed, NotClaimed
from engine.reassigning import reassign
from engine.store import Store
from tests.house import hire
from tests.walk import Walk

QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
BOSS = Actor("staff", "boss", "罗总", frozenset({"administrator"}), "north")
CHIEF = Actor("staff", "chief", "周管", frozenset({"supervisor"}), "north")


def employ(store: Store, login: str, *roles: str) -> Actor:
    one = staff.add(store, login, login, "a long enough password", roles, "north", QUICK, SYSTEM)
    return Actor("staff", one.id, one.name, one.roles, one.branch_id)


@pytest.fixture
def zhao(store: Store) -> Actor:
    return employ(store, "zhao", "reviewer", "verifier")


@pytest.fixture
def qian(store: Store) -> Actor:
    return employ(store, "qian", "reviewer")


@pytest.fixture
def case(walk: Callable[..., Walk], zhao: Actor, store: Store) -> Walk:
    case = walk().to_review()
    claims.claim(store, case.task("review").id, zhao)
    return case


def test_what_a_locked_colleague_held_is_free_without_a_reason(
    store: Store, case: Walk, zhao: Actor, qian: Actor
) -> None:
    task = case.task("review").id
    with pytest.raises(Claimed):
        claims.claim(store, task, qian)
    assert case.case.status == "复核中"
    assert staff.lock(store, "zhao", BOSS) == 1
    assert case.case.status == "待复核" and case.task("review").claimed_by is None
    with pytest.raises(NotClaimed):
        claims.release(store, task, zhao)
    assert claims.claim(store, task, qian).claimed_by == qian.id
    with store.read() as tx:
        row = audit.history(tx, audit.case_chain(case.id))[-2]
    assert (row.actor, row.action, json.loads(row.body)["of"]) == (BOSS.key, "release", zhao.id)


def test_a_task_that_was_kept_for_him_is_kept_no_more(store: Store, case: Walk, zhao: Actor, qian: Actor) -> None:
    hire(store, CHIEF)
    reassign(store, case.task("review").id, zhao.id, CHIEF, "他熟悉这一件")
    assert staff.lock(store, "zhao", BOSS) == 1
    assert claims.claim(store, case.task("review").id, qian).preferred_by is None


@pytest.mark.parametrize(
    ("roles", "branch", "returned"),
    [
        (("reviewer",), "north", 0),
        (("verifier",), "north", 1),
        (("reviewer", "verifier"), "south", 1),
        (("reviewer", "verifier", "supervisor"), "north", 0),
    ],
)
def test_only_what_he_may_not_do_any_more_goes_back(
    store: Store, case: Walk, zhao: Actor, roles: tuple[str, ...], branch: str, returned: int
) -> None:
    assert staff.change(store, "zhao", "赵", roles, branch, BOSS) == returned
    assert (case.task("review").claimed_by is None) is bool(returned)


def test_what_others_hold_stays_theirs(
    store: Store, case: Walk, walk: Callable[..., Walk], zhao: Actor, qian: Actor
) -> None:
    other = walk(customer="wang").to_review()
    claims.claim(store, other.task("review").id, qian)
    assert staff.lock(store, "zhao", BOSS) == 1
    assert other.task("review").claimed_by == qian.id
