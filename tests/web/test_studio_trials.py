"""试跑场景: a proposal is published when its scenarios hold; what does not is told by line, what is missed marked."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from engine import trial_runs
from engine.actors import Actor
from engine.store import Store
from engine.tables import Proposal, Trial
from tests.house import SUPPLEMENT, drawn
from tests.web.conftest import ON_BOTH, HandClock
from tests.web.studio import NOTE, act, hand_in, handed_in, in_use, over, press, reworded, tried
from webapp.studio import playing

WRONG = {
    "rule": "scenario.play", "file": "x", "element": None, "line": 12, "variant": "step",
    "why": {"zh": "应该能做步骤 <b>review</b>", "en": "expected <b>review</b> to be open"},
    "mend": {"zh": "改正场景，或改正流程", "en": "mend the scenario, or the flow"},
}  # fmt: skip


def test_a_version_is_not_published_before_its_scenarios_were_played(analyst: FlaskClient, store: Store) -> None:
    """The control: with a trial on record that held, the same press publishes."""
    before = in_use(store)
    page = handed_in(analyst, ("business.json", reworded()))
    assert "检查通过，还没有试跑场景" in page.text and "版本说明" not in page.text
    refused = press(analyst, page, "publish", note=NOTE)
    assert refused.status_code == 409 and "场景还没有试跑" in refused.text and in_use(store) == before
    assert act(analyst, page, "publish", note=NOTE).status_code == 303 and in_use(store) != before


def test_a_scenario_that_does_not_hold_is_told_by_its_line_and_keeps_from_publishing(
    analyst: FlaskClient, store: Store
) -> None:
    before = in_use(store)
    page = handed_in(analyst, ("business.json", reworded()))
    tried(analyst, page, WRONG)
    seen = analyst.get(page.request.path).text
    assert "还不能发布：1 个场景不成立" in seen and "第 12 行：应该能做步骤 &lt;b&gt;review&lt;/b&gt;" in seen
    assert press(analyst, page, "publish", note=NOTE).status_code == 409 and in_use(store) == before
    assert "expected &lt;b&gt;review" in analyst.get(f"{page.request.path}?lang=en", follow_redirects=True).text


def test_what_no_scenario_passes_is_counted_and_marked_on_the_drawing(analyst: FlaskClient) -> None:
    page = handed_in(analyst, ("business.json", reworded()))
    tried(analyst, page)
    seen = analyst.get(page.request.path).text
    assert "检查通过，可以发布" in seen and "4 条连线中的 3 条（75 %）" in seen
    assert ">未走</text>" in seen and "没有场景经过这里" in seen and "再试跑一次" in seen


@ON_BOTH
def test_one_trial_at_a_time_by_whichever_web_process_and_none_is_held_up_by_one_that_died(
    analyst: FlaskClient, store: Store, clock: HandClock
) -> None:
    """The other one stands in the database alone, as that of another process does. A minute's silence ends it."""
    page = handed_in(analyst, ("business.json", reworded()))
    trial_runs.begin(store, "another version", analyst_of(store, page))
    assert press(analyst, page, "trial").status_code == 303
    assert "另一项试跑正在进行" in analyst.get(page.request.path).text
    clock.pass_by(seconds=61)
    assert trial_runs.begin(store, "one more", analyst_of(store, page))


@ON_BOTH
def test_two_that_begin_at_once_do_not_both_begin(analyst: FlaskClient, store: Store) -> None:
    by = analyst_of(store, handed_in(analyst, ("business.json", reworded())))

    def begins(subject: str) -> bool:
        try:
            return bool(trial_runs.begin(store, subject, by))
        except trial_runs.Busy:
            return False

    with ThreadPoolExecutor(8) as threads:
        assert sum(threads.map(begins, [f"version {number}" for number in range(8)])) == 1


def test_a_trial_whose_process_is_killed_is_said_and_can_be_begun_again(
    analyst: FlaskClient, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The process is killed as soon as it has said anything; the control is the trial that is let be, below."""
    monkeypatch.setattr(playing, "SECONDS", 0.01)
    page = handed_in(analyst, ("business.json", reworded()))
    assert press(analyst, page, "trial").status_code == 303
    over()
    seen = analyst.get(page.request.path).text
    assert "试跑中断了，没有结果" in seen and "试跑场景</button>" in seen
    with store.read() as tx:
        assert tx.query(Trial).count() == 0


@ON_BOTH
def test_how_far_a_trial_has_come_is_told_and_a_second_one_is_not_begun(
    analyst: FlaskClient, store: Store, clock: HandClock
) -> None:
    page = handed_in(analyst, ("business.json", reworded()))
    with store.read() as tx:
        row = tx.get_one(Proposal, page.request.path.rsplit("/", 1)[-1])
    by = analyst_of(store, page)
    run = trial_runs.begin(store, row.bundle_hash, by)
    assert "正在准备沙盒" in analyst.get(page.request.path).text
    trial_runs.beat(store, run, row.bundle_hash, 7, 17)
    asked = analyst.get(f"{page.request.path}/trial")
    assert "已试跑 7 个场景，共 17 个" in asked.text and "HX-Redirect" not in asked.headers
    assert press(analyst, page, "trial").status_code == 303
    assert "已经在试了。下面是进度" in analyst.get(page.request.path).text
    clock.pass_by(seconds=61)
    silent = analyst.get(f"{page.request.path}/trial")
    assert silent.headers["HX-Redirect"] == page.request.path, "a web process that was killed says nothing any more"
    assert "试跑中断了" in analyst.get(page.request.path).text


def test_the_scenarios_are_played_in_a_process_of_their_own_and_the_page_says_what_came_of_it(
    analyst: FlaskClient, store: Store
) -> None:
    path = f"processes/{SUPPLEMENT}/scenarios/signed.yaml"
    spoiled = drawn(SUPPLEMENT).files[path].replace(b"  - sign_agreements:\n", b"", 1)
    page = analyst.get(hand_in(analyst, ("signed.yaml", spoiled), business=SUPPLEMENT).location)
    answer = press(analyst, page, "trial")
    assert answer.status_code == 303 and answer.location.endswith("#scenarios")
    over()
    seen = analyst.get(page.request.path).text
    assert "还不能发布：1 个场景不成立" in seen and seen.index("signed.yaml") < seen.index("abandoned.yaml")
    assert analyst.get(f"{page.request.path}/trial").headers["HX-Redirect"] == page.request.path
    with store.read() as tx:
        assert [row.green for row in tx.query(Trial)] == [False]


def analyst_of(store: Store, page: TestResponse) -> Actor:
    """Who handed in the proposal of this page."""
    with store.read() as tx:
        row = tx.get_one(Proposal, page.request.path.rsplit("/", 1)[-1])
    return Actor("staff", row.by, row.by, frozenset({"analyst"}))
