"""Many incidents of one cause sent again at once, and what became of each."""

from __future__ import annotations

from dataclasses import dataclass

from flask import render_template, request
from flask.typing import ResponseReturnValue as Page

from engine.incidents import Retried, retry_all
from engine.tables import Case, Incident
from webapp.access import current_staff
from webapp.house import look_again, reading, store
from webapp.language import moment
from webapp.language import words as _
from webapp.operate.listing import SHOWN, asked, show
from webapp.operate.notes import note_error, typed_note
from webapp.operate.people import settled_by
from webapp.operate.views import blueprint, operators_only
from webapp.operate.words import how_words


@dataclass(frozen=True)
class Outcome:
    """What became of one row."""

    id: str
    number: str
    retried: bool
    says: str


@blueprint.post("/incidents/retry")
@operators_only
def retry_many() -> Page:
    """Those that were ticked, and no others. Sent twice, the second time says of each that it is sent already."""
    ids, note = request.form.getlist("incident")[:SHOWN], typed_note()
    errors = _errors(ids, note)
    if errors:
        return show({"note": note}, errors, ids), 422
    done = retry_all(store(), ids, current_staff().actor, note)
    look_again()
    outcomes = [_outcome(each) for each in done]
    sent = sum(each.retried for each in outcomes)
    return render_template("operate/retried.html", outcomes=outcomes, sent=sent, wish=asked())


def _errors(ids: list[str], note: str) -> dict[str, str]:
    errors = {} if ids else {"incident": _("请勾选要重试的任务")}
    told = note_error(note)
    return errors | ({"note": told} if told else {})


def _outcome(one: Retried) -> Outcome:
    row = reading().get(Incident, one.incident_id)
    case = reading().get(Case, row.case_id) if row else None
    number = (case.number if case else None) or ""
    return Outcome(row.id if row else "", number, one.outcome == "retried", _said(one))


def _said(one: Retried) -> str:
    if one.outcome == "settled":
        return _settled(one)
    return {
        "retried": _("已重新发送，从头计算尝试次数"),
        "gone": _("没有重试：没有这个任务"),
        "busy": _("没有重试：另一项操作刚好同时进行，请再试一次"),
        "no_room": _("没有重试：磁盘已满，请先腾出空间"),
    }[one.outcome]


def _settled(one: Retried) -> str:
    if one.at is None:
        return _("没有重试：业务已不需要它")
    how, by = how_words(one.how), settled_by(one.by)
    return _("没有重试：%(how)s（%(by)s，%(at)s）", how=how, by=by, at=moment(one.at))
