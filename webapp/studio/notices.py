"""The notices and SMS of a draft: what they say in both languages, who uses them, and what may be filled in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue as Page

from engine import proposals, sketches
from engine.bundles import english_file
from engine.bundles.lint.notices import placeholders_of, users_of
from engine.bundles.notice_file import CODE, PARTS, notices_in, with_notice
from engine.bundles.placeholders import OF_BOOKINGS
from engine.bundles.unfinished import unfinished
from engine.bundles.versions import ANALYST
from engine.tables import Sketch
from webapp.access import staff_only
from webapp.house import house
from webapp.language import words as _
from webapp.studio.faults import faults
from webapp.studio.keeping import Told, cleaned, cleaned_line, keep, seen_by, typed_over
from webapp.studio.sketches import the_sketch
from webapp.studio.views import blueprint

NAME = "/notices.json"
LONGEST = 500


@dataclass(frozen=True)
class Entry:
    """A notice as it stands on the page, with the English of each part; `error` is of its code."""

    code: str
    said: Mapping[str, str]
    english: Mapping[str, str]
    is_new: bool = False
    error: str = ""


@dataclass(frozen=True)
class Look:
    row: Sketch
    files: dict[str, bytes]
    file: str
    entries: list[Entry] = field(default_factory=list)
    refused: Told | None = None


@blueprint.get("/drafts/<sketch_id>/notices/<path:file>")
@staff_only(ANALYST)
def notices(sketch_id: str, file: str) -> Page:
    row, files = _draft_with(sketch_id, file)
    there = notices_in(file, files[file]) or {}
    english = english_file.english_in(files, _folder(file))
    entries = [
        Entry(code, said, {part: english.get(said.get(part, ""), "") for part in PARTS}) for code, said in there.items()
    ]
    return _page(Look(row, files, file, [*entries, _blank()]))


@blueprint.post("/drafts/<sketch_id>/notices/<path:file>")
@staff_only(ANALYST)
def save_notices(sketch_id: str, file: str) -> Page:
    """All of them at once; one that says nothing any more is taken out."""
    row, files = _draft_with(sketch_id, file)
    there = notices_in(file, files[file])
    if there is None:
        return redirect(url_for("studio.notices", sketch_id=sketch_id, file=file), 303)
    typed = list(_typed(there))
    if told := _wrong(typed) or next((entry.error for entry in typed if entry.error), ""):
        return _page(Look(row, files, file, typed, (told, 422)))
    refused = keep(sketch_id, _changes(files, file, typed))
    if refused:
        return _page(Look(row, files, file, typed, refused))
    return redirect(url_for("studio.notices", sketch_id=sketch_id, file=file), 303)


def _draft_with(sketch_id: str, file: str) -> tuple[Sketch, dict[str, bytes]]:
    row = the_sketch(sketch_id)
    files = sketches.files_of(row)
    return (row, files) if file in files and file.endswith(NAME) else abort(404)


def _folder(file: str) -> str:
    return file.split("/")[1]


def _blank() -> Entry:
    return Entry("", {}, {}, is_new=True)


def _typed(there: Mapping[str, Mapping[str, str]]) -> Iterable[Entry]:
    """The notices of the page in its order; the last is the one to be added, or says nothing."""
    columns = {part: request.form.getlist(part) for part in (*PARTS, *(f"{part}_en" for part in PARTS))}
    codes = request.form.getlist("code")
    if {len(column) for column in columns.values()} != {len(codes)}:
        abort(400)
    for at, sent in enumerate(codes):
        is_new = at == len(codes) - 1
        code, before = cleaned_line(sent) if is_new else sent, there.get(sent, {})
        said = {part: typed_over(before.get(part, ""), cleaned(columns[part][at])) for part in PARTS}
        english = {part: cleaned(columns[f"{part}_en"][at]) for part in PARTS}
        yield Entry(code, said, english, is_new, _wrong_code(code, said, there) if is_new else "")


def _wrong_code(code: str, said: Mapping[str, str], there: Mapping[str, object]) -> str:
    if not code and not any(said.values()):
        return ""
    if code in there:
        return _("已有一条用了这个代码，请换一个。")
    return "" if CODE.fullmatch(code) else _("代码用小写字母、数字和下划线，字母开头，例如 card_ready。")


def _wrong(typed: Iterable[Entry]) -> str:
    texts = (text for entry in typed for some in (entry.said, entry.english) for text in some.values())
    return _("每一格最多 %(n)d 个字，没有保存。", n=LONGEST) if any(len(text) > LONGEST for text in texts) else ""


def _changes(files: Mapping[str, bytes], file: str, typed: Iterable[Entry]) -> dict[str, bytes | None]:
    data, english = files[file], dict[str, str]()
    for entry in typed:
        if entry.code:
            data = with_notice(data, entry.code, entry.said)
            english |= {entry.said[part]: entry.english[part] for part in PARTS}
    folder = _folder(file)
    more = english_file.with_english(files, folder, english) if english_file.is_readable(files, folder) else {}
    return {**more, file: data}


def _errors(look: Look) -> dict[str, str]:
    """What is wrong with the code of a new one leads to it."""
    wrong = next((entry.error for entry in look.entries if entry.error), "")
    found = {"code": wrong} if wrong else {}
    return found if look.refused is None or look.refused[0] == wrong else {"": look.refused[0], **found}


def _page(look: Look) -> Page:
    findings = proposals.check(look.files, look.row.business, house().known).findings
    mine = [one for one in findings if one.file == look.file]
    bundle = unfinished(look.files, look.row.business)
    filled = placeholders_of(bundle)
    return render_template(
        "studio/notices.html",
        sketch=look.row,
        file=look.file,
        is_shown=notices_in(look.file, look.files[look.file]) is not None,
        entries=look.entries,
        parts=(("title", _("标题")), ("text", _("内容")), ("action", _("怎么办"))),
        users=users_of(bundle),
        filled={entry.code: sorted(filled.get(entry.code, OF_BOOKINGS)) for entry in look.entries},
        longest=LONGEST,
        faults=faults(mine),
        elsewhere=len(findings) - len(mine),
        seen=seen_by(look.row),
        errors=_errors(look),
    ), look.refused[1] if look.refused else 200
