"""Asking again: which steps a rejection or 上一步 opens, and what the business says has to be repeated with them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from engine.cases.holding import Held
from engine.cases.intentions import RejectionInput, Scalar
from engine.interpreter.facts import merged
from engine.tables import Rejection, Task

if TYPE_CHECKING:
    from engine.bundles import Bundle, Reason

CUSTOMER_TEXT, INTERNAL_NOTE = "rejections.customer_text", "rejections.internal_note"


def reasons_of(bundle: Bundle, desk: str, rejections: Iterable[RejectionInput]) -> list[Reason]:
    """The catalogue's reasons of a rejection; ValueError for a code that this desk may not give."""
    catalogue = {reason.code: reason for reason in bundle.reasons if desk in reason.desks}
    codes = [rejection.reason for rejection in rejections]
    unknown = [code for code in codes if code not in catalogue]
    if unknown:
        raise ValueError(f"{desk} has no reason {', '.join(unknown)}")
    return [catalogue[code] for code in codes]


def asked_by(bundle: Bundle, reasons: Iterable[Reason], facts: Mapping[str, Any]) -> set[str]:
    """The steps that these reasons ask again, with what has to be repeated for each."""
    asked: set[str] = set()
    for reason in reasons:
        if reason.step is not None:
            asked |= {reason.step} | repeated(bundle, reason.step, facts, video=reason.video)
    return asked


def repeated(bundle: Bundle, step: str, facts: Mapping[str, Any], video: bool = False) -> set[str]:
    """The later steps that a correction of this step repeats, by the business's own table."""
    if bundle.business.repeats is None:
        return set()
    table = bundle.decisions[bundle.business.repeats]
    asked: dict[str, Scalar] = {"step": step, "reason.video": video}
    decided = table.decide(merged(facts, asked), bundle.declared | asked.keys())
    rows = decided if isinstance(decided, list) else [decided]
    found = {value for row in rows for value in row.values() if isinstance(value, str)}
    unknown = found - {each.id for each in bundle.steps}
    if unknown:
        raise ValueError(f"{bundle.business.repeats} repeats steps that are not drawn: {', '.join(sorted(unknown))}")
    return found


def todo(steps: Iterable[str]) -> dict[str, Scalar]:
    """The facts that ask steps again."""
    return {name: True for step in steps for name in (f"todo.{step}", f"again.{step}")}


def done(step: str) -> dict[str, Scalar]:
    """The facts of a step that is done."""
    return {f"todo.{step}": False, f"again.{step}": False}


def write_rejections(held: Held, task: Task, given: Iterable[RejectionInput], reasons: list[Reason], by: str) -> None:
    """One row a reason; the texts are sealed."""
    vault = held.store.vault
    for rejection, reason in zip(given, reasons, strict=True):
        held.tx.add(
            Rejection(
                id=held.store.ids.new(),
                case_id=held.case.id,
                desk=task.step,
                task_id=task.id,
                reason=reason.code,
                step=reason.step or "",
                field=rejection.field or reason.field,
                customer_text=vault.seal(CUSTOMER_TEXT, rejection.customer_text or reason.customer_text),
                internal_note=vault.seal(INTERNAL_NOTE, rejection.internal_note),
                by=by,
                at=held.now,
            )
        )
