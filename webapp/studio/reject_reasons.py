"""The reject reasons of a draft: listed in the order of the desks' lists, each changed on a page of its own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue as Page

from engine import proposals, sketches
from engine.bundles.english_file import english_in
from engine.bundles.reason_file import NAME, Entry, entries_of, places, said, with_entry_moved
from engine.bundles.versions import ANALYST
from engine.tables import Sketch
from webapp.access import staff_only
from webapp.house import house
from webapp.studio.faults import faults
from webapp.studio.keeping import Told, keep, seen_by
from webapp.studio.sketches import seen, the_sketch
from webapp.studio.views import blueprint

_MOVES = {"up": -1, "down": 1}


@blueprint.get("/drafts/<sketch_id>/reasons/<path:file>")
@staff_only(ANALYST)
def reject_reasons(sketch_id: str, file: str) -> Page:
    row, files = draft_with(sketch_id, file)
    return _page(row, files, file)


@blueprint.post("/drafts/<sketch_id>/reasons/<path:file>")
@staff_only(ANALYST)
def move_reason(sketch_id: str, file: str) -> Page:
    """One place up or down; a reason is taken out on its own page, where it can be read once more."""
    row, files = draft_with(sketch_id, file)
    way, _, place = request.form.get("do", "").partition("-")
    reasons = entries_of(file, files[file])
    if reasons is None or way not in _MOVES or place not in map(str, range(len(reasons))):
        abort(400)
    fresh = seen(sketch_id).version == row.version
    data = with_entry_moved(files[file], int(place), _MOVES[way]) if fresh else files[file]
    refused = keep(sketch_id, {file: data})
    if refused:
        return _page(row, files, file, refused)
    here = url_for("studio.reject_reasons", sketch_id=sketch_id, file=file)
    return redirect(f"{here}#reason-{int(place) + _MOVES[way]}", 303)


def draft_with(sketch_id: str, file: str) -> tuple[Sketch, dict[str, bytes]]:
    """The draft that holds this file of reasons, with its files."""
    row = the_sketch(sketch_id)
    files = sketches.files_of(row)
    return (row, files) if file in files and file.endswith(f"/{NAME}") else abort(404)


def _page(row: Sketch, files: Mapping[str, bytes], file: str, refused: Told | None = None) -> Page:
    findings = proposals.check(files, row.business, house().known).findings
    mine = [one for one in findings if one.file == file]
    reasons = entries_of(file, files[file])
    where = places(files, row.business)
    steps = {target.step: target.name for target in where.targets}
    labels = {(target.step, key): label for target in where.targets for key, label in target.fields}
    wrong: dict[str, list[str]] = {}
    for fault in faults(mine):
        for place in fault.places:
            wrong.setdefault(place.element or "", []).append(f"!{fault.number}")
    return render_template(
        "studio/reject_reasons.html",
        sketch=row,
        file=file,
        reasons=None if reasons is None else [_row(entry, files, file) for entry in reasons],
        steps=steps,
        labels=labels,
        desks=where.desks,
        wrong=wrong,
        faults=faults(mine),
        elsewhere=len(findings) - len(mine),
        seen=seen_by(row),
        errors={"": refused[0]} if refused else {},
    ), refused[1] if refused else 200


def _row(entry: Entry, files: Mapping[str, bytes], file: str) -> dict[str, Any]:
    english = english_in(files, folder_of(file))
    return {**said(entry), "english": english.get(str(entry.get("text", "")), "")}


def folder_of(file: str) -> str:
    return file.split("/")[1]
