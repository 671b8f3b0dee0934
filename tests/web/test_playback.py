# ruff: noqa: F811 - the fixtures of the investor's line are shared by import
"""A recording as a desk watches it: whole or not, by ranges, each opening written down, nobody else's."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from sqlalchemy import delete, select, update

from engine import films
from engine.store import Store
from engine.tables import AuditRow, CallChunk, Recording
from tests.film import LEFT, RIGHT, heard, length, webm
from tests.web.conftest import ON_BOTH, HandClock
from tests.web.filmed import Talk, played
from tests.web.test_desk import claim, decide, somebody
from tests.web.test_recorded_calls import at_video, line, talk, verifier  # noqa: F401
from tests.web.test_steps_line import app, browser  # noqa: F401


@pytest.fixture
def filmed(talk: Talk, clock: HandClock) -> Talk:
    """A call in two parts that broke off: its verifier has claimed the customer again, and so may look at it."""
    talk.open().consent()
    talk.record([webm(2)])
    clock.pass_by(seconds=20)
    talk.record([webm(3)])
    clock.pass_by(seconds=1)
    talk.desk("ticks", item="introduced", on="yes")
    talk.desk("notes", text="客户说话很慢")
    decide(talk.member, talk.path, decision="interrupted")
    talk.line.work()
    talk.line.queues()
    return Talk(talk.line, talk.member, claim(talk.member, talk.store))


def looks(store: Store) -> int:
    with store.read() as tx:
        return sum(row.action == "look" and '"recording"' in row.body for row in tx.scalars(select(AuditRow)))


@ON_BOTH
def test_a_recording_of_two_parts_is_one_film_with_each_voice_on_its_channel(filmed: Talk) -> None:
    page, film = played(filmed.member, filmed.call)
    assert "✓ 录像完整" in page.text and "录像继续（第 2 段）" in page.text
    got = filmed.member.get(film)
    assert got.status_code == 200 and got.mimetype == "video/webm" and got.headers["Cache-Control"] == "no-store"
    assert length(got.data) == pytest.approx(5, abs=0.3) and heard(got.data) == (LEFT, RIGHT)


def test_ticks_and_notes_lead_to_their_place_in_the_film(filmed: Talk) -> None:
    page, _ = played(filmed.member, filmed.call)
    for said, second in (("已向客户说明本人姓名和从业证号", 3.0), ("备注：客户说话很慢", 3.0)):
        before = page.text[: page.text.index(said)]
        assert float(before.rpartition('data-second="')[2].split('"')[0]) == pytest.approx(second, abs=0.2)


@pytest.mark.parametrize(
    ("asked", "status", "said"),
    [
        ("bytes=0-", 206, "bytes 0-{last}/{size}"),
        ("bytes=100-199", 206, "bytes 100-199/{size}"),
        ("bytes=-50", 206, "bytes {tail}-{last}/{size}"),
        ("bytes=900000000-", 416, "bytes */{size}"),
    ],
)
def test_a_range_is_answered_with_its_bytes(filmed: Talk, asked: str, status: int, said: str) -> None:
    film = played(filmed.member, filmed.call)[1]
    whole = filmed.member.get(film).data
    got = filmed.member.get(film, headers={"Range": asked})
    size = len(whole)
    assert got.status_code == status
    assert got.headers["Content-Range"] == said.format(size=size, last=size - 1, tail=size - 50)
    start = {"bytes=0-": 0, "bytes=100-199": 100, "bytes=-50": size - 50}.get(asked, size)
    assert status == 416 or got.data == whole[start : start + len(got.data)]


def test_a_film_of_many_pieces_is_read_across_their_borders(filmed: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    from workers.media import pieces

    monkeypatch.setattr(films, "PIECE", 1000)
    monkeypatch.setattr(pieces, "PIECE", 1000)
    talk = filmed.open()
    talk.consent()
    talk.record([webm(2)])
    decide(talk.member, talk.path, decision="interrupted")
    talk.line.work()
    talk.line.queues()
    claim(talk.member, talk.store)
    film = played(talk.member, talk.call)[1]
    whole = talk.member.get(film).data
    assert length(whole) == pytest.approx(2, abs=0.2)
    assert talk.member.get(film, headers={"Range": "bytes=1990-4010"}).data == whole[1990:4011]


def test_the_readers_mark_lies_over_the_picture_and_ends_the_file(filmed: Talk, clock: HandClock) -> None:
    page, film = played(filmed.member, filmed.call)
    assert re.search(
        r'<div class="film-mark" aria-hidden="true">(<span>[^<]*2026-\d\d-\d\d \d\d:\d\d[^<]*</span>){3}', page.text
    )
    whole = filmed.member.get(film).data
    named = f"{clock.now():%Y-%m-%dT%H:%M:%S}+08:00 case {filmed.line.case_id} call {filmed.call.id}".encode()
    assert whole.endswith(named) and whole.count(named) == 1
    cut = len(whole) - len(named) - 40  # a range across the border, as the whole has it
    got = filmed.member.get(film, headers={"Range": f"bytes={cut}-"})
    assert got.data == whole[cut:] and length(whole) == pytest.approx(5, abs=0.3)


@ON_BOTH
def test_each_opening_is_written_down_once_and_gives_no_film_to_anybody_else(
    filmed: Talk, app: Flask, store: Store
) -> None:
    before = looks(store)
    film = played(filmed.member, filmed.call)[1]
    for _ in range(3):
        assert filmed.member.get(film, headers={"Range": "bytes=0-99"}).status_code == 206
    assert looks(store) == before + 1
    address = film.partition("?")[0]
    assert filmed.member.get(address).status_code == 404
    assert filmed.member.get(f"{address}?opening=9999999999.made-up").status_code == 404
    other = somebody(app, store, "qian", roles="verifier")
    assert other.get(film).status_code == 404 and other.get(f"/desk/calls/{filmed.call.id}").status_code == 404


def test_an_opening_lasts_an_hour(filmed: Talk, clock: HandClock) -> None:
    from webapp.desk import openings

    film = played(filmed.member, filmed.call)[1]
    clock.pass_by(seconds=100)
    assert filmed.member.get(film).status_code == 200
    until = int(film.partition("opening=")[2].split(".")[0])
    assert until == int((clock.now()).timestamp()) - 100 + openings.LASTS.seconds
    late = film.replace(str(until), str(until + 60))
    assert filmed.member.get(late).status_code == 404


TAMPERED = [
    ("a chunk's hash", update(CallChunk).where(CallChunk.n == 3).values(digest="0" * 64), "第 1 段第 3 块与收到时不同"),
    ("the last chunk", delete(CallChunk).where(CallChunk.part == 2, CallChunk.n > 2), "缺少"),
    ("a chunk in the middle", delete(CallChunk).where(CallChunk.part == 1, CallChunk.n == 2), "第 1 段缺少第 2 块"),
    ("a piece of the film", update(Recording).values(pieces=["0" * 64]), "合并后的录像与收到的内容不一致"),
]


@pytest.mark.parametrize(("change", "said"), [row[1:] for row in TAMPERED], ids=[row[0] for row in TAMPERED])
def test_what_was_changed_afterwards_is_told(filmed: Talk, store: Store, change, said: str) -> None:
    assert "✓ 录像完整" in played(filmed.member, filmed.call)[0].text
    with store.write() as tx:
        tx.execute(change)
    page = played(filmed.member, filmed.call)[0]
    assert "录像不完整" in page.text and said in page.text and "✓ 录像完整" not in page.text


def test_the_page_of_the_case_lists_its_calls_and_leads_to_the_recording(filmed: Talk) -> None:
    call_id = filmed.call.id  # the page opens a room of its own, of the claim that stands now
    page = filmed.member.get(filmed.path).text
    assert "<h2>视频通话</h2>" in page and f'href="/desk/calls/{call_id}"' in page and "用户中断" in page


def test_a_call_without_a_medium_says_so(talk: Talk) -> None:
    decide(talk.member, talk.path, decision="interrupted")
    talk.line.queues()
    again = claim(talk.member, talk.store)
    page = talk.member.get(again).text
    assert '<span class="tag">无视频</span>' in page and "观看录像" not in page


def test_a_call_that_goes_on_has_no_page_yet(talk: Talk) -> None:
    talk.open().consent()
    assert talk.member.get(f"/desk/calls/{talk.call.id}").status_code == 404
