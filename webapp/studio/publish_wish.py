"""What an analyst has typed who publishes: the note, from when, and with whom it is tried first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from sqlalchemy import select
from werkzeug.datastructures import MultiDict

from engine.bundles.plans import BadPlan, Plan, read_share, read_time
from engine.tables import Branch
from webapp.house import reading
from webapp.language import language

_FIELDS = {"time": "begins", "past": "begins", "far": "begins", "share": "share", "branch": "branches", "both": "share"}


@dataclass(frozen=True)
class PublishWish:
    """As it was typed; what is left empty means at once and for all."""

    note: str = ""
    begins: str = ""
    share: str = ""
    branches: tuple[str, ...] = ()

    @classmethod
    def of(cls, given: MultiDict[str, str]) -> PublishWish:
        return cls(
            given.get("note", "").strip(),
            given.get("begins", "").strip(),
            given.get("share", "").strip(),
            tuple(given.getlist("branches")),
        )

    @property
    def is_special(self) -> bool:
        """Whether it says more than at once and for all."""
        return replace(self, note="") != NOTHING_TYPED

    def plan(self) -> Plan:
        """Raises BadPlan."""
        return Plan(read_time(self.begins), read_share(self.share), self.branches)


NOTHING_TYPED = PublishWish()


def wrong_field(wrong: BadPlan) -> Mapping[str, str]:
    """The sentence, at the field that it is about."""
    return {_FIELDS.get(wrong.fault, ""): wrong.said.to(language())}


def branches() -> list[tuple[str, str]]:
    """The branches by id and name."""
    english = language() == "en"
    rows = reading().scalars(select(Branch).order_by(Branch.id))
    return [(row.id, row.name_en if english else row.name) for row in rows]
