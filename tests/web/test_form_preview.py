"""A form of a draft is shown as its reader would see it: drawn by the real templates, inert, whatever it says."""

from __future__ import annotations

import html

from flask.testing import FlaskClient
from markupsafe import escape

from engine.store import Store
from forms.document import Form, walk
from forms.schema import KNOWN_WIDGETS, TYPES
from tests.web.conftest import MAIN, bundle, post
from tests.web.forms_drawn import CARDS, REVIEW, SCRIPT, document, forms_of, frame
from tests.web.sketching import begun, kept


def test_every_form_of_the_business_is_drawn_with_every_field(analyst: FlaskClient) -> None:
    draft = begun(analyst)
    for path in forms_of(bundle(MAIN)):
        shown = frame(analyst.get(f"{draft}/texts/{path}"))
        asking = [part for part in walk(Form.parse(bundle(MAIN).files[path], path).components) if part.asks]
        labels = [part.label for part in asking if part.widget not in AS_BUTTONS]
        assert [label for label in labels if html.escape(label) not in shown] == [], path


AS_BUTTONS = ("device_choice", "video_choice", "appointment_choice")
"""Fields that the real steps draw as buttons of the page, without their label."""


def test_the_text_in_the_box_is_drawn_and_not_kept(analyst: FlaskClient, store: Store) -> None:
    draft = begun(analyst)
    page = analyst.get(f"{draft}/texts/{REVIEW}")
    text = document({"type": "textfield", "key": "name", "label": "您的别名"})
    drawn = post(analyst, f"{draft}/preview/{REVIEW}", page, seen="1", text=text)
    assert "您的别名" in frame(drawn) and escape(text[:40]) in drawn.text, "what was typed stays in the box"
    assert "提交决定" in frame(drawn), "a desk's form has a desk's button"
    assert kept(store, draft) == (1, dict(bundle(MAIN).files))
    assert analyst.get(f"{draft}/texts/{CARDS}").text.count("<iframe") == 1


def test_a_frame_is_inert(analyst: FlaskClient) -> None:
    page = analyst.get(f"{begun(analyst)}/texts/{CARDS}")
    assert '<iframe class="preview-frame" sandbox="allow-same-origin" ' in page.text, "no scripts, no forms, no windows"
    assert "<form" not in frame(page) and "<script" not in frame(page)
    linked = document({"type": "text", "text": "[看看](https://example.com/x)"})
    drawn = frame(post(analyst, page.request.path.replace("/texts/", "/preview/"), page, seen="1", text=linked))
    assert "看看" in drawn and "example.com" not in drawn and "<a" in drawn


HOSTILE = {
    "a script everywhere": document(
        {"type": "text", "text": SCRIPT, "id": '"><script>'},
        {"type": "radio", "key": '"><script>', "label": SCRIPT, "description": SCRIPT, "id": SCRIPT,
         "values": [{"value": SCRIPT, "label": SCRIPT}], "conditional": {"hide": SCRIPT},
         "validate": {"maxLength": SCRIPT}},
        {"type": "textfield", "key": "a", "properties": {"widget": "fixed", "source": SCRIPT}},
    ),
    "names of Python": document(*({"type": "textfield", "key": "a", "properties": {"widget": one}}
                                  for one in ("_class__", "_init__", "call__", "slot", "named_slot"))),
    "names of our templates": document(*({"type": one, "key": "a"}
                                         for one in ("open", "close", "../layout", "read_mark"))),
    "inside a group": document({"type": "group", "components": [{"type": "html", "content": SCRIPT}, {"type": "x"}]}),
    "every widget without what it needs": document(
        *({"type": "textfield", "properties": {"widget": one}} for one in sorted(KNOWN_WIDGETS)),
        *({"type": one} for one in TYPES),
    ),
    "a list in a list": document({"type": "dynamiclist", "key": "a", "components": [
        {"type": "dynamiclist", "key": "b", "components": [{"type": "select", "key": "c"}]}]}),
    "a file of the machine": document({"type": "checkbox", "key": "a",
                                         "properties": {"widget": "document", "document": "../../../etc/passwd"}}),
    "no form": "[1]", "no JSON": "{", "nothing": "", "deep": "[" * 50_000,
    "long": document(*({"type": "textfield", "key": f"a{n}", "label": "x"} for n in range(249)), {
        "type": "group", "components": [{"type": "textfield", "key": f"b{n}"} for n in range(249)]}),
}  # fmt: skip


def test_a_hostile_form_breaks_no_page_and_runs_nothing(analyst: FlaskClient) -> None:
    page = analyst.get(f"{begun(analyst)}/texts/{CARDS}")
    for what, text in HOSTILE.items():
        drawn = post(analyst, page.request.path.replace("/texts/", "/preview/"), page, seen="1", text=text)
        assert drawn.status_code == 200 and "<script>" not in drawn.text, what
        assert "<script" not in frame(drawn) and "root:" not in drawn.text, what
