"""How long something has lasted, as people read it."""

from __future__ import annotations

from datetime import timedelta

from webapp.language import words as _


def lasting(span: timedelta) -> str:
    """In whole minutes."""
    hours, minutes = divmod(int(span.total_seconds()) // 60, 60)
    if hours:
        return _("%(h)d 小时 %(m)d 分钟", h=hours, m=minutes)
    return _("%(m)d 分钟", m=minutes) if minutes else _("不到 1 分钟")
