"""What a verifier reads above his list: how many wait, how many talk, and who is booked for today and tomorrow."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from engine import appointments, video_queue
from engine.appointments import HALVES
from engine.clock import SHANGHAI
from webapp.access import current_staff
from webapp.house import clock, reading


@dataclass(frozen=True)
class Head:
    """`waiting` leaves out those in a call. `booked` counts appointments that are not over: by day, by half."""

    waiting: int
    talking: int
    away: int
    booked: list[tuple[date, dict[str, int]]]


def head() -> Head:
    """The line of the reader's branch."""
    branch, now = current_staff().branch_id, clock().now()
    line = video_queue.line(reading(), branch, now)
    waiting = [place for place in line if not place.in_call]
    counted, today = appointments.counted(reading(), branch, now), now.astimezone(SHANGHAI).date()
    days = (today, today + timedelta(days=1))
    return Head(
        waiting=len(waiting),
        talking=len(line) - len(waiting),
        away=sum(place.absent for place in waiting),
        booked=[(day, {half: counted[day, half] for half in HALVES}) for day in days],
    )
