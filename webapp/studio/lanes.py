"""The lanes of a draft's diagram without a canvas: renamed, added for a role, and taken out when nothing is in them."""

from __future__ import annotations

from flask import abort, redirect, request, url_for
from flask.typing import ResponseReturnValue as Page
from lxml import etree

from engine import sketches
from engine.bundles.versions import ANALYST
from engine.diagrams.lanes import add_lane, remove_lane, rename_lane
from engine.diagrams.xml import has_remarks, read_xml
from webapp.access import staff_only
from webapp.language import words as _
from webapp.studio.keeping import cleaned_line, keep
from webapp.studio.lane_table import lane_names, lanes_of_diagram
from webapp.studio.modeler import NotTaken, kept_form, modeler_page
from webapp.studio.sketches import seen, the_sketch
from webapp.studio.views import blueprint


@blueprint.post("/drafts/<sketch_id>/lanes/<path:file>")
@staff_only(ANALYST)
def change_lanes(sketch_id: str, file: str) -> Page:
    """All names, and what the button that was pressed says. What is refused comes back with all that was typed."""
    row = the_sketch(sketch_id)
    files = sketches.files_of(row)
    there = lanes_of_diagram(files, row.business, file)
    if not there.there:
        abort(404)
    try:
        fresh = seen(sketch_id).version == row.version
        refused = keep(sketch_id, {file: _changed(file, files[file])} if fresh else {})
    except LookupError:
        refused = _("泳道已经不是这样了，没有保存。请看下面现在的泳道。"), 409
    except NotTaken as wrong:
        refused = str(wrong), 422
    if refused:
        typed = there.after(_typed(), request.form.get("add", ""), cleaned_line(request.form.get("added_name", "")))
        return modeler_page(row, files, file, typed, {"": refused[0]}), refused[1]
    return lanes(sketch_id, file)


@blueprint.get("/drafts/<sketch_id>/lanes/<path:file>")
@staff_only(ANALYST)
def lanes(sketch_id: str, file: str) -> Page:
    """The address of a refused change, asked again: in the other language, or by a bookmark."""
    return redirect(url_for("studio.modeler", sketch_id=sketch_id, file=file) + "#lanes", 303)


def _typed() -> dict[str, str]:
    names = map(cleaned_line, request.form.getlist("lane_name"))
    return dict(zip(map(cleaned_line, request.form.getlist("lane")), names, strict=False))


def _changed(file: str, data: bytes) -> bytes:
    if has_remarks(data):
        raise NotTaken(_("这张图的文件里有注释，在这里保存会丢失它们。请下载文件，用文本编辑器改。"))
    root = read_xml(file, data)
    for own, name in _typed().items():
        rename_lane(root, own, name)
    names, added = lane_names(), request.form.get("add", "")
    if "remove" in request.form:
        remove_lane(root, request.form["remove"])
    elif request.form.get("do") == "add":
        if added not in names:
            raise LookupError(added)
        add_lane(root, added, cleaned_line(request.form.get("added_name", "")) or names[added])
    return kept_form(file, data, etree.tostring(root, encoding="utf-8"))
