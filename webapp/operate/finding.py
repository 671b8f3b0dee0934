"""A case by its 受理单号, or by the last digits of it, in every branch."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue as Page
from sqlalchemy import select

from engine.tables import Case
from webapp.house import bundle_of, reading, say
from webapp.language import words as _
from webapp.operate.views import blueprint, operators_only
from webapp.steps.knowing import branch_name

LONGEST, FEWEST, MOST = 24, 4, 20


@dataclass(frozen=True)
class Found:
    """One case of several that end alike."""

    id: str
    number: str
    business: str
    branch: str
    status: str
    started: datetime | None


@blueprint.get("/cases")
@operators_only
def find_case() -> Page:
    """The case itself when the whole number is given; those that end alike otherwise."""
    number = "".join(request.args.get("number", "").split())[:LONGEST]
    exact = reading().scalar(select(Case.id).where(Case.number == number)) if number else None
    if exact is not None:
        return redirect(url_for("operate.case", case_id=exact), 303)
    told = _told(number)
    rows = [] if told or not number else _alike(number)
    if number and not rows and not told:
        told = _("没有以 %(number)s 结尾的受理单号。请核对号码。", number=number)
    return render_template("operate/find.html", number=number, rows=rows, told=told, most=MOST)


def _told(number: str) -> str:
    if number and not number.isdecimal():
        return _("受理单号只有数字。请输入完整的受理单号，或它末尾的几位。")
    if number and len(number) < FEWEST:
        return _("请至少输入受理单号末尾 %(n)d 位。", n=FEWEST)
    return ""


def _alike(number: str) -> list[Found]:
    mine = select(Case).where(Case.number.endswith(number, autoescape=True))
    return [_row(case) for case in reading().scalars(mine.order_by(Case.started_at.desc(), Case.id).limit(MOST))]


def _row(case: Case) -> Found:
    bundle = bundle_of(case)
    name, status = say(bundle, bundle.business.name), say(bundle, case.status)
    return Found(case.id, case.number or "", name, branch_name(case.branch_id), status, case.started_at)
