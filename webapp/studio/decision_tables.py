"""Decision tables of a draft as tables: typed in, checked cell by cell, kept so that nothing else of the file moves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue as Page

from engine import proposals, sketches
from engine.bundles.versions import ANALYST
from engine.bundles.vocabulary import Vocabulary, vocabulary
from engine.decisions import BadDecisions, check, load_decisions
from engine.decisions.sheet_writing import written
from engine.decisions.sheets import Sheet, read_sheets
from engine.decisions.table import HIT_POLICIES
from engine.diagrams.xml import has_remarks
from engine.feel.findings import Finding
from engine.tables import Sketch
from webapp.access import staff_only
from webapp.house import house
from webapp.language import language
from webapp.language import words as _
from webapp.studio.faults import faults
from webapp.studio.keeping import keep, seen_by
from webapp.studio.sheet_form import (
    MOST_COLUMNS,
    MOST_LINES,
    NotWhole,
    TooMany,
    after_deed,
    said_of_cells,
    sent_sheet,
    sent_text,
)
from webapp.studio.sketches import seen, the_sketch
from webapp.studio.views import blueprint

_TYPES = ("string", "number", "boolean")


@dataclass(frozen=True)
class Shown:
    """One table on its page. `cells` and `rows` are what is wrong, by the field and by the rule's place."""

    sheet: Sheet
    reads: list[str]
    cells: Mapping[str, str]
    rows: Mapping[int, list[str]]
    unsaved: bool = False


@dataclass(frozen=True)
class Look:
    """A draft's file as its page shows it: as it is kept, or as it was typed; `text` is what no table can show."""

    row: Sketch
    files: Mapping[str, bytes]
    file: str
    number: int = 0
    typed: Sheet | None = None
    stale: bool = False
    text: str = ""
    errors: dict[str, str] = field(default_factory=dict)
    status: int = 200


@blueprint.get("/drafts/<sketch_id>/tables/<path:file>")
@staff_only(ANALYST)
def decision_tables(sketch_id: str, file: str) -> Page:
    return _page(Look(*_of(sketch_id, file), file))


@blueprint.post("/drafts/<sketch_id>/tables/<path:file>")
@staff_only(ANALYST)
def change_decision_table(sketch_id: str, file: str) -> Page:
    """A rule or a column more or less is shown first; 保存 keeps it all, whatever is wrong with the cells."""
    row, files = _of(sketch_id, file)
    if not _is_shown(files[file], file):
        return _page(Look(row, files, file, text=sent_text(request.form), status=409))
    sheets = read_sheets(files[file], file)
    given = request.form.get("table", "")
    number = int(given) if given in map(str, range(len(sheets))) else 0
    look = Look(row, files, file, number, stale=seen(sketch_id).version != row.version)
    try:
        look = replace(look, typed=sent_sheet(request.form, sheets[number], stale=look.stale))
        return _done(look, request.form.get("do", ""))
    except NotWhole:
        said = _("送来的表不完整，没有保存。请重新打开这份文件，再改一次。")
    except TooMany:
        said = _("一张表最多 %(columns)d 列、%(lines)d 条规则。", columns=MOST_COLUMNS, lines=MOST_LINES)
    return _page(replace(look, errors={"": said}, status=422))


def _done(look: Look, deed: str) -> Page:
    """What the button says; of a table that a colleague has changed meanwhile nothing but to be told so."""
    assert look.typed is not None
    changed = None if look.stale else after_deed(look.typed, deed)
    if changed is not None:
        return _page(replace(look, typed=changed))
    data = look.files[look.file] if look.stale else written(look.files[look.file], look.file, look.number, look.typed)
    refused = keep(look.row.id, {look.file: data})
    if refused:
        return _page(replace(look, errors={"": refused[0]}, status=refused[1]))
    return redirect(url_for("studio.decision_tables", sketch_id=look.row.id, file=look.file), 303)


def _of(sketch_id: str, file: str) -> tuple[Sketch, dict[str, bytes]]:
    row = the_sketch(sketch_id)
    files = sketches.files_of(row)
    return (row, files) if file in files and file.endswith(".dmn") else abort(404)


def _is_shown(data: bytes, file: str) -> bool:
    """Whether the table says all that the file holds."""
    try:
        read_sheets(data, file)
    except BadDecisions:
        return False
    return not has_remarks(data)


def _page(look: Look) -> Page:
    data, words = look.files[look.file], vocabulary(look.files, look.row.business, house().known)
    shown: list[Shown] = []
    if _is_shown(data, look.file):
        sheets = read_sheets(data, look.file)
        if look.typed:
            sheets[look.number] = look.typed
            data = data if look.stale else written(data, look.file, look.number, look.typed)
        shown = [_shown(sheet, data, look, at, words) for at, sheet in enumerate(sheets)]
    findings = proposals.check({**look.files, look.file: data}, look.row.business, house().known).findings
    mine = [one for one in findings if one.file == look.file]
    return render_template(
        "studio/decision_tables.html",
        sketch=look.row,
        file=look.file,
        tables=shown,
        typed=look.text,
        remarks=has_remarks(data),
        policies=HIT_POLICIES,
        types=_TYPES,
        faults=faults(mine),
        elsewhere=len(findings) - len(mine),
        seen=seen_by(look.row),
        errors=look.errors,
    ), look.status


def _shown(sheet: Sheet, data: bytes, look: Look, at: int, words: Vocabulary) -> Shown:
    reads = words.read_by(sheet.id, house().known)
    rows = {} if look.stale else _rows(data, look.file, sheet.id, reads)
    unsaved = look.typed is sheet and sheet != read_sheets(look.files[look.file], look.file)[at]
    return Shown(sheet, sorted(reads), said_of_cells(sheet, reads), rows, unsaved)


def _rows(data: bytes, file: str, own: str, reads: frozenset[str]) -> dict[int, list[str]]:
    """What is wrong with whole rules; the cells say their own."""
    try:
        table = load_decisions(data, file)[own]
    except (BadDecisions, KeyError):
        return {}
    places = {rule.id: at for at, rule in enumerate(table.rules)}
    found: dict[int, list[str]] = {}
    for one in check(table, reads):
        if one.rule != "dmn.cell" and one.element in places:
            found.setdefault(places[one.element], []).append(_said(one))
    return found


def _said(finding: Finding) -> str:
    return finding.said.to(language())
