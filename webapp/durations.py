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


def briefly(span: timedelta) -> str:
    """In the largest unit of which it has two, as a column or a sign of a drawing says it."""
    seconds = int(span.total_seconds())
    if seconds >= 2 * 86400:
        return _("%(n)d 天", n=seconds // 86400)
    if seconds >= 2 * 3600:
        return _("%(n)d 小时", n=seconds // 3600)
    return _("%(n)d 分钟", n=seconds // 60) if seconds >= 120 else _("%(n)d 秒", n=seconds)
