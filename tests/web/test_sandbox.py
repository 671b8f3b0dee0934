"""在沙盒里走一遍: a draft is played with its forms, rewound, and saved as a scenario that holds."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from engine import proposals
from engine.bundles import load_files
from engine.scenarios import Played
from engine.scenarios.running import plays
from engine.store import Store
from engine.tables import Proposal
from tests.house import known
from tests.web.conftest import EXTRA, ON_BOTH, employ, hidden, post, sign_in_staff
from tests.web.sheets import press, put
from tests.web.sketching import begun, kept
from tests.web.studio import broken, handed_in, reworded
from webapp.studio.asked import Broken
from webapp.studio.sandbox_moves import sandboxes
from webapp.studio.sandboxes import Busy, Sandboxes

FOUND, MISSING = {"certificate": "true"}, {"certificate": "false"}
SCENARIO = {"scenario_name": '柜台: "签署"', "scenario_file": "at_counter"}


class Playing:
    """The page of a play, and what is pressed there."""

    def __init__(self, client: FlaskClient, draft: str) -> None:
        self.client, self.draft, self.address = client, draft, f"{draft}/play"
        self.look()

    def look(self) -> str:
        self.page = self.client.get(self.address)
        return self.page.text

    def press(self, what: str = "", **fields: str) -> TestResponse:
        """As the button does it, at the page that is shown; then the page is what the browser shows."""
        given = {"csrf_token": hidden(self.page, "csrf_token"), "at": self.at, "seen": "1", **fields}
        answer = self.client.post(f"{self.address}{what}", data=given)
        self.page = self.client.get(answer.location) if answer.status_code == 303 else answer
        return answer

    def do(self, step: str, **fields: str) -> TestResponse:
        return self.press(f"/steps/{step}", **fields)

    def goes_on(self, word: str, target: str, **fields: str) -> TestResponse:
        return self.press("/moves", word=word, target=target, **fields)

    def save(self, **fields: str) -> TestResponse:
        return self.press("/scenario", **{**SCENARIO, **fields})

    @property
    def at(self) -> str:
        found = re.search(r'name="at" value="(\d+)"', self.page.text)
        return found[1] if found else "0"

    @property
    def gone(self) -> list[str]:
        return re.findall(r"<li>([^<]+)<br>", self.page.text)


@pytest.fixture(scope="module", autouse=True)
def ended() -> Iterator[None]:
    """The processes of these tests end with them."""
    yield
    sandboxes.end_all()


@pytest.fixture
def play(analyst: FlaskClient) -> Playing:
    made = Playing(analyst, begun(analyst, EXTRA))
    made.press()
    return made


def played(store: Store, draft: str) -> dict[str, Played]:
    """The scenarios of the draft, as a trial plays them."""
    bundle = load_files(kept(store, draft)[1], EXTRA, known())
    return {one.file.rsplit("/", 1)[1]: one for one in plays(bundle, known(), time.monotonic)}


def test_a_way_is_played_rewound_and_saved_as_a_scenario_that_holds(play: Playing, store: Store) -> None:
    play.do("certificate_check", **MISSING)
    assert play.gone == ["证书检测：certificate.found = false"]
    play.do("certificate_missing", place="online")
    assert "投资者" in play.page.text and "证书检测" in play.page.text
    play.press("/rewind", to="1")
    assert len(play.gone) == 1 and "未检测到证书" in play.page.text
    play.do("certificate_missing", place="counter")
    play.goes_on("advance", "2d")
    play.goes_on("timer", "idle_warning")
    assert "时间走到“临近超时”" in play.gone[-1] and "2026-12-16" in play.page.text
    play.do("counter_signing", decision="signed", in_person="yes", paper_signed="yes", filing_number="档案 7")
    assert "已经结束：办理成功" in play.page.text
    assert play.save().status_code == 303
    text = kept(store, play.draft)[1][f"processes/{EXTRA}/scenarios/at_counter.yaml"].decode()
    assert '{counter.decision: signed, filing_number: "档案 7"}' in text and "end: succeeded" in text
    assert all(one.holds for one in played(store, play.draft).values())
    assert "办理成功" in play.look() and "草稿在这之后改过" not in play.page.text


def test_the_form_judges_and_what_was_entered_stays(play: Playing) -> None:
    play.do("certificate_check", **MISSING)
    play.do("certificate_missing", place="counter")
    refused = play.do("counter_signing", decision="signed", in_person="yes", filing_number="<b>7</b>")
    assert refused.status_code == 422 and 'href="#field-paper_signed"' in refused.text
    assert "&lt;b&gt;7&lt;/b&gt;" in refused.text and len(play.gone) == 2
    undecided = play.do("counter_signing")
    assert undecided.status_code == 422 and 'href="#field-decision"' in undecided.text


@ON_BOTH
def test_a_button_pressed_twice_is_one_move(play: Playing) -> None:
    at = play.at
    play.do("certificate_check", **MISSING)
    again = play.do("certificate_check", at=at, **MISSING)
    assert again.status_code == 409 and "已经走过了" in again.text and len(play.gone) == 1


def test_what_cannot_happen_here_is_said_and_not_recorded(play: Playing) -> None:
    for what, fields, status, told in (
        ("/moves", {"word": "timer", "target": "tea"}, 409, "应该等着定时器 tea"),
        ("/moves", {"word": "back", "target": "certificate_check"}, 409, "没有被接受"),
        ("/moves", {"word": "message", "target": "<b>"}, 409, "应该能收到消息 &lt;b&gt;"),
        ("/moves", {"word": "fails", "target": "settle"}, 409, "应该等着服务 settle"),
        ("/moves", {"word": "advance", "target": "", "advance": "soon"}, 422, "时间写成"),
        ("/moves", {"word": "tea", "target": ""}, 400, ""),
        ("/moves", {"service": "tea.make", "answer": "yes"}, 400, ""),
        ("/steps/sign_agreements", {}, 409, "应该能做步骤 sign_agreements"),
        ("/scenario", SCENARIO, 422, "还没有走出一条可以保存的路"),
    ):
        refused = play.press(what, **fields)
        assert refused.status_code == status and told in refused.text, (what, fields, refused.text)
        play.look()
        assert play.gone == [] and play.at == "1"


def test_a_scenario_is_saved_under_a_good_name_and_over_nobodys_work(play: Playing, store: Store) -> None:
    play.do("certificate_check", **FOUND)
    before = kept(store, play.draft)
    for fields, status, told in (
        ({"scenario_name": ""}, 422, "请写场景的名称"),
        ({"scenario_file": "../../x"}, 422, "文件名用小写英文字母"),
        ({"scenario_file": "signed"}, 422, "草稿里已有场景 signed.yaml"),
        ({"seen": "0"}, 409, "保存过这份草稿"),
    ):
        refused = play.save(**fields)
        assert refused.status_code == status and told in refused.text, (fields, refused.text)
        assert kept(store, play.draft) == before and len(play.gone) == 1


def test_a_play_goes_on_with_the_draft_as_it_is_now(play: Playing, store: Store) -> None:
    """The control: before the draft was changed, the same press is a move."""
    play.do("certificate_check", **MISSING)
    file = f"processes/{EXTRA}/scenarios/expired.yaml"
    text = kept(store, play.draft)[1][file].decode().replace("长期没有操作", "很久没有操作")
    page = play.client.get(f"{play.draft}/texts/{file}")
    play.client.post(
        f"{play.draft}/texts/{file}", data={"csrf_token": hidden(page, "csrf_token"), "seen": "1", "text": text}
    )
    assert "草稿在这之后改过" in play.look() and "完成这一步" not in play.page.text
    assert play.do("certificate_missing", place="counter").status_code == 409
    play.look()
    play.press("/rewind", to="1")
    assert play.do("certificate_missing", place="counter").status_code == 303 and len(play.gone) == 2


def test_each_analyst_has_a_play_of_his_own_and_it_goes_with_the_draft(play: Playing, app: Flask, store: Store) -> None:
    play.do("certificate_check", **MISSING)
    employ(store, "bob", {"analyst"})
    colleague = app.test_client()
    sign_in_staff(colleague, "bob")
    theirs = Playing(colleague, play.draft)
    assert theirs.gone == [] and "开始走" in theirs.page.text
    page = play.client.get(play.draft)
    play.client.post(f"{play.draft}/discard", data={"csrf_token": hidden(page, "csrf_token"), "seen": "1"})
    assert theirs.press().status_code == 404


def test_a_proposal_is_tried_as_it_was_handed_in_by_who_may_not_change_it(
    app: Flask, analyst: FlaskClient, store: Store
) -> None:
    """On a draft of the reviewer's own with the same files, one however often he presses; the proposal stays."""
    page = handed_in(analyst, ("business.json", reworded()))
    employ(store, "bob", {"analyst"})
    colleague = app.test_client()
    sign_in_staff(colleague, "bob")
    at = f"{page.request.path}/play"
    assert f'action="{at}"' in page.text
    sandbox = str(post(colleague, at, colleague.get(page.request.path)).location)
    assert sandbox.endswith("/play") and "开始走" in colleague.get(sandbox).text
    assert post(colleague, at).location == sandbox != post(analyst, at).location, "each has one of his own"
    draft = sandbox.removesuffix("/play")
    files = kept(store, draft)[1]
    with store.read() as tx:
        row = tx.get_one(Proposal, page.request.path.rsplit("/", 1)[1])
        assert proposals.files_of(row) == files
    shared = next(file for file in files if file.endswith("/signing.bpmn"))
    step = colleague.get(f"{draft}/elements/sign_agreements/{shared}")
    assert press(colleague, step, "", put("name", "签")).status_code == 303
    assert post(colleague, at).location != sandbox, "a draft that was changed is not what was handed in"
    with store.read() as tx:
        assert tx.get_one(Proposal, row.id).bundle_hash == row.bundle_hash
    wrong = handed_in(analyst, ("handling.bpmn", broken()))
    assert f"{wrong.request.path}/play" not in wrong.text


def test_a_sandbox_that_does_not_answer_is_said_and_nothing_is_lost(
    play: Playing, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: asked again when it answers, the same press is a move."""
    play.do("certificate_check", **MISSING)
    for refusal, told in ((Busy, "同事正在用沙盒"), (Broken, "沙盒没有走完这一步")):
        with monkeypatch.context() as patched:
            patched.setattr(Sandboxes, "ask", raising(refusal))
            refused = play.do("certificate_missing", place="counter")
        assert refused.status_code == 409 and told in refused.text
        assert 'value="counter" checked' in refused.text and len(play.gone) == 1
    sandboxes.end_all()
    assert play.do("certificate_missing", place="counter").status_code == 303, "a process that has ended is begun anew"
    assert len(play.gone) == 2


def raising(broken: type[Exception]) -> Callable[..., object]:
    def ask(self: Sandboxes, *asked: object) -> object:
        raise broken

    return ask
