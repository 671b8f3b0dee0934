"""Staff and their passwords."""

from __future__ import annotations

import json
import re
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any

import pytest
from argon2 import PasswordHasher
from sqlalchemy import select

from engine import audit, staff
from engine.actors import Actor
from engine.errors import Conflict
from engine.staff import BadStaff
from engine.tables import SessionRow, Staff
from tests.store.conftest import Shop

PASSWORD = "correct horse"
BOSS = Actor("staff", "boss", "罗总", frozenset({"administrator"}), "beijing")


class Counting(PasswordHasher):
    """A cheap hasher that counts its work."""

    def __init__(self, **cost: Any) -> None:
        super().__init__(**{"time_cost": 1, "memory_cost": 8, "parallelism": 1, **cost})
        self.verified = 0

    def verify(self, hash: str | bytes, password: str | bytes) -> bool:  # type: ignore[override]
        self.verified += 1
        return super().verify(hash, password)


@pytest.fixture
def hasher() -> Counting:
    return Counting()


@pytest.fixture
def member(shop: Shop, hasher: Counting) -> staff.StaffMember:
    return staff.add(shop, "Reviewer.bj ", "高审", PASSWORD, {"reviewer"}, "beijing", hasher)


def test_the_right_password_signs_in(shop: Shop, hasher: Counting, member: staff.StaffMember) -> None:
    assert staff.authenticate(shop, "reviewer.BJ", PASSWORD, hasher) == member
    assert (member.login, member.roles, member.branch_id) == ("reviewer.bj", frozenset({"reviewer"}), "beijing")
    assert staff.authenticate(shop, "reviewer.bj", PASSWORD + " ", hasher) is None
    assert staff.authenticate(shop, "reviewer.bj", "", hasher) is None


def test_an_unknown_login_costs_what_a_known_one_does(shop: Shop, hasher: Counting, member: staff.StaffMember) -> None:
    for login in ("reviewer.bj", "nobody"):
        before = hasher.verified
        assert staff.authenticate(shop, login, "wrong", hasher) is None
        assert hasher.verified == before + 1


def test_no_password_opens_an_unknown_login(shop: Shop, hasher: Counting) -> None:
    assert staff.authenticate(shop, "nobody", "nobody has this password", hasher) is None


def test_a_locked_login_is_refused_until_it_is_unlocked(
    shop: Shop, hasher: Counting, member: staff.StaffMember
) -> None:
    staff.lock(shop, member.login, BOSS)
    before = hasher.verified
    assert staff.authenticate(shop, member.login, PASSWORD, hasher) is None
    assert hasher.verified == before + 1
    staff.unlock(shop, member.login, BOSS)
    assert staff.authenticate(shop, member.login, PASSWORD, hasher) == member


def test_only_a_hash_is_stored_and_it_is_renewed_when_the_cost_rises(
    shop: Shop, hasher: Counting, member: staff.StaffMember
) -> None:
    def stored() -> str:
        with shop.read() as tx:
            return tx.get_one(Staff, member.id).password

    before = stored()
    assert before.startswith("$argon2id$") and PASSWORD not in before
    staff.authenticate(shop, member.login, PASSWORD, hasher)
    assert stored() == before
    dearer = Counting(time_cost=2)
    assert staff.authenticate(shop, member.login, "wrong", dearer) is None
    assert stored() == before
    assert staff.authenticate(shop, member.login, PASSWORD, dearer) == member
    assert stored() != before


def test_a_new_password_takes_the_place_of_the_old_one(shop: Shop, hasher: Counting, member: staff.StaffMember) -> None:
    staff.change_password(shop, member.login, "battery staple", BOSS, hasher)
    assert staff.authenticate(shop, member.login, PASSWORD, hasher) is None
    assert staff.authenticate(shop, member.login, "battery staple", hasher) == member


@pytest.mark.parametrize(
    "wrong",
    [
        {"login": ""},
        {"login": "x" * 33},
        {"login": "two words"},
        {"login": "<b>"},
        {"name": "x" * 65},
        {"roles": {"king"}},
        {"login": "REVIEWER.BJ"},
        {"name": " "},
        {"password": "short"},
        {"roles": set()},
        {"branch_id": "paris"},
    ],
)
def test_what_can_be_no_member_of_staff_is_refused(
    shop: Shop, hasher: Counting, member: staff.StaffMember, wrong: dict[str, Any]
) -> None:
    good: dict[str, Any] = {
        "login": "other",
        "name": "马核",
        "password": PASSWORD,
        "roles": {"reviewer"},
        "branch_id": "beijing",
    }
    with pytest.raises(BadStaff):
        staff.add(shop, **{**good, **wrong}, hasher=hasher)
    staff.add(shop, **good, hasher=hasher)  # control


# -- what an administrator does --


def employ(shop: Shop, hasher: Counting, login: str, *roles: str) -> Actor:
    one = staff.add(shop, login, login, PASSWORD, roles or ("administrator",), "beijing", hasher)
    return Actor("staff", one.id, one.name, one.roles, one.branch_id)


def written(shop: Shop, by: Actor) -> list[tuple[str, dict[str, Any]]]:
    with shop.read() as tx:
        chain = audit.actor_chain(by.key)
        assert audit.verify(tx, shop.vault, chain) is None
        return [(row.action, json.loads(row.body)) for row in audit.history(tx, chain)]


def test_who_is_invited_gets_a_password_for_one_thing_and_three_days(shop: Shop, hasher: Counting) -> None:
    member, once = staff.invite(shop, "ma", "马核", {"reviewer"}, "beijing", BOSS, hasher)
    assert re.fullmatch(r"([a-z2-9]{4}-){2}[a-z2-9]{4}", once)
    assert staff.invite(shop, "li", "李核", {"reviewer"}, "beijing", BOSS, hasher)[1] != once
    found = staff.authenticate(shop, "ma", once, hasher)
    assert found and found.one_time and found.id == member.id
    shop.clock.pass_by(days=3)
    assert staff.authenticate(shop, "ma", once, hasher) is None
    again = staff.reset(shop, "ma", BOSS, hasher)
    staff.change_password(shop, "ma", "battery staple", BOSS, hasher)
    shop.clock.pass_by(days=30)
    own = staff.authenticate(shop, "ma", "battery staple", hasher)
    assert own and not own.one_time and staff.authenticate(shop, "ma", again, hasher) is None


def test_a_reset_ends_the_old_password_and_every_session(shop: Shop, hasher: Counting) -> None:
    zhao, qian = employ(shop, hasher, "zhao"), employ(shop, hasher, "qian")
    with shop.write() as tx:
        for token, who in (("a", zhao), ("b", zhao), ("c", qian)):
            now = shop.clock.now()
            tx.add(SessionRow(id=token, kind="staff", person_id=who.id, created_at=now, seen_at=now, ended_at=None))
    once = staff.reset(shop, "zhao", qian, hasher)
    assert staff.authenticate(shop, "zhao", PASSWORD, hasher) is None and staff.authenticate(shop, "zhao", once, hasher)
    with shop.read() as tx:
        assert {row.id for row in tx.scalars(select(SessionRow)) if row.ended_at is None} == {"c"}


def test_a_password_of_ones_own_is_another_one_and_long_enough(
    shop: Shop, hasher: Counting, member: staff.StaffMember
) -> None:
    for password, fault in ((PASSWORD, "password_same"), ("short", "password_short")):
        with pytest.raises(BadStaff) as refused:
            staff.change_password(shop, member.login, password, BOSS, hasher)
        assert refused.value.faults == (fault,)


def test_nobody_locks_or_resets_himself_or_takes_his_own_administration(shop: Shop, hasher: Counting) -> None:
    zhao = employ(shop, hasher, "zhao")
    employ(shop, hasher, "qian")
    for attempt in (
        lambda by: staff.lock(shop, "zhao", by),
        lambda by: staff.reset(shop, "zhao", by, hasher),
        lambda by: staff.change(shop, "zhao", "赵", {"reviewer"}, "beijing", by),
    ):
        with pytest.raises(BadStaff) as refused:
            attempt(zhao)
        assert refused.value.faults == ("yourself",)
        attempt(BOSS)  # the control: a colleague may
        staff.unlock(shop, "zhao", BOSS)
        staff.change(shop, "zhao", "赵", {"administrator"}, "beijing", BOSS)
    assert staff.change(shop, "zhao", "赵四", {"administrator", "reviewer"}, "beijing", zhao) == 0  # the rest is his


def test_the_last_administrator_stays(shop: Shop, hasher: Counting) -> None:
    employ(shop, hasher, "zhao")
    for attempt in (
        lambda: staff.lock(shop, "zhao", BOSS),
        lambda: staff.change(shop, "zhao", "赵", {"reviewer"}, "beijing", BOSS),
    ):
        with pytest.raises(BadStaff) as refused:
            attempt()
        assert refused.value.faults == ("last_administrator",)
    employ(shop, hasher, "qian")
    staff.lock(shop, "qian", BOSS)
    with pytest.raises(BadStaff):  # a locked one does not count
        staff.lock(shop, "zhao", BOSS)
    staff.unlock(shop, "qian", BOSS)
    staff.lock(shop, "zhao", BOSS)


@pytest.mark.parametrize("turn", range(3))
def test_of_two_administrators_who_lock_each_other_at_once_one_stays(shop: Shop, hasher: Counting, turn: int) -> None:
    pair = {name: employ(shop, hasher, name) for name in ("zhao", "qian")}

    def lock(name: str, by: Actor) -> None:
        with suppress(BadStaff, Conflict):
            staff.lock(shop, name, by)

    with ThreadPoolExecutor(2) as both:
        list(both.map(lock, ("zhao", "qian"), (pair["qian"], pair["zhao"])))
    with shop.read() as tx:
        assert sum(row.locked_at is None for row in tx.scalars(select(Staff))) == 1


def test_everything_stands_in_the_chain_of_whoever_did_it(shop: Shop, hasher: Counting) -> None:
    boss = employ(shop, hasher, "boss")
    _, once = staff.invite(shop, "ma", "马核", {"reviewer"}, "beijing", boss, hasher)
    staff.change(shop, "ma", "马核", {"reviewer", "verifier"}, "beijing", boss)
    staff.change(shop, "ma", "马核", {"verifier", "reviewer"}, "beijing", boss)  # nothing changed, nothing written
    staff.lock(shop, "ma", boss)
    staff.lock(shop, "ma", boss)
    staff.unlock(shop, "ma", boss)
    again = staff.reset(shop, "ma", boss, hasher)
    rows = written(shop, boss)
    assert [action for action, _ in rows] == [
        "staff.add", "staff.change", "staff.lock", "staff.unlock", "staff.reset",
    ]  # fmt: skip
    assert rows[1][1]["changed"] == {"roles": [["reviewer"], ["reviewer", "verifier"]]}
    assert not any(password in json.dumps(rows) for password in (once, again))
    with shop.read() as tx:
        assert staff.name_of(tx, boss.key) == "boss" and staff.name_of(tx, "system:root") == "root"
