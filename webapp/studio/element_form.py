"""One step, event, gateway or flow of a draft's diagram as a form: the way for who can't use a canvas."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue as Page
from lxml import etree

from engine import proposals, sketches
from engine.bundles.drawings import diagram_of
from engine.bundles.versions import ANALYST
from engine.bundles.vocabulary import vocabulary
from engine.diagrams.calling import calls_of, parameter_of, recall
from engine.diagrams.retouching import CONDITION, element_in, retouch, said_of
from engine.diagrams.xml import has_remarks, read_xml
from engine.tables import Sketch
from webapp.access import staff_only
from webapp.house import house
from webapp.language import words as _
from webapp.studio.element_fields import fields_of, kind_of, properties_of
from webapp.studio.faults import faults
from webapp.studio.keeping import cleaned, cleaned_line, keep, seen_by
from webapp.studio.modeler import NotTaken, kept_form
from webapp.studio.sketches import seen, the_sketch
from webapp.studio.views import blueprint


@dataclass(frozen=True)
class Look:
    """An element as its page shows it: `said` is what the fields say."""

    row: Sketch
    files: Mapping[str, bytes]
    file: str
    element: etree._Element
    said: Mapping[str, str]
    errors: dict[str, str] = field(default_factory=dict)
    status: int = 200


@blueprint.get("/drafts/<sketch_id>/elements/<element>/<path:file>")
@staff_only(ANALYST)
def element_of_diagram(sketch_id: str, element: str, file: str) -> Page:
    return _page(_look(sketch_id, element, file))


@blueprint.post("/drafts/<sketch_id>/elements/<element>/<path:file>")
@staff_only(ANALYST)
def change_element(sketch_id: str, element: str, file: str) -> Page:
    """Kept whatever is wrong with it, in the one form in which diagrams are kept, so that nothing else moves."""
    look = _look(sketch_id, element, file)
    before = look.said
    look = replace(look, said={key: _sent(key, value) for key, value in before.items()})
    if seen(sketch_id).version == look.row.version and has_remarks(look.files[file]):
        told = _("这张图的文件里有注释，在这里保存会丢失它们。请下载文件，用文本编辑器改。")
        return _page(replace(look, errors={"": told}, status=422))
    try:
        refused = keep(sketch_id, {file: _data(look)} if look.said != before else {})
    except NotTaken as wrong:
        return _page(replace(look, errors={"": str(wrong)}, status=422))
    if refused:
        return _page(replace(look, errors={"": refused[0]}, status=refused[1]))
    return redirect(request.path, 303)


def _look(sketch_id: str, own: str, file: str) -> Look:
    row = the_sketch(sketch_id)
    files = sketches.files_of(row)
    if file not in files or not file.endswith(".bpmn") or diagram_of(files, row.business, file) is None:
        abort(404)
    element = element_in(read_xml(file, files[file]), own)
    if element is None:
        abort(404)
    return Look(row, files, file, element, {**said_of(element, properties_of(element)), **calls_of(element)})


def _sent(key: str, value: str) -> str:
    """What was typed; a field that did not come says what it said."""
    given = request.form.get(key)
    if given is None:
        return value
    return cleaned(given) if key == CONDITION or parameter_of(key) else cleaned_line(given)


def _data(look: Look) -> bytes:
    retouch(look.element, look.said)
    recall(look.element, look.said, {name: tuple(spec.params) for name, spec in house().known.services.items()})
    return kept_form(look.file, look.files[look.file], etree.tostring(look.element.getroottree(), encoding="utf-8"))


def _page(look: Look) -> Page:
    words = vocabulary(look.files, look.row.business, house().known)
    findings = proposals.check(look.files, look.row.business, house().known).findings
    own = look.element.get("id")
    mine = [one for one in findings if (one.file, one.element) == (look.file, own)]
    return render_template(
        "studio/element.html",
        sketch=look.row,
        file=look.file,
        own=own,
        row_of=look.element.get("sourceRef") or own,
        kind=kind_of(look.element),
        name=look.said["name"],
        fields=fields_of(look.element, look.said, words),
        facts=sorted(words.facts),
        faults=faults(mine),
        back=url_for("studio.modeler", sketch_id=look.row.id, file=look.file),
        seen=seen_by(look.row),
        errors=look.errors,
    ), look.status
