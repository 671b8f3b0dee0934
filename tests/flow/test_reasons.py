"""Every reject reason of every desk, alone and in pairs: what is asked again, in which order, and who has it then."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

import pytest

from engine.bundles import Reason
from engine.cases import asking, facts_of
from engine.cases.keeping import PREFERRED, PREFERRED_IN_LINE
from engine.interpreter.facts import merged
from engine.store import Store
from engine.tables import Job
from tests.flow.corrections import DESKS, REPEATS, Desk
from tests.flow.wander.ground import Ground
from tests.flow.wander.homeward import step_on
from tests.flow.wander.sayings import Saying, sayings
from tests.house import CHANGE, SUPPLEMENT, count_rows, drawn
from tests.walk import Walk

quick = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
Reasons = tuple[Reason, ...]
at_each_desk = pytest.mark.parametrize("desk", DESKS, ids=lambda desk: desk.name)


def given_at(desk: Desk) -> Iterator[tuple[Saying, Reasons]]:
    """Every reason that the desk's form offers and every pair, with the decision that goes with them."""
    for said in sayings(drawn(CHANGE), desk.step):
        reasons = [drawn(CHANGE).reason(code) for code in said.reasons]
        yield from ((said, (reason,)) for reason in reasons)
        yield from ((said, pair) for pair in combinations(reasons, 2))


def one_of_each(desk: Desk) -> dict[tuple[bool, frozenset[str]], tuple[Saying, Reasons]]:
    """Of all that ask the same steps again, or end the case, the first."""
    found: dict[tuple[bool, frozenset[str]], tuple[Saying, Reasons]] = {}
    for said, reasons in given_at(desk):
        found.setdefault((any(one.final for one in reasons), frozenset(desk.repeats(reasons))), (said, reasons))
    return found


def test_what_a_correction_repeats_is_told_by_hand_for_every_reason() -> None:
    for business in (CHANGE, SUPPLEMENT):
        named = {reason.step for reason in drawn(business).reasons if reason.step}
        assert named == REPEATS.get(business, {}).keys()


@quick
@at_each_desk
def test_every_reason_and_every_pair_asks_what_g5_says(store: Store, desk: Desk) -> None:
    walk = desk.bring(store)
    with store.read() as tx:
        facts = facts_of(store, tx, walk.case)
    codes = {reason.code for _, reasons in given_at(desk) for reason in reasons}
    assert codes == {reason.code for reason in drawn(CHANGE).reasons if desk.step in reason.desks}
    for said, reasons in given_at(desk):
        if desk.repeats(reasons):
            told = asking.asked_by(drawn(CHANGE), reasons, merged(facts, said.facts))
            assert told == desk.repeats(reasons), [reason.code for reason in reasons]


def asked_until(walk: Walk, desk: str) -> list[str]:
    """The steps that are asked before the desk has the case again, or the account does."""
    asked = []
    while walk.steps != [desk] and "account.apply" not in [job.service for job in walk.jobs]:
        asked += walk.steps
        step_on(walk)
    return asked


def comes_back(walk: Walk, desk: Desk) -> None:
    """To the same role in the same branch, and for a time to the same person."""
    if desk.step == "handle_refusal":
        assert walk.steps == [], "what the account refused was reviewed again and goes there"
        return
    task, span = walk.task(desk.step), PREFERRED_IN_LINE if desk.step == "video_verification" else PREFERRED
    assert (task.role, task.branch_id) == (drawn(CHANGE).step(desk.step).role, walk.case.branch_id)
    assert (task.preferred_by, task.preferred_until) == (desk.by.id, walk.store.clock.now() + span)


def is_over(walk: Walk, desk: Desk) -> None:
    """办理失败: nothing is asked again, and what was issued in the case is revoked, once."""
    if desk.step == "handle_refusal":
        walk.answer("account.withdraw", application__result="withdrawn")
    assert [job.service for job in walk.jobs] == ["certificate.revoke"]
    walk.answer("certificate.revoke", certificate__revoked=True)
    assert (walk.case.status, walk.steps) == ("办理失败", [])
    with walk.store.read() as tx:
        assert count_rows(tx, Job, case_id=walk.id, service="certificate.revoke") == 1


@quick
@at_each_desk
def test_the_steps_come_in_diagram_order_and_the_case_comes_back_to_the_desk(store: Store, desk: Desk) -> None:
    ground = Ground(store, lambda store: [desk.bring(store)])
    for said, reasons in one_of_each(desk).values():
        [walk] = ground.again()
        walk.reject(desk.step, *(reason.code for reason in reasons), by=desk.by, **said.facts)
        if any(reason.final for reason in reasons):
            is_over(walk, desk)
        else:
            assert asked_until(walk, desk.step) == desk.asks(reasons), [reason.code for reason in reasons]
            comes_back(walk, desk)


@quick
def test_control_a_table_that_forgets_the_signature_is_found(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn_table = asking.repeated
    monkeypatch.setattr(asking, "repeated", lambda *a, **more: drawn_table(*a, **more) - {"sign_agreements"})
    with pytest.raises(AssertionError):
        test_the_steps_come_in_diagram_order_and_the_case_comes_back_to_the_desk(store, DESKS[2])
