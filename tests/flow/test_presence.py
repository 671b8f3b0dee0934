"""Which verifiers are there to call: what they say, what is seen, and silence."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from engine import presence, video_queue
from engine.presence import BREAK, BUSY, OFFLINE, ONLINE
from engine.store import Store
from tests.house import HandClock, staff
from tests.walk import Walk

LI, HAN = staff("li"), staff("han")


def seen(store: Store, who: str = "li", branch: str = "north") -> tuple[str, bool] | None:
    """How he stands, and whether he serves the line."""
    with store.read() as tx:
        one = presence.of_branch(tx, branch, store.clock.now()).get(who)
    return (one.state, one.serves) if one else None


@pytest.mark.parametrize("state", [ONLINE, BREAK, OFFLINE])
def test_a_verifier_says_how_he_stands(store: Store, state: str) -> None:
    assert seen(store) is None
    presence.switch(store, LI, state)
    assert seen(store) == (state, state == ONLINE)
    assert seen(store, branch="south") is None


def test_nobody_says_that_he_is_busy(store: Store) -> None:
    with pytest.raises(ValueError, match="busy"):
        presence.switch(store, LI, BUSY)


def test_since_when_is_since_the_change(store: Store, clock: HandClock) -> None:
    first = clock.now()
    for _ in range(2):
        presence.switch(store, LI, ONLINE)
        clock.pass_by(seconds=20)
    with store.read() as tx:
        assert presence.of_branch(tx, "north", clock.now())["li"].since == first


def test_a_silent_page_takes_no_calls_and_a_sign_of_life_brings_it_back(store: Store, clock: HandClock) -> None:
    presence.switch(store, LI, ONLINE)
    clock.pass_by(seconds=30)
    assert seen(store) == (ONLINE, True)
    clock.pass_by(seconds=1)
    assert seen(store) == (OFFLINE, False)
    presence.beat(store, LI)
    assert seen(store) == (ONLINE, True)


def test_after_five_silent_minutes_one_says_again_that_one_is_there(store: Store, clock: HandClock) -> None:
    presence.switch(store, LI, ONLINE)
    clock.pass_by(minutes=5, seconds=1)
    presence.beat(store, LI)
    assert seen(store) == (OFFLINE, False)
    presence.switch(store, LI, ONLINE)
    assert seen(store) == (ONLINE, True)


def test_who_has_a_call_is_busy_and_then_what_he_said(
    store: Store, clock: HandClock, walk: Callable[..., Walk]
) -> None:
    case = walk().to_queue()
    video_queue.call_next(store, LI)
    assert seen(store) == (BUSY, True)
    presence.switch(store, LI, BREAK)  # after this call
    assert seen(store) == (BUSY, False)
    case.decide("video_verification", by=LI, video__decision="pass")
    assert seen(store) == (BREAK, False)


@pytest.mark.parametrize("someone_waits", [True, False])
def test_who_calls_is_online(store: Store, walk: Callable[..., Walk], someone_waits: bool) -> None:
    if someone_waits:
        walk().to_queue()
    presence.switch(store, LI, BREAK)
    assert (video_queue.call_next(store, LI) is not None) == someone_waits
    assert seen(store) == (BUSY if someone_waits else ONLINE, True)


def test_a_verifier_whose_page_died_in_a_call_serves_nobody(
    store: Store, clock: HandClock, walk: Callable[..., Walk]
) -> None:
    walk().to_queue()
    video_queue.call_next(store, LI)
    clock.pass_by(minutes=1)
    assert seen(store) == (BUSY, False)


def test_who_moved_to_another_branch_is_there(store: Store) -> None:
    presence.switch(store, LI, ONLINE)
    presence.switch(store, staff("li", branch="south"), ONLINE)
    assert (seen(store), seen(store, branch="south")) == (None, (ONLINE, True))
