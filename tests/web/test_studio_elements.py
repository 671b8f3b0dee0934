"""A diagram is changed without a canvas: a step and a flow as forms, by the same writer and with the same warnings."""

from __future__ import annotations

from flask import Flask
from flask.testing import FlaskClient

from engine import sketches
from engine.actors import Actor
from engine.sketches import Seen
from engine.store import Store
from engine.tables import Sketch
from tests.web.conftest import MAIN, bundle, employ, sign_in_staff
from tests.web.sheets import press, put
from tests.web.sketching import SIGNING, begun, kept, save

HANDLING = f"processes/{MAIN}/handling.bpmn"
FLOW = "sign_agreements_back__signing_left"


def test_every_kind_of_element_has_its_form_and_saved_unchanged_keeps_every_byte(
    analyst: FlaskClient, store: Store
) -> None:
    draft = begun(analyst)
    kinds = {one.kind: (one.id, one.file) for one in bundle(MAIN).drawing.elements.values()}
    assert len(kinds) >= 8
    for own, file in (*kinds.values(), (FLOW, SIGNING)):
        page = analyst.get(f"{draft}/elements/{own}/{file}")
        assert page.status_code == 200 and press(analyst, page, "").status_code == 303, own
    assert kept(store, draft) == (len(kinds) + 2, dict(bundle(MAIN).files))


def test_a_step_and_a_condition_are_changed_from_the_table(analyst: FlaskClient, store: Store) -> None:
    draft = begun(analyst)
    table = analyst.get(f"{draft}/diagrams/{SIGNING}").text
    step, flow = (f"{draft}/elements/{own}/{SIGNING}" for own in ("sign_agreements", FLOW))
    assert f'href="{step}"' in table and f'href="{flow}"' in table
    press(analyst, analyst.get(step), "", put("name", "请您签署"), put("property-due", "P1D"))
    press(analyst, analyst.get(flow), "", put("condition", "back and not(todo.sign_agreement)"))
    text = kept(store, draft)[1][SIGNING].decode()
    for said in ('name="请您签署"', 'name="due" value="P1D"', ">back and not(todo.sign_agreement)<"):
        assert said in text
    again = analyst.get(flow).text
    assert again.count("是不是 todo.sign_agreements") >= 1, "said beside the field"
    assert "back and not(todo.sign_agreement)" in analyst.get(f"{draft}/diagrams/{SIGNING}").text


def test_what_an_element_calls_is_changed_too(analyst: FlaskClient, store: Store) -> None:
    draft = begun(analyst)
    photos, shell = "processes/shared/photos.bpmn", f"processes/{MAIN}/process.bpmn"
    service = f"{draft}/elements/look_at_uploads/{photos}"
    press(analyst, analyst.get(service), "", put("parameter-slots", "uploads"))
    page = analyst.get(service)
    assert "photo.look" in page.text and ">\nuploads</textarea>" in page.text
    press(analyst, page, "", put("service", "photo.read"))
    assert 'id="photo.read" resultVariable="look_at_uploads_result"' in kept(store, draft)[1][photos].decode()
    called = press(analyst, analyst.get(f"{draft}/elements/handling/{shell}"), "", put("called", ""))
    assert called.status_code == 303 and "calledElement" not in kept(store, draft)[1][shell].decode()


def test_a_desks_step_is_given_to_another_role(analyst: FlaskClient, store: Store) -> None:
    draft = begun(analyst)
    press(analyst, analyst.get(f"{draft}/elements/review/{HANDLING}"), "", put("role", "investor"))
    page = analyst.get(f"{draft}/diagrams/{HANDLING}").text
    row = page[page.index('id="row-review"') :]
    assert "投资者" in row[: row.index("</tr>")]


def test_who_was_overtaken_is_told_and_keeps_what_he_typed(app: Flask, analyst: FlaskClient, store: Store) -> None:
    employ(store, "bob", {"analyst"})
    colleague = app.test_client()
    sign_in_staff(colleague, "bob")
    draft = begun(analyst)
    page = colleague.get(f"{draft}/elements/sign_agreements/{SIGNING}")
    press(analyst, analyst.get(page.request.path), "", put("name", "甲"))
    told = press(colleague, page, "", put("name", "乙"))
    assert told.status_code == 409 and "ana（样本）" in told.text and 'value="乙"' in told.text
    assert press(colleague, told, "").status_code == 409 and 'name="甲"' in kept(store, draft)[1][SIGNING].decode()


HOSTILE = "</textarea><script>alert(1)</script>\x01\x0b]]>&<!--'\"><b>" + "字" * 3000


def test_what_is_typed_is_text_whatever_it_is(analyst: FlaskClient, store: Store) -> None:
    draft = begun(analyst)
    for own, keys in (("sign_agreements", ("name", "property-form", "property-due")), (FLOW, ("condition",))):
        address = f"{draft}/elements/{own}/{SIGNING}"
        typed = [put(key, HOSTILE) for key in keys]
        assert press(analyst, analyst.get(address), "", *typed).status_code == 303, own
        page = analyst.get(address)
        assert page.status_code == 200 and "<script>alert" not in page.text and "<b>" not in page.text, own
        assert "alert(1)" in kept(store, draft)[1][SIGNING].decode()


def test_a_file_with_comments_is_left_to_a_text_editor(analyst: FlaskClient, store: Store) -> None:
    """The editor on the canvas drops comments before it saves; here they would go unseen."""
    draft = begun(analyst)
    remarked = bundle(MAIN).files[SIGNING].replace(b"<bpmn:process ", b"<!-- why -->\n  <bpmn:process ", 1)
    with store.read() as tx:
        row = tx.get_one(Sketch, draft.rsplit("/", 1)[1])
        who = Actor("staff", row.by, row.by, frozenset({"analyst"}))
    sketches.save(store, Seen(row.id, 1), {SIGNING: remarked}, who)
    page = analyst.get(f"{draft}/elements/sign_agreements/{SIGNING}")
    told = press(analyst, page, "", put("name", "乙"))
    assert told.status_code == 422 and "注释" in told.text and 'value="乙"' in told.text
    assert kept(store, draft)[1][SIGNING] == remarked


def test_only_elements_of_diagrams_that_can_be_read_are_opened(analyst: FlaskClient) -> None:
    draft = begun(analyst)
    for path in (f"nothing/{SIGNING}", f"investor/{SIGNING}", "x/x.bpmn", f"x/processes/{MAIN}/eligibility.dmn"):
        assert analyst.get(f"{draft}/elements/{path}").status_code == 404, path
    save(analyst, draft, "<x/>")
    assert analyst.get(f"{draft}/elements/sign_agreements/{SIGNING}").status_code == 404
