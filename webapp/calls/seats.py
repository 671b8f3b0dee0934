"""Who sits where in a room of the media server: kept beside the mailboxes, so that any web process knows it.

What is lost with the queue server is made anew: the page is told that its seat is gone and takes another one.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass

from webapp.streams.mailbox import Away, Mailbox


@dataclass(frozen=True)
class Seat:
    """One page's: its session with the server, and what it sends there as (`feed`); `hears` is its second handle."""

    page: str
    session: int
    sends: int
    feed: int
    hears: int = 0


class Seats:
    def __init__(self, boxes: Mailbox) -> None:
        self._boxes = boxes

    def take(self, call_id: str, side: str, seat: Seat) -> None:
        """Raises Away while the queue server is away."""
        self._boxes.post(_box(call_id, side), asdict(seat))

    def of(self, call_id: str, side: str) -> Seat | None:
        """The newest one of this side; none while the queue server is away."""
        try:
            last = self._boxes.last(_box(call_id, side))
        except Away:
            return None
        return Seat(**last) if last else None


def _box(call_id: str, side: str) -> str:
    return f"seat:{call_id}:{side}"
