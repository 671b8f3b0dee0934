"""The audit of a case in words: who did what, when, and what it led to; and who looked."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from engine import audit
from engine.bundles import Bundle
from engine.tables import AuditRow, Case, Task
from webapp.house import reading, say
from webapp.language import words as _
from webapp.operate.deeds import Deed, deed_words
from webapp.operate.people import actor_words

SHOWN = 60
LOOKS = ("look", "reveal", "watch")


@dataclass(frozen=True)
class Event:
    """One row of the audit. `led_to` are the steps that it opened."""

    seq: int
    at: datetime
    who: str
    what: str
    led_to: list[str]


@dataclass(frozen=True)
class Timeline:
    """The newest first; `earlier` is the number before which the rest begins, if there is a rest."""

    events: list[Event]
    earlier: int | None


@dataclass(frozen=True)
class Look:
    """Somebody looked at something of this case."""

    at: datetime
    who: str
    what: str


def timeline(case: Case, bundle: Bundle, before: int | None) -> Timeline:
    rows = [row for row in _rows(case) if row.action not in LOOKS and (before is None or row.seq < before)]
    names = _steps(case, bundle)
    shown = rows[-SHOWN:]
    events = [_event(row, bundle, names) for row in reversed(shown)]
    return Timeline(events, shown[0].seq if len(rows) > len(shown) else None)


def looks(case: Case) -> list[Look]:
    """The newest first."""
    rows = [row for row in _rows(case) if row.action in LOOKS]
    return [Look(row.at, actor_words(row.actor), _looked(row.action, json.loads(row.body))) for row in reversed(rows)]


def _rows(case: Case) -> list[AuditRow]:
    return audit.history(reading(), audit.case_chain(case.id))


def _steps(case: Case, bundle: Bundle) -> dict[str, str]:
    """The name of each task's step, by the task's id."""
    tasks = reading().scalars(select(Task).where(Task.case_id == case.id))
    return {task.id: say(bundle, bundle.step_name(task.step)) for task in tasks}


def _event(row: AuditRow, bundle: Bundle, names: Mapping[str, str]) -> Event:
    body = json.loads(row.body)
    what = deed_words(Deed(row.action, body, bundle))
    return Event(row.seq, row.at, actor_words(row.actor), what, list(_opened(body, names)))


def _opened(body: Mapping[str, Any], names: Mapping[str, str]) -> Iterator[str]:
    return (names[task] for task in body.get("opened", []) if task in names)


def _looked(action: str, body: Mapping[str, Any]) -> str:
    if action == "reveal":
        return _("查看了完整号码")
    if action == "watch":
        return _("没有领取，观看了通话录像，原因写在同事的留言里")
    if body.get("which") == "recording":
        return _("观看了通话录像")
    if "photo" in body:
        return _("查看了照片（%(slot)s）", slot=body.get("slot", ""))
    return _("查看了异常任务") if str(body.get("page", "")).startswith("incident") else _("查看了受理单")
