"""`kaihu branches` and `kaihu staff`: the people of an installation, for whoever has the machine."""

from __future__ import annotations

import re

import pytest

from engine.staff import authenticate
from engine.store import Store
from engine.tables import AuditRow, Branch, Staff
from tests.cli.conftest import Kaihu

PASSWORD = "a long enough password"
ZHAO = ("--name", "赵审", "--role", "reviewer", "--branch", "bj", "--password", PASSWORD)
BOSS = ("--name", "罗总", "--role", "administrator", "--branch", "bj", "--password", PASSWORD)


def branch(kaihu: Kaihu, name: str = "北京营业部") -> None:
    assert kaihu("branches", "add", "bj", "--name", name, "--name-en", "Beijing").exit_code == 0


@pytest.fixture
def zhao(kaihu: Kaihu) -> None:
    branch(kaihu)
    assert kaihu("staff", "add", "zhao", *ZHAO).exit_code == 0


def test_a_branch_is_added_renamed_and_listed(kaihu: Kaihu, store: Store) -> None:
    branch(kaihu)
    branch(kaihu, "北京第一营业部")
    with store.read() as tx:
        assert [(each.id, each.name) for each in tx.query(Branch)] == [("bj", "北京第一营业部")]
        assert [row.action for row in tx.query(AuditRow)] == ["branch.add", "branch.rename"]
    assert kaihu("branches", "list").output == "bj  北京第一营业部  Beijing\n"


@pytest.mark.parametrize(("branch_id", "name"), [("Bei Jing", "北京"), ("x" * 33, "北京"), ("bj", " ")])
def test_a_branch_that_cannot_be_is_refused_in_a_sentence(kaihu: Kaihu, branch_id: str, name: str) -> None:
    done = kaihu("branches", "add", branch_id, "--name", name, "--name-en", "Beijing")
    assert done.exit_code == 1 and done.output.startswith("Error: ")


def test_a_reviewer_who_was_added_may_sign_in(kaihu: Kaihu, store: Store) -> None:
    branch(kaihu)
    done = kaihu("staff", "add", "zhao", *ZHAO)
    assert (done.exit_code, done.output) == (0, "zhao (赵审) may sign in at /staff/sign-in\n")
    member = authenticate(store, "zhao", PASSWORD)
    assert member is not None and member.roles == {"reviewer"} and member.branch_id == "bj"


def test_without_a_password_a_one_time_one_is_told(kaihu: Kaihu, store: Store) -> None:
    branch(kaihu)
    once = one_time(kaihu("staff", "add", "zhao", *ZHAO[:-2]).output)
    member = authenticate(store, "zhao", once)
    assert member and member.one_time
    assert "one-time password until" in kaihu("staff", "list").output
    again = one_time(kaihu("staff", "reset", "zhao").output)
    assert again != once and authenticate(store, "zhao", once) is None and authenticate(store, "zhao", again)


def one_time(output: str) -> str:
    return re.findall(r"[a-z2-9]{4}-[a-z2-9]{4}-[a-z2-9]{4}", output)[0]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        pytest.param(("zhao", *ZHAO[:4], "--branch", "nowhere", "--password", PASSWORD), 1, id="unknown branch"),
        pytest.param(("zhao", *ZHAO[:2], "--role", "king", *ZHAO[4:]), 2, id="unknown role"),
        pytest.param(("z" * 33, *ZHAO), 1, id="login too long"),
    ],
)
def test_somebody_who_cannot_be_is_refused_in_a_sentence(kaihu: Kaihu, words: tuple[str, ...], code: int) -> None:
    branch(kaihu)
    done = kaihu("staff", "add", *words)
    assert done.exit_code == code and "Error: " in done.output and PASSWORD not in done.output


def test_a_login_is_one_persons(kaihu: Kaihu, zhao: None) -> None:
    again = kaihu("staff", "add", "zhao", *ZHAO)
    assert again.exit_code == 1 and again.output == "Error: the login is taken\n"


def test_who_is_locked_is_listed_with_since_when_and_by_whom(kaihu: Kaihu, zhao: None, store: Store) -> None:
    assert "never signed in" in kaihu("staff", "list").output
    assert kaihu("staff", "lock", "zhao").output == "zhao is locked; 0 tasks went back to their queues\n"
    assert authenticate(store, "zhao", PASSWORD) is None
    with store.read() as tx:
        row = tx.query(Staff).one()
    assert f"locked since {row.locked_at:%Y-%m-%d %H:%M} by " in kaihu("staff", "list").output
    assert kaihu("staff", "unlock", "zhao").exit_code == 0 and authenticate(store, "zhao", PASSWORD)


def test_roles_and_branch_are_changed(kaihu: Kaihu, zhao: None, store: Store) -> None:
    kaihu("branches", "add", "sh", "--name", "上海营业部", "--name-en", "Shanghai")
    done = kaihu("staff", "roles", "zhao", "--role", "verifier", "--role", "supervisor")
    assert done.output == "zhao is supervisor, verifier; 0 tasks went back to their queues\n"
    assert kaihu("staff", "branch", "zhao", "sh").exit_code == 0
    member = authenticate(store, "zhao", PASSWORD)
    assert member and member.roles == {"supervisor", "verifier"} and member.branch_id == "sh"
    assert kaihu("staff", "branch", "zhao", "nowhere").exit_code == 1


@pytest.mark.parametrize("words", [("lock", "boss"), ("roles", "boss", "--role", "reviewer")])
def test_the_last_administrator_stays(kaihu: Kaihu, zhao: None, words: tuple[str, ...]) -> None:
    assert kaihu("staff", "add", "boss", *BOSS).exit_code == 0
    done = kaihu("staff", *words)
    assert done.exit_code == 1 and "this is the last administrator who may sign in" in done.output


@pytest.mark.parametrize(
    "words", [("lock",), ("unlock",), ("reset",), ("roles", "--role", "reviewer"), ("branch", "bj")]
)
def test_an_unknown_login_is_said(kaihu: Kaihu, zhao: None, words: tuple[str, ...]) -> None:
    done = kaihu("staff", words[0], "nobody", *words[1:])
    assert done.exit_code == 1 and done.output == "Error: there is no such login (kaihu staff list)\n"
