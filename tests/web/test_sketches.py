"""Drafts: saved as they go, by whom and when; two people's work is told apart; handed in as a proposal."""

from __future__ import annotations

import json

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from engine import sketches
from engine.actors import Actor
from engine.errors import NotYours
from engine.store import Store
from engine.tables import AuditRow, Sketch
from tests.web.conftest import EXTRA, MAIN, ON_BOTH, bundle, employ, hidden, post, sign_in_staff
from tests.web.sketching import SIGNING, begun, kept, renamed, save, send, text_of
from tests.web.studio import NOTE, act, handed_in, reworded


@ON_BOTH
def test_a_diagram_is_changed_saved_handed_in_and_its_change_is_told(analyst: FlaskClient, store: Store) -> None:
    draft = begun(analyst)
    assert save(analyst, draft, renamed()).json == {"seen": 2, "findings": answer_findings(analyst, draft, renamed())}
    assert "ana（样本）" in analyst.get(f"/studio/{MAIN}").text
    handed = act(analyst, analyst.get(draft), "hand-in", seen="2")
    page = analyst.get(handed.location).text
    assert handed.status_code == 303 and "请签署" in page
    assert analyst.get(draft).status_code == 404, "what was handed in is a proposal now"
    with store.read() as tx:
        done = set(tx.scalars(select(AuditRow.action).where(AuditRow.actor.like("staff:%"))))
    assert {"sketch.begin", "propose"} <= done


def answer_findings(client: FlaskClient, draft: str, xml: str) -> object:
    answer = send(client, f"{draft}/lint/{SIGNING}", {"xml": xml})
    assert answer.status_code == 200
    return answer.json["findings"]  # type: ignore[index]


def test_opening_and_saving_changes_no_byte(analyst: FlaskClient, store: Store) -> None:
    draft = begun(analyst)
    opened = analyst.get(f"{draft}/open/{SIGNING}").json
    assert opened and opened["seen"] == 1 and opened["findings"] == []
    assert save(analyst, draft, opened["xml"].replace("  ", "    ")).status_code == 200
    assert kept(store, draft) == (2, dict(bundle(MAIN).files))


def test_a_second_person_is_told_and_overwrites_nothing(
    analyst: FlaskClient, colleague: FlaskClient, store: Store
) -> None:
    draft = begun(analyst)
    assert save(analyst, draft, renamed("甲")).status_code == 200
    late = save(colleague, draft, renamed("乙"))
    assert late.status_code == 409 and late.json and late.json["meanwhile"] is True
    assert "ana（样本）" in late.json["said"] and "2026-11-24 09:54" in late.json["said"]
    assert "甲" in kept(store, draft)[1][SIGNING].decode()
    assert save(colleague, draft, renamed("乙"), seen=2).status_code == 200, "the control: who has seen it may"


def test_what_came_too_late_is_kept_as_a_second_draft(
    analyst: FlaskClient, colleague: FlaskClient, store: Store
) -> None:
    draft = begun(analyst)
    save(analyst, draft, renamed("甲"))
    made = send(colleague, f"{draft}/fork/{SIGNING}", {"xml": renamed("乙")})
    assert made.status_code == 201 and made.json
    other = made.json["address"].split("/diagrams/")[0]
    assert other != draft and "乙" in kept(store, other)[1][SIGNING].decode()
    assert "甲" in kept(store, draft)[1][SIGNING].decode()
    assert "bob（样本）" in colleague.get(other).text


@pytest.mark.parametrize("deed", ["hand-in", "discard"])
def test_a_draft_is_not_closed_over_what_a_colleague_saved(
    analyst: FlaskClient, colleague: FlaskClient, store: Store, deed: str
) -> None:
    draft = begun(analyst)
    page = analyst.get(draft)
    save(colleague, draft, renamed("乙"))
    refused = act(analyst, page, deed, seen="1")
    assert refused.status_code == 409 and "bob（样本）" in refused.text and kept(store, draft)[0] == 2
    assert act(analyst, page, deed, seen="2").status_code == 303
    assert analyst.get(draft).status_code == 404


def test_a_colleagues_version_between_is_said_and_compared_anew(analyst: FlaskClient) -> None:
    draft = begun(analyst)
    act(analyst, handed_in(analyst, ("business.json", reworded())), "publish", note=NOTE)
    assert "同事已经发布了另一个版本" in analyst.get(draft).text
    save(analyst, draft, renamed("已签署"))
    proposal = analyst.get(act(analyst, analyst.get(draft), "hand-in", seen="2").location).text
    assert "与现在的版本重新比较" in proposal


def test_a_proposal_is_gone_on_with_in_the_browser(analyst: FlaskClient, store: Store) -> None:
    page = handed_in(analyst, ("business.json", reworded()))
    draft = str(act(analyst, page, "draft").location)
    assert kept(store, draft)[1][f"processes/{MAIN}/business.json"] == reworded()
    assert analyst.get(page.request.path).status_code == 200


def test_there_is_an_end_to_drafts(analyst: FlaskClient, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sketches, "MOST", 2)
    assert begun(analyst).startswith("/studio/drafts/") and begun(analyst).startswith("/studio/drafts/")
    assert begun(analyst) == f"/studio/{MAIN}" and "已有 2 份草稿" in analyst.get(f"/studio/{MAIN}").text
    assert begun(analyst, EXTRA).startswith("/studio/drafts/"), "of another business"


def test_only_analysts_draw(store: Store) -> None:
    with pytest.raises(NotYours):
        sketches.begin(store, MAIN, {}, Actor("staff", "x", "x", frozenset({"reviewer"})), base=None)


def test_nobody_else_reads_a_draft(app: Flask, analyst: FlaskClient, store: Store) -> None:
    draft = begun(analyst)
    employ(store, "other", {"reviewer", "supervisor", "administrator", "operator"})
    client = app.test_client()
    sign_in_staff(client, "other")
    for path in (draft, f"{draft}/diagrams/{SIGNING}", f"{draft}/open/{SIGNING}", f"{draft}/files.zip"):
        assert client.get(path).status_code == 403 and analyst.get(path).status_code == 200, path
    assert save(client, draft, renamed()).status_code == 403
    assert kept(store, draft)[0] == 1


def test_only_its_own_diagrams_are_opened(analyst: FlaskClient) -> None:
    draft = begun(analyst)
    for file in ("x.bpmn", "../../etc/passwd", f"processes/{MAIN}/business.json", f"processes/{MAIN}/eligibility.dmn"):
        assert analyst.get(f"{draft}/open/{file}").status_code == 404, file
        assert save(analyst, draft, renamed(), file=file).status_code == 404, file
    assert analyst.get("/studio/drafts/none").status_code == 404


HOSTILE = {
    "a document type": '<!DOCTYPE x [<!ENTITY a "a">]>' + text_of(),
    "an outer entity": '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>',
    "no XML": "<bpmn:definitions",
    "nothing": "",
    "too large": "<x>" + "y" * (1024 * 1024) + "</x>",
    "too deep": "<x>" * 5000 + "</x>" * 5000,
    "too many": "<x>" + "<y/>" * 50_000 + "</x>",
    "half a character": "\ud800",
}


def test_a_hostile_diagram_is_refused_in_words_and_changes_nothing(analyst: FlaskClient, store: Store) -> None:
    draft = begun(analyst)
    for what, xml in HOSTILE.items():
        body = json.dumps({"xml": xml, "seen": 1}).encode()
        for deed in ("diagrams", "fork"):
            answer = send(analyst, f"{draft}/{deed}/{SIGNING}", body)
            assert answer.status_code == 422 and answer.json and len(answer.json["said"]) > 5, (what, deed)
        assert send(analyst, f"{draft}/lint/{SIGNING}", body).status_code in (200, 422), what
    assert kept(store, draft) == (1, dict(bundle(MAIN).files))


BROKEN = (b"", b"{", b"[]", b"null", b'{"xml": 1}', b'{"seen": 1}', b"[" * 100_000, b'{"xml": "<a/>", "seen": 1e999}')


def test_what_is_no_message_of_the_editor_is_refused_in_words(analyst: FlaskClient) -> None:
    draft = begun(analyst)
    for body in BROKEN:
        answer = send(analyst, f"{draft}/diagrams/{SIGNING}", body)
        assert answer.status_code == 422 and answer.json and "没有保存" in answer.json["said"], body[:20]


def test_a_body_beyond_all_measure_is_not_read_to_its_end(analyst: FlaskClient) -> None:
    assert send(analyst, f"{begun(analyst)}/diagrams/{SIGNING}", b" " * (3 * 1024 * 1024 + 1)).status_code == 413


def test_what_the_editor_lost_is_not_saved(analyst: FlaskClient, store: Store) -> None:
    draft = begun(analyst)
    strange = '<spiffworkflow:property name="unheard" value="of" />'
    line = '<spiffworkflow:property name="status" value="待签署" />'
    assert save(analyst, draft, text_of().replace(line, strange + line)).status_code == 200
    refused = save(analyst, draft, text_of(), seen=2)
    assert refused.status_code == 422 and refused.json and "sign_agreements: property unheard" in refused.json["said"]
    assert b"unheard" in kept(store, draft)[1][SIGNING]
    assert save(analyst, draft, text_of().replace(line, strange), seen=2).status_code == 200, (
        "what the panel shows may go"
    )


def test_findings_name_their_element(analyst: FlaskClient) -> None:
    draft = begun(analyst)
    found = answer_findings(
        analyst, draft, text_of().replace('value="shared/sign_agreements"', 'value="shared/nothing"')
    )
    assert ("sign_agreements", SIGNING) in {(one["element"], one["file"]) for one in found}  # type: ignore[attr-defined]


def test_the_editor_is_offered_what_the_business_has(analyst: FlaskClient) -> None:
    panel = analyst.get(f"{begun(analyst)}/open/{SIGNING}").json["panel"]  # type: ignore[index]
    facts = {one["name"]: one["kind"] for one in panel["facts"]}
    assert facts["back"] == "boolean" and facts["photos.verdict"] == "text" and "settings.idle_limit" in facts
    assert "shared/sign_agreements" in {one["value"] for one in panel["lists"]["forms"]}
    assert {"name": "photo.check", "params": ["slots"]}.items() <= next(
        one for one in panel["services"] if one["name"] == "photo.check"
    ).items()


def test_the_table_says_the_diagram_in_words(analyst: FlaskClient) -> None:
    draft = begun(analyst)
    page = analyst.get(f"{draft}/diagrams/{SIGNING}").text
    assert "<h1>签署协议" in page
    table = page[page.index('id="diagram-table"') :]
    at = [table.index(f'id="row-{one}"') for one in ("signing_start", "sign_agreements", "sign_agreements_back")]
    assert at == sorted(at)
    assert "shared/sign_agreements" in table and "<code>back</code>" in table and "投资者" in table
    assert f'href="{draft}/forms/forms/shared/sign_agreements.form.json">shared/sign_agreements</a>' in table


def test_a_draft_is_begun_of_a_business_alone(analyst: FlaskClient, store: Store) -> None:
    assert post(analyst, "/studio/nothing/drafts").status_code == 404
    with store.read() as tx:
        assert list(tx.scalars(select(Sketch))) == []


def test_a_form_is_changed_as_text_and_what_is_wrong_is_said_beside_it(analyst: FlaskClient, store: Store) -> None:
    draft, form = begun(analyst), "forms/shared/sign_agreements.form.json"
    page = analyst.get(f"{draft}/texts/{form}")
    assert "这份文件没有发现问题" in page.text
    text = bundle(MAIN).files[form].decode()
    same = post(analyst, page.request.path, page, seen="1", text=text.rstrip("\n").replace("\n", "\r\n"))
    assert same.status_code == 303 and kept(store, draft) == (2, dict(bundle(MAIN).files))
    post(analyst, page.request.path, page, seen="2", text="{")
    assert kept(store, draft)[1][form] == b"{\n" and "这份文件没有发现问题" not in analyst.get(page.request.path).text
    late = post(analyst, page.request.path, page, seen="2", text="mine</textarea>")
    assert late.status_code == 409 and "mine&lt;/textarea&gt;" in late.text and kept(store, draft)[0] == 3
    assert post(analyst, page.request.path, late, seen=hidden(late, "seen"), text="mine").status_code == 409
    big = post(analyst, page.request.path, page, seen="3", text="字" * (400 * 1024))
    assert big.status_code in (413, 422) and kept(store, draft)[0] == 3
    assert analyst.get(f"{draft}/texts/{SIGNING}").status_code == 404
