"""Cases are tried on a version in a process of its own, so that no page waits for it and no version holds one up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime

from engine import migration
from engine.actors import Actor
from engine.bundles import Bundle
from engine.interpreter import Homes
from engine.migration import Order, Trial, Tried, Verdict
from engine.migration.impact import Judges, Tell
from engine.migration.kept import keep, subject_of
from engine.store import Store
from webapp.studio.asked import Asked
from webapp.studio.beside import start


class TriedApart(Trial):
    """What is asked of it is answered by the process; one case of a shape is asked about."""

    def __init__(self, source: Bundle, target: Bundle, homes: Homes, settings: Mapping[str, object]) -> None:
        super().__init__(source, target, homes, settings)
        words = (source.business.id, source.hash, target.hash)
        self.asked = Asked("webapp.impact_process", words, (source, target))

    def attempt(self, text: str, now: datetime) -> Tried:
        """The verdict alone."""
        said = {"state": text, "now": now.isoformat(), "homes": dict(self.homes), "settings": dict(self.settings)}
        return Tried(Verdict.of(self.asked.ask(said)))


def start_impact(store: Store, target: Bundle, order: Order, by: Actor) -> None:
    """What the version would mean for these cases is tried, and kept. Busy, UnderWay."""

    def work(tell: Tell) -> None:
        with judges() as tried:
            found = migration.impact(store, target, order.homes, tell, order, tried)
        keep(store, order, found, by)

    start(store, subject_of(order), by, work)


@contextmanager
def judges() -> Iterator[Judges]:
    """One process at a time: cases are tried version by version."""
    begun: list[TriedApart] = []

    def begin(source: Bundle, target: Bundle, homes: Homes, settings: Mapping[str, object]) -> Trial:
        for each in begun:
            each.asked.end()
        begun.append(TriedApart(source, target, homes, settings))
        return begun[-1]

    try:
        yield begin
    finally:
        for each in begun:
            each.asked.end()
