"""Versions: new cases take the new one, running ones stay, a withdrawn one is kept and still ends what runs on it."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import delete, func, select

from engine.actors import Actor
from engine.audit import actor_chain, history, verify
from engine.bundles import BadBundle, Bundle, bundle_of, load_files, published, release, running, versions, withdraw
from engine.bundles.known import Known
from engine.errors import Gone, NotYours, NoVersionBefore, Overtaken, Unchanged
from engine.store import Store
from engine.tables import BundleRow, Publication, Published, Staff
from tests.flow.editions import FORM, with_another_button, with_income, without_the_way_back
from tests.flow.strides import applied
from tests.house import CHANGE, SUPPLEMENT, drawn, known, staff
from tests.walk import Walk

ANALYST = staff("qian", "analyst")
Start = Callable[..., Walk]


def in_use(store: Store) -> str:
    with store.read() as tx:
        return published(tx, CHANGE, store.clock.now())


def take(store: Store, bundle: Bundle | None = None, note: str = "收入要问", by: Actor = ANALYST) -> str:
    """Publish an edition over the one in use."""
    edition = bundle or with_income()
    release(store, edition, note, by, over=in_use(store))
    return edition.hash


def test_a_new_case_goes_through_an_inserted_step_and_a_running_one_past_it(store: Store, walk: Start) -> None:
    old = walk().photos()
    take(store)
    new = walk(customer="wang").photos()
    for case in (old, new):
        case.do("basic_data")
    assert (old.steps, new.steps) == (["bank_cards"], ["income"])
    with store.read() as tx:
        assert (
            bundle_of(tx, new.case.bundle_hash, known()).forms[f"{CHANGE}/income"]["components"][0]["key"] == "yearly"
        )
        assert FORM not in bundle_of(tx, old.case.bundle_hash, known()).files
    new.do("income")
    assert new.steps == ["bank_cards"]
    for case in (old, new):
        case.cards().do("bank_notice")
        case.do("certificate_check", certificate__found=True)
        case.do("sign_agreements")
        case.decide("review", review__decision="pass")
        assert applied(case).case.status == "办理成功"


def test_a_business_without_the_flow_that_its_reasons_need_is_refused(store: Store) -> None:
    with pytest.raises(BadBundle) as refused:
        load_files(without_the_way_back(), CHANGE, known())
    corrected = {reason.code for reason in drawn(CHANGE).reasons if "review" in reason.desks and reason.step}
    assert {(each.rule, each.element) for each in refused.value.findings} == {
        ("reason.road", code) for code in corrected
    }
    assert len(corrected) > 5
    assert in_use(store) == drawn(CHANGE).hash


def test_after_a_withdrawal_new_cases_take_the_version_before_and_running_ones_end_on_theirs(
    store: Store, walk: Start
) -> None:
    first, second = drawn(CHANGE).hash, take(store)
    pinned = walk().photos()
    assert withdraw(store, CHANGE, "问得太早", ANALYST, version=second) == first
    assert walk(customer="wang").case.bundle_hash == first
    store.known = fresh()  # nothing is remembered: the withdrawn version is read from its row
    pinned.do("basic_data")
    pinned.do("income")
    pinned.cards().do("bank_notice")
    pinned.do("certificate_check", certificate__found=True)
    pinned.do("sign_agreements")
    pinned.reject("review", "id_photo_unclear", review__decision="reject")
    assert pinned.steps == ["upload_photos"]
    pinned.photos().do("sign_agreements")
    pinned.decide("review", review__decision="pass")
    assert applied(pinned).case.status == "办理成功"
    assert pinned.case.bundle_hash == second


def fresh() -> Known:
    before = known()
    return Known(
        before.services, before.settings, before.form_facts, before.form_sure, before.form_lint, before.form_fill
    )


def test_note_author_and_time_stay_with_each_version_and_nothing_is_deleted(store: Store) -> None:
    with store.write() as tx:
        tx.add(Staff(id="qian", login="qian", name="钱分析", password="x", roles=["analyst"], branch_id="north"))
    income, button = with_income(), with_another_button()
    at = store.clock.now()
    take(store, income, "收入要问")
    store.clock.pass_by(hours=1)  # type: ignore[attr-defined]
    take(store, button, "按钮", Actor("system", "operator", "ops"))
    store.clock.pass_by(hours=1)  # type: ignore[attr-defined]
    withdraw(store, CHANGE, "按钮不对", ANALYST, version=button.hash)
    take(store, drawn(CHANGE), "回到最初")
    with store.read() as tx:
        found = versions(tx, CHANGE, store.clock.now())
        assert tx.scalar(select(func.count()).select_from(BundleRow).where(BundleRow.business == CHANGE)) == 3
        assert bundle_of(tx, button.hash, fresh()).business.button == "马上办理"
    assert [each.number for each in found] == [4, 3, 2, 1]
    assert [each.hash for each in found] == [drawn(CHANGE).hash, button.hash, income.hash, drawn(CHANGE).hash]
    assert [each.current for each in found] == [True, False, False, False]
    assert (found[2].published.name, found[2].published.note, found[2].published.at) == ("钱分析", "收入要问", at)
    assert (found[1].published.by, found[1].published.name) == ("ops", "ops")
    taken_back = found[1].withdrawn
    assert taken_back and (taken_back.by, taken_back.name, taken_back.note) == ("staff:qian", "钱分析", "按钮不对")
    assert {each.withdrawn for each in found if each.number != 3} == {None}


def test_one_withdrawal_after_another_leads_to_the_first_version_and_no_further(store: Store) -> None:
    first, second, third = drawn(CHANGE).hash, take(store), take(store, with_another_button())
    assert withdraw(store, CHANGE, "back", ANALYST, version=third) == second
    assert withdraw(store, CHANGE, "back", ANALYST, version=second) == first
    with pytest.raises(NoVersionBefore):
        withdraw(store, CHANGE, "back", ANALYST, version=first)
    assert in_use(store) == first
    take(store, with_another_button())  # what was withdrawn may be published again
    assert withdraw(store, CHANGE, "back", ANALYST, version=third) == first


def test_who_looked_at_another_version_does_not_overwrite_it(store: Store) -> None:
    seen = in_use(store)
    between = take(store)
    with pytest.raises(Overtaken) as overtaken:
        release(store, with_another_button(), "mine", ANALYST, over=seen)
    assert overtaken.value.by == between
    with pytest.raises(Overtaken):
        withdraw(store, CHANGE, "mine", ANALYST, version=seen)
    with pytest.raises(Unchanged):
        take(store)
    assert in_use(store) == between
    with store.read() as tx:
        assert len(versions(tx, CHANGE, store.clock.now())) == 2


def test_only_an_analyst_publishes_and_withdraws(store: Store) -> None:
    for role in ("reviewer", "verifier", "supervisor", "administrator"):
        with pytest.raises(NotYours):
            take(store, by=staff("li", role))
        with pytest.raises(NotYours):
            withdraw(store, CHANGE, "mine", staff("li", role), version=in_use(store))
    assert in_use(store) == drawn(CHANGE).hash


def test_publishing_and_withdrawing_are_in_the_audit_of_who_did_it(store: Store) -> None:
    second = take(store, note="收入要问")
    withdraw(store, CHANGE, "问得太早", ANALYST, version=second)
    with store.read() as tx:
        chain = actor_chain(ANALYST.key)
        rows = history(tx, chain)
        assert [row.action for row in rows] == ["publish", "withdraw"]
        assert all(second in row.body and CHANGE in row.body for row in rows)
        assert "收入要问" in rows[0].body and "问得太早" in rows[1].body
        assert verify(tx, store.vault, chain) is None


def test_running_cases_are_counted_by_version_and_by_the_step_that_is_open(store: Store, walk: Start) -> None:
    walk().photos()
    second = take(store)
    looking, gone = walk(customer="wang"), Walk(store, SUPPLEMENT, "wang")
    with store.read() as tx:
        old, new = running(tx, CHANGE)
    assert {old.hash, new.hash} == {drawn(CHANGE).hash, second}
    if old.hash == second:
        old, new = new, old
    assert (old.cases, old.unstarted, old.steps, old.elsewhere) == (1, 0, {"basic_data": 1}, 0)
    assert (new.cases, new.unstarted, new.steps, new.elsewhere) == (1, 1, {"upload_photos": 1}, 0)
    looking.do("upload_photos")  # its photographs are being looked at: no step is open
    gone.give_up()
    with store.read() as tx:
        now = next(each for each in running(tx, CHANGE) if each.hash == second)
        assert (now.cases, now.unstarted, now.steps, now.elsewhere) == (1, 0, {}, 1)
        assert running(tx, SUPPLEMENT) == []


def test_the_first_version_of_a_business_is_published_over_nothing(store: Store) -> None:
    with store.write() as tx:
        for table in (Publication, Published):
            tx.execute(delete(table).where(table.business == SUPPLEMENT))
    with pytest.raises(Gone):
        release(store, drawn(SUPPLEMENT), "first", ANALYST, over="0" * 64)
    with pytest.raises(Gone):
        withdraw(store, SUPPLEMENT, "first", ANALYST, version="0" * 64)
    release(store, drawn(SUPPLEMENT), "first", ANALYST, over=None)
    with store.read() as tx:
        assert published(tx, SUPPLEMENT, store.clock.now()) == drawn(SUPPLEMENT).hash
        assert [each.published.note for each in versions(tx, SUPPLEMENT, store.clock.now())] == ["first"]


def test_of_two_analysts_who_publish_at_once_one_is_told_to_compare_again(store: Store) -> None:
    seen, editions = in_use(store), [with_income(), with_another_button()]
    at_once = Barrier(2)

    def publish(edition: Bundle) -> str:
        at_once.wait()
        try:
            release(store, edition, "mine", ANALYST, over=seen)
        except Overtaken:
            return "overtaken"
        return edition.hash

    with ThreadPoolExecutor(2) as both:
        told = list(both.map(publish, editions))
    assert told.count("overtaken") == 1 and in_use(store) in told
    with store.read() as tx:
        assert len(versions(tx, CHANGE, store.clock.now())) == 2
