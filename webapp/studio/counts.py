"""Where the running cases of a business stand: by step and by version, in the words of each version."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from engine.bundles.running import running
from engine.bundles.versions import versions
from webapp.house import bundle_named, clock, say


@dataclass(frozen=True)
class Standing:
    """How many cases of one version stand at one step; `step` is empty for those that wait for a service or a time."""

    step: str
    name: str
    cases: int


@dataclass(frozen=True)
class Count:
    """The running cases of one version; `number` is the version's."""

    number: int
    hash: str
    cases: int
    steps: list[Standing]


def counts(tx: Session, business: str) -> list[Count]:
    """By version, the latest first; a version without running cases is left out."""
    numbers = {one.hash: one.number for one in reversed(versions(tx, business, clock().now()))}
    found = [
        Count(numbers.get(one.hash, 0), one.hash, one.cases, _steps(one.hash, one.steps, one.elsewhere))
        for one in running(tx, business)
    ]
    return sorted(found, key=lambda one: -one.number)


def _steps(bundle_hash: str, at: object, elsewhere: int) -> list[Standing]:
    bundle = bundle_named(bundle_hash)
    cases: dict[str, int] = dict(at)  # type: ignore[call-overload]
    order = [step.id for step in bundle.steps]
    found = [Standing(step, say(bundle, bundle.step_name(step)), cases[step]) for step in order if step in cases]
    return [*found, Standing("", "", elsewhere)] if elsewhere else found
