"""What a version would mean for running cases, as a page tells it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from engine.bundles import Bundle
from engine.bundles.versions import versions
from engine.interpreter import LET_GO
from engine.migration import BLOCKED, KINDS, NEEDS_MAPPING, Impact
from engine.migration.impact import AtPlace
from engine.migration.words import NAMES
from webapp.house import bundle_named, clock, reading, say
from webapp.language import language
from webapp.language import words as _
from webapp.studio.migration_wish import GONE, HOME, Wish

STATES = {NEEDS_MAPPING: "warn", BLOCKED: "bad"}


@dataclass(frozen=True)
class Counted:
    """How many cases are of one kind; `state` is the colour that says it a second time."""

    name: str
    cases: int
    state: str


@dataclass(frozen=True)
class Place:
    """Where cases of one version stand, and what is said of how many of them."""

    number: int
    name: str
    ids: str
    counts: list[Counted]
    said: list[tuple[int, str]]


@dataclass(frozen=True)
class Question:
    """What somebody has to say before cases can move: what an element becomes. `options` are value and label."""

    name: str
    label: str
    value: str
    options: list[tuple[str, str]]


@dataclass(frozen=True)
class Shown:
    """An impact as it is shown; `moves` are the cases that would go now: a job or a call is over soon."""

    cases: int
    moves: int
    counts: list[Counted]
    places: list[Place]
    questions: list[Question]


def told_impact(found: Impact, target: Bundle, wish: Wish) -> Shown:
    numbers = {one.hash: one.number for one in reversed(versions(reading(), target.business.id, clock().now()))}
    return Shown(
        cases=found.cases,
        moves=found.kinds["untouched"] + found.kinds["clean"],
        counts=_counts(found.kinds),
        places=[_place(at, numbers.get(at.source, 0)) for at in found.places],
        questions=_questions(found, target, wish),
    )


def _counts(kinds: Mapping[str, int]) -> list[Counted]:
    told = [(kind, kinds.get(kind, 0)) for kind in KINDS]
    return [Counted(NAMES[kind].to(language()), cases, STATES.get(kind, "good")) for kind, cases in told if cases]


def _place(at: AtPlace, number: int) -> Place:
    source = bundle_named(at.source)
    name = "、".join(say(source, _name(source, each)) for each in at.place) or _("等待系统处理或等待时间")
    said = [(cases, cause.said.to(language())) for cause, cases in at.most_said]
    return Place(number, name, ", ".join(at.place), _counts(at.kinds), said)


def _questions(found: Impact, target: Bundle, wish: Wish) -> list[Question]:
    """One for each element that is asked about, and for each that was answered."""
    asked: dict[str, tuple[str, ...]] = {old: (*_every(target), LET_GO) for old in wish.homes}
    for at in found.places:
        for cause in at.said:
            asked |= {cause.what[0]: cause.offers} if cause.offers else {}
    return [_question(old, offers, found, target, wish) for old, offers in asked.items()]


def _question(old: str, offers: tuple[str, ...], found: Impact, target: Bundle, wish: Wish) -> Question:
    label = next((_name(source, old) for at in found.places if _has(source := bundle_named(at.source), old)), old)
    options = [("", _("还没有决定"))]
    options += [(home, f"{say(target, _name(target, home))}（{home}）") for home in offers if home != LET_GO]
    if LET_GO in offers:
        options.append((GONE, _("不再需要")))
    value = wish.homes.get(old)
    return Question(HOME + old, f"{label}（{old}）", GONE if value == LET_GO else value or "", options)


def _every(target: Bundle) -> tuple[str, ...]:
    return tuple(step.id for step in target.steps)


def _has(bundle: Bundle, element: str) -> bool:
    return any(each.id == element for each in bundle.drawing.elements.values())


def _name(bundle: Bundle, element: str) -> str:
    return next((each.name for each in bundle.drawing.elements.values() if each.id == element and each.name), element)
