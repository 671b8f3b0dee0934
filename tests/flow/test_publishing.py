"""Publishing with care: from a moment on, with a part of the cases, by a second person; and back by one action."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest

from engine import company
from engine.actors import Actor
from engine.audit import actor_chain, history
from engine.bundles import Bundle, businesses, published, release, releasing, versions, withdraw
from engine.bundles.choosing import part_of
from engine.bundles.plans import AT_ONCE, BadPlan, Plan, read_part, read_share, read_time
from engine.bundles.releasing import Proposed, Seen, go_back, look, stop, widen
from engine.errors import Gone, NeedsAnother, NotYours, Overtaken, Unchanged, UnderWay
from engine.flow_figures import faring
from engine.store import Store
from tests.flow.editions import with_another_button, with_income
from tests.house import CHANGE, MONDAY, drawn, known, staff
from tests.walk import Walk

ANALYST, OTHER = staff("qian", "analyst"), staff("sun", "analyst")
Start = Callable[..., Walk]
LATER = MONDAY + timedelta(days=1)


def taken(store: Store, branch: str | None = None, case: str | None = None) -> str:
    with store.read() as tx:
        return published(tx, CHANGE, store.clock.now(), branch=branch, case=case)


def seen(store: Store) -> Seen:
    with store.read() as tx:
        return look(tx, CHANGE, store.clock.now())


def states(store: Store) -> list[str]:
    """Of every version, the first one first."""
    with store.read() as tx:
        return [each.state for each in reversed(versions(tx, CHANGE, store.clock.now()))]


def take(store: Store, bundle: Bundle, plan: Plan = AT_ONCE, by: Actor = ANALYST) -> str:
    release(store, bundle, "why", by, over=taken(store), plan=plan)
    return bundle.hash


def test_a_version_for_tomorrow_is_taken_by_cases_of_tomorrow_and_by_none_before(store: Store, walk: Start) -> None:
    first, second = drawn(CHANGE).hash, take(store, with_income(), Plan(starts_at=LATER))
    assert (walk().case.bundle_hash, states(store)) == (first, ["current", "waiting"])
    store.clock.pass_by(hours=23, minutes=59)  # type: ignore[attr-defined]
    assert taken(store) == first
    store.clock.pass_by(minutes=1)  # type: ignore[attr-defined]
    assert (walk(customer="wang").case.bundle_hash, states(store)) == (second, ["earlier", "current"])


def test_what_waits_may_be_taken_back_and_is_decided_before_the_next(store: Store) -> None:
    waiting = take(store, with_income(), Plan(starts_at=LATER))
    with pytest.raises(UnderWay):
        take(store, with_another_button())
    with pytest.raises(UnderWay):
        withdraw(store, CHANGE, "x", ANALYST, version=taken(store))
    with pytest.raises(Overtaken):
        widen(store, CHANGE, ANALYST, version=waiting)  # its time has not come
    stop(store, CHANGE, OTHER, version=waiting)
    with pytest.raises(Overtaken):
        stop(store, CHANGE, OTHER, version=waiting)
    store.clock.pass_by(days=2)  # type: ignore[attr-defined]
    assert (taken(store), states(store)) == (drawn(CHANGE).hash, ["current", "withdrawn"])
    take(store, with_another_button())


def test_a_share_of_the_new_cases_is_decided_once_by_the_id_of_the_case(store: Store, walk: Start) -> None:
    first, second = drawn(CHANGE).hash, take(store, with_income(), Plan(share=30))
    ids = [f"{number:032x}" for number in range(600)]
    with store.read() as tx:
        now = store.clock.now()
        hit = [case for case in ids if published(tx, CHANGE, now, branch="north", case=case) == second]
    assert 0.25 < len(hit) / len(ids) < 0.35
    assert hit == [case for case in ids if part_of(case) < 30]
    assert taken(store) == first, "whoever has no case yet reads what everybody takes"
    case = walk()
    assert case.case.bundle_hash == (second if part_of(case.id) < 30 else first)


def test_named_branches_take_it_first_then_all_or_none(store: Store, walk: Start) -> None:
    first, second = drawn(CHANGE).hash, take(store, with_income(), Plan(branches=("north",)))
    assert (taken(store, "north"), taken(store, "south"), taken(store)) == (second, first, first)
    old = walk()
    assert (old.case.bundle_hash, states(store)) == (second, ["current", "part"])
    with store.read() as tx:
        offered = {branch: businesses(tx, known(), store.clock.now(), branch) for branch in ("north", "south", None)}
    assert {branch: second in {one.hash for one in found} for branch, found in offered.items()} == {
        "north": True, "south": False, None: False,
    }, "who may start is asked of the version of his branch"  # fmt: skip
    widen(store, CHANGE, OTHER, version=second)
    assert (taken(store, "south"), taken(store), states(store)) == (second, second, ["earlier", "current"])
    third = take(store, with_another_button(), Plan(branches=("north", "south")))
    stop(store, CHANGE, OTHER, version=third, note="too many questions")
    assert (taken(store, "north"), old.case.bundle_hash) == (second, second)
    with store.read() as tx:
        last, widened, _ = versions(tx, CHANGE, store.clock.now())
        assert last.withdrawn and (last.withdrawn.by, last.withdrawn.note) == ("staff:sun", "too many questions")
        assert widened.widened and widened.widened.by == "staff:sun"
        assert [row.action for row in history(tx, actor_chain(OTHER.key))] == ["widen", "stop"]


BAD_PLANS = {
    "past": Plan(starts_at=MONDAY),
    "far": Plan(starts_at=MONDAY + timedelta(days=400)),
    "share": Plan(share=100),
    "both": Plan(share=10, branches=("north",)),
    "branch": Plan(branches=("nowhere",)),
}


@pytest.mark.parametrize(("fault", "plan"), BAD_PLANS.items(), ids=BAD_PLANS)
def test_a_plan_that_cannot_be_is_refused(fault: str, plan: Plan, store: Store) -> None:
    with pytest.raises(BadPlan) as refused:
        take(store, with_income(), plan)
    assert refused.value.fault == fault and refused.value.said.zh and states(store) == ["current"]


READ = [
    (read_time, " 2026-12-01 09:00 ", MONDAY.replace(month=12, day=1, hour=9, minute=0)),
    (read_time, "2026-12-01T09:00", MONDAY.replace(month=12, day=1, hour=9, minute=0)),
    (read_time, "", None),
    (read_time, "2026-02-30 09:00", "time"),
    (read_time, "tomorrow", "time"),
    (read_share, "10%", 10),
    (read_share, "7", 7),
    (read_share, "0", "share"),
    (read_share, "１０", "share"),
    (read_part, "10%", Plan(share=10)),
    (read_part, "north, south,north", Plan(branches=("north", "south"))),
    (read_part, "120%", "share"),
]


@pytest.mark.parametrize(("read", "text", "expected"), READ, ids=[row[1] for row in READ])
def test_what_a_person_says_is_read_or_refused(read: Callable[[str], object], text: str, expected: object) -> None:
    try:
        assert read(text) == expected
    except BadPlan as wrong:
        assert wrong.fault == expected


def test_one_goes_back_to_any_earlier_version_by_a_row_of_its_own(store: Store, walk: Start) -> None:
    first, second, third = drawn(CHANGE).hash, take(store, with_income()), take(store, with_another_button())
    running = walk()
    go_back(store, CHANGE, first, "both were wrong", OTHER, seen=seen(store))
    assert (taken(store), running.case.bundle_hash) == (first, third)
    assert walk(customer="wang").case.bundle_hash == first
    with store.read() as tx:
        last, *before = versions(tx, CHANGE, store.clock.now())
    assert (last.number, last.hash, last.again, last.current) == (4, first, 1, True)
    assert (last.published.by, last.published.note) == ("staff:sun", "both were wrong")
    assert [each.hash for each in before] == [third, second, first] and not any(each.withdrawn for each in before)
    with pytest.raises(Unchanged):
        go_back(store, CHANGE, first, "again", OTHER, seen=seen(store))
    with pytest.raises(Gone):
        go_back(store, CHANGE, "0" * 64, "what?", OTHER, seen=seen(store))
    with pytest.raises(NotYours):
        go_back(store, CHANGE, second, "mine", staff("li", "reviewer"), seen=seen(store))


def test_going_back_takes_back_what_is_under_way_and_only_what_was_seen(store: Store) -> None:
    first, second = drawn(CHANGE).hash, take(store, with_income())
    before = seen(store)
    waiting = take(store, with_another_button(), Plan(starts_at=LATER))
    with pytest.raises(Overtaken):
        go_back(store, CHANGE, first, "not seen", ANALYST, seen=before)
    assert seen(store) == Seen(second, waiting)
    go_back(store, CHANGE, first, "all of it", ANALYST, seen=seen(store))
    store.clock.pass_by(days=2)  # type: ignore[attr-defined]
    assert (taken(store), states(store)) == (first, ["earlier", "earlier", "withdrawn", "current"])


def test_where_a_second_person_is_asked_for_nobody_publishes_his_own(store: Store) -> None:
    made = Proposed(ANALYST.key, MONDAY)
    take(store, with_income())  # off by default
    document = {**company.default_company().document, "publishing": {"second_person": True}}
    company.save(store, document)
    for by, proposed in ((ANALYST, made), (OTHER, None)):
        with pytest.raises(NeedsAnother):
            release(store, with_another_button(), "why", by, over=taken(store), proposed=proposed)
    release(store, with_another_button(), "why", OTHER, over=taken(store), proposed=made)
    with store.read() as tx:
        last = versions(tx, CHANGE, store.clock.now())[0]
        assert last.proposed and (last.proposed.by, last.proposed.at) == ("staff:qian", MONDAY)
        assert last.published.by == "staff:sun"
        assert '"proposed_by":"staff:qian"' in history(tx, actor_chain(OTHER.key))[-1].body.replace(" ", "")


def test_cases_on_trial_are_held_against_those_of_the_version_before(store: Store, walk: Start) -> None:
    first = drawn(CHANGE).hash
    walk().photos()
    since = store.clock.now()
    store.clock.pass_by(hours=1)  # type: ignore[attr-defined]
    second = take(store, with_income(), Plan(branches=("north",)))
    tried = walk(customer="wang").photos()
    tried.give_up()
    with store.read() as tx:
        new, old = faring(tx, CHANGE, second, store.clock.now()), faring(tx, CHANGE, first, since)
    assert (new.begun, new.finished, new.rejected, new.troubled) == (1, 1, 0, 0)
    assert new.ended == {tried.case.status: 1}
    assert (old.begun, old.finished) == (1, 0)


def at_once(store: Store) -> list[str]:
    """Two people looked at the same, and decide in the same moment: one publishes, the other goes back."""
    take(store, with_income())
    there, start = seen(store), Barrier(2)

    def publishes() -> None:
        release(store, with_another_button(), "mine", ANALYST, over=there.current)

    def goes_back() -> None:
        go_back(store, CHANGE, drawn(CHANGE).hash, "mine", OTHER, seen=there)

    def decides(what: Callable[[], None]) -> str:
        start.wait()
        try:
            what()
        except Overtaken:
            return "told"
        return "won"

    with ThreadPoolExecutor(2) as both:
        return sorted(both.map(decides, (publishes, goes_back)))


def test_of_publishing_and_going_back_at_once_one_wins_and_the_other_is_told(store: Store) -> None:
    assert at_once(store) == ["told", "won"]
    assert len(states(store)) == 3


def test_without_the_look_under_the_lock_both_would_win(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: one of the two would be overwritten, and nobody told."""
    monkeypatch.setattr(releasing, "_unless_changed", lambda *args: None)
    assert at_once(store) == ["won", "won"]
