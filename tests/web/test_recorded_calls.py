# ruff: noqa: F811 - the fixtures of the investor's line are shared by import
"""What is kept of a call while it goes on: nothing without consent, each chunk once, ticks with their time."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from engine import call_timeline, recordings
from engine.claims import CALL_LEASE
from engine.store import Store
from engine.tables import AuditRow, CallChunk, Job, Task
from tests.film import chunks, webm
from tests.web.conftest import ON_BOTH, HandClock
from tests.web.filmed import KINDS, Talk, digest
from tests.web.line import Line, demonstrating
from tests.web.test_desk import claim, decide, somebody
from tests.web.test_roads_certificate import all_well, at_video, line, queued  # noqa: F401
from tests.web.test_steps_line import app, browser  # noqa: F401


@pytest.fixture
def verifier(app: Flask, store: Store) -> FlaskClient:
    return somebody(app, store, "sun", roles="verifier")


@pytest.fixture
def talk(at_video: Line, verifier: FlaskClient, store: Store) -> Talk:
    """In an installation that is no demonstration."""
    at_video.queues()
    return Talk(at_video, verifier, claim(verifier, store))


def stored(store: Store) -> int:
    with store.read() as tx:
        return tx.scalar(select(func.count()).select_from(CallChunk)) or 0


def passing(talk: Talk) -> dict[str, str]:
    return {"decision": "pass", **all_well(talk.member.get(talk.path).text)}


@ON_BOTH
def test_nothing_is_kept_before_the_customer_has_agreed(talk: Talk, store: Store) -> None:
    talk.open()
    for answer in (talk.chunk(1, 0, b"a film"), talk.desk("parts"), talk.still("face")):
        assert (
            answer.status_code == 409
            and answer.json["code"] == "no_consent"
            and "还没有同意录像" in answer.json["said"]
        )
    assert stored(store) == 0
    assert talk.consent().status_code == 204
    assert talk.chunk(1, 0, b"a film").status_code == 204 and stored(store) == 1


def test_without_a_call_there_is_nothing_to_agree_to(talk: Talk) -> None:
    assert talk.consent().status_code == 410 and talk.still("face").status_code == 410
    assert talk.open().consent().status_code == 204


@ON_BOTH
def test_a_chunk_is_stored_once_however_often_it_is_sent(talk: Talk, store: Store) -> None:
    talk.open().consent()
    assert [talk.chunk(1, 0, b"a film").status_code for _ in range(3)] == [204] * 3
    assert stored(store) == 1 and (talk.call.chunks, talk.call.size) == (1, 6)


REFUSED = [
    ("other bytes of one number", lambda talk: talk.chunk(1, 0, b"another film"), 409),
    ("bytes that are not those of its digest", lambda talk: talk.chunk(1, 1, b"x", **digest(b"y")), 422),
    ("no digest", lambda talk: talk.chunk(1, 1, b"x", Content_Digest="none"), 422),
    ("nothing", lambda talk: talk.chunk(1, 1, b""), 422),
    ("more than a chunk", lambda talk: talk.chunk(1, 1, bytes(recordings.LARGEST_CHUNK + 1)), 413),
    ("a part that nobody counts to", lambda talk: talk.chunk(recordings.MOST_PARTS + 1, 0, b"x"), 409),
    ("a number that no call comes to", lambda talk: talk.chunk(1, 2_000_000_000, b"x"), 404),
    ("a number that no database knows", lambda talk: talk.chunk(1, 2**63, b"x"), 404),
]


@pytest.mark.parametrize(("send", "status"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED])
def test_what_is_refused_changes_nothing(talk: Talk, store: Store, send, status: int) -> None:
    talk.open().consent()
    talk.chunk(1, 0, b"a film")
    head = talk.call.head
    assert send(talk).status_code == status
    assert stored(store) == 1 and talk.call.head == head
    assert talk.chunk(1, 1, b"x").status_code == 204  # the control


def test_only_who_holds_the_customer_records_him(talk: Talk, app: Flask, store: Store) -> None:
    talk.open().consent()
    other = Talk(talk.line, somebody(app, store, "qian", roles="verifier"), talk.path)
    for answer in (other.chunk(1, 0, b"x"), other.desk("parts"), other.desk("ticks", item="spoken", on="yes")):
        assert answer.status_code == 410
    assert stored(store) == 0


def test_each_start_of_the_recorder_gets_a_number_of_its_own(talk: Talk) -> None:
    talk.open().consent()
    assert [talk.desk("parts").json["part"] for _ in range(3)] == [1, 2, 3]


def test_the_last_chunks_may_come_a_moment_after_the_conclusion(talk: Talk, store: Store, clock: HandClock) -> None:
    talk.open().consent()
    talk.record()
    decide(talk.member, talk.path, decision="interrupted")
    assert talk.chunk(1, 900, b"the end").status_code == 204
    with store.read() as tx:
        assert [job.service for job in tx.scalars(select(Job)) if job.service == "video.remux"] == ["video.remux"] * 2
    clock.pass_by(minutes=1, seconds=1)
    for late in (talk.desk("parts"), talk.desk("ticks", item="spoken", on="yes"), talk.desk("notes", text="later")):
        assert late.status_code == 410, "what was recorded may come late, what is said of it may not"
    clock.pass_by(minutes=1, seconds=1)
    assert talk.chunk(1, 901, b"much later").status_code == 410


def test_what_was_recorded_before_a_claim_ran_out_is_taken_though_nobody_has_closed_the_call_yet(
    talk: Talk, store: Store, clock: HandClock
) -> None:
    talk.open().consent()
    talk.record()
    clock.pass_by(seconds=CALL_LEASE.total_seconds() + 1)
    assert talk.chunk(1, 900, b"the end").status_code == 204
    assert talk.desk("ticks", item="spoken", on="yes").status_code == 410
    with store.read() as tx:
        assert tx.get_one(Task, talk.path.rpartition("/")[2]).lease_until < clock.now(), (
            "it holds the customer no longer"
        )
    clock.pass_by(minutes=1)
    assert talk.chunk(1, 901, b"much later").status_code == 410


def test_recording_keeps_the_customer_with_his_verifier(talk: Talk, store: Store, clock: HandClock) -> None:
    talk.open().consent()
    for n in range(4):
        clock.pass_by(minutes=2)
        assert talk.chunk(1, n, b"x%d" % n).status_code == 204
    with store.read() as tx:
        assert tx.get_one(Task, talk.path.rpartition("/")[2]).lease_until > clock.now() + timedelta(minutes=1)


# what a pass needs

LACKS = [
    ("consent", lambda talk: talk.open(), "客户还没有同意录像"),
    ("a recording", lambda talk: (talk.open().consent(), [talk.still(kind) for kind in KINDS]), "没有录像"),
    (
        "a still",
        lambda talk: (talk.open().consent(), talk.record(), talk.still("face")),
        "缺少手持身份证照片；缺少身份证特写照片",
    ),
    ("a look at a still", lambda talk: (talk.open().consent(), talk.record(), talk.still("face")), "人像照片还在处理"),
    ("a real camera", lambda talk: (talk.whole(), talk.desk("connected", simulated="yes")), "一方使用模拟摄像头"),
    ("a customer's real camera", lambda talk: (talk.whole(), talk.consent(simulated="yes")), "一方使用模拟摄像头"),
]


@pytest.mark.parametrize(("leave", "said"), [row[1:] for row in LACKS], ids=[row[0] for row in LACKS])
def test_nobody_passes_without_what_a_pass_needs(talk: Talk, leave, said: str) -> None:
    leave(talk)
    refused = decide(talk.member, talk.path, **passing(talk))
    assert refused.status_code == 422 and "还不能通过：" in refused.text and said in refused.text


def test_nobody_passes_whose_recording_has_broken_off(talk: Talk, clock: HandClock) -> None:
    talk.whole()
    clock.pass_by(seconds=46)
    refused = decide(talk.member, talk.path, **passing(talk))
    assert refused.status_code == 422 and "录像已中断" in refused.text
    assert talk.chunk(1, 900, b"it runs again").status_code == 204
    assert decide(talk.member, talk.path, **passing(talk)).status_code == 303


def test_with_everything_a_call_passes(talk: Talk, store: Store) -> None:
    """The control."""
    talk.whole()
    assert decide(talk.member, talk.path, **passing(talk)).status_code == 303
    call = talk.call
    assert (call.outcome, call.medium, call.simulated) == ("pass", "peer", False)
    with store.read() as tx:
        ended = [row.body for row in tx.scalars(select(AuditRow)) if row.action == "recording_ended"]
    assert len(ended) == 1 and call.head in ended[0]


def test_a_call_that_is_being_recorded_needs_everything_in_a_demonstration_too(talk: Talk, store: Store) -> None:
    demonstrating(store)
    talk.open().consent(simulated="yes")
    assert "没有录像" in decide(talk.member, talk.path, **passing(talk)).text
    talk.whole()
    assert decide(talk.member, talk.path, **passing(talk)).status_code == 303
    assert talk.call.simulated


# ticks and notes


def test_each_tick_has_its_time_and_what_is_taken_back_is_kept(talk: Talk, store: Store, clock: HandClock) -> None:
    talk.open().consent()
    for item, on in (("introduced", "yes"), ("introduced", "yes"), ("spoken", "yes"), ("spoken", "no")):
        clock.pass_by(seconds=10)
        assert talk.desk("ticks", item=item, on=on).status_code == 204
    with store.read() as tx:
        found = call_timeline.ticks(tx, talk.call.id)
    assert [(row.item, row.ticked) for row in found] == [("introduced", True), ("spoken", True), ("spoken", False)]
    assert found[1].at - found[0].at == timedelta(seconds=20)


def test_what_no_script_has_told_is_noted_with_the_conclusion(talk: Talk, store: Store, clock: HandClock) -> None:
    talk.whole()
    talk.desk("ticks", item="introduced", on="yes")
    clock.pass_by(seconds=30)
    decide(talk.member, talk.path, **passing(talk))
    with store.read() as tx:
        found = call_timeline.ticks(tx, talk.call.id)
    assert len(found) == 9 and {row.at for row in found if row.item != "introduced"} == {clock.now()}


@pytest.mark.parametrize("item", ["decision", "note", "made up"])
def test_what_is_no_point_of_the_checklist_is_not_ticked(talk: Talk, item: str) -> None:
    talk.open()
    assert talk.desk("ticks", item=item, on="yes").status_code == 404


@pytest.mark.parametrize(("text", "status"), [("", 422), ("长" * 501, 422), ("客户说话很慢", 204)])
def test_a_note_is_a_remark_of_one_to_five_hundred_characters(talk: Talk, store: Store, text: str, status: int) -> None:
    talk.open()
    assert talk.desk("notes", text=text).status_code == status
    with store.read() as tx:
        assert [one.text for one in call_timeline.notes(store, tx, talk.call.id)] == ([text] if status == 204 else [])


def test_the_chunks_of_the_factory_are_a_film_that_was_cut() -> None:
    assert b"".join(chunks(webm(2))) == webm(2) and len(chunks(webm(2))) > 5
