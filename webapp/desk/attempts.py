"""What lay in a slot before: earlier uploads, when they came, by whom, and why a desk did not take them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from sqlalchemy import select

from engine import photo_records
from engine.bundles import Bundle
from engine.cases import answers
from engine.tables import Case, Photo, Rejection
from webapp.desk.asking import Asking
from webapp.desk.history import Reason, reason_of
from webapp.house import reading, vault
from webapp.language import words as _
from webapp.steps import pictures
from webapp.steps.pictures import Picture


@dataclass(frozen=True)
class Attempt:
    """An earlier upload. Without `picture` it was replaced before it was handed in, and is not for a desk."""

    at: datetime
    by: str
    picture: Picture | None
    reasons: list[Reason]


class Attempts:
    """The earlier uploads of one case. Where there are none, nothing sealed is opened."""

    def __init__(self, case: Case, bundle: Bundle) -> None:
        self.case, self.bundle = case, bundle

    def before(self, counts: Photo, asking: Asking | None) -> list[Attempt]:
        """The newest first."""
        older = [one for one in photo_records.earlier(reading(), self.case.id, counts.slot) if one.id != counts.id]
        shown = answers.held(reading(), vault(), self.case.id, {one.id for one in older}) if older else set()
        ended = [counts.at, *(one.at for one in older)]
        return [
            Attempt(
                at=photo.at,
                by=by_whom(self.case, photo.by),
                picture=pictures.picture(photo, "desk.photo") if photo.id in shown else None,
                reasons=[reason_of(self.bundle, row) for row in self._why(photo, end, asking)],
            )
            for photo, end in zip(older, ended, strict=False)
        ]

    @cached_property
    def _rejections(self) -> Sequence[Rejection]:
        mine = select(Rejection).where(Rejection.case_id == self.case.id).order_by(Rejection.at, Rejection.id)
        return reading().scalars(mine).all()

    def _why(self, photo: Photo, end: datetime, asking: Asking | None) -> Iterator[Rejection]:
        """The rejections of its field, or of its whole step, that were given while it counted."""
        if asking is None:
            return
        for row in self._rejections:
            if row.step == asking.step and row.field in (None, asking.field) and photo.at <= row.at < end:
                yield row


def by_whom(case: Case, actor_id: str) -> str:
    """Uploads are the customer's, or made for him of what is on file."""
    return _("客户") if actor_id == case.customer_id else _("系统")
