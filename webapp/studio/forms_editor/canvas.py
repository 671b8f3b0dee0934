"""A form on a canvas: the page of the form-js editor, what it opens and saves, and what the server says meanwhile."""

from __future__ import annotations

from typing import Any

from flask import render_template, url_for
from flask.typing import ResponseReturnValue as Page
from flask_babel import force_locale
from flask_wtf.csrf import generate_csrf

from engine import sketches
from engine.bundles.versions import ANALYST
from engine.errors import Refused
from engine.sketches import SavedMeanwhile, Seen
from forms.editing import Raw, rows
from forms.palette import KINDS, begun
from webapp.access import current_staff, staff_only
from webapp.house import look_again, store
from webapp.language import LOCALES
from webapp.language import words as _
from webapp.studio.editor_words import words_of_the_editor
from webapp.studio.forms_editor import words
from webapp.studio.forms_editor.handed import Handed, handed
from webapp.studio.forms_editor.opened import NotOpened, as_text, opened, shown
from webapp.studio.modeler import NotTaken
from webapp.studio.sketches import refusal
from webapp.studio.views import blueprint


@blueprint.get("/drafts/<sketch_id>/canvas/<path:file>")
@staff_only(ANALYST)
def form_canvas(sketch_id: str, file: str) -> Page:
    try:
        here = opened(sketch_id, file)
    except NotOpened as wrong:
        return as_text(sketch_id, file, wrong)
    return render_template("studio/form_canvas.html", sections=words.kinds_by_section(), **shown(here, here.files))


@blueprint.get("/drafts/<sketch_id>/canvas-open/<path:file>")
@staff_only(ANALYST)
def open_form(sketch_id: str, file: str) -> Page:
    """The form with the number of its save, each kind of part as it begins, and the words of the page."""
    try:
        here = opened(sketch_id, file)
    except NotOpened as wrong:
        return {"said": str(wrong)}, 422
    return {
        "document": here.document,
        "seen": here.row.version,
        "token": generate_csrf(),
        "kinds": _kinds(),
        "words": _words(),
    }


@blueprint.post("/drafts/<sketch_id>/canvas-look/<path:file>")
@staff_only(ANALYST)
def look_at_canvas(sketch_id: str, file: str) -> Page:
    """What the checks and the preview make of it as it stands; nothing is kept."""
    try:
        given = handed(sketch_id, file)
    except (NotOpened, NotTaken) as wrong:
        return {"said": str(wrong)}, 422
    return _looked(given)


@blueprint.post("/drafts/<sketch_id>/canvas/<path:file>")
@staff_only(ANALYST)
def save_canvas(sketch_id: str, file: str) -> Page:
    """Refused where a colleague saved meanwhile. Where nothing is another, nothing is stored."""
    try:
        given = handed(sketch_id, file)
        seen = Seen(sketch_id, given.seen)
        by = current_staff().actor
        version = sketches.save(store(), seen, given.changed, by) if given.changed else given.seen
    except (NotOpened, NotTaken) as wrong:
        return {"said": str(wrong)}, 422
    except Refused as refused:
        look_again()
        said, status = refusal(refused)
        return {"said": said, "meanwhile": isinstance(refused, SavedMeanwhile)}, status
    return {"seen": version, "document": given.document, **_looked(given)}


@blueprint.post("/drafts/<sketch_id>/canvas-fork/<path:file>")
@staff_only(ANALYST)
def fork_canvas(sketch_id: str, file: str) -> Page:
    """One's own work as a second draft, where a colleague has saved the first."""
    try:
        given = handed(sketch_id, file)
        made = sketches.fork(store(), sketch_id, given.changed, current_staff().actor)
    except (NotOpened, NotTaken) as wrong:
        return {"said": str(wrong)}, 422
    except Refused as refused:
        look_again()
        said, status = refusal(refused)
        return {"said": said}, status
    return {"address": url_for("studio.form_canvas", sketch_id=made, file=file)}, 201


def _looked(given: Handed) -> dict[str, object]:
    found: dict[str, Any] = shown(given.here, given.files)
    named = {place.element for one in found["faults"] for place in one.places}
    return {
        "findings": render_template("studio/findings_here.html", **found),
        "marked": [str(part.get("id")) for _place, part in rows(given.document) if named & _names(part)],
        "previewed": found["previewed"],
    }


def _names(part: Raw) -> set[str]:
    """By which a finding calls a part, whatever stands there."""
    return {str(part.get(name)) for name in ("id", "key")}


def _kinds() -> dict[str, Raw]:
    """New parts, called by their kind until somebody says what they are: in Chinese, as forms are written."""
    with force_locale(LOCALES["zh"]):
        named = {name: words.kind(name) for name in KINDS}
    return {name: {**begun(name), **_called(name, named[name])} for name in KINDS}


def _called(kind: str, title: str) -> Raw:
    return {name: title for name in ("label", "text") if name in KINDS[kind]}


def _words() -> dict[str, str]:
    shared = words_of_the_editor()
    return {name: shared[name] for name in ("saved", "unsaved", "saving", "not_saved", "signed_out")} | {
        "not_opened": _("画布打不开这张表单：%(why)s。请在表格里改。"),
        "choose": _("选中画布上的一项，在这里改它的内容。"),
    }
