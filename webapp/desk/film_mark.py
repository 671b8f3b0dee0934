"""The reader's mark of a film: laid over its picture by the page, and at the end of the bytes that are given out.

The picture itself is not encoded anew for each reader. What is at the end of the file is an element that every player
jumps over (RFC 8794, Void): a file that was kept names who opened it. Whoever knows of it can cut it off.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime

from engine.tables import Case, VideoCall
from webapp.access import StaffMember
from webapp.language import moment

VOID = b"\xec"
EIGHT_BYTES = b"\x01"  # a length of seven bytes follows

Read = Callable[[int, int], Iterator[bytes]]


def over_picture(reader: StaffMember, case: Case, at: datetime) -> str:
    """What is laid over: name, id as photographs carry it, the moment, the case."""
    return f"{reader.name} {reader.id[:8]} · {moment(at)} · {case.number or case.id[:8]}"


def at_end(reader: StaffMember, call: VideoCall, at: datetime) -> bytes:
    """What follows the film: the same for each range of one opening."""
    text = f"{reader.login} {reader.id} {at.isoformat()} case {call.case_id} call {call.id}".encode()
    return VOID + EIGHT_BYTES + len(text).to_bytes(7, "big") + text


def followed(film: Read, size: int, mark: bytes) -> Read:
    """A film of that size with its mark, read by range."""

    def read(start: int, stop: int) -> Iterator[bytes]:
        if start < size:
            yield from film(start, min(stop, size))
        if stop > size:
            yield mark[max(0, start - size) : stop - size]

    return read
