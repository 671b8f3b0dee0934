"""The editor of a form: its parts as a table, put in, moved and taken out; each of them has a page of its own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue as Page

from engine.bundles.versions import ANALYST
from forms.document import MOST_COMPONENTS
from forms.editing import Place, Raw, added, identified, is_key, moved, part_at, place_of, removed, rows, said
from forms.palette import KINDS, begun, kind_of
from forms.telling import BAD_KEY
from webapp.access import staff_only
from webapp.language import language
from webapp.language import words as _
from webapp.studio.forms_editor import words
from webapp.studio.forms_editor.english import English, Reworded
from webapp.studio.forms_editor.opened import NotOpened, Opened, as_text, keep, opened, shown
from webapp.studio.forms_editor.texts import texts_of
from webapp.studio.views import blueprint

HOLDERS = ("group", "dynamiclist")


@dataclass(frozen=True)
class Row:
    """A part in the table. `conditions` are when it is hidden and when it is required; first and last in its row."""

    place: str
    depth: int
    kind: str
    label: str
    key: str
    required: bool
    conditions: tuple[tuple[str, str], ...]
    is_first: bool
    is_last: bool


@blueprint.get("/drafts/<sketch_id>/forms/<path:file>")
@staff_only(ANALYST)
def form_of_sketch(sketch_id: str, file: str) -> Page:
    try:
        return page(opened(sketch_id, file))
    except NotOpened as wrong:
        return as_text(sketch_id, file, wrong)


@blueprint.post("/drafts/<sketch_id>/forms/<path:file>")
@staff_only(ANALYST)
def change_form(sketch_id: str, file: str) -> Page:
    """One part put in, moved or taken out, as the button that was pressed says."""
    try:
        here = opened(sketch_id, file)
    except NotOpened as wrong:
        return as_text(sketch_id, file, wrong)
    try:
        if "add" in request.form:
            return _add(here)
        return _kept(here, *_changed(here))
    except LookupError:
        return page(here, {"": _("这一项已经不在这张表单里。请看下面现在的内容。")}, 409)


def page(here: Opened, errors: dict[str, str] | None = None, status: int = 200) -> Page:
    return render_template(
        "studio/form.html",
        rows=[_row(here.document, place, part) for place, part in rows(here.document)],
        positions=_positions(here.document),
        sections=words.kinds_by_section(),
        given=request.form,
        seen=here.row.version,
        errors=errors or {},
        **shown(here, here.files),
    ), status


def _add(here: Opened) -> Page:
    """A new part leads to its own page, where the rest of it is said."""
    kind, key = request.form["add"], request.form.get("key", "").strip()
    if kind not in KINDS:
        return page(here, {"add": _("请选择要添加的种类。")}, 422)
    if key and not is_key(key):
        return page(here, {"key": BAD_KEY.to(language())}, 422)
    where = place_of(request.form.get("where", "0"))
    document = added(here.document, part_of(here.document, kind, request.form.get("label", ""), key), where)
    if len(list(rows(document))) > MOST_COMPONENTS:
        return page(here, {"": _("一张表单最多 %(n)d 项。请分成几个步骤。", n=MOST_COMPONENTS)}, 422)
    if refused := keep(here, here.with_document(document)):
        return page(here, {"": refused[0]}, refused[1])
    flash(_("已添加。请在这里补充它的内容。"), "good")
    return redirect(url_for("studio.part_of_form", sketch_id=here.row.id, place=said(where), file=here.file), 303)


def part_of(document: Raw, kind: str, label: str, key: str) -> Raw:
    """A new part of this kind, with an id of its own."""
    made = identified(document, begun(kind), key)
    name = "label" if "label" in made else "text" if "text" in made else ""
    return {**made, name: label.strip()} if name else made


def _changed(here: Opened) -> tuple[Raw, str]:
    """The form after the button that was pressed, and what was done."""
    for name, by in (("up", -1), ("down", 1)):
        if name in request.form:
            return moved(here.document, place_of(request.form[name]), by), _("已移动。")
    place = place_of(request.form.get("remove", ""))
    label = _label(part_at(here.document, place))
    return removed(here.document, place), _("已移除“%(label)s”。", label=label)


def _kept(here: Opened, document: Raw, done: str) -> Page:
    """Where nothing moved, nothing is stored: a colleague who has the draft open is not overtaken by it."""
    back = redirect(url_for("studio.form_of_sketch", sketch_id=here.row.id, file=here.file), 303)
    if document == here.document:
        return back
    gone = [Reworded(text, "") for text in texts_of(here.document) - texts_of(document)]
    files = here.with_document(document)
    changed = {**files, **English(here.files, here.row.business, here.file).reworded(files, gone)}
    if refused := keep(here, changed):
        return page(here, {"": refused[0]}, refused[1])
    flash(done, "good")
    return back


def _row(document: Raw, place: Place, part: Raw) -> Row:
    hide = (part.get("conditional") or {}).get("hide")
    when = (part.get("properties") or {}).get("requiredWhen")
    said_of = ((_("不显示："), hide), (_("必填："), when))
    return Row(
        place=said(place),
        depth=len(place) - 1,
        kind=words.kind(kind_of(part)),
        label=_label(part),
        key=str(part.get("key") or ""),
        required=(part.get("validate") or {}).get("required") is True,
        conditions=tuple((name, str(text)) for name, text in said_of if text),
        is_first=moved(document, place, -1) == document,
        is_last=moved(document, place, 1) == document,
    )


def _label(part: Raw) -> str:
    """What the part is known by: its label, else the beginning of its text, else its kind."""
    text = str(part.get("label") or part.get("text") or "").strip().split("\n")[0]
    return text[:40] + ("…" if len(text) > 40 else "") if text else words.kind(kind_of(part))


def _positions(document: Raw) -> list[tuple[str, str]]:
    """Where a new part may stand; the end of the form is the last."""
    return [("0", _("最前面")), *_behind(document)]


def _behind(document: Raw) -> Iterator[tuple[str, str]]:
    for place, part in rows(document):
        if part.get("type") in HOLDERS:
            inside = (*place, len(part.get("components") or ()))
            yield said(inside), _("“%(label)s”里面", label=_label(part))
        behind = (*place[:-1], place[-1] + 1)
        yield said(behind), _("“%(label)s”后面", label=_label(part))
