"""From when, and for whom, a version is to be taken: read from what a person says, and refused in his words."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from engine.clock import SHANGHAI
from engine.errors import Refused
from engine.feel.said import Said, listed

FURTHEST = timedelta(days=366)
MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}[ T]\d{2}:\d{2}")
WRONG: dict[str, Said] = {
    "time": Said(
        "“{said}”不是时间；请写成 2026-12-01 09:00（北京时间）",
        '"{said}" is no time; write it as 2026-12-01 09:00 (Beijing)',
    ),
    "past": Said("这个时间已经过去；要马上启用就不写时间", "this time is over; for at once give no time"),
    "far": Said("最多提前一年", "a year ahead at most"),
    "share": Said(
        "比例须是 1 % 到 99 % 的整数；要给所有受理单就不写", "1 % to 99 %, in whole numbers; for all cases give none"
    ),
    "branch": Said("没有营业部“{said}”；有：{there}", 'there is no branch "{said}"; there are: {there}'),
    "both": Said("请只选比例或营业部之一", "choose either a share or branches"),
    "first": Said(
        "首次发布没有更早的版本可用，只能马上给所有受理单使用",
        "a first version has none before it: all cases take it, at once",
    ),
}


class BadPlan(Refused):
    """A version cannot be published so; `fault` names what is wrong, `said` says it."""

    def __init__(self, fault: str, **what: str) -> None:
        self.fault, self.said = fault, WRONG[fault].filled(**what)
        super().__init__(self.said.en)


@dataclass(frozen=True)
class Plan:
    """`starts_at` None: at once. `share` (percent) or `branches`: tried with that part of the new cases first."""

    starts_at: datetime | None = None
    share: int | None = None
    branches: tuple[str, ...] = ()

    @property
    def in_part(self) -> bool:
        """Whether it is tried with a part first."""
        return self.share is not None or bool(self.branches)


AT_ONCE = Plan()


def read_time(text: str) -> datetime | None:
    """A moment of China's time as a person or a browser writes it; None for nothing. Raises BadPlan."""
    said = text.strip()
    if not said:
        return None
    if not MOMENT.fullmatch(said):
        raise BadPlan("time", said=said[:40])
    try:
        return datetime.fromisoformat(said).replace(tzinfo=SHANGHAI)
    except ValueError:
        raise BadPlan("time", said=said[:40]) from None


def read_share(text: str) -> int | None:
    """A share in percent, `10` or `10%`; None for nothing. Raises BadPlan."""
    said = text.strip().rstrip("%％").strip()
    if not text.strip():
        return None
    if not re.fullmatch("[1-9][0-9]?", said):
        raise BadPlan("share")
    return int(said)


def read_part(text: str) -> Plan:
    """`10%`, or branches with commas, as a command says it. Raises BadPlan."""
    if text.strip().endswith(("%", "％")):
        return Plan(share=read_share(text))
    return Plan(branches=tuple(dict.fromkeys(part.strip() for part in text.split(",") if part.strip())))


def must_fit(plan: Plan, now: datetime, branches: Collection[str], *, first: bool) -> None:
    """BadPlan for a time that is over or too far, an unknown branch, or a part where there is no whole."""
    if plan.starts_at is not None and plan.starts_at <= now:
        raise BadPlan("past")
    if plan.starts_at is not None and plan.starts_at > now + FURTHEST:
        raise BadPlan("far")
    if plan.share is not None and plan.branches:
        raise BadPlan("both")
    if plan.share is not None and not 1 <= plan.share <= 99:
        raise BadPlan("share")
    for unknown in sorted(set(plan.branches) - set(branches)):
        raise BadPlan("branch", said=unknown[:40], there="、".join(sorted(branches)[:20]))
    if first and plan != AT_ONCE:
        raise BadPlan("first")


def told(plan: Plan) -> list[Said]:
    """When and for whom, each as half a sentence; nothing for at once and for all."""
    said = []
    if plan.starts_at is not None:
        at = f"{plan.starts_at.astimezone(SHANGHAI):%Y-%m-%d %H:%M}"
        said.append(Said(f"从 {at} 起启用", f"from {at}"))
    if plan.share is not None:
        said.append(Said(f"先试行：{plan.share} % 的新受理单", f"tried with {plan.share} % of the new cases"))
    if plan.branches:
        names = listed(plan.branches)
        said.append(Said("先试行：营业部 {names}", "tried in the branches {names}").filled(names=names))
    return said
