"""The other files of a draft as text: forms, tables, reasons, texts; what the checks say of each stands beside it."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue as Page

from engine import proposals, sketches
from engine.bundles.versions import ANALYST
from engine.diagrams.xml import MAX_BYTES
from engine.errors import Refused
from engine.sketches import SavedMeanwhile
from engine.tables import Sketch
from webapp.access import current_staff, staff_only
from webapp.house import house, look_again, store
from webapp.language import words as _
from webapp.studio.faults import faults
from webapp.studio.forms_editor.opened import is_used
from webapp.studio.forms_editor.preview import preview
from webapp.studio.sketches import refusal, seen, the_sketch
from webapp.studio.views import blueprint

FIELD = "text"
FORM = ".form.json"


@blueprint.get("/drafts/<sketch_id>/texts/<path:file>")
@staff_only(ANALYST)
def text_of_sketch(sketch_id: str, file: str) -> Page:
    row, files = _of(sketch_id, file)
    return _page(row, files, file, files[file].decode("utf-8-sig", "replace"))


@blueprint.post("/drafts/<sketch_id>/preview/<path:file>")
@staff_only(ANALYST)
def preview_text(sketch_id: str, file: str) -> Page:
    """The form as its reader would see it, of the text as it stands in the box; nothing is kept."""
    row, files = _of(sketch_id, file)
    text = request.form.get(FIELD, "").replace("\r\n", "\n")
    return _page(row, files, file, text)


@blueprint.post("/drafts/<sketch_id>/texts/<path:file>")
@staff_only(ANALYST)
def save_text(sketch_id: str, file: str) -> Page:
    """Saved whatever is wrong with it: what is wrong is said, and keeps a proposal from being published."""
    row, files = _of(sketch_id, file)
    text = request.form.get(FIELD, "").replace("\r\n", "\n")
    if len(text.encode("utf-8", "replace")) > MAX_BYTES:
        told = _("文件超过 1 MB，没有保存。请分成几个文件。")
        return _page(row, files, file, text, {FIELD: told}, 422)
    data = _as_before(text, files[file])
    try:
        sketches.save(store(), seen(sketch_id), {file: data}, current_staff().actor)
    except Refused as refused:
        look_again()
        said, status = refusal(refused)
        if isinstance(refused, SavedMeanwhile):
            said += _("您写的还在下面：请复制下来，重新打开这份文件，再改一次。")
        return _page(row, files, file, text, {"": said}, status)
    look_again()
    flash(_("已保存"), "good")
    return redirect(url_for("studio.text_of_sketch", sketch_id=sketch_id, file=file), 303)


def text_page(row: Sketch, file: str, errors: dict[str, str], status: int) -> Page:
    """The file as it is kept, with what was refused."""
    files = sketches.files_of(row)
    return _page(row, files, file, files[file].decode("utf-8-sig", "replace"), errors, status)


def _as_before(text: str, before: bytes) -> bytes:
    """A browser swallows the last line's end: a file that had one keeps it."""
    ending = "\n" if before.endswith(b"\n") and not text.endswith("\n") else ""
    return (text + ending).encode("utf-8", "replace")


def _of(sketch_id: str, file: str) -> tuple[Sketch, dict[str, bytes]]:
    row = the_sketch(sketch_id)
    files = sketches.files_of(row)
    return (row, files) if file in files and not file.endswith(".bpmn") else abort(404)


def _page(
    row: Sketch, files: dict[str, bytes], file: str, text: str, errors: dict[str, str] | None = None, status: int = 200
) -> Page:
    files = {**files, file: _as_before(text, files[file])}
    found = proposals.check(files, row.business, house().known).findings
    # Who was refused has still seen what he saw: pressing again must not overwrite what he was told of.
    mine = [one for one in found if one.file == file]
    return render_template(
        "studio/sketch_file.html",
        sketch=row,
        file=file,
        text=text,
        faults=faults(mine),
        elsewhere=len(found) - len(mine),
        seen=seen(row.id).version if request.method == "POST" else row.version,
        errors=errors or {},
        previewed=preview(files, row.business, file) if file.endswith(FORM) else "",
        used=is_used(files, file),
    ), status
