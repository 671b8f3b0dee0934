"""kill -9 of worker, web and relay while people work: nothing accepted is lost, nothing happens twice."""

from __future__ import annotations

import os
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from random import Random
from threading import Event

import pytest

from cli.demonstration.people import SampleCard
from engine.store import Store
from tests.conftest import DATABASES
from tests.crash.acks import Acks
from tests.crash.browser import Browser
from tests.crash.harness import Product, product
from tests.crash.judge import ended, unsettled, verdict
from tests.crash.killing import TARGETS, Killer, wait_for
from tests.crash.people import Investor, Keys, Reviewer, person

pytestmark = [pytest.mark.crash, pytest.mark.xdist_group("crash")]

SUBMISSIONS = 20
WANTED = os.environ.get("KAIHU_TEST_KILLS")  # of each part, for a longer run, which is then on both databases
KILLS = int(WANTED or 1)
SECONDS = 270.0 + 30 * KILLS
CARDS = (
    SampleCard("CCB", "样例市中山路支行", "6217000000000000012"),
    SampleCard("ABC", "样例市滨江支行", "6228480000000000026"),
)


@pytest.mark.parametrize("empty_database", DATABASES if WANTED else DATABASES[:1], indirect=True)
def test_no_accepted_submission_is_lost_and_no_effect_happens_twice(empty_database: str, tmp_path: Path) -> None:
    acks = Acks(tmp_path / "acks")
    with product(tmp_path / "data", empty_database) as running, running.store() as store:
        begin = time.monotonic()
        killer = work_and_kill(running, store, acks)
        wait_for(lambda: at_rest(store), SECONDS, "rest")
        print(f"{acks.count('submission')} submissions, {dict(killer.kills)}, {time.monotonic() - begin:.0f} s")
        assert running.stop() == 0
        assert verdict(store, acks.read()) == []
        with store.read() as tx:
            assert ended(tx)["办理成功"] == len(CARDS)
    assert acks.count("submission") >= SUBMISSIONS
    assert acks.count("upload") >= 6
    assert all(killer.kills[name] == KILLS for name in TARGETS), killer.kills


def work_and_kill(running: Product, store: Store, acks: Acks) -> Killer:
    """Two investors and a reviewer do their work over HTTP while parts are killed; back when the work is done."""
    deadline, busy, home = time.monotonic() + SECONDS, Event(), Event()
    killer = Killer(running.data, running.up, busy, Random(seed_of(running)), KILLS)

    def browser() -> Browser:
        return Browser(running.port, deadline, busy)

    def with_certificate() -> None:
        """The whole business to its end, twice: the account is changed and the customer is told."""
        window, keys = browser(), Keys()
        for card in CARDS:
            Investor(person("linzhiqiu"), card, window, store, acks, keys=keys).walk()

    def without_certificate() -> None:
        """To the video page and back again, as long as there is killing."""
        somebody = person("zhouyuanfan")
        Investor(somebody, somebody.new_card, browser(), store, acks, turns_at="video_page", enough=killer.done).walk()

    with ThreadPoolExecutor() as threads:
        reviewer = threads.submit(Reviewer("reviewer.bj", browser(), store, acks, home).work)
        investors = [threads.submit(with_certificate), threads.submit(without_certificate)]
        killing = threads.submit(killer.work)
        try:
            for one in investors:
                one.result()
        finally:
            killer.over.set()
            home.set()
        killing.result()
        reviewer.result()
    return killer


def seed_of(running: Product) -> int:
    """Other moments on the other database."""
    return 2026 if running.database_url.startswith("sqlite") else 2027


def at_rest(store: Store) -> bool:
    with store.read() as tx:
        return unsettled(tx) == 0
