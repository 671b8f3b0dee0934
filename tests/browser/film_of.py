"""The recording of a case as its joined file tells: how long, who hums on which channel, who is on which side."""

from __future__ import annotations

import io
from dataclasses import dataclass

import av
import numpy as np
from sqlalchemy import select

from engine import recordings
from engine.tables import Recording, VideoCall
from tests.browser.patience import until
from tests.browser.town import Town

Colour = tuple[int, int, int]
STRIP, BLACK = 32, 16
"""Pixels at the foot of the picture; as light as black may be."""
LOOKS = 50
"""Pictures of a film that are looked at, about."""


@dataclass(frozen=True)
class Film:
    """One joined recording. `tones` are the loudest frequencies, left and right; `sides` the colours likewise.

    `written`: the share of the strip that is ink; `ticks`: how much of it has changed at the end.
    """

    seconds: float
    tones: tuple[int, int]
    sides: tuple[Colour, Colour]
    parts: int
    written: float
    ticks: float


def film_of(town: Town, case_id: str) -> Film:
    """Waits until a worker has joined every chunk of the newest call of the case."""
    until(lambda: _joined(town, case_id))
    row, data = _joined(town, case_id) or (None, b"")
    assert row is not None
    pictures = _pictures(data)
    with av.open(io.BytesIO(data)) as film:
        rate = film.streams.audio[0].rate
        sound = np.concatenate([_channels(frame) for frame in film.decode(audio=0)], axis=1)
    tones = (_loudest(sound[0], rate), _loudest(sound[1], rate))
    written, ticks = _strip(pictures[0], pictures[-1])
    return Film(row.duration_ms / 1000, tones, _sides(pictures), len(row.parts), written, ticks)


def _pictures(data: bytes) -> list[np.ndarray]:
    """The first, the last and some evenly between: of a call that a busy machine drew out all would fill the memory."""
    with av.open(io.BytesIO(data)) as film:
        count = sum(packet.size > 0 for packet in film.demux(video=0))
    every = max(1, count // LOOKS)
    with av.open(io.BytesIO(data)) as film:
        kept = (frame for at, frame in enumerate(film.decode(video=0)) if at % every == 0 or at == count - 1)
        return [frame.to_ndarray(format="rgb24") for frame in kept]


def _joined(town: Town, case_id: str) -> tuple[Recording, bytes] | None:
    with town.store.read() as tx:
        newest = select(VideoCall).where(VideoCall.case_id == case_id).order_by(VideoCall.began_at.desc())
        call = tx.scalars(newest).first()
        row = recordings.joined(tx, call.id) if call else None
        if call is None or row is None or row.chunks != call.chunks:
            return None
        return row, b"".join(town.store.vault.blobs.get(tx, case_id, piece) for piece in row.pieces)


def _channels(frame: av.AudioFrame) -> np.ndarray:
    """Two rows of samples, whatever the layout of the frame."""
    samples = frame.to_ndarray().astype(np.float64)
    return samples.reshape(-1, 2).T if samples.shape[0] == 1 else samples


def _loudest(samples: np.ndarray, rate: int) -> int:
    spectrum = np.abs(np.fft.rfft(samples))
    return round(float(np.fft.rfftfreq(len(samples), 1 / rate)[int(spectrum.argmax())]))


def _sides(pictures: list[np.ndarray]) -> tuple[Colour, Colour]:
    """Of the picture nearest to the middle that has both, else of the middle: a side is black while it is away."""
    middle = len(pictures) // 2
    outward = [pictures[at] for at in sorted(range(len(pictures)), key=lambda at: abs(at - middle))]
    return next((both for both in map(_both, outward) if min(map(max, both)) > BLACK), _both(pictures[middle]))


def _strip(first: np.ndarray, last: np.ndarray) -> tuple[float, float]:
    """The clock and the number of the case, at the foot of the picture: letters on an even ground."""
    inks = [abs(one - np.median(one)) > 60 for one in (first[-STRIP:].mean(axis=2), last[-STRIP:].mean(axis=2))]
    return float(inks[0].mean()), float((inks[0] != inks[1]).mean())


def _both(picture: np.ndarray) -> tuple[Colour, Colour]:
    return _colour(picture[120:360, :640]), _colour(picture[120:360, 640:])


def _colour(half: np.ndarray) -> Colour:
    red, green, blue = (int(one) for one in np.median(half.reshape(-1, 3), axis=0))
    return red, green, blue
