"""A booking as a file for the customer's own calendar (RFC 5545): one event a case, replaced on change, taken out."""

from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

from flask import Response, abort, url_for
from flask.typing import ResponseReturnValue as Page
from icalendar import Alarm, Calendar, Event
from sqlalchemy import func, select

from engine import appointments
from engine.tables import Appointment
from webapp.access import investor_only, my_case
from webapp.house import company, reading
from webapp.language import language
from webapp.language import words as _
from webapp.steps.views import blueprint

SHANGHAI = ZoneInfo("Asia/Shanghai")
PUBLISH, CANCEL = "PUBLISH", "CANCEL"
BEFORE = timedelta(hours=1)


@blueprint.get("/cases/<case_id>/appointment.ics")
@investor_only
def calendar_file(case_id: str) -> Page:
    """The last booking: to be put into the calendar, or to be taken out where it does not stand any more."""
    row = appointments.last(reading(), my_case(case_id).id)
    if row is None:
        abort(404)
    named = {"Content-Disposition": 'attachment; filename="appointment.ics"'}
    method = PUBLISH if row.closed_at is None else CANCEL
    return Response(_file(row, method), content_type=f"text/calendar; charset=utf-8; method={method}", headers=named)


def _file(row: Appointment, method: str) -> bytes:
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", "-//Kaihu//appointment//ZH")
    calendar.add("method", method)
    calendar.add_component(_event(row, method))
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def _event(row: Appointment, method: str) -> Event:
    event = Event()
    event.add("uid", f"appointment-{row.case_id}@kaihu")
    event.add("sequence", _sequence(row))
    event.add("dtstamp", row.closed_at or row.booked_at)
    event.add("dtstart", row.starts_at.astimezone(SHANGHAI))
    event.add("dtend", row.ends_at.astimezone(SHANGHAI))
    event.add("summary", _("视频验证（%(company)s）", company=_company()))
    event.add("description", _("请准备好本人身份证原件，在这个时段登录，在“我的业务”中进入排队，会优先接通。"))
    event.add("url", url_for("my.overview", _external=True))
    event.add("status", "CONFIRMED" if method == PUBLISH else "CANCELLED")
    if method == PUBLISH:
        event.add_component(_alarm())
    return event


def _company() -> str:
    return company().name_en if language() == "en" else company().name


def _alarm() -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", _("视频验证"))
    alarm.add("trigger", -BEFORE)
    return alarm


def _sequence(row: Appointment) -> int:
    """Grows with each booking of the case and with its end: a calendar takes the higher number for the newer."""
    mine = select(func.count()).where(Appointment.case_id == row.case_id)
    return 2 * ((reading().scalar(mine) or 1) - 1) + (row.closed_at is not None)
