"""A form that comes into a draft with its first field, and one that goes because nothing shows it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue as Page

from engine import sketches
from engine.bundles.reading import form_path
from engine.bundles.versions import ANALYST
from engine.errors import Refused
from forms import exact
from forms.editing import is_key
from forms.palette import KINDS
from forms.telling import BAD_KEY
from webapp.access import current_staff, staff_only
from webapp.house import look_again, store
from webapp.language import language
from webapp.language import words as _
from webapp.studio.forms_editor import views
from webapp.studio.forms_editor.english import English, Reworded
from webapp.studio.forms_editor.opened import NotOpened, is_used, keep, opened
from webapp.studio.forms_editor.texts import texts_of
from webapp.studio.sketch_files import text_page
from webapp.studio.sketches import page_of, refusal, seen, the_sketch
from webapp.studio.views import blueprint

_NAME = re.compile(r"[a-z][a-z0-9_]{0,59}", re.ASCII)


@blueprint.post("/drafts/<sketch_id>/new-form")
@staff_only(ANALYST)
def add_form(sketch_id: str) -> Page:
    """A file with one field; it is opened in the editor."""
    row = the_sketch(sketch_id)
    name = request.form.get("form_name", "").strip()
    path = form_path(f"{row.business}/{name}")
    if wrong := _wrong(sketches.files_of(row), name, path):
        return page_of(row, wrong, 422)
    document = {"type": "default", "schemaVersion": 19, "id": name, "components": []}
    kind, key = request.form["first"], request.form.get("key", "").strip()
    document["components"] = [views.part_of(document, kind, request.form.get("label", ""), key)]
    try:
        sketches.save(store(), seen(sketch_id), {path: exact.write(document)}, current_staff().actor)
    except Refused as refused:
        look_again()
        said, status = refusal(refused)
        return page_of(the_sketch(sketch_id), {"": said}, status)
    flash(_("表单已建好。请继续添加字段，再在流程图里选它作某一步的表单。"), "good")
    return redirect(url_for("studio.form_of_sketch", sketch_id=sketch_id, file=path), 303)


def _wrong(files: Mapping[str, bytes], name: str, path: str) -> dict[str, str]:
    if not _NAME.fullmatch(name):
        return {"form_name": _("表单的名字用小写英文字母、数字和下划线，以字母开头，例如 risk_notice。")}
    if path in files:
        return {"form_name": _("已有一张叫 %(name)s 的表单。请换一个名字。", name=name)}
    if request.form.get("first") not in KINDS:
        return {"first": _("请选择第一个字段的种类。")}
    key = request.form.get("key", "").strip()
    return {"key": BAD_KEY.to(language())} if key and not is_key(key) else {}


@blueprint.post("/drafts/<sketch_id>/remove-form/<path:file>")
@staff_only(ANALYST)
def remove_form(sketch_id: str, file: str) -> Page:
    """Taken out of the draft, with the English that only it needed; refused while a diagram names it."""
    try:
        here = opened(sketch_id, file)
    except NotOpened:
        return _remove_unread(sketch_id, file)
    if is_used(here.files, file):
        return views.page(here, {"": _still_used()}, 409)
    rest = {path: data for path, data in here.files.items() if path != file}
    gone = [Reworded(text, "") for text in texts_of(here.document)]
    if refused := keep(here, English(here.files, here.row.business, file).reworded(rest, gone), gone=(file,)):
        return views.page(here, {"": refused[0]}, refused[1])
    return _removed(sketch_id, file)


def _remove_unread(sketch_id: str, file: str) -> Page:
    """A file that nobody can read says nothing whose English could go with it."""
    row = the_sketch(sketch_id)
    if is_used(sketches.files_of(row), file):
        return text_page(row, file, {"": _still_used()}, 409)
    try:
        sketches.save(store(), seen(sketch_id), {file: None}, current_staff().actor)
    except Refused as refused:
        look_again()
        said, status = refusal(refused)
        return text_page(the_sketch(sketch_id), file, {"": said}, status)
    return _removed(sketch_id, file)


def _still_used() -> str:
    return _("还有步骤使用这张表单，没有删除。请先在流程图里给那一步选另一张表单。")


def _removed(sketch_id: str, file: str) -> Page:
    flash(_("表单 %(file)s 已从草稿中删除。", file=file), "good")
    return redirect(url_for("studio.sketch", sketch_id=sketch_id), 303)
