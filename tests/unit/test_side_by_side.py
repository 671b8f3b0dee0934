"""Tracks that a media server wrote become one film: who is where, which voice on which channel, and what is missing."""

from __future__ import annotations

import io
import struct

import av
import numpy as np
import pytest

from tests.film import LEFT, RIGHT, heard, length
from tests.tracks import Timed, mjr, picture, voice
from tests.unit.test_remux import Kept
from workers.media.mjr import Mjr
from workers.media.rtp import ordered, timed, vp8_frames
from workers.media.side_by_side import Composed, compose
from workers.media.tracks import Track

RED, BLUE, BLACK = (190, 40, 40), (40, 60, 190), (0, 0, 0)
NEAR = 40
BEGAN = 1_764_400_000.25


def track(part: int, side: str, data: bytes) -> Track:
    """Its file comes in pieces that were cut anywhere."""
    return Track(part, side, lambda: [data[at : at + 1000] for at in range(0, len(data), 1000)])


def film(pictures: list[Track], voices: list[Track]) -> tuple[Composed, bytes]:
    kept = Kept()
    return compose(pictures, voices, "20261129-0001", kept.pieces), kept.film()


def customer(seconds: float = 1.6, began: float = BEGAN) -> tuple[Track, Track]:
    seen, said = mjr("vp8", began, picture(RED, seconds)), mjr("opus", began, voice(LEFT, seconds))
    return track(1, "investor", seen), track(2, "investor", said)


def verifier(seconds: float = 1.6, began: float = BEGAN) -> tuple[Track, Track]:
    seen, said = mjr("vp8", began, picture(BLUE, seconds)), mjr("opus", began, voice(RIGHT, seconds))
    return track(3, "verifier", seen), track(4, "verifier", said)


def halves(data: bytes, second: float) -> tuple[list[int], list[int]]:
    with av.open(io.BytesIO(data)) as opened:
        frame = next(one for one in opened.decode(video=0) if one.time is not None and one.time >= second)
        image = frame.to_ndarray(format="rgb24")[120:360]
    left, right = (np.median(half.reshape(-1, 3), axis=0).astype(int).tolist() for half in np.split(image, 2, axis=1))
    return left, right


def test_both_sides_stand_in_one_film_with_each_voice_on_its_channel() -> None:
    (face, voice_of_his), (other, voice_of_hers) = customer(), verifier()
    made, data = film([face, other], [voice_of_his, voice_of_hers])
    assert made.duration_ms == pytest.approx(1600, abs=200) and made.zero == pytest.approx(BEGAN)
    assert length(data) == pytest.approx(1.6, abs=0.2) and heard(data) == (LEFT, RIGHT)
    assert halves(data, 1.0) == (pytest.approx(RED, abs=NEAR), pytest.approx(BLUE, abs=NEAR))


def test_sides_that_were_exchanged_would_be_found() -> None:
    (face, said), (other, also_said) = customer(), verifier()
    exchanged = [Track(one.part, {"investor": "verifier", "verifier": "investor"}[one.side], one.chunks)
                 for one in (face, other, said, also_said)]  # fmt: skip
    _, data = film(exchanged[:2], exchanged[2:])
    assert heard(data) == (RIGHT, LEFT) and halves(data, 1.0)[0] == pytest.approx(BLUE, abs=NEAR)


def test_who_came_later_is_seen_later_and_who_has_gone_leaves_his_half_empty() -> None:
    (face, said), (other, also_said) = customer(0.5), verifier(0.5, BEGAN + 3)
    made, data = film([face, other], [said, also_said])
    assert made.duration_ms == pytest.approx(3500, abs=200)
    assert halves(data, 0.3) == (pytest.approx(RED, abs=NEAR), pytest.approx(BLACK, abs=NEAR))
    assert halves(data, 3.2) == (pytest.approx(BLACK, abs=NEAR), pytest.approx(BLUE, abs=NEAR))


def test_a_file_that_is_none_is_told_and_the_rest_is_shown() -> None:
    face, said = customer(0.5)
    made, data = film([face, track(9, "verifier", b"no file of Janus")], [said])
    assert made.unreadable == [9] and length(data) == pytest.approx(0.5, abs=0.2)
    assert film([track(9, "verifier", b"")], []) == (Composed(0.0, 0, [9]), b"")


def test_a_file_is_read_as_far_as_it_goes() -> None:
    """A server that was killed leaves half a packet."""
    data = mjr("opus", BEGAN, voice(LEFT, 1.0))
    assert len(list(Mjr([data]).packets())) == 50 and len(list(Mjr([data[:-5]]).packets())) == 49


def frames(packets: list[Timed]) -> list[float]:
    read = Mjr([mjr("vp8", BEGAN, packets)]).packets()
    return [round(at, 2) for at, _ in vp8_frames(timed(ordered(read), 90_000))]


def test_packets_that_came_late_or_twice_are_put_in_their_places() -> None:
    packets = picture(RED, 1.0)
    in_order = frames(packets)
    assert len(in_order) == 15
    mixed = [packets[1], packets[0], packets[2], packets[2], *packets[3:]]
    assert len(frames(mixed)) == 15


def test_after_a_loss_nothing_is_shown_until_a_picture_stands_by_itself() -> None:
    packets = picture(RED, 2.0)
    second_key = 1.0
    lost = next(place for place, (at, _) in enumerate(packets) if at > 0.3)
    shown = frames(packets[:lost] + packets[lost + 1 :])
    assert not [at for at in shown if 0.34 < at < second_key] and second_key in shown and 0.27 in shown


def test_a_senders_clock_that_begins_anew_does_not_stretch_the_film() -> None:
    sound = voice(LEFT, 2.0)
    jumped = [(at, data[:4] + struct.pack("!I", (int.from_bytes(data[4:8], "big") + (10**9 if at > 1 else 0)) % 2**32)
               + data[8:]) for at, data in sound]  # fmt: skip
    times = [at for at, _ in timed(ordered(Mjr([mjr("opus", BEGAN, jumped)]).packets()), 48_000)]
    assert times[-1] == pytest.approx(1.98, abs=0.05)
