"""What a case has to know on a version that it did not begin on: which new steps are to do, and new settings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from engine.bundles import Bundle
from engine.interpreter import Run
from engine.interpreter.facts import ASKED, Scalar, flat
from engine.migration.order import passed_by

if TYPE_CHECKING:
    from engine.migration.trying import Trial

_SETTINGS = "settings."


def facts_for(trial: Trial, run: Run) -> dict[str, Scalar]:
    """The facts to add. A new step before the place of the case is not to do until somebody asks it."""
    known = flat(run.facts)
    given = dict(_of_steps(trial, run, known)) | dict(_of_settings(trial.target, trial.settings))
    open_here = {
        trial.homes[each.element] for each in run.standing if each.kind == "step" and each.element in trial.homes
    }
    entered = {f"todo.{step}": True for step in open_here}
    return {name: value for name, value in given.items() if name not in known} | entered


def forgotten(target: Bundle, known: Mapping[str, Scalar]) -> list[str]:
    """Facts that the version does not declare; those of its own way through steps are not worth a word."""
    return [name for name in known if name not in target.declared and name.split(".")[0] not in ASKED]


def _of_steps(trial: Trial, run: Run, known: Mapping[str, Scalar]) -> Iterator[tuple[str, Scalar]]:
    new = {step.id for step in trial.target.steps} - {step.id for step in trial.source.steps}
    names = {home: old for old, home in trial.homes.items() if home in new}
    places = [trial.homes.get(each.step, each.step) for each in run.steps]
    passed = passed_by(trial.target, new, places)
    for step in sorted(new):
        for fact, value in (("todo", step not in passed), ("again", False)):
            yield f"{fact}.{step}", known.get(f"{fact}.{names[step]}", value) if step in names else value


def _of_settings(target: Bundle, settings: Mapping[str, object]) -> Iterator[tuple[str, Scalar]]:
    for name, value in settings.items():
        if _SETTINGS + name in target.declared and isinstance(value, bool | int | float | str):
            yield _SETTINGS + name, value
