"""The canvas of a form: what its editor hands in is brought into the file, looked at, said in the panel, and kept."""

from __future__ import annotations

import json
from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from engine.store import Store
from forms.editing import rows
from tests.unit.test_forms_rejoining import as_the_editor_writes
from tests.web.conftest import MAIN, bundle, token
from tests.web.forms_drawn import CARDS, REVIEW, SCRIPT
from tests.web.sketching import begun, kept

Raw = dict[str, Any]
DEEP = '{"a":' * 5_000 + "1" + "}" * 5_000


class Canvas:
    """What a browser does with the page: opens a form and sends it back, as the editor writes it."""

    def __init__(self, client: FlaskClient, draft: str, form: str = REVIEW) -> None:
        self.client, self.draft, self.form = client, draft, form
        self.given = client.get(f"{draft}/canvas-open/{form}").json or {}
        self.token = token(client, f"{draft}/forms/{form}")
        self.before = as_the_editor_writes(self.given["document"])
        self.after = deepcopy(self.before)

    def part(self, number: int) -> Raw:
        return [part for _, part in rows(self.after)][number]

    def asks(self, what: str, **more: object) -> TestResponse:
        body = {"seen": self.given["seen"], "original": self.given["document"], "before": self.before}
        return self.posts(what, json.dumps({**body, "after": self.after, **more}))

    def posts(self, what: str, body: str) -> TestResponse:
        headers = {"X-CSRFToken": self.token, "Content-Type": "application/json"}
        return self.client.post(f"{self.draft}/{what}/{self.form}", data=body, headers=headers)


def document_of(store: Store, draft: str, form: str = REVIEW) -> Raw:
    return json.loads(kept(store, draft)[1][form])


@pytest.mark.parametrize("form", [REVIEW, CARDS])
def test_a_form_that_was_only_opened_is_not_stored(analyst: FlaskClient, store: Store, form: str) -> None:
    draft = begun(analyst)
    canvas = Canvas(analyst, draft, form)
    assert canvas.asks("canvas-look").status_code == 200
    saved = canvas.asks("canvas")
    assert (saved.status_code, saved.json["seen"]) == (200, 1)
    assert kept(store, draft) == (1, dict(bundle(MAIN).files))


def test_what_was_done_is_looked_at_and_kept_and_nothing_else(analyst: FlaskClient, store: Store) -> None:
    draft = begun(analyst)
    canvas = Canvas(analyst, draft)
    before = document_of(store, draft)
    canvas.part(1)["label"] = "结论是什么"
    looked = canvas.asks("canvas-look").json
    assert "结论是什么" in looked["previewed"] and "结论是什么" in looked["findings"], "its English is missing"
    assert looked["marked"] == [before["components"][1]["id"]]
    assert document_of(store, draft) == before, "looking keeps nothing"
    saved = canvas.asks("canvas")
    assert saved.json["seen"] == 2
    expected = deepcopy(before)
    expected["components"][1]["label"] = "结论是什么"
    assert document_of(store, draft) == expected == saved.json["document"]


def test_new_parts_begin_in_the_language_of_forms(analyst: FlaskClient) -> None:
    draft = begun(analyst)
    analyst.get(f"{draft}?lang=en")
    kinds = Canvas(analyst, draft).given["kinds"]
    assert (
        kinds["photo"]["label"] == "照片" and kinds["text"]["text"] == "说明文字" and "label" not in kinds["separator"]
    )


def test_the_panel_says_what_the_page_of_the_part_says_and_takes_what_is_typed(analyst: FlaskClient) -> None:
    canvas = Canvas(analyst, begun(analyst))
    own = str(canvas.part(1)["id"])
    panel = canvas.asks("canvas-part", part=own).json["panel"]
    assert 'name="label"' in panel and 'name="hide"' in panel and "label.en" not in panel
    assert SCRIPT not in panel
    label, key = str(canvas.part(1)["label"]), str(canvas.part(1)["key"])
    rest = {"key": key, "required": "yes"}
    told = canvas.asks("canvas-part", part=own, given={**rest, "label": SCRIPT, "hide": "x ="}).json
    assert told["changes"]["label"] == SCRIPT and told["wrong"]["hide"]
    told = canvas.asks("canvas-part", part=own, given={**rest, "label": label, "key": "two words"}).json
    assert told["changes"] == {} and "key" in told["wrong"]
    assert canvas.asks("canvas-part", part="nobody").json == {"panel": ""}


def test_hostile_words_are_shown_as_they_are(analyst: FlaskClient) -> None:
    canvas = Canvas(analyst, begun(analyst))
    canvas.part(1)["label"] = SCRIPT
    assert "<script>alert" not in canvas.asks("canvas-look").json["findings"]
    assert "<script>alert" not in canvas.asks("canvas-part", part=canvas.part(1)["id"]).json["panel"]


def test_two_people_are_told_apart_and_ones_own_is_kept_beside_it(
    analyst: FlaskClient, colleague: FlaskClient, store: Store
) -> None:
    draft = begun(analyst)
    mine, theirs = Canvas(analyst, draft), Canvas(colleague, draft)
    mine.part(1)["label"], theirs.part(1)["label"] = "甲的", "乙的"
    assert mine.asks("canvas").status_code == 200
    late = theirs.asks("canvas")
    assert late.status_code == 409 and late.json["meanwhile"] and "ana（样本）" in late.json["said"]
    assert "甲的" in str(document_of(store, draft))
    forked = theirs.asks("canvas-fork")
    assert forked.status_code == 201 and "乙的" in colleague.get(forked.json["address"]).text
    assert "甲的" in str(document_of(store, draft))


def test_an_id_that_is_no_text_is_no_accident(analyst: FlaskClient) -> None:
    canvas = Canvas(analyst, begun(analyst))
    canvas.after["components"].append({"type": "number", "key": ["a"], "label": "x", "id": {"a": 1}})
    assert canvas.asks("canvas-look").status_code == 200
    assert canvas.asks("canvas-part", part="{'a': 1}").status_code == 200


def nothing(canvas: Canvas) -> str:
    return "not json"


def of_another_form(canvas: Canvas) -> str:
    return json.dumps({"seen": 1, "before": {"components": []}, "after": canvas.after})


def deep(canvas: Canvas) -> str:
    return json.dumps({"seen": 1, "before": canvas.before})[:-1] + f', "after": {DEEP}}}'


def too_many(canvas: Canvas) -> str:
    parts = [{"type": "text", "text": "x", "id": f"t{number}"} for number in range(251)]
    return json.dumps({"seen": 1, "before": canvas.before, "after": {**canvas.after, "components": parts}})


def no_objects(canvas: Canvas) -> str:
    return json.dumps({"seen": [], "before": 7, "after": {"components": [1]}})


@pytest.mark.parametrize("body", [nothing, of_another_form, deep, too_many, no_objects])
@pytest.mark.parametrize("what", ["canvas", "canvas-look", "canvas-part", "canvas-fork"])
def test_what_is_no_form_of_this_draft_is_refused_in_words(
    analyst: FlaskClient, store: Store, what: str, body: Callable[[Canvas], str]
) -> None:
    draft = begun(analyst)
    canvas = Canvas(analyst, draft)
    refused = canvas.posts(what, body(canvas))
    assert refused.status_code == 422 and refused.json["said"]
    assert kept(store, draft)[0] == 1


def test_a_body_that_is_too_long_is_not_read(analyst: FlaskClient) -> None:
    canvas = Canvas(analyst, begun(analyst))
    assert canvas.posts("canvas", " " * (5 << 20)).status_code == 413
