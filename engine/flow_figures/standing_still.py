"""A case that stands still, and the kinds of what holds one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, get_args

Kind = Literal[
    "job_failed", "queue_down", "timer_overdue", "nobody_eligible", "unclaimed", "claimed", "customer_silent"
]
KINDS: tuple[Kind, ...] = get_args(Kind)
"""What has to be mended by somebody first, what only takes its time last."""


@dataclass(frozen=True)
class Stuck:
    """One case at one place. `usual` is the p95 that it is past, `due` the time that it is past, if it has one."""

    kind: Kind
    case_id: str
    number: str | None
    element: str
    since: datetime
    branch_id: str
    due: datetime | None = None
    usual: timedelta | None = None
    held_by: str | None = None
