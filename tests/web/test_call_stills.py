# ruff: noqa: F811 - the fixtures of the investor's line are shared by import
"""Pictures of a call: taken in the customer's browser, checked by hash, looked at by a worker, shown to the holder."""

from __future__ import annotations

import io

import pytest
from flask import Flask
from PIL import Image
from sqlalchemy import select

from engine import stills
from engine.store import Store
from engine.tables import AuditRow, CallStill
from forms.lint import STILLS
from tests.web.conftest import ON_BOTH
from tests.web.filmed import Talk, digest, portrait
from tests.web.test_desk import somebody
from tests.web.test_recorded_calls import at_video, line, talk, verifier  # noqa: F401
from tests.web.test_steps_line import app, browser  # noqa: F401
from webapp.jpegs import size_of


@pytest.fixture
def agreed(talk: Talk) -> Talk:
    talk.open().consent()
    return talk


def kept(store: Store) -> list[CallStill]:
    with store.read() as tx:
        return list(tx.scalars(select(CallStill).order_by(CallStill.at, CallStill.id)))


@ON_BOTH
def test_a_still_is_kept_as_it_came_and_shown_without_what_the_camera_wrote_into_it(agreed: Talk, store: Store) -> None:
    taken = portrait()
    assert b"A maker of cameras" in taken
    assert agreed.still("face", taken).status_code == 201
    agreed.line.work()
    (row,) = kept(store)
    assert (row.kind, row.side, row.width, row.height, row.status) == ("face", "investor", 640, 480, "ready")
    with store.read() as tx:
        assert store.vault.blobs.get(tx, row.case_id, row.original) == taken
    shown = agreed.member.get(f"/desk/stills/{row.id}")
    assert shown.status_code == 200 and b"A maker of cameras" not in shown.data
    assert Image.open(io.BytesIO(shown.data)).size == (640, 480) and shown.headers["Cache-Control"] == "no-store"
    with store.read() as tx:
        looks = [one.body for one in tx.scalars(select(AuditRow)) if one.action == "look"]
    assert len(looks) == 1 and row.id in looks[0]


def test_only_the_holder_of_the_case_sees_it_and_not_before_a_worker_has(
    agreed: Talk, app: Flask, store: Store
) -> None:
    agreed.still("face")
    address = f"/desk/stills/{kept(store)[0].id}"
    assert agreed.member.get(address).status_code == 404
    agreed.line.work()
    assert agreed.member.get(address).status_code == 200
    assert somebody(app, store, "qian", roles="verifier").get(address).status_code == 404
    assert agreed.line.client.get(address).status_code == 303


def test_of_each_kind_the_newest_counts_and_none_is_lost(agreed: Talk, store: Store, clock) -> None:
    for number in range(2):
        clock.pass_by(seconds=1)
        agreed.still("face", portrait("teal" if number else "navy"), f"nonce-{number}-of-it")
    with store.read() as tx:
        assert stills.counting(tx, agreed.call.id)["face"].nonce == "nonce-1-of-it"
    assert len(kept(store)) == 2


def test_the_same_picture_for_the_same_command_is_kept_once_and_another_one_is_refused(
    agreed: Talk, store: Store
) -> None:
    assert [agreed.still("face").status_code for _ in range(2)] == [201, 201] and len(kept(store)) == 1
    other = agreed.still("face", portrait("navy"))
    assert other.status_code == 409 and other.json["code"] == "other" and len(kept(store)) == 1


REFUSED = [
    ("a kind that nobody asked for", "passport", portrait(), "a-good-nonce", {}),
    ("no nonce", "face", portrait(), "?", {}),
    ("no JPEG", "face", b"GIF89a" + bytes(500), "a-good-nonce", {}),
    ("half a JPEG", "face", portrait()[:-200], "a-good-nonce", {}),
    ("a stamp", "face", portrait(size=(64, 48)), "a-good-nonce", {}),
    ("another picture than its digest", "face", portrait(), "a-good-nonce", digest(b"another")),
]


@pytest.mark.parametrize(
    ("kind", "data", "nonce", "headers"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED]
)
def test_what_is_no_still_is_not_kept(
    agreed: Talk, store: Store, kind: str, data: bytes, nonce: str, headers: dict[str, str]
) -> None:
    answer = agreed.still(kind, data, nonce, **headers)
    assert answer.status_code == 422 and answer.json["said"].endswith(("请重新拍摄。", "请重新发送。"))
    assert kept(store) == []


def test_a_picture_that_nobody_asked_for_is_not_kept(
    agreed: Talk, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The newest of a kind counts: one sent unasked would stand in the place of what the verifier has seen."""
    for wrong in ("", agreed.warrant("face", "another-nonce"), agreed.warrant("id_closeup", "nonce-of-face")):
        monkeypatch.setattr(Talk, "warrant", lambda talk, kind, nonce, wrong=wrong: wrong)
        assert agreed.still("face").status_code == 409
    assert kept(store) == []


def test_a_picture_that_only_begins_well_is_unreadable_and_does_not_count_for_a_pass(
    agreed: Talk, store: Store
) -> None:
    whole = portrait()
    header = whole[: whole.index(b"\xff\xda")] + b"\xff\xd9"
    assert agreed.still("face", header).status_code == 201
    agreed.line.work()
    assert kept(store)[0].status == "unreadable"


@pytest.mark.parametrize(
    ("data", "size"),
    [
        (portrait(), (640, 480)),
        (portrait(size=(480, 640)), (480, 640)),
        (portrait() + bytes(16), (640, 480)),
        (portrait()[:-2], None),
        (b"\xff\xd8\xff\xd9", None),
        (b"\xff\xd8" + b"\xff\xe0\x00\x00" * 4 + b"\xff\xd9", None),
        (b"", None),
    ],
)
def test_the_size_of_a_jpeg_is_read_from_its_markers(data: bytes, size: tuple[int, int] | None) -> None:
    assert size_of(data) == size


def test_a_form_may_ask_for_the_kinds_that_there_are() -> None:
    assert STILLS == stills.KINDS
