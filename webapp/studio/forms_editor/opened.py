"""A form of a draft that is open in the editor, and how it is kept."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property

from flask import abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue as Page

from engine import proposals, sketches
from engine.bundles import Bundle
from engine.bundles.reading import form_key
from engine.bundles.unfinished import unfinished
from engine.diagrams.xml import MAX_BYTES
from engine.errors import Refused
from engine.tables import Sketch
from forms import exact
from forms.document import BadForm, Form
from forms.editing import Raw
from webapp.access import current_staff
from webapp.house import house, look_again, store
from webapp.language import language
from webapp.language import words as _
from webapp.studio.faults import faults
from webapp.studio.forms_editor.preview import preview, steps_of
from webapp.studio.sketches import refusal, seen, the_sketch

FORM = ".form.json"
Files = Mapping[str, bytes]


class NotOpened(Exception):
    """The editor would lose something of the file, or cannot read it; the message says why."""


@dataclass(frozen=True)
class Opened:
    row: Sketch
    files: Files
    file: str
    document: Raw

    @cached_property
    def bundle(self) -> Bundle:
        return unfinished(self.files, self.row.business)

    def with_document(self, document: Raw) -> dict[str, bytes]:
        """The files of the draft with this form in its place."""
        return {**self.files, self.file: exact.write(document, self.files[self.file])}


def opened(sketch_id: str, file: str) -> Opened:
    """The form, found only in its draft; NotOpened for one that is to be changed as text."""
    row = the_sketch(sketch_id)
    files = sketches.files_of(row)
    if file not in files or not file.endswith(FORM):
        abort(404)
    try:
        Form.parse(files[file], form_key(file))
        return Opened(row, files, file, exact.read(files[file]))
    except (BadForm, exact.NotExact) as wrong:
        raise NotOpened(wrong.why.to(language())) from None


def is_used(files: Files, file: str) -> bool:
    """Whether a diagram of the draft names the form, also one that cannot be read."""
    named = f'"{form_key(file)}"'.encode()
    return any(named in data for path, data in files.items() if path.endswith(".bpmn"))


def as_text(sketch_id: str, file: str, why: NotOpened) -> Page:
    """Where a form is mended that the editor cannot open."""
    flash(_("编辑器打不开这份表单：%(why)s。请在这里按文本修改。", why=str(why)), "warn")
    return redirect(url_for("studio.text_of_sketch", sketch_id=sketch_id, file=file), 303)


def keep(here: Opened, changed: Mapping[str, bytes], gone: Collection[str] = ()) -> tuple[str, int] | None:
    """Save what is another now; what was refused and with which status, or None. Nothing new is no save."""
    others = {path: data for path, data in changed.items() if here.files.get(path) != data}
    if not others and not gone:
        return None
    if any(len(data) > MAX_BYTES for data in others.values()):
        return _("文件超过 1 MB，没有保存。请把表单分成几个。"), 422
    try:
        sketches.save(store(), seen(here.row.id), {**others, **dict.fromkeys(gone)}, current_staff().actor)
    except Refused as refused:
        look_again()
        return refusal(refused)
    look_again()
    return None


def shown(here: Opened, files: Files) -> dict[str, object]:
    """What every page of the editor shows of a form: where it is used, the findings, the preview."""
    found = proposals.check(files, here.row.business, house().known).findings
    mine = [one for one in found if one.file == here.file]
    return {
        "sketch": here.row,
        "file": here.file,
        "steps": [step.name for step in steps_of(here.bundle, form_key(here.file))],
        "faults": faults(mine),
        "elsewhere": len(found) - len(mine),
        "previewed": preview(files, here.row.business, here.file),
    }
