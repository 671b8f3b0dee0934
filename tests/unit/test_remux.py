"""The parts of a recording become one film: how long, which tone on which channel, and what a crash leaves."""

from __future__ import annotations

import io

import av
import pytest

from tests.film import LEFT, RIGHT, chunks, heard, length, webm
from workers.media import pieces, recoding, remux
from workers.media.pieces import Pieces
from workers.media.remux import Joined, Part, join


class Kept:
    """Pieces as a vault would keep them."""

    def __init__(self) -> None:
        self.put: list[bytes] = []
        self.pieces = Pieces(self._put)

    def _put(self, data: bytes) -> str:
        self.put.append(data)
        return str(len(self.put) - 1)

    def film(self) -> bytes:
        return b"".join(self.put[int(name)] for name in self.pieces.names())


def joined(*parts: list[bytes]) -> tuple[Joined, bytes]:
    kept = Kept()
    made = join([Part(number, lambda mine=mine: mine) for number, mine in enumerate(parts, start=1)], kept.pieces)
    return made, kept.film()


def test_a_recording_as_it_comes_says_no_length() -> None:
    """The control: why there is a job at all."""
    assert length(webm(3)) == 0


def test_two_parts_become_one_film_of_both_lengths_with_each_voice_on_its_channel() -> None:
    made, film = joined(chunks(webm(3)), chunks(webm(2)))
    assert [(one.part, round(one.start_ms, -2), round(one.duration_ms, -2)) for one in made.placed] == [
        (1, 0, 3000),
        (2, 3000, 2000),
    ]
    assert length(film) == pytest.approx(5, abs=0.2) and heard(film) == (LEFT, RIGHT)


def test_channels_that_were_exchanged_would_be_found() -> None:
    assert heard(joined(chunks(webm(2, RIGHT, LEFT)))[1]) == (RIGHT, LEFT)


def test_the_film_is_wound_to_a_place_by_its_index() -> None:
    film = joined(chunks(webm(3)), chunks(webm(2)))[1]
    with av.open(io.BytesIO(film)) as opened:
        opened.seek(3_500_000)
        first = next(packet for packet in opened.demux(video=0) if packet.pts is not None)
        assert first.time_base and 2.5 < first.pts * first.time_base <= 3.5  # the key picture of the second part


@pytest.mark.parametrize("kept", [0.3, 0.6, 0.95])
def test_of_a_browser_that_crashed_all_is_kept_that_had_arrived(kept: float) -> None:
    whole = webm(4)
    made, film = joined(chunks(whole[: int(len(whole) * kept)]))
    assert 4 * kept - 0.7 <= length(film) <= 4 * kept + 0.3
    assert made.unreadable == []


def test_a_part_that_holds_nothing_readable_is_named_and_the_rest_is_kept() -> None:
    made, film = joined([b"no film"], chunks(webm(2)), chunks(webm(2))[:1][0][:40].split(b"never"))
    assert made.unreadable == [1, 3] and length(film) == pytest.approx(2, abs=0.2)


def test_where_nothing_is_readable_there_is_no_film() -> None:
    made, film = joined([b"no film"], [])
    assert made.placed == [] and film == b"" and made.unreadable == [1, 2]


OTHERS = [("libvpx", "libvpx-vp9"), ("libvpx-vp9", "libvpx")]


@pytest.mark.parametrize(("first", "other"), OTHERS, ids=["VP9 into VP8", "VP8 into VP9"])
def test_a_part_of_another_codec_is_encoded_anew_and_can_be_watched_to_its_end(first: str, other: str) -> None:
    """Another browser in the middle of a call. Its packets as they are would be noise to a player."""
    made, film = joined(chunks(webm(2, video=first)), chunks(webm(1, video=other)), chunks(webm(1, video=first)))
    assert [(one.part, one.recoded) for one in made.placed] == [(1, False), (2, True), (3, False)]
    assert made.unreadable == [] and made.cut == [] and heard(film) == (LEFT, RIGHT)
    assert length(film) == pytest.approx(4, abs=0.2)
    shown = brightness(film)
    assert len(shown) == 60 and shown[30:45] == pytest.approx(brightness(webm(1, video=other)), abs=3)


def brightness(film: bytes) -> list[float]:
    """Of each picture; `webm` paints them brighter one by one."""
    with av.open(io.BytesIO(film)) as opened:
        return [float(picture.to_ndarray(format="gray").mean()) for picture in opened.decode(video=0)]


def test_a_part_of_another_codec_that_is_too_long_is_cut_and_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remux.Allowance, "__init__", lambda self: setattr(self, "pictures", 10))
    parts = chunks(webm(1)), chunks(webm(1, video="libvpx-vp9")), chunks(webm(1))
    made, film = joined(*parts)
    assert made.cut == [2] and len(brightness(film)) == 40, "15 of the first, ten, 15 of the third"


def test_a_part_of_a_codec_that_nobody_writes_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(recoding.ENCODERS, "vp8")
    monkeypatch.setattr(remux, "BESIDES", frozenset(("vp8",)))
    made, film = joined(chunks(webm(2)), chunks(webm(1, video="libvpx-vp9")))
    assert made.unreadable == [2] and length(film) == pytest.approx(2, abs=0.2)


def test_a_chunk_that_is_missing_in_the_middle_costs_no_more_than_its_surroundings() -> None:
    there = chunks(webm(6))
    film = joined(there[:10] + there[11:])[1]
    assert length(film) == pytest.approx(6, abs=0.2)


def test_only_a_few_pieces_are_open_at_a_time_and_the_first_to_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pieces, "PIECE", 1000)
    kept = Kept()
    for number in range(50):
        kept.pieces.write(bytes([number]) * 700)
        assert len(kept.pieces._open) <= pieces.OPEN + 2
    kept.pieces.seek(3)
    kept.pieces.write(b"length")
    film = kept.film()
    assert film[:12] == bytes(3) + b"length" + bytes(3) and len(film) == 35_000 and film[-700:] == bytes([49]) * 700
