"""The diagram editor: its page, what it opens, what it saves, and what the checks say of what is drawn just now."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import abort, render_template, url_for
from flask.typing import ResponseReturnValue as Page
from flask_wtf.csrf import generate_csrf

from engine import proposals, sketches
from engine.bundles.versions import ANALYST
from engine.diagrams.lost import Lost, lost
from engine.diagrams.writing import canonical
from engine.diagrams.xml import MAX_BYTES, BadXml, read_xml
from engine.errors import Refused
from engine.feel.findings import Finding
from engine.sketches import SavedMeanwhile, Seen
from engine.tables import Sketch
from webapp import bodies
from webapp.access import current_staff, staff_only
from webapp.house import house, look_again, store
from webapp.language import language
from webapp.language import words as _
from webapp.studio.diagram_table import table_of
from webapp.studio.editor_words import words_of_the_editor
from webapp.studio.keeping import seen_by
from webapp.studio.lane_table import Lanes, lanes_of_diagram
from webapp.studio.panel import PROPERTIES, panel
from webapp.studio.sketches import refusal, the_sketch
from webapp.studio.views import blueprint

LARGEST = 3 * MAX_BYTES
"""A diagram as a JSON text, where a quote takes two characters."""


class NotTaken(Exception):
    """What the editor sent can't be kept; the message says why and what to do."""


@dataclass(frozen=True)
class Sent:
    xml: bytes
    seen: int


@blueprint.get("/drafts/<sketch_id>/diagrams/<path:file>")
@staff_only(ANALYST)
def modeler(sketch_id: str, file: str) -> Page:
    row, files = _of(sketch_id, file)
    return modeler_page(row, files, file, lanes_of_diagram(files, row.business, file))


@blueprint.get("/drafts/<sketch_id>/open/<path:file>")
@staff_only(ANALYST)
def open_diagram(sketch_id: str, file: str) -> Page:
    """The diagram with the number of its save, the names that it may use, and the words of the editor."""
    row, files = _of(sketch_id, file)
    return {
        "xml": files[file].decode("utf-8-sig", "replace"),
        "seen": row.version,
        "token": generate_csrf(),
        "language": language(),
        "words": words_of_the_editor(),
        "panel": panel(files, row.business, house().known),
        "findings": _said(_findings(files, row.business)),
    }


@blueprint.post("/drafts/<sketch_id>/diagrams/<path:file>")
@staff_only(ANALYST)
def save_diagram(sketch_id: str, file: str) -> Page:
    """In the one form in which diagrams are kept; refused where something would be lost or a colleague saved."""
    row, files = _of(sketch_id, file)
    try:
        sent = _sent()
        data = kept_form(file, files[file], sent.xml)
        version = sketches.save(store(), Seen(sketch_id, sent.seen), {file: data}, current_staff().actor)
    except NotTaken as wrong:
        return {"said": str(wrong)}, 422
    except Refused as refused:
        look_again()
        said, status = refusal(refused)
        return {"said": said, "meanwhile": isinstance(refused, SavedMeanwhile)}, status
    return {"seen": version, "findings": _said(_findings({**files, file: data}, row.business))}


@blueprint.post("/drafts/<sketch_id>/lint/<path:file>")
@staff_only(ANALYST)
def lint_diagram(sketch_id: str, file: str) -> Page:
    """What the checks say of the diagram as it is drawn; nothing is kept."""
    row, files = _of(sketch_id, file)
    try:
        sent = _sent()
    except NotTaken as wrong:
        return {"said": str(wrong)}, 422
    return {"findings": _said(_findings({**files, file: sent.xml}, row.business))}


@blueprint.post("/drafts/<sketch_id>/fork/<path:file>")
@staff_only(ANALYST)
def fork_sketch(sketch_id: str, file: str) -> Page:
    """One's own work as a second draft, where a colleague has saved the first."""
    _row, files = _of(sketch_id, file)
    try:
        data = kept_form(file, files[file], _sent().xml)
        made = sketches.fork(store(), sketch_id, {file: data}, current_staff().actor)
    except NotTaken as wrong:
        return {"said": str(wrong)}, 422
    except Refused as refused:
        look_again()
        said, status = refusal(refused)
        return {"said": said}, status
    return {"address": url_for("studio.modeler", sketch_id=made, file=file)}, 201


def modeler_page(
    row: Sketch, files: Mapping[str, bytes], file: str, lanes: Lanes, errors: Mapping[str, str] | None = None
) -> str:
    table = table_of(files, row.business, file)
    return render_template(
        "studio/modeler.html",
        sketch=row,
        file=file,
        title=table.title,
        table=table.rows,
        lanes=lanes,
        seen=seen_by(row),
        errors=errors or {},
    )


def _of(sketch_id: str, file: str) -> tuple[Sketch, dict[str, bytes]]:
    row = the_sketch(sketch_id)
    files = sketches.files_of(row)
    return (row, files) if file.endswith(".bpmn") and file in files else abort(404)


def _sent() -> Sent:
    try:
        given: Any = json.loads(bodies.raw(LARGEST))
        return Sent(given["xml"].encode(), int(given.get("seen", 0)))
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError, OverflowError):
        raise NotTaken(_("编辑器送来的内容读不出来，没有保存。请重新打开这一页再试。")) from None


def kept_form(file: str, before: bytes, after: bytes) -> bytes:
    """The form in which it is kept; NotTaken for what is no XML, and for what the editor has lost."""
    try:
        data = canonical(file, after)
        gone = lost(read_xml(file, before), read_xml(file, after), PROPERTIES)
    except BadXml as wrong:
        raise NotTaken(wrong.finding.said.to(language())) from None
    if gone:
        raise NotTaken(_told(gone))
    return data


def _told(gone: list[Lost]) -> str:
    what = "; ".join(f"{one.element}: {one.what}" for one in gone[:5])
    return _(
        "编辑器丢失了图中原有的内容（%(what)s），没有保存。请重新打开这张图再改；要删除这些内容，请下载文件后用文本编辑器删除。",
        what=what,
    )


def _findings(files: Mapping[str, bytes], business: str) -> tuple[Finding, ...]:
    return proposals.check(files, business, house().known).findings


def _said(findings: tuple[Finding, ...]) -> list[dict[str, str]]:
    lang = language()
    return [
        {
            "file": one.file,
            "element": one.element or "",
            "rule": one.rule,
            "why": one.why.to(lang),
            "mend": one.mend.to(lang),
        }
        for one in findings
    ]
