"""What a version would mean for the cases that are under way, place by place. Nothing is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import Session

from engine import company
from engine.bundles import Bundle, bundle_of
from engine.cases.holding import known_to
from engine.interpreter import Homes
from engine.migration.chosen import Order, is_chosen
from engine.migration.circumstances import circumstances
from engine.migration.homes import checked
from engine.migration.trying import Trial
from engine.migration.verdict import KINDS, Cause, Verdict
from engine.store import Store
from engine.tables import Case

AT_ONCE = 200
Tell = Callable[[int, int], None]
"""Told how many of how many have been tried."""

Judges = Callable[[Bundle, Bundle, Homes, Mapping[str, object]], Trial]
"""What tries the cases of one version on another; the web server's does it in a process of its own."""


@dataclass
class AtPlace:
    """The cases of one version at one place: how many of each kind, and how many of what is said of them."""

    source: str
    place: tuple[str, ...]
    kinds: Counter[str] = field(default_factory=Counter)
    said: Counter[Cause] = field(default_factory=Counter)

    @property
    def cases(self) -> int:
        return self.kinds.total()

    @property
    def most_said(self) -> list[tuple[Cause, int]]:
        """What is said of the most cases first."""
        return sorted(self.said.items(), key=lambda each: (-each[1], each[0].code, each[0].what))


@dataclass(frozen=True)
class Impact:
    """By version and place, in the order of the steps. Cases that are on the version already are left out."""

    business: str
    target: str
    places: list[AtPlace]

    @property
    def kinds(self) -> dict[str, int]:
        return {kind: sum(place.kinds[kind] for place in self.places) for kind in KINDS}

    @property
    def cases(self) -> int:
        return sum(self.kinds.values())


def impact(
    store: Store,
    target: Bundle,
    homes: Homes = MappingProxyType({}),
    progress: Tell = lambda done, of: None,
    order: Order | None = None,
    judges: Judges = Trial,
) -> Impact:
    """Try every case that is under way, or those of an order, on a copy; `target` need not be published.

    Raises BadHomes.
    """
    checked(target, homes)
    cases = is_chosen(order or Order(target.business.id, target.hash, ""))
    found: dict[tuple[str, tuple[str, ...]], AtPlace] = {}
    with store.read() as tx:
        total = tx.scalar(select(func.count()).select_from(Case).where(cases)) or 0
        for done, (source, verdict) in enumerate(verdicts(store, tx, target, homes, cases, judges), start=1):
            at = found.setdefault((source.hash, verdict.place), AtPlace(source.hash, verdict.place))
            at.kinds[verdict.kind] += 1
            at.said.update([*verdict.causes, *verdict.notes])
            if done % AT_ONCE == 0 or done == total:
                progress(done, total)
        places = sorted(found.values(), key=lambda at: _order(store, tx, at))
    return Impact(target.business.id, target.hash, places)


def verdicts(
    store: Store, tx: Session, target: Bundle, homes: Homes, cases: ColumnElement[bool], judges: Judges = Trial
) -> Iterator[tuple[Bundle, Verdict]]:
    """The verdict of each of these cases, version by version."""
    now, settings = store.clock.now(), company.load(tx).settings
    versions = select(Case.bundle_hash).where(cases).distinct().order_by(Case.bundle_hash)
    for source in [bundle_of(tx, each, known_to(store)) for each in tx.scalars(versions)]:
        mine = and_(cases, Case.bundle_hash == source.hash)
        around, trial = circumstances(tx, mine, source, target), judges(source, target, homes, settings)
        for case_id, state in tx.execute(select(Case.id, Case.state).where(mine)).yield_per(AT_ONCE):
            yield source, around.judged(case_id, trial.judge(state, now), source, target, homes)


def as_plain(found: Impact) -> Mapping[str, object]:
    """The same for programs."""
    return {
        "business": found.business, "version": found.target, "cases": found.cases, **found.kinds,
        "places": [
            {"from": at.source, "at": list(at.place), **{kind: at.kinds[kind] for kind in KINDS},
             "said": [{"code": each.code, "what": list(each.what), "offers": list(each.offers), "cases": cases}
                      for each, cases in at.most_said]}
            for at in found.places
        ],
    }  # fmt: skip


def of_plain(plain: Mapping[str, Any]) -> Impact:
    """What `as_plain` gave, read back."""
    return Impact(plain["business"], plain["version"], [_at_place(each) for each in plain["places"]])


def _at_place(plain: Mapping[str, Any]) -> AtPlace:
    kinds = Counter({kind: plain[kind] for kind in KINDS})
    said = {Cause.of([each["code"], each["what"], each["offers"]]): each["cases"] for each in plain["said"]}
    return AtPlace(plain["from"], tuple(plain["at"]), kinds, Counter(said))


def _order(store: Store, tx: Session, at: AtPlace) -> tuple[str, list[int]]:
    steps = [step.id for step in bundle_of(tx, at.source, known_to(store)).steps]
    return at.source, [steps.index(step) if step in steps else len(steps) for step in at.place]
