"""The analysts' pages: download, hand in, findings and differences on the drawing and in words, publish, withdraw."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from engine.bundles.archive import write_archive
from engine.bundles.manifest import bundle_hash
from engine.bundles.received import received
from engine.bundles.versions import versions
from engine.store import Store
from engine.tables import AuditRow, Case, Proposal
from tests.web.conftest import MAIN, ON_BOTH, WANG, KeptSms, bundle, employ, hidden, post, sign_in, sign_in_staff
from tests.web.studio import (
    FLOW,
    NOTE,
    RECORD,
    SUMMARY,
    act,
    broken,
    changed,
    hand_in,
    handed_in,
    in_use,
    mend,
    reworded,
)


def test_an_analyst_is_led_to_the_businesses(analyst: FlaskClient) -> None:
    assert analyst.get("/staff/").location == "/studio"
    page = analyst.get("/studio").text
    assert "修改结算账户" in page and "补签协议" in page and "第 1 版" in page and "没有待发布的提案" in page


@pytest.mark.parametrize("roles", [{"reviewer"}, {"supervisor"}, {"administrator"}])
def test_nobody_else_comes_in(app: Flask, store: Store, roles: set[str]) -> None:
    employ(store, "other", roles)
    client = app.test_client()
    sign_in_staff(client, "other")
    for path in ("/studio", f"/studio/{MAIN}", f"/studio/{MAIN}/versions/{in_use(store)}.zip", "/studio/proposals/x"):
        assert client.get(path).status_code == 403, path
    assert post(client, "/studio/proposals").status_code == 403


def test_a_version_is_downloaded_in_the_folders_in_which_it_is_handed_in(analyst: FlaskClient, store: Store) -> None:
    answer = analyst.get(f"/studio/{MAIN}/versions/{in_use(store)}.zip")
    assert (
        answer.mimetype == "application/zip"
        and f"{MAIN}-{in_use(store)[:12]}.zip" in answer.headers["Content-Disposition"]
    )
    assert bundle_hash(received([("b.zip", answer.data)], MAIN, {})) == in_use(store)
    assert analyst.get(f"/studio/{MAIN}/versions/{'0' * 64}.zip").status_code == 404
    page = handed_in(analyst, ("b.zip", answer.data))
    assert "和使用中的版本完全一样" in page.text and "版本说明" not in page.text


@ON_BOTH
def test_a_changed_file_is_told_in_words_and_published_with_its_note(
    app: Flask, analyst: FlaskClient, store: Store, sms: KeptSms
) -> None:
    before = in_use(store)
    old = open_case(app, sms, store)
    page = handed_in(analyst, ("business.json", reworded()))
    assert "检查通过，还没有试跑场景" in page.text and SUMMARY in page.text and "简介" in page.text
    assert act(analyst, page, "publish", note=NOTE).location == f"/studio/{MAIN}"
    assert in_use(store) != before
    told = analyst.get(f"/studio/{MAIN}").text
    assert NOTE in told and "ana（样本）" in told and "第 2 版" in told and "已发布" in told
    with store.read() as tx:
        assert tx.get_one(Case, old).bundle_hash == before, "what runs stays"
        assert versions(tx, MAIN, store.clock.now())[0].published.note == NOTE
        assert "publish" in set(tx.scalars(select(AuditRow.action).where(AuditRow.actor.like("staff:%"))))


def open_case(app: Flask, sms: KeptSms, store: Store) -> str:
    client = app.test_client()
    assert sign_in(app, client, sms).status_code == 303
    from engine.cases import open_case as start
    from tests.house import SETTINGS

    return start(store, business=MAIN, customer_id=WANG.id, branch_id="east", settings=SETTINGS)


def test_where_the_running_cases_stand_is_told_by_step_and_on_the_drawing(
    app: Flask, analyst: FlaskClient, store: Store, sms: KeptSms
) -> None:
    open_case(app, sms, store)
    assert "第 1 版：1 件在办" in analyst.get(f"/studio/{MAIN}").text
    page = handed_in(analyst, ("business.json", reworded())).text
    assert "在办 1" in page and "1 件在办停在这一步" in page


def test_a_deleted_flow_that_a_reason_needs_is_found_in_the_list_and_on_the_drawing_and_not_published(
    analyst: FlaskClient, store: Store
) -> None:
    before = in_use(store)
    page = handed_in(analyst, ("handling.bpmn", broken()))
    assert "还不能发布" in page.text and 'id="finding-1"' in page.text and "怎么改：" in page.text
    assert ">!1</text>" in page.text, "the finding's number stands on the drawing"
    assert "没有路直接通到步骤" in page.text and "画一条连线到步骤链的链首" in page.text
    assert "版本说明" not in page.text
    refused = act(analyst, page, "publish", note=NOTE)
    assert refused.status_code == 422 and "还有检查没有通过" in refused.text and in_use(store) == before
    english = analyst.get(f"{page.request.path}?lang=en", follow_redirects=True).text
    assert "no road leads from step" in english and "draw a flow from step" in english and "没有路直接" not in english


@ON_BOTH
def test_what_is_wrong_is_mended_on_the_page_of_the_proposal_and_the_rest_of_it_stays(
    analyst: FlaskClient, store: Store
) -> None:
    page = handed_in(analyst, ("handling.bpmn", broken()), ("business.json", reworded()))
    mended = mend(analyst, page, ("handling.bpmn", bundle(MAIN).files[FLOW]))
    assert mended.status_code == 303
    other = analyst.get(mended.location)
    assert "检查通过，还没有试跑场景" in other.text and "简介" in other.text, (
        "the record of the first upload is still there"
    )
    assert "已收起" in analyst.get(page.request.path).text
    again = mend(analyst, page, ("handling.bpmn", bundle(MAIN).files[FLOW]))
    assert again.status_code == 409 and "已经发布或收起" in again.text
    nothing = mend(analyst, other)
    assert nothing.status_code == 422 and "没有选择文件" in nothing.text and 'aria-invalid="true"' in nothing.text


def test_the_mark_of_a_change_stands_on_the_drawing(analyst: FlaskClient) -> None:
    page = handed_in(analyst, ("handling.bpmn", changed(FLOW, 'name="使用提示"', 'name="银行卡"')))
    assert ">改</text>" in page.text
    assert places_led_to(page) == places_marked(page) != []


def places_led_to(page: TestResponse) -> list[str]:
    return sorted(set(re.findall(r'href="#(at-[^"]+)"', page.text)))


def places_marked(page: TestResponse) -> list[str]:
    return sorted(re.findall(r'<g id="(at-[^"]+)"', page.text))


def test_the_drawing_comes_first_and_the_lists_lead_to_its_marks(analyst: FlaskClient) -> None:
    page = handed_in(analyst, ("handling.bpmn", broken()))
    assert page.text.index('class="studio-frame"') < page.text.index('id="findings"') < page.text.index('id="running"')
    starts = re.search(r'data-starts="([^"]+)"', page.text)
    assert starts and starts[1] in places_led_to(page) and places_led_to(page) == places_marked(page)


HOSTILE = [
    pytest.param("handling.bpmn", b"", id="empty"),
    pytest.param("handling.bpmn", b"\x00\xff\xfe binary", id="binary"),
    pytest.param("handling.bpmn", "<a/>".encode("utf-16"), id="UTF-16"),
    pytest.param("handling.bpmn", b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>', id="an entity"),
    pytest.param("handling.bpmn", b"<a>" * 5000, id="nested deeply"),
    pytest.param("reasons.json", b"[" * 50_000, id="brackets"),
    pytest.param("review.form.json", b'{"components": 3}', id="no form"),
    pytest.param("eligibility.dmn", b"<definitions/>", id="no table"),
    pytest.param("eligibility.dmn", b"<!DOCTYPE d SYSTEM 'http://127.0.0.1:1/x'><d/>", id="a document type"),
    pytest.param("review.form.json", b'{"a":' * 900 + b"1" + b"}" * 900, id="a form nested deeply"),
    pytest.param("terms.md", "条款".encode("gb18030"), id="a text of another encoding"),
    pytest.param("abandoned.yaml", b"a: &a [x]\nb: [*a, *a]", id="aliases"),
    pytest.param("abandoned.yaml", b"[" * 16_000, id="a scenario nested deeply"),
    pytest.param("handling.bpmn", b"<d>" + b"a" * 2_000_000 + b"</d>", id="too large a file"),
    pytest.param("<script>alert(1)</script>.bpmn", b"<x/>", id="a script as a name"),
    pytest.param("notices.json", b'{"a": {"text": "<script>alert(1)</script>"}}', id="a script as a text"),
]


@pytest.mark.parametrize(("name", "data"), HOSTILE)
def test_a_hostile_file_gets_findings_and_breaks_no_page(analyst: FlaskClient, name: str, data: bytes) -> None:
    page = handed_in(analyst, (name, data))
    assert page.status_code == 200 and "还不能发布" in page.text and "怎么改：" in page.text
    assert "<script>alert" not in page.text and "root:" not in page.text


@pytest.mark.parametrize(
    ("files", "said"),
    [
        pytest.param((), "没有选择文件；选择 zip，或选择改过的文件", id="nothing"),
        pytest.param((("b.zip", b"PK\x03\x04 broken"),), "这不是能读取的 zip；把文件夹", id="a broken zip"),
    ],
)
def test_what_cannot_be_taken_is_refused_on_the_same_page(
    analyst: FlaskClient, store: Store, files: tuple[tuple[str, bytes], ...], said: str
) -> None:
    answer = hand_in(analyst, *files)
    assert answer.status_code == 422 and 'aria-invalid="true"' in answer.text and "使用中的版本" in answer.text
    assert said in answer.text
    with store.read() as tx:
        assert tx.scalars(select(Proposal)).all() == []


def test_a_new_business_is_handed_in_as_a_zip_that_names_it(analyst: FlaskClient) -> None:
    answer = hand_in(analyst, ("b.zip", write_archive({"processes/tea/business.json": b"{}"})), business="")
    page = analyst.get(answer.location)
    assert "提案：tea" in page.text and "还不能发布" in page.text
    refused = hand_in(analyst, ("b.zip", write_archive({"processes/tea/a.bpmn": b""})), business="")
    assert refused.status_code == 422 and "无法知道是哪个业务" in refused.text


@pytest.mark.parametrize("note", ["", "a", "长" * 501])
def test_a_version_needs_a_note_and_what_was_typed_stays(analyst: FlaskClient, store: Store, note: str) -> None:
    page = handed_in(analyst, ("business.json", reworded()))
    refused = act(analyst, page, "publish", note=note)
    assert refused.status_code == 422 and "请写明改了什么、为什么" in refused.text and note in refused.text
    assert in_use(store) == bundle(MAIN).hash


@ON_BOTH
def test_a_colleagues_version_between_is_said_and_compared_anew(analyst: FlaskClient, store: Store) -> None:
    mine = handed_in(analyst, ("business.json", reworded()))
    other = handed_in(analyst, ("business.json", changed(RECORD, SUMMARY, "使用提示")))
    assert act(analyst, other, "publish", note="another").status_code == 303
    refused = act(analyst, mine, "publish", note=NOTE)
    assert (
        refused.status_code == 409
        and "同事已经发布了另一个版本" in refused.text
        and NOTE not in analyst.get(f"/studio/{MAIN}").text
    )
    act(analyst, mine, "compare")
    again = analyst.get(mine.request.path)
    assert "使用提示" in again.text and "与第 2 版比较" in again.text
    assert act(analyst, again, "publish", note=NOTE).status_code == 303


@ON_BOTH
def test_publishing_twice_is_publishing_once(analyst: FlaskClient, store: Store) -> None:
    page = handed_in(analyst, ("business.json", reworded()))
    assert act(analyst, page, "publish", note=NOTE).status_code == 303
    again = act(analyst, page, "publish", note=NOTE)
    assert again.status_code == 409 and "已经发布或收起" in again.text
    with store.read() as tx:
        assert len(versions(tx, MAIN, store.clock.now())) == 2


@ON_BOTH
def test_what_is_put_away_is_not_offered_any_more(analyst: FlaskClient, store: Store) -> None:
    page = handed_in(analyst, ("business.json", reworded()))
    assert page.request.path in analyst.get("/studio").text
    act(analyst, page, "discard")
    assert page.request.path not in analyst.get("/studio").text
    assert "已收起" in analyst.get(page.request.path).text
    assert act(analyst, page, "publish", note=NOTE).status_code == 409


@ON_BOTH
def test_a_version_is_taken_back_with_a_note_and_the_one_before_is_in_use(analyst: FlaskClient, store: Store) -> None:
    assert f"/studio/{MAIN}/withdraw" not in analyst.get(f"/studio/{MAIN}").text, "the only version"
    act(analyst, handed_in(analyst, ("business.json", reworded())), "publish", note=NOTE)
    path = f"/studio/{MAIN}/withdraw"
    page = analyst.get(path)
    assert "第 1 版" in page.text
    version = hidden(page, "version")
    assert post(analyst, path, page, version=version, note="").status_code == 422
    assert post(analyst, path, page, version="0" * 64, note="wrong one").status_code == 409
    assert post(analyst, path, page, version=version, note="客户看不懂").status_code == 303
    assert in_use(store) == bundle(MAIN).hash
    told = analyst.get(f"/studio/{MAIN}").text
    assert "已撤回" in told and "客户看不懂" in told
    assert post(analyst, path, page, version=version, note="twice").status_code == 409
