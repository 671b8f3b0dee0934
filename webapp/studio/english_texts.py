"""The English of a draft beside its Chinese, text by text: what is missing stands first."""

from __future__ import annotations

from collections.abc import Mapping

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue as Page

from engine import proposals, sketches
from engine.bundles.english_file import Pair, is_readable, pairs, with_pairs
from engine.bundles.files import SHARED
from engine.bundles.versions import ANALYST
from engine.tables import Sketch
from webapp.access import staff_only
from webapp.house import house
from webapp.language import words as _
from webapp.studio.faults import faults
from webapp.studio.keeping import Told, cleaned, keep, seen_by, typed_over
from webapp.studio.sketches import the_sketch
from webapp.studio.views import blueprint

NAME = "/texts.en.json"
LONGEST = 2000


@blueprint.get("/drafts/<sketch_id>/english/<path:file>")
@staff_only(ANALYST)
def english_texts(sketch_id: str, file: str) -> Page:
    row, files = _draft_with(sketch_id, file)
    return _page(row, files, file, pairs(files, row.business, _folder(file)))


@blueprint.post("/drafts/<sketch_id>/english/<path:file>")
@staff_only(ANALYST)
def save_english(sketch_id: str, file: str) -> Page:
    """Each text with what was typed for it; one that is left empty is taken out of the file."""
    row, files = _draft_with(sketch_id, file)
    if not is_readable(files, _folder(file)):
        return _page(row, files, file, [])
    there = {one.text: one for one in pairs(files, row.business, _folder(file))}
    typed = _typed()
    shown = [Pair(text, english, there[text].files if text in there else ()) for text, english in typed.items()]
    if any(len(english) > LONGEST for english in typed.values()):
        return _page(row, files, file, shown, (_("英文最多 %(n)d 个字符，没有保存。", n=LONGEST), 422))
    known = {text: typed_over(one.english, typed[text]) for text, one in there.items() if text in typed}
    refused = keep(sketch_id, {file: with_pairs(files, _folder(file), known)})
    if refused:
        return _page(row, files, file, shown, refused)
    return redirect(url_for("studio.english_texts", sketch_id=sketch_id, file=file), 303)


def _typed() -> dict[str, str]:
    """The English of each text of the page, whose line ends the browser wrote in its own way."""
    texts = (text.replace("\r\n", "\n") for text in request.form.getlist("text"))
    return dict(zip(texts, map(cleaned, request.form.getlist("english")), strict=False))


def _draft_with(sketch_id: str, file: str) -> tuple[Sketch, dict[str, bytes]]:
    """A draft without the file begins it: its English is what is missing."""
    row = the_sketch(sketch_id)
    mine = file in (f"processes/{folder}{NAME}" for folder in (row.business, SHARED))
    return (row, sketches.files_of(row)) if mine else abort(404)


def _folder(file: str) -> str:
    return file.split("/")[1]


def _page(row: Sketch, files: Mapping[str, bytes], file: str, shown: list[Pair], refused: Told | None = None) -> Page:
    findings = proposals.check(files, row.business, house().known).findings
    mine = [one for one in findings if one.file == file]
    return render_template(
        "studio/english_texts.html",
        sketch=row,
        file=file,
        is_there=file in files,
        is_readable=is_readable(files, _folder(file)),
        may_be_unused=_folder(file) != SHARED,
        pairs=shown,
        longest=LONGEST,
        faults=faults(mine),
        elsewhere=len(findings) - len(mine),
        seen=seen_by(row),
        errors={"": refused[0]} if refused else {},
    ), refused[1] if refused else 200
