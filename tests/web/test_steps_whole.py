# ruff: noqa: F811 - the fixtures of the investor's line are shared by import
"""One intention, one unit: what comes with a step is stored with it or not at all, once, and never by looking."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from engine.accounts import file_photo
from engine.cases import Advanced, Completion, complete
from engine.store import Store
from engine.tables import Challenge, Consent, Job, Photo, Signature
from tests.web.conftest import MAIN, WANG, KeptSms, post, sign_in
from tests.web.line import NEW_CARD, SLOTS, Browser, Line, jpeg
from tests.web.refusals import rows
from tests.web.test_steps_line import app, at_signing, browser, line  # noqa: F401
from webapp.steps import submitting

Way = Callable[..., Advanced]


def in_two_units(store: Store, completion: Completion, also: Any) -> Advanced:
    """The control: what comes with the step is written first, in a unit of its own."""
    with store.write() as tx:
        also(tx)
    return complete(store, completion)


def beaten(monkeypatch: pytest.MonkeyPatch, way: Way) -> None:
    """Another tab completes the step between the page's checks and the engine's."""

    def late(store: Store, completion: Completion, also: Any) -> Advanced:
        facts = dict.fromkeys(completion.facts, False)
        complete(store, Completion(completion.task_id, completion.actor, "f" * 32, facts=facts))
        return way(store, completion, also)

    monkeypatch.setattr(submitting, "complete", late)


def consents(store: Store) -> list[str]:
    with store.read() as tx:
        return [row.document for row in tx.scalars(select(Consent)) if row.case_id]


def used(store: Store, purpose: str) -> list[bool]:
    with store.read() as tx:
        return [row.used_at is not None for row in tx.scalars(select(Challenge).where(Challenge.purpose == purpose))]


def signatures(store: Store) -> int:
    with store.read() as tx:
        return len(list(tx.scalars(select(Signature))))


def sign(line: Line) -> TestResponse:
    page = line.page()
    ticks = re.findall(r'name="agreements" value="([^"]+)"', page.text)
    return line.post(page=page, agreements=ticks, **line.proof("sign", "agreements"))


@pytest.mark.parametrize(("way", "left"), [(complete, []), (in_two_units, ["identity"])], ids=["one unit", "control"])
def test_a_refused_step_leaves_no_consent(
    line: Line, store: Store, monkeypatch: pytest.MonkeyPatch, way: Way, left: list[str]
) -> None:
    line.upload(*SLOTS)
    beaten(monkeypatch, way)
    assert line.post(identity_consent="yes").status_code == 303
    assert consents(store) == left


@pytest.mark.parametrize(("way", "left"), [(complete, 0), (in_two_units, 1)], ids=["one unit", "control"])
def test_a_refused_signature_leaves_neither_row_nor_used_challenge(
    line: Line, store: Store, monkeypatch: pytest.MonkeyPatch, way: Way, left: int
) -> None:
    at_signing(line)
    beaten(monkeypatch, way)
    assert sign(line).status_code == 303
    assert signatures(store) == left and used(store, "sign") == [bool(left)]


@pytest.mark.parametrize(("way", "left"), [(complete, False), (in_two_units, True)], ids=["one unit", "control"])
def test_a_refused_detection_leaves_its_challenge_unused(
    line: Line, store: Store, monkeypatch: pytest.MonkeyPatch, way: Way, left: bool
) -> None:
    line.photos()
    line.basic_data()
    line.bank_cards()
    beaten(monkeypatch, way)
    line.certificate()
    assert used(store, "detect") == [left]


def test_an_accepted_detection_uses_its_challenge_up(line: Line, store: Store) -> None:
    at_signing(line)
    assert used(store, "detect") == [True]


def test_a_certificate_that_is_revoked_meanwhile_is_told_and_nothing_is_stored(
    line: Line, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Detection is judged again inside the unit that accepts the step."""
    line.photos()
    line.basic_data()
    line.bank_cards()

    def late(store: Store, completion: Completion, also: Any) -> Advanced:
        with store.write() as tx:
            challenge = tx.scalars(select(Challenge).where(Challenge.purpose == "detect")).one()
            challenge.used_at = store.clock.now()
        return complete(store, completion, also)

    monkeypatch.setattr(submitting, "complete", late)
    answer = line.post(**line.proof("detect", "certificate"))
    assert answer.status_code == 422 and "证书检测的结果已失效" in answer.text
    assert "<h1>证书检测</h1>" in line.page().text


def twice(way: Way) -> Way:
    """The same submission comes again after it was accepted."""
    return lambda *args: (way(*args), way(*args))[1]


@pytest.mark.parametrize(("way", "left"), [(complete, 1), (in_two_units, 2)], ids=["one unit", "control"])
def test_a_replayed_step_writes_its_consent_once(
    line: Line, store: Store, monkeypatch: pytest.MonkeyPatch, way: Way, left: int
) -> None:
    line.upload(*SLOTS)
    monkeypatch.setattr(submitting, "complete", twice(way))
    assert line.post(identity_consent="yes").status_code == 303
    assert consents(store) == ["identity"] * left


def test_a_replayed_signature_is_answered_alike_and_stored_once(
    line: Line, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_signing(line)
    monkeypatch.setattr(submitting, "complete", twice(complete))
    assert sign(line).status_code == 303
    assert signatures(store) == 1 and used(store, "sign") == [True]


def test_a_form_that_is_refused_uses_nothing_up(line: Line, store: Store) -> None:
    at_signing(line)
    line.post(**line.proof("sign", "agreements"))  # nothing ticked
    assert used(store, "sign") == [False] and signatures(store) == 0


# -- photographs on file (S16) --


@pytest.fixture
def on_file(app: Flask, store: Store) -> None:
    with store.write() as tx:
        for slot in SLOTS:
            file_photo(tx, store.vault, store.clock.now(), WANG.id, slot, jpeg())


@pytest.fixture
def opened(on_file: None, app: Flask, client: FlaskClient, store: Store, sms: KeptSms, browser: Browser) -> Line:
    sign_in(app, client, sms)
    return Line(app, client, store, browser)


def test_photographs_on_file_are_shown_at_once(opened: Line, store: Store) -> None:
    page = opened.page().text
    assert page.count("正在切边和摆正…") == 3 and "未上传" not in page
    opened.work()
    assert opened.page().text.count("✓ 可以使用") == 3
    assert opened.post(identity_consent="yes").status_code == 303


def test_a_case_that_is_opened_from_my_business_has_them_too(
    on_file: None, app: Flask, client: FlaskClient, store: Store, sms: KeptSms
) -> None:
    sign_in(app, client, sms, path="/sign-in")
    for _ in range(2):  # the opening is used again, and adopts nothing twice
        assert post(client, f"/my/start/{MAIN}", client.get("/my")).status_code == 303
    with store.read() as tx:
        assert sorted(row.slot for row in tx.scalars(select(Photo))) == sorted(SLOTS)
        assert [job.service for job in tx.scalars(select(Job))] == ["photo.process"] * 3


def test_looking_at_a_step_changes_no_row(opened: Line, store: Store) -> None:
    before = rows(store, {"sessions"})
    for _ in range(2):
        assert opened.page().status_code == 200
        opened.client.get(f"/cases/{opened.case_id}", follow_redirects=True)
    assert rows(store, {"sessions"}) == before
    opened.post(identity_consent="yes")
    assert rows(store, {"sessions"}) != before  # the control: what is written would be seen


def test_a_replaced_photograph_stays_replaced(opened: Line, store: Store) -> None:
    opened.upload("id_portrait")
    opened.page()
    with store.read() as tx:
        newest = select(Photo).where(Photo.slot == "id_portrait", Photo.by == WANG.id)
        assert len(list(tx.scalars(newest))) == 1
        assert len(list(tx.scalars(select(Photo)))) == 4


def test_the_card_that_was_applied_for_is_the_one_that_was_signed(line: Line, store: Store) -> None:
    from engine.cases.signed import signed_answers
    from webapp.house import bundle_of
    from workers.card_list import submitted_cards

    line.to_review()
    with line.app.app_context(), store.read() as tx:
        signed = signed_answers(tx, store.vault, bundle_of(line.case), line.case_id, "sign_agreements")
    applied = submitted_cards(store, line.case_id)
    given = signed["bank_cards"]["cards"]
    assert [(card.bank, card.outlet, card.number) for card in applied.added] == [
        (row["bank"], row["outlet"], row["number"]) for row in given["added"]
    ]
    assert applied.added[0].number == NEW_CARD["cards.1.number"] and list(applied.removed) == given["removed"]
