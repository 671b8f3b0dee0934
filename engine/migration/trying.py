"""A case is tried on a copy: restored, put on the other version, gone on, stored, and what was stored is read again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from engine.bundles import Bundle
from engine.cases import asking
from engine.diagrams.model import Element
from engine.interpreter import LET_GO, CannotMove, Homes, Run, Standing
from engine.interpreter.facts import Facts, flat
from engine.migration.homes import checked
from engine.migration.new_facts import facts_for, forgotten
from engine.migration.order import come_to, passed_by
from engine.migration.shape import shape
from engine.migration.verdict import BLOCKED, CLEAN, NEEDS_MAPPING, UNTOUCHED, Cause, Verdict


@dataclass(frozen=True)
class Tried:
    """The verdict, and the case as it would be; nothing of it is stored."""

    verdict: Verdict
    run: Run | None = None


@dataclass
class Trial:
    """One pair of versions. `homes` says what elements that are gone become; `settings` are the company's, now.

    Raises BadHomes.
    """

    source: Bundle
    target: Bundle
    homes: Homes
    settings: Mapping[str, object]
    _known: dict[str, Verdict] = field(default_factory=dict)

    def __post_init__(self) -> None:
        checked(self.target, self.homes)

    def judge(self, text: str, now: datetime) -> Verdict:
        """The verdict alone. States that differ only in ids and due times come to the same, so one of them is tried."""
        alike = shape(text)
        if alike not in self._known:
            self._known[alike] = self.attempt(text, now).verdict
        return self._known[alike]

    def attempt(self, text: str, now: datetime) -> Tried:
        """Try it."""
        run = Run.restore(self.source, text, now)
        place = place_of(run.standing)
        if self.source.process_hash == self.target.process_hash:
            return Tried(Verdict(UNTOUCHED, place), run)
        needs = tuple(self._needs(run.homeless(self.target, self.homes))) + tuple(self._other_roles(run))
        if needs:
            return Tried(Verdict(NEEDS_MAPPING, place, needs))
        notes = tuple(self._notes(run))
        before = _ids(run)
        try:
            placed = run.placed(self.target, self.homes, facts_for(self, run)).dump()
        except CannotMove:
            return Tried(Verdict(BLOCKED, place, (Cause("branches", place),)))
        wrong = _read_again(self.target, placed, before, now) or self._no_longer_goes_on(text, placed, now)
        if wrong:
            return Tried(Verdict(BLOCKED, place, (Cause("stuck", (wrong,)),)))
        return Tried(Verdict(CLEAN, place, (), notes), Run.restore(self.target, placed, now))

    def _no_longer_goes_on(self, text: str, placed: str, now: datetime) -> str | None:
        """What goes wrong there and did not here."""
        wrong = _goes_on(self.target, placed, now)
        return wrong if wrong and _goes_on(self.source, text, now) is None else None

    def _needs(self, lost: list[Standing]) -> Iterator[Cause]:
        """What somebody has to say before this case can move: where a step goes, whether an event is waited for."""
        for one in lost:
            home = self.homes.get(one.element)
            if one.kind == "boundary":
                yield Cause("waits", (one.element,), (*self._events_like(one), LET_GO))
            elif home not in self._steps and one.element not in self._steps:
                yield Cause("step", (one.element,), self._steps_like(one.element))

    def _other_roles(self, run: Run) -> Iterator[Cause]:
        """A step of the same name that others do is another step, until somebody says that it is the same."""
        for step in {each.step for each in run.steps if each.step in self._steps} - self.homes.keys():
            if not self._is_same_step(step):
                yield Cause("step", (step,), (step, *self._steps_like(step)))

    @property
    def _steps(self) -> set[str]:
        return {step.id for step in self.target.steps}

    def _is_same_step(self, step: str) -> bool:
        """A step that lies elsewhere now, done by the same people."""
        there = [each.role for each in self.source.steps if each.id == step]
        return there == [self.target.step(step).role]

    def _steps_like(self, element: str) -> tuple[str, ...]:
        """The same role's steps first."""
        role = next((step.role for step in self.source.steps if step.id == element), "")
        return tuple(step.id for step in sorted(self.target.steps, key=lambda step: step.role != role))

    def _events_like(self, one: Standing) -> Iterator[str]:
        """The boundary events of the same activity that the source did not have."""
        on = self.homes.get(one.on or "", one.on)
        mine = [each for each in self.target.drawing.of("boundaryEvent") if each.attached_to == on]
        known = {each.id for each in self.source.drawing.of("boundaryEvent")}
        yield from (each.id for each in mine if each.id not in known and _kind(each) == _kind(self._element(one)))

    def _element(self, one: Standing) -> Element:
        return self.source.drawing.elements[one.process, one.element]

    def _notes(self, run: Run) -> Iterator[Cause]:
        standing = run.standing
        places = [self.homes.get(each, each) for each in place_of(standing)]
        new = [step.id for step in self.target.steps if step.id not in {each.id for each in self.source.steps}]
        new = [step for step in new if step not in self.homes.values()]
        passed, ahead = passed_by(self.target, new, places), come_to(self.target, new, places)
        yield from _noted("passed", [step for step in new if step in passed])
        yield from _noted("asked", [step for step in new if step in ahead])
        roles = {step.id: step.role for step in self.source.steps}
        moved = [(each.step, self.homes.get(each.step, each.step)) for each in run.steps]
        yield from _noted("role", [new for old, new in moved if roles[old] != self.target.step(new).role])
        yield from _noted("forgotten", forgotten(self.target, flat(run.facts)))
        yield from self._notes_of_events(standing)

    def _notes_of_events(self, standing: list[Standing]) -> Iterator[Cause]:
        there = {each.id: each for each in self.target.drawing.of("boundaryEvent")}
        here = {each.id: each for each in self.source.drawing.of("boundaryEvent")}
        open_here = {self.homes.get(each.element, each.element) for each in standing}
        renamed = {self.homes.get(each, each) for each in here}
        yield from _noted(
            "new_events", [key for key, each in there.items() if each.attached_to in open_here and key not in renamed]
        )
        waits = [each.element for each in standing if each.kind == "boundary"]
        yield from _noted("let_go", [each for each in waits if self.homes.get(each) == LET_GO])
        homes = {each: self.homes.get(each, each) for each in waits if each in here}
        kept = {old: home for old, home in homes.items() if home in there}
        yield from _noted("anew", [old for old, home in kept.items() if _time(here[old]) != _time(there[home])])


def place_of(standing: list[Standing]) -> tuple[str, ...]:
    """The open steps; where there is none, what is waited for."""
    for kinds in (("step",), ("service", "event", "other"), ("boundary",)):
        found = tuple(sorted(each.element for each in standing if each.kind in kinds))
        if found:
            return found
    return ()


def _noted(code: str, what: list[str]) -> Iterator[Cause]:
    if what:
        yield Cause(code, tuple(what))


def _kind(element: Element) -> tuple[object, ...]:
    return element.interrupting, element.event.kind if element.event else None


def _time(element: Element) -> str | None:
    return element.event.text if element.event is not None and element.event.timer else None


def _ids(run: Run) -> set[str]:
    return {step.id for step in run.steps} | {job.id for job in run.jobs}


def _read_again(target: Bundle, text: str, before: set[str], now: datetime) -> str | None:
    """What is wrong with the case when what was stored is read again; None for nothing."""
    again = Run.restore(target, text, now)
    if again.finished or not again.standing:
        return "end"
    if not before <= _ids(again) or again.dump() != text:
        return ", ".join(place_of(again.standing))
    return None


def _goes_on(bundle: Bundle, text: str, now: datetime) -> str | None:
    """What goes wrong when an open step is done, without an answer in it; None for nothing."""
    for step in Run.restore(bundle, text, now).steps:
        run = Run.restore(bundle, text, now)
        try:
            run.complete(step.id, _done(bundle, step.step))
            run.dump()
        except Exception as wrong:  # the engine's own have no common class, and any of them would stop the case
            return f"{step.step}: {type(wrong).__name__}"
    return None


def _done(bundle: Bundle, step: str) -> Facts:
    return {**asking.done(step), "back": False} if bundle.has_step(step) else {}
