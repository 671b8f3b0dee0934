"""Former rounds: what the customer had answered before and what he answers now, with the reasons that lay between."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any, Literal

from sqlalchemy import select

from engine.accounts import Person
from engine.bundles import Bundle
from engine.cases import answers
from engine.cases.answers import Round
from engine.tables import Case, Photo, Rejection
from forms.document import Component, Form
from webapp.access import INVESTOR_ROLE
from webapp.desk.history import Reason, reason_of
from webapp.house import form_of, reading, say, vault
from webapp.steps import pictures
from webapp.steps.answered import Answered, Line
from webapp.steps.pictures import Picture

State = Literal["same", "changed", "added", "gone"]


@dataclass(frozen=True)
class Pair:
    """One answer, then and now; empty where there was or is none."""

    label: str
    old: str
    new: str
    state: State


@dataclass(frozen=True)
class PhotoPair:
    """Two photographs of one slot; None where there was or is none."""

    label: str
    old: Picture | None
    new: Picture | None


@dataclass(frozen=True)
class Change:
    """One step answered again. Without `reasons` nobody rejected it: it was repeated, or the customer went back."""

    step: str
    round: int
    old_at: datetime
    new_at: datetime
    reasons: list[Reason]
    lines: list[Pair]
    photos: list[PhotoPair]

    @property
    def differs(self) -> bool:
        return bool(self.photos) or any(line.state != "same" for line in self.lines)


class Rounds:
    """The former rounds of one case."""

    def __init__(self, case: Case, bundle: Bundle, person: Person, revealed: bool) -> None:
        self.case, self.bundle = case, bundle
        self.shown, self.full = Answered(bundle, person, revealed), Answered(bundle, person, revealed=True)

    def changes(self) -> list[Change]:
        """Every answer that took the place of an earlier one, in the order of the steps, of each the latest first."""
        order = [step for one in self.bundle.business.milestones for step in one.steps]
        mine = [step for step in order if self.bundle.step(step).role == INVESTOR_ROLE]
        return [change for step in mine for change in self._of_step(step) if change.differs or change.reasons]

    def _of_step(self, step: str) -> list[Change]:
        rounds = answers.rounds(reading(), vault(), self.case.id, step)
        return [self._change(step, old, new) for old, new in reversed(list(pairwise(rounds)))]

    def _change(self, step: str, old: Round, new: Round) -> Change:
        return Change(
            step=say(self.bundle, self.bundle.step_name(step)),
            round=new.round,
            old_at=old.at,
            new_at=new.at,
            reasons=self._reasons(step, old, new),
            lines=self._lines(step, old.answers, new.answers),
            photos=list(self._photos(step, old.answers, new.answers)),
        )

    def _reasons(self, step: str, old: Round, new: Round) -> list[Reason]:
        mine = select(Rejection).where(Rejection.case_id == self.case.id, Rejection.step == step)
        between = mine.where(Rejection.at >= old.at, Rejection.at <= new.at).order_by(Rejection.at, Rejection.id)
        return [reason_of(self.bundle, row) for row in reading().scalars(between)]

    def _lines(self, step: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> list[Pair]:
        """Compared in full, shown masked: two cards that end alike are two cards."""
        before = _named(self._read(self.full, step, old), self._read(self.shown, step, old))
        after = _named(self._read(self.full, step, new), self._read(self.shown, step, new))
        return [_pair(name[0], before.get(name), after.get(name)) for name in dict.fromkeys([*before, *after])]

    def _read(self, reader: Answered, step: str, given: Mapping[str, Any]) -> list[Line]:
        return [line for section in reader.sections({step: given}) for line in section.lines]

    def _photos(self, step: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[PhotoPair]:
        form = form_of(self.bundle, self.bundle.step(step).form)
        before, after = dict(self._ids(form, old)), dict(self._ids(form, new))
        for label in dict.fromkeys([*before, *after]):
            if before.get(label) != after.get(label):
                yield PhotoPair(label, _picture(before.get(label)), _picture(after.get(label)))

    def _ids(self, form: Form, given: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
        """Label and id of each photograph of one submission, those in the rows of lists too."""
        for part in form.fields:
            if part.widget == "photo" and given.get(part.key):
                yield say(self.bundle, part.label), given[part.key]
            for row in _rows(given.get(part.key)):
                for inner in (one for one in part.components if one.widget == "photo" and row.get(one.key)):
                    yield self._row_label(inner, row), row[inner.key]

    def _row_label(self, part: Component, row: Mapping[str, Any]) -> str:
        return f"{say(self.bundle, part.label)} {row.get('row', '')}".strip()


def _rows(value: Any) -> list[Mapping[str, Any]]:
    rows = value.get("added", []) if isinstance(value, dict) else value
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []


def _picture(photo_id: str | None) -> Picture | None:
    photo = reading().get(Photo, photo_id) if photo_id else None
    return pictures.picture(photo, "desk.photo") if photo else None


def _named(full: list[Line], shown: list[Line]) -> dict[tuple[str, int], tuple[str, str]]:
    """By label and how many of it came before: the value in full, the value as it is shown."""
    found: dict[tuple[str, int], tuple[str, str]] = {}
    seen: dict[str, int] = {}
    for whole, line in zip(full, shown, strict=True):
        seen[line.label] = seen.get(line.label, 0) + 1
        found[line.label, seen[line.label]] = (whole.value, line.value)
    return found


def _pair(label: str, old: tuple[str, str] | None, new: tuple[str, str] | None) -> Pair:
    state: State = "added" if old is None else "gone" if new is None else "same" if old[0] == new[0] else "changed"
    return Pair(label, old[1] if old else "", new[1] if new else "", state)
