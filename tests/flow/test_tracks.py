"""What a media server writes is taken in while the call goes on, sealed, chained, and cleared away once it is over."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path

import pytest
from sqlalchemy import select

from engine import calls, claims, recorded_tracks, recordings
from engine.errors import NoRoom
from engine.recordings import NoConsent, RecordedElsewhere
from engine.store import Store
from engine.tables import AuditRow, CallPart, Job, VideoCall
from tests.film import heard
from tests.flow.test_appointments import case  # noqa: F401
from tests.flow.test_calls import LI, queued  # noqa: F401
from tests.house import HandClock
from tests.tracks import mjr, picture, voice
from tests.walk import Walk
from workers.track_rows import composed
from workers.tracks import Tracks

HEAD = b"MJR00002"
FACE, VOICE = "1764400000000-investor-video-1", "1764400000000-investor-audio-0"


@pytest.fixture
def call(queued: Walk, tmp_path: Path) -> VideoCall:  # noqa: F811
    """One through Janus, to whose recording the customer has agreed; `tmp_path` is where Janus writes."""
    queued.hold("video_verification", LI)
    made = calls.room(queued.store, queued.task("video_verification").id, LI, calls.JANUS)
    assert calls.consent(queued.store, queued.id, queued.me)
    (tmp_path / made.id).mkdir()
    return made


def now(store: Store, call: VideoCall) -> VideoCall:
    with store.read() as tx:
        return tx.get_one(VideoCall, call.id)


def parts(store: Store, call: VideoCall) -> dict[str, int]:
    """Of each track, in how many chunks it is kept."""
    with store.read() as tx:
        rows = tx.scalars(select(CallPart).where(CallPart.call_id == call.id))
        return {row.track: recorded_tracks.kept(tx, call.id, row.track).chunks for row in rows}


def grow(folder: Path, call: VideoCall, track: str, data: bytes) -> None:
    with (folder / call.id / f"{track}.mjr").open("ab") as out:
        out.write(data)


def test_each_look_keeps_what_has_grown_and_nothing_twice(call: VideoCall, store: Store, tmp_path: Path) -> None:
    tracks = Tracks(store, tmp_path)
    grow(tmp_path, call, FACE, HEAD + b"a")
    grow(tmp_path, call, VOICE, HEAD + b"b")
    assert [tracks.look(), tracks.look()] == [2, 0]
    grow(tmp_path, call, VOICE, b"cd")
    assert tracks.look() == 1 and parts(store, call) == {FACE: 1, VOICE: 2}
    row = now(store, call)
    assert (row.chunks, row.size, row.medium) == (3, 20, "janus")
    with store.read() as tx:
        assert recordings.faults(tx, row) == []
        kept = recordings.chunks(tx, call.id)
        assert [store.vault.blobs.get(tx, row.case_id, one.blob) for one in kept] == [HEAD + b"b", HEAD + b"a", b"cd"]


def test_a_seat_that_nothing_reached_is_no_recording(call: VideoCall, store: Store, tmp_path: Path) -> None:
    """Janus writes the head of a file when the seat is taken, and what came over the network after it."""
    grow(tmp_path, call, FACE, HEAD)
    assert Tracks(store, tmp_path).look() == 0 and now(store, call).chunks == 0
    grow(tmp_path, call, FACE, b"a picture")
    assert Tracks(store, tmp_path).look() == 1 and now(store, call).chunks == 1


def test_only_the_customers_picture_says_that_a_call_is_recorded(call: VideoCall, store: Store) -> None:
    for track in (VOICE, FACE.replace("investor", "verifier")):
        recorded_tracks.take(store, call.id, track, 0, b"a voice, and the verifier")
    with store.read() as tx:
        assert recordings.last_at(tx, call) is None
    recorded_tracks.take(store, call.id, FACE, 0, b"a picture")
    with store.read() as tx:
        assert recordings.last_at(tx, call) == store.clock.now()


def test_a_bad_folder_stops_no_other_call(
    call: VideoCall, store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "0").mkdir()
    grow(tmp_path, call, FACE, b"a picture of his")
    whole, look_at = Tracks(store, tmp_path), Tracks._look_at
    monkeypatch.setattr(Tracks, "_look_at", lambda self, path: look_at(self, path) if path.name != "0" else {}["bad"])
    assert whole.look() == 1


def test_a_look_that_comes_after_another_one_keeps_nothing(call: VideoCall, store: Store) -> None:
    assert recorded_tracks.take(store, call.id, FACE, 0, b"abc")
    assert not recorded_tracks.take(store, call.id, FACE, 0, b"abcd") and now(store, call).size == 3


def test_without_consent_nothing_is_kept_and_browsers_send_no_pieces(
    queued: Walk,  # noqa: F811
    store: Store,
) -> None:
    queued.hold("video_verification", LI)
    task_id = queued.task("video_verification").id
    made = calls.room(store, task_id, LI, calls.JANUS)
    with pytest.raises(NoConsent):
        recorded_tracks.take(store, made.id, FACE, 0, b"a")
    calls.consent(store, queued.id, queued.me)
    with pytest.raises(RecordedElsewhere):
        recordings.append(store, task_id, LI, 1, 0, b"a film of hers")


def test_an_ended_calls_files_are_taken_in_whole_hashed_and_gone(
    call: VideoCall, store: Store, tmp_path: Path, clock: HandClock
) -> None:
    tracks, sound = Tracks(store, tmp_path), mjr("opus", clock.now().timestamp(), voice(440, 1.6))
    grow(tmp_path, call, VOICE, sound[:500])
    tracks.look()
    claims.release(store, call.task_id, LI)
    calls.close_left(store)
    assert not jobs(store), "its files may still be written to"
    grow(tmp_path, call, VOICE, sound[500:])
    clock.pass_by(seconds=5)
    assert [tracks.look(), tracks.look()] == [1, 0]
    assert not (tmp_path / call.id).exists() and jobs(store) == [{"call_id": call.id}]
    assert audited(store, call)["files"] == {VOICE: sha256(sound).hexdigest()}


def test_the_film_is_made_of_what_was_taken_in(call: VideoCall, store: Store, tmp_path: Path, clock: HandClock) -> None:
    began = clock.now().timestamp() - 1
    grow(tmp_path, call, VOICE, mjr("opus", began, voice(440, 1.6)))
    grow(tmp_path, call, FACE, mjr("vp8", began, picture((190, 40, 40), 1.6)))
    grow(tmp_path, call, VOICE.replace("investor", "verifier"), mjr("opus", began, voice(880, 1.6)))
    Tracks(store, tmp_path).look()
    effect = composed(store, call.id)
    assert effect is not None
    with store.write() as tx:
        effect(tx)
    assert composed(store, call.id) is None, "it is there"
    with store.read() as tx:
        film = recordings.joined(tx, call.id)
        assert film is not None and film.faults == [] and film.duration_ms == pytest.approx(1600, abs=200)
        assert heard(b"".join(store.vault.blobs.get(tx, film.case_id, one) for one in film.pieces)) == (440, 880)
        assert film.parts == [{"part": 1, "start_ms": 1000, "duration_ms": film.duration_ms - 1000}]


def test_what_is_still_being_written_keeps_its_folder(
    call: VideoCall, store: Store, tmp_path: Path, clock: HandClock
) -> None:
    being_written = tmp_path / call.id / f"{VOICE}.mjr.tmp"
    being_written.write_bytes(b"not closed yet")
    claims.release(store, call.task_id, LI)
    calls.close_left(store)
    clock.pass_by(seconds=5)
    assert Tracks(store, tmp_path).look() == 0 and being_written.exists()
    being_written.rename(being_written.with_suffix(""))
    assert [Tracks(store, tmp_path).look(), Tracks(store, tmp_path).look()] == [1, 0]
    assert not (tmp_path / call.id).exists()


def test_on_a_full_disk_the_files_stay_until_there_is_room(
    call: VideoCall, store: Store, tmp_path: Path, clock: HandClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    grow(tmp_path, call, VOICE, b"the end of it")
    claims.release(store, call.task_id, LI)
    calls.close_left(store)
    clock.pass_by(seconds=5)
    with monkeypatch.context() as full:
        full.setattr(recorded_tracks, "take", _no_room)
        assert Tracks(store, tmp_path).look() == 0 and (tmp_path / call.id).exists()
    assert [Tracks(store, tmp_path).look(), Tracks(store, tmp_path).look()] == [1, 0]
    assert not (tmp_path / call.id).exists() and parts(store, call) == {VOICE: 1}


def _no_room(*_: object) -> bool:
    raise NoRoom


def test_a_folder_of_no_call_is_left_as_it_is(store: Store, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "1-investor-audio-0.mjr").write_bytes(b"x")
    assert Tracks(store, tmp_path).look() == 0 and (tmp_path / "elsewhere").exists()


def jobs(store: Store) -> list[dict[str, object]]:
    with store.read() as tx:
        return [job.args for job in tx.scalars(select(Job).where(Job.service == recorded_tracks.COMPOSE))]


def audited(store: Store, call: VideoCall) -> dict[str, object]:
    """What the case's audit says about the end of this recording."""
    with store.read() as tx:
        told = next(row.body for row in tx.scalars(select(AuditRow)) if row.action == "recording_ended")
    found: dict[str, object] = json.loads(told)
    return found
