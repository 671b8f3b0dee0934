"""The banks and their card numbers: shown, taken home as CSV, handed in changed, looked at, taken over with a note."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from typing import Any

from flask import flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue as Page

from engine import sheets
from engine.bundles.versions import ANALYST
from engine.company import BadCompany, Company, Overtaken, Problem, digest, history, load, read_company, save
from engine.company.bank_table import read_table, write_table
from engine.errors import Conflict, NoRoom
from engine.proposals import LONGEST_NOTE
from engine.staff import names_of
from webapp.access import current_staff, staff_only
from webapp.house import look_again, reading, store
from webapp.language import language
from webapp.language import words as _
from webapp.steps.refusals import not_stored
from webapp.studio.bank_differences import differences
from webapp.studio.proposals import SHORTEST_NOTE
from webapp.studio.views import blueprint

FIELD = "table"
KILOBYTES = 512
LARGEST = KILOBYTES * 1024
"""Looked at, the table goes into the page as text, and comes back within what is read of a form."""
SHOWN, SHOWN_CHANGES = 200, 30
LINE = re.compile(r"line ([0-9]+)")


class NotTaken(Exception):
    """What was sent cannot be looked at; `args` are the field and the sentence."""


@dataclass(frozen=True)
class Sent:
    """`only`: banks that are not in the table leave the list. `seen` names the record that was looked at."""

    table: str = ""
    only: bool = False
    note: str = ""
    seen: str = ""


@blueprint.get("/company/banks")
@staff_only(ANALYST)
def banks() -> Page:
    return _page(Sent())


@blueprint.get("/company/banks.csv")
@staff_only(ANALYST)
def banks_table() -> Page:
    """With the mark by which a spreadsheet knows UTF-8."""
    data = io.BytesIO(write_table(_now().banks).encode("utf-8-sig"))
    return send_file(data, "text/csv", as_attachment=True, download_name="banks.csv")


@blueprint.post("/company/banks")
@staff_only(ANALYST)
def change_banks() -> Page:
    """A table is looked at first; the one that was looked at is taken over, all of it or nothing."""
    given = request.form
    sent = Sent(only="only" in given, note=given.get("note", "").strip(), seen=given.get("seen", ""))
    try:
        sent = Sent(given.get(FIELD, "") if sent.seen else _uploaded(), sent.only, sent.note, sent.seen)
        if not SHORTEST_NOTE <= len(sent.note) <= LONGEST_NOTE:
            raise NotTaken("note", _why(SHORTEST_NOTE, LONGEST_NOTE))
        return _take_over(sent) if sent.seen else _preview(sent)
    except NotTaken as wrong:
        return _page(sent, dict([wrong.args]), status=422)
    except sheets.BadFile as wrong:
        return _page(sent, {FIELD: wrong.words[language() == "en"]}, status=422)
    except BadCompany as wrong:
        return _page(sent, {FIELD: _mistakes(len(wrong.problems))}, wrong.problems, 422)


def _uploaded() -> str:
    """The text of the chosen file; BadFile says why it is none."""
    file = request.files.get(FIELD)
    data = file.stream.read(LARGEST + 1) if file and file.filename else None
    if data is None:
        raise NotTaken(FIELD, _("请选择改好的 CSV 文件"))
    if len(data) > LARGEST:
        raise NotTaken(FIELD, _("文件超过 %(n)d KB，没有读取。请只保留卡号表的列再保存为 CSV", n=KILOBYTES))
    return sheets.decode(data)


def _preview(sent: Sent, errors: dict[str, str] | None = None, status: int = 200) -> Page:
    """What the table would change in the record of now; its digest goes along."""
    now = _now()
    found = differences(now.document, _changed(now, sent))
    given = {"sent": sent, "seen": digest(now.document), "found": found, "shown": SHOWN}
    return render_template("studio/banks_preview.html", errors=errors or {}, **given), status


def _take_over(sent: Sent) -> Page:
    now, by = _now(), current_staff().actor
    document = _changed(now, sent)
    try:
        save(store(), document, demonstration=now.demonstration, by=by, note=sent.note, seen=sent.seen)
    except Overtaken:
        look_again()
        told = _("您预览之后，同事已经改过公司资料，没有保存。下面是与现在的资料相比的改动，请看清后再确认。")
        return _preview(sent, {"": told}, 409)
    except (NoRoom, Conflict) as refused:
        look_again()
        told, status = not_stored(refused)
        return _preview(sent, {"": told}, status)
    flash(_("卡号表已保存，立即生效。"), "good")
    return redirect(url_for("studio.banks"), 303)


def _changed(now: Company, sent: Sent) -> dict[str, Any]:
    """The record with the table taken over; BadCompany says all that is wrong with it."""
    document = {**now.document, "banks": read_table(sent.table, now.document, only=sent.only)}
    read_company(document, demonstration=now.demonstration)
    return document


def _now() -> Company:
    """The record of this moment: another one than at the beginning of the request, once somebody has looked again."""
    return load(reading())


def _page(
    sent: Sent, errors: dict[str, str] | None = None, problems: tuple[Problem, ...] = (), status: int = 200
) -> Page:
    """The banks and the form with what was typed; a chosen file stays with the person, a browser sends none back."""
    rows = [
        row for row in history(reading(), SHOWN_CHANGES) if any(at.startswith("banks.") for at, *_old in row.changes)
    ]
    return render_template(
        "studio/banks.html",
        banks=_now().banks,
        sent=sent,
        errors=errors or {},
        problems=[_said(one) for one in problems[:SHOWN]],
        more=max(0, len(problems) - SHOWN),
        changes=rows,
        names=names_of(reading(), (row.by for row in rows)),
        largest=KILOBYTES,
        longest=LONGEST_NOTE,
    ), status


def _said(problem: Problem) -> str:
    """With the number of the line in words, where the problem has one."""
    line = LINE.fullmatch(problem.place)
    text = problem.en if language() == "en" else problem.zh
    return _("第 %(n)s 行：%(what)s", n=line[1], what=text) if line else problem.say(language())


def _mistakes(count: int) -> str:
    return _("表里有 %(n)d 处不对，没有保存任何内容。请按“要改的地方”逐条修改，再上传。", n=count)


def _why(least: int, most: int) -> str:
    return _("请写明改了什么、为什么（%(least)d 至 %(most)d 个字），会和这次更改一起保存", least=least, most=most)
