"""`kaihu branches add` and `kaihu staff add`: the first people of an installation without a demonstration."""

from __future__ import annotations

import pytest

from engine.staff import authenticate
from engine.store import Store
from engine.tables import Branch
from tests.cli.conftest import Kaihu

PASSWORD = "a long enough password"
ZHAO = ("--name", "赵审", "--role", "reviewer", "--branch", "bj", "--password", PASSWORD)


def branch(kaihu: Kaihu, name: str = "北京营业部") -> None:
    assert kaihu("branches", "add", "bj", "--name", name, "--name-en", "Beijing").exit_code == 0


def test_a_branch_is_added_and_renamed(kaihu: Kaihu, store: Store) -> None:
    branch(kaihu)
    branch(kaihu, "北京第一营业部")
    with store.read() as tx:
        assert [(each.id, each.name) for each in tx.query(Branch)] == [("bj", "北京第一营业部")]


def test_a_reviewer_who_was_added_may_sign_in(kaihu: Kaihu, store: Store) -> None:
    branch(kaihu)
    done = kaihu("staff", "add", "zhao", *ZHAO)
    assert (done.exit_code, done.output) == (0, "zhao (赵审) may sign in at /staff/sign-in\n")
    member = authenticate(store, "zhao", PASSWORD)
    assert member is not None and member.roles == {"reviewer"} and member.branch_id == "bj"


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


def test_a_login_is_one_persons(kaihu: Kaihu) -> None:
    branch(kaihu)
    assert kaihu("staff", "add", "zhao", *ZHAO).exit_code == 0
    again = kaihu("staff", "add", "zhao", *ZHAO)
    assert again.exit_code == 1 and again.output.startswith("Error: ")
