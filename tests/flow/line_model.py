"""What the line promises, said once more in plain words and without a database."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta

AWAY, GONE, LEASE = timedelta(seconds=45), timedelta(minutes=5), timedelta(minutes=3)
Span = tuple[datetime, datetime]


@dataclass
class Customer:
    """Somebody in line: since when, when his page was last seen, his half day, who holds him until when."""

    name: str
    joined: datetime
    seen: datetime
    half: Span | None = None
    holder: str = ""
    until: datetime | None = None

    def is_held(self, now: datetime) -> bool:
        return self.until is not None and self.until > now

    def is_away(self, now: datetime) -> bool:
        return now - self.seen > AWAY

    def came_in_his_half(self, now: datetime) -> bool:
        return self.half is not None and self.half[0] <= now and self.joined < self.half[1]

    def presses(self, now: datetime) -> bool:
        """Half of his half day is over."""
        return (
            self.came_in_his_half(now)
            and self.half is not None
            and now >= self.half[0] + (self.half[1] - self.half[0]) / 2
        )


@dataclass
class Line:
    """Everybody in line, by name, and whether the last call was of somebody booked."""

    people: dict[str, Customer] = field(default_factory=dict)
    last_was_booked: bool = False

    def held_by(self, verifier: str, now: datetime) -> Customer | None:
        return next((one for one in self.people.values() if one.holder == verifier and one.is_held(now)), None)

    def next(self, now: datetime) -> Customer | None:
        """Who is called now: who is there before who is away, and among them as the rule says."""
        free = [one for one in self.people.values() if not one.is_held(now)]
        there = [one for one in free if not one.is_away(now)]
        return _first(there or free, now, self.last_was_booked)

    def order(self, now: datetime) -> list[str]:
        """All who wait, as they would be called one after the other if all of them were there."""
        left, names, after_booked = (
            [one for one in self.people.values() if not one.is_held(now)],
            list[str](),
            self.last_was_booked,
        )
        while first := _first(left, now, after_booked):
            names.append(first.name)
            left.remove(first)
            after_booked = first.came_in_his_half(now)
        return names

    def drop(self, now: datetime) -> None:
        """Who was silent for too long and is not talked to has left."""
        self.people = {name: one for name, one in self.people.items() if one.is_held(now) or now - one.seen < GONE}


def _first(people: Collection[Customer], now: datetime, after_booked: bool) -> Customer | None:
    """Pressing ones first; then of the booked and the walk-ins the other kind than was called last, where it waits."""
    pressing = [one for one in people if one.presses(now)]
    booked = [one for one in people if one.came_in_his_half(now)]
    walk_ins = [one for one in people if not one.came_in_his_half(now)]
    chosen = pressing or ((walk_ins or booked) if after_booked else (booked or walk_ins))
    return min(chosen, key=lambda one: one.joined, default=None)
