"""Staff and their passwords."""

from __future__ import annotations

from typing import Any

import pytest
from argon2 import PasswordHasher

from engine import staff
from engine.staff import BadStaff
from engine.tables import Staff
from tests.store.conftest import Shop

PASSWORD = "correct horse"


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
    staff.lock(shop, member.login)
    before = hasher.verified
    assert staff.authenticate(shop, member.login, PASSWORD, hasher) is None
    assert hasher.verified == before + 1
    staff.unlock(shop, member.login)
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
    staff.set_password(shop, member.login, "battery staple", hasher)
    assert staff.authenticate(shop, member.login, PASSWORD, hasher) is None
    assert staff.authenticate(shop, member.login, "battery staple", hasher) == member


@pytest.mark.parametrize(
    "wrong",
    [
        {"login": ""},
        {"login": "x" * 33},
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
