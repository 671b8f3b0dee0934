"""What a verifier reads above his list: how he stands himself, how many wait, talk and serve, and who is booked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from engine import appointments, presence, video_queue
from engine.appointments import HALVES
from engine.clock import SHANGHAI
from engine.presence import Present
from webapp.access import current_staff
from webapp.durations import lasting
from webapp.house import clock, reading

_PATIENCE = ((timedelta(minutes=15), "bad"), (timedelta(minutes=5), "warn"))


@dataclass(frozen=True)
class Head:
    """`waiting` leaves out those in a call. `booked` counts appointments that are not over: by day, by half.

    `longest` is for how long the one waits who joined first. `me` is how the reader stands, of `serving` colleagues.
    """

    waiting: int
    talking: int
    away: int
    booked: list[tuple[date, dict[str, int]]]
    longest: str
    patience: str
    me: Present
    serving: int


def head() -> Head:
    """The line of the reader's branch."""
    branch, now = current_staff().branch_id, clock().now()
    line = video_queue.line(reading(), branch, now)
    waiting = [place for place in line if not place.in_call]
    counted, today = appointments.counted(reading(), branch, now), now.astimezone(SHANGHAI).date()
    days = (today, today + timedelta(days=1))
    there = presence.of_branch(reading(), branch, now)
    longest = now - min((place.joined_at for place in waiting), default=now)
    return Head(
        waiting=len(waiting),
        talking=len(line) - len(waiting),
        away=sum(place.absent for place in waiting),
        booked=[(day, {half: counted[day, half] for half in HALVES}) for day in days],
        longest=lasting(longest) if waiting else "",
        patience=patience(longest),
        me=there.get(current_staff().id) or _silent(now),
        serving=sum(one.serves for one in there.values()),
    )


def patience(waited: timedelta) -> str:
    """How it looks that somebody has waited so long: good | warn | bad."""
    return next((look for least, look in _PATIENCE if waited >= least), "good")


def _silent(now: datetime) -> Present:
    """Somebody who never said anything."""
    return Present(current_staff().id, presence.OFFLINE, now, presence.OFFLINE)
