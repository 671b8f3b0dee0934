"""试跑场景: a proposal is published when its scenarios hold; what does not is told by line, what is missed marked."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from engine.store import Store
from engine.tables import Trial
from tests.house import SUPPLEMENT, drawn
from tests.web.studio import NOTE, act, hand_in, handed_in, in_use, press, reworded, tried
from webapp.studio import trying
from webapp.studio.playing import Broken, Busy

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


@pytest.mark.parametrize(("broken", "told"), [(Busy, "另一份提案正在试跑"), (Broken, "场景没有试跑完")])
def test_a_trial_that_does_not_come_to_its_end_is_said(
    analyst: FlaskClient, store: Store, monkeypatch: pytest.MonkeyPatch, broken: type[Exception], told: str
) -> None:
    def play(bundle: object) -> object:
        raise broken

    monkeypatch.setattr(trying, "play", play)
    page = handed_in(analyst, ("business.json", reworded()))
    answer = press(analyst, page, "trial")
    assert answer.status_code == 303 and told in analyst.get(page.request.path).text
    with store.read() as tx:
        assert tx.query(Trial).count() == 0


def test_the_scenarios_are_played_in_a_process_of_their_own_and_the_page_says_what_came_of_it(
    analyst: FlaskClient, store: Store
) -> None:
    path = f"processes/{SUPPLEMENT}/scenarios/signed.yaml"
    spoiled = drawn(SUPPLEMENT).files[path].replace(b"  - sign_agreements:\n", b"", 1)
    page = analyst.get(hand_in(analyst, ("signed.yaml", spoiled), business=SUPPLEMENT).location)
    answer = press(analyst, page, "trial")
    assert answer.status_code == 303 and answer.location.endswith("#scenarios")
    seen = analyst.get(page.request.path).text
    assert "还不能发布：1 个场景不成立" in seen and seen.index("signed.yaml") < seen.index("abandoned.yaml")
    with store.read() as tx:
        assert [row.green for row in tx.query(Trial)] == [False]
