"""New diagrams, decision tables and reject reasons in a draft, and taking out those that nothing uses."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue as Page

from engine import sketches
from engine.bundles.reason_file import CUSTOMER, NAME
from engine.bundles.uses import REMOVABLE, names_taken, users_of
from engine.bundles.versions import ANALYST
from engine.decisions.blank import blank_decision
from engine.diagrams.blank import blank_diagram
from engine.tables import Sketch
from webapp.access import staff_only
from webapp.language import words as _
from webapp.studio.keeping import cleaned_line, keep
from webapp.studio.panel import role_names
from webapp.studio.sketches import editor_of, page_of, the_sketch
from webapp.studio.views import blueprint

LONGEST = 60
_ID = re.compile(r"[a-z][a-z0-9_]{0,59}", re.ASCII)
_MADE: dict[str, Callable[[str, str], bytes]] = {
    "bpmn": lambda own, name: blank_diagram(own, name, CUSTOMER, role_names()[CUSTOMER]),
    "dmn": blank_decision,
}
REASONS = "reasons"


@blueprint.post("/drafts/<sketch_id>/new-file")
@staff_only(ANALYST)
def new_file(sketch_id: str) -> Page:
    """With a name that nothing of the business has; it opens in its editor."""
    row, kind = the_sketch(sketch_id), request.form.get("kind", "")
    own, name = (cleaned_line(request.form.get(key, "")) for key in ("id", "name"))
    files = sketches.files_of(row)
    path = f"processes/{row.business}/{NAME if kind == REASONS else f'{own}.{kind}'}"
    errors = _errors(row, files, kind, own, path)
    if errors:
        return page_of(row, errors, 422)
    data = b"[]\n" if kind == REASONS else _MADE[kind](own, name[:LONGEST] or own)
    refused = keep(sketch_id, {path: data})
    if refused:
        return page_of(the_sketch(sketch_id), {"": refused[0]}, refused[1])
    return redirect(editor_of(sketch_id, path), 303)


@blueprint.post("/drafts/<sketch_id>/remove-file")
@staff_only(ANALYST)
def remove_file(sketch_id: str) -> Page:
    """One that no other file names; the version in use keeps its own."""
    row, path = the_sketch(sketch_id), request.form.get("file", "")
    files = sketches.files_of(row)
    if path not in files or not path.endswith(REMOVABLE):
        return page_of(row, {"file": _("请选择要删除的文件。")}, 422)
    users = users_of(files, row.business, path)
    if users:
        told = _("%(who)s 还在用它，没有删除。请先在那里改掉。", who="、".join(users))
        return page_of(row, {"file": told}, 422)
    refused = keep(sketch_id, {path: None})
    if refused:
        return page_of(the_sketch(sketch_id), {"": refused[0]}, refused[1])
    return redirect(url_for("studio.sketch", sketch_id=sketch_id), 303)


def _errors(row: Sketch, files: Mapping[str, bytes], kind: str, own: str, path: str) -> dict[str, str]:
    if kind not in (*_MADE, REASONS):
        return {"kind": _("请选择文件的种类。")}
    if kind == REASONS:
        return {"kind": _("这份草稿已有驳回原因。")} if path in files else {}
    if not _ID.fullmatch(own):
        return {"id": _("名称用小写字母、数字和下划线，字母开头，最多 60 个字符，例如 extra_check。")}
    if path in files or own in names_taken(files, row.business):
        return {"id": _("这个业务里已经有“%(own)s”了，请换一个名称。", own=own)}
    return {}
