"""Comments: colleagues' words about a case, sealed, for the desk alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import select

from engine import comments
from engine.actors import Actor
from engine.errors import Gone, NotYours
from engine.store import Store
from engine.tables import AuditRow, Comment, Staff
from tests.house import investor, staff
from tests.walk import Walk

WORDS = "请先核对签名"


@pytest.fixture
def case(store: Store, walk: Callable[..., Walk]) -> Walk:
    with store.write() as tx:
        for name in ("li", "chief"):
            tx.add(Staff(id=name, login=name, name=name, password="-", roles=["reviewer"], branch_id="north"))
    return walk().to_review()


def test_a_comment_is_read_by_the_desk_and_sealed(store: Store, case: Walk) -> None:
    comments.add(store, case.task("review").id, staff("li"), f" {WORDS} ")
    with store.read() as tx:
        (said,) = comments.of_case(tx, store.vault, case.id)
        kept = tx.scalars(select(Comment.text)).one()
        audited = "".join(tx.scalars(select(AuditRow.body)))
    assert (said.text, said.by, said.step, said.at) == (WORDS, "li", "review", store.clock.now())
    assert WORDS.encode() not in kept
    assert WORDS not in audited


def test_a_supervisor_comments_too(store: Store, case: Walk) -> None:
    comments.add(store, case.task("review").id, Actor("staff", "chief", "", frozenset({"supervisor"}), "north"), WORDS)


@pytest.mark.parametrize(
    ("actor", "refusal"),
    [
        pytest.param(staff("li", "verifier"), NotYours, id="another desk"),
        pytest.param(staff("li", branch="south"), NotYours, id="another branch"),
        pytest.param(investor("zhang"), NotYours, id="the customer"),
        pytest.param(investor("wang"), Gone, id="another customer"),
    ],
)
def test_nobody_else_comments(store: Store, case: Walk, actor: Actor, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        comments.add(store, case.task("review").id, actor, WORDS)


@pytest.mark.parametrize("text", ["", "   ", "字" * 1001])
def test_a_comment_has_something_to_say_and_is_no_novel(store: Store, case: Walk, text: str) -> None:
    with pytest.raises(ValueError, match="1000"):
        comments.add(store, case.task("review").id, staff("li"), text)
