"""What stands beside the forms of the public pages: the service hours and the way to the phone."""

from __future__ import annotations

import io
from datetime import date, timedelta

import segno
from flask import request
from markupsafe import Markup

from engine.calendar import Calendar
from webapp.house import clock, company, house
from webapp.language import language, moment
from webapp.language import words as _


def hours() -> str:
    """The line on service hours, with the next opening when it is closed now (S5, G1)."""
    if house().demonstration:
        return _("演示环境全天开放，不受服务时间限制")
    calendar, now = company().calendars.self_service, clock().now()
    line = _("网上办理服务时间：%(hours)s", hours=calendar.describe(language())) + _soon(calendar, now.date())
    if calendar.is_open(now):
        return line
    return line + _("。现在不在服务时间，下次开放：%(moment)s", moment=moment(calendar.next_opening(now)))


def _soon(calendar: Calendar, today: date) -> str:
    """The days of the coming week with hours of their own."""
    days = calendar.specials(today, today + timedelta(days=7))
    told = (f"{day} {', '.join(map(str, spans)) or _('不开放')}" for day, spans in days)
    return "".join(("; " if language() == "en" else "；") + one for one in told)


def notices() -> list[str]:
    """What the company says to everybody today; a demonstration has its own banner."""
    if house().demonstration:
        return []
    today = clock().now().date()
    return [company().say(one.text, language()) for one in company().notices if one.stands_on(today)]


def qr(path: str) -> Markup:
    """手机办理: the address of a page of ours for a phone's camera."""
    drawn = io.BytesIO()
    code = segno.make(request.url_root.rstrip("/") + path, error="m", micro=False)
    code.save(drawn, kind="svg", xmldecl=False, border=0, omitsize=True, svgclass=None, lineclass=None)
    return Markup(drawn.getvalue().decode())  # noqa: S704 - drawn by segno from an address of ours
