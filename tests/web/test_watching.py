# ruff: noqa: F811 - the fixtures of the investor's line are shared by import
"""A recording without a claim: the supervisor of the branch watches it with a reason, and nobody else does."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import delete, select
from werkzeug.test import TestResponse

from engine import audit, comments
from engine.recording_term import DELETE
from engine.store import Store
from engine.tables import AuditRow, CallChunk, Recording
from tests.film import length
from tests.web.conftest import ON_BOTH, HandClock, employ, post, sign_in_staff
from tests.web.filmed import Talk, played
from tests.web.test_desk import somebody
from tests.web.test_playback import filmed  # noqa: F401
from tests.web.test_recorded_calls import at_video, line, talk, verifier  # noqa: F401
from tests.web.test_steps_line import app, browser  # noqa: F401

REASON = "投诉 0417 号，核对通话内容"


@pytest.fixture
def chief(filmed: Talk, app: Flask, store: Store) -> FlaskClient:
    return somebody(app, store, "chief", roles="supervisor")


def opens(member: FlaskClient, talk: Talk, reason: str = REASON) -> TestResponse:
    return post(member, f"/desk/supervise/calls/{talk.call.id}", member.get("/staff/sign-in"), reason=reason)


def rows(store: Store, talk: Talk) -> list[AuditRow]:
    with store.read() as tx:
        chain = audit.case_chain(talk.line.case_id)
        assert audit.verify(tx, store.vault, chain) is None
        return list(tx.scalars(select(AuditRow).where(AuditRow.chain == chain, AuditRow.action == "watch")))


@ON_BOTH
def test_a_supervisor_gives_a_reason_and_watches(chief: FlaskClient, filmed: Talk, store: Store) -> None:
    address = f"/desk/supervise/calls/{filmed.call.id}"
    assert f'href="{address}"' in chief.get("/desk/supervise/calls").text
    assert chief.get(f"/desk/calls/{filmed.call.id}").location == address
    assert "写明原因后可以观看一小时" in chief.get(address).text and rows(store, filmed) == []
    page = chief.get(opens(chief, filmed).location)
    assert "✓ 录像完整" in page.text and "chief（样本）" in page.text
    film = page.text.partition('src="/desk/calls/')[2].partition('"')[0]
    assert length(chief.get(f"/desk/calls/{film}").data) == pytest.approx(5, abs=0.3)
    [row] = rows(store, filmed)
    with store.read() as tx:
        said = comments.of_case(tx, store.vault, filmed.line.case_id)[-1]
    assert (said.text, said.why, row.actor) == (REASON, "watch", f"staff:{said.by}")
    assert json.loads(row.body).keys() == {"call", "comment"}, "the reason itself lies sealed"
    assert "观看录像的原因" in filmed.member.get(filmed.path).text


def test_without_a_reason_nothing_is_opened(chief: FlaskClient, filmed: Talk, store: Store) -> None:
    for reason in ("", " ", "x", "长" * 201):
        answer = opens(chief, filmed, reason)
        assert answer.status_code == 422 and "请写明原因" in answer.text, reason
    assert rows(store, filmed) == [] and chief.get(f"/desk/calls/{filmed.call.id}/film").status_code == 404


WHO = [
    ({"supervisor"}, "east", True),
    ({"supervisor"}, "west", False),
    ({"reviewer", "verifier"}, "east", False),
    ({"operator"}, "east", False),
    ({"analyst", "administrator"}, "east", False),
]


def test_who_may_watch_without_a_claim(app: Flask, store: Store, chief: FlaskClient, filmed: Talk) -> None:
    """The last three have no claim; the page of a supervisor is opened with his own ticket, and with nobody else's."""
    stolen = opens(chief, filmed).location
    for number, (roles, branch, may) in enumerate(WHO):
        employ(store, f"other{number}", roles, branch)
        other = app.test_client()
        sign_in_staff(other, f"other{number}")
        supervises = "supervisor" in roles
        assert other.get(stolen).status_code == (303 if may else 404), roles
        mine = opens(other, filmed)
        assert mine.status_code == (303 if may else 404 if supervises else 403), roles
        assert other.get(mine.location or stolen).status_code == (200 if may else 404), roles
        listed = other.get("/desk/supervise/calls")
        assert (filmed.call.id in listed.text) is may and listed.status_code == (200 if supervises else 403), roles


def test_what_was_opened_closes_after_an_hour(chief: FlaskClient, filmed: Talk, clock: HandClock, store: Store) -> None:
    page = opens(chief, filmed).location
    assert chief.get(page).status_code == chief.get(page).status_code == 200 and len(rows(store, filmed)) == 1
    clock.moment += timedelta(hours=1, seconds=1)
    sign_in_staff(chief, "chief")
    assert chief.get(page).location == f"/desk/supervise/calls/{filmed.call.id}"


def test_a_recording_whose_term_is_over_says_so_to_everybody(chief: FlaskClient, filmed: Talk, store: Store) -> None:
    with store.write() as tx:
        for table in (CallChunk, Recording):
            tx.execute(delete(table))
        chain = audit.case_chain(filmed.line.case_id)
        audit.record(tx, store.vault, chain, "system:system", DELETE, {"recordings": 1, "files": 2}, store.clock.now())
    assert "到期销毁" in chief.get("/desk/supervise/calls").text
    assert "到期销毁" in chief.get(opens(chief, filmed).location).text
    assert "到期销毁" in played(filmed.member, filmed.call)[0].text and "录像不完整" not in page(filmed)


def page(talk: Talk) -> str:
    return talk.member.get(talk.path).text
