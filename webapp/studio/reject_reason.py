"""One reject reason of a draft as a form: changed, added or taken out, with its English beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue as Page

from engine.bundles import english_file
from engine.bundles.reason_file import (
    Entry,
    Places,
    changed,
    entries_of,
    made,
    places,
    said,
    unsaid,
    with_entry,
    without_entry,
)
from engine.bundles.versions import ANALYST
from engine.tables import Sketch
from webapp.access import staff_only
from webapp.language import words as _
from webapp.studio.keeping import cleaned, cleaned_line, keep, seen_by, typed_over
from webapp.studio.reject_reasons import draft_with, folder_of
from webapp.studio.sketches import seen
from webapp.studio.views import blueprint

NEW = "new"
LONGEST_CODE, LONGEST_TEXT = 60, 500
_ENGLISH = {"text_en": "text", "customer_text_en": "customer_text"}


@dataclass(frozen=True)
class Look:
    """A reason as its page shows it. `at` is its place in the file, None for a new one."""

    row: Sketch
    files: dict[str, bytes]
    file: str
    reasons: list[Entry]
    at: int | None
    now: Entry = field(default_factory=unsaid)
    english: Mapping[str, str] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)
    status: int = 200


@blueprint.get("/drafts/<sketch_id>/reason/<place>/<path:file>")
@staff_only(ANALYST)
def reject_reason(sketch_id: str, place: str, file: str) -> Page:
    row, files = draft_with(sketch_id, file)
    reasons = entries_of(file, files[file]) or []
    at = _place(place, len(reasons))
    now = said(reasons[at]) if at is not None else unsaid()
    return _page(Look(row, files, file, reasons, at, now, _english(files, file, now)))


@blueprint.post("/drafts/<sketch_id>/reason/<place>/<path:file>")
@staff_only(ANALYST)
def change_reason(sketch_id: str, place: str, file: str) -> Page:
    row, files = draft_with(sketch_id, file)
    reasons = entries_of(file, files[file])
    if reasons is None:
        return redirect(url_for("studio.reject_reasons", sketch_id=sketch_id, file=file), 303)
    fresh = seen(sketch_id).version == row.version
    at = _place(place, len(reasons)) if fresh else None
    before = reasons[at] if at is not None else {}
    was = said(before)
    now, english = _sent(was, places(files, row.business)), _sent_english(_english(files, file, was))
    look = Look(row, files, file, reasons, at, now, english)
    errors = _errors(look) if fresh and request.form.get("do") != "remove" else {}
    if errors:
        return _page(Look(row, files, file, reasons, at, now, english, errors, 422))
    refused = keep(sketch_id, _changes(look, before) if fresh else {})
    if refused:
        return _page(Look(row, files, file, reasons, at, now, english, {"": refused[0]}, refused[1]))
    here = url_for("studio.reject_reasons", sketch_id=sketch_id, file=file)
    return redirect(f"{here}#reason-{len(reasons) if at is None else at}", 303)


def _place(place: str, there: int) -> int | None:
    if place == NEW:
        return None
    return int(place) if place in map(str, range(there)) else abort(404)


def _sent(before: Entry, where: Places) -> Entry:
    form = request.form
    step, key = _sent_target(before)
    chosen = form.getlist("desk")
    kept = [desk for desk in before["desks"] if desk in chosen]
    return {
        "code": typed_over(before["code"], cleaned_line(form.get("code", "")), as_shown=cleaned_line),
        "text": typed_over(before["text"], cleaned(form.get("text", ""))),
        "step": step,
        "field": key,
        "desks": [*kept, *(desk for desk in where.desks if desk in chosen and desk not in kept)],
        "customer_text": typed_over(before["customer_text"], cleaned(form.get("customer_text", ""))),
        "final": "final" in form,
        "video": "video" in form,
    }


def _sent_target(before: Entry) -> tuple[str | None, str | None]:
    """Step and field; those of before where they came back as they were."""
    sent = request.form.get("target", "")
    if sent == _target(before):
        return before["step"], before["field"]
    step, _, key = cleaned_line(sent).partition("|")
    return step or None, key or None


def _target(now: Entry) -> str:
    return "|".join(filter(None, (now["step"], now["field"])))


def _english(files: Mapping[str, bytes], file: str, now: Entry) -> dict[str, str]:
    known = english_file.english_in(files, folder_of(file))
    return {key: known.get(now[text], "") for key, text in _ENGLISH.items()}


def _sent_english(before: Mapping[str, str]) -> dict[str, str]:
    return {key: typed_over(before[key], cleaned(request.form.get(key, ""))) for key in _ENGLISH}


def _errors(look: Look) -> dict[str, str]:
    """What keeps the reason from being read at all; all else is for the checks to say."""
    found = {}
    others = [entry for at, entry in enumerate(look.reasons) if at != look.at]
    if not look.now["code"]:
        found["code"] = _("请填写代码，例如 photo_unclear。")
    elif look.now["code"] in {entry.get("code") for entry in others}:
        found["code"] = _("已有一条原因用了这个代码，请换一个。")
    for key, told in (("text", _("请填写岗位看到的原因。")), ("customer_text", _("请填写客户看到的说明。"))):
        if not look.now[key]:
            found[key] = told
    most = {"code": LONGEST_CODE, "text": LONGEST_TEXT, "customer_text": LONGEST_TEXT}
    for key, longest in most.items():
        if len(look.now[key]) > longest:
            found[key] = _("最多 %(n)d 个字。", n=longest)
    if any(look.english.values()) and not english_file.is_readable(look.files, folder_of(look.file)):
        found["text_en"] = _("texts.en.json 读不出来，英文保存不了。请先按文本改好它，或先不填英文。")
    return found


def _changes(look: Look, before: Entry) -> dict[str, bytes | None]:
    data = look.files[look.file]
    if request.form.get("do") == "remove":
        return {} if look.at is None else {look.file: without_entry(data, look.at)}
    entry = made(look.now) if look.at is None else changed(before, look.now)
    english = {look.now[text]: look.english[key] for key, text in _ENGLISH.items()}
    more = english_file.with_english(look.files, folder_of(look.file), english)
    return {**more, look.file: with_entry(data, look.at, entry)}


def _page(look: Look) -> Page:
    where = places(look.files, look.row.business)
    desks = {**{desk: desk for desk in look.now["desks"]}, **where.desks}
    return render_template(
        "studio/reject_reason.html",
        sketch=look.row,
        file=look.file,
        at=look.at,
        now=look.now,
        english=look.english,
        targets=where.targets,
        target=_target(look.now),
        desks=desks,
        longest=LONGEST_TEXT,
        seen=seen_by(look.row),
        errors=look.errors,
    ), look.status
