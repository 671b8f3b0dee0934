"""One part of a form on a page of its own: everything that can be said of it, in both languages."""

from __future__ import annotations

from collections.abc import Mapping

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue as Page

from engine import sketches
from engine.bundles.versions import ANALYST
from engine.errors import Refused
from forms.editing import Raw, part_at, place_of, replaced
from forms.entries import OPTIONS, OTHERS, untold
from forms.palette import kind_of
from forms.telling import Told, told
from forms.telling import shown as values_of
from webapp.access import current_staff, staff_only
from webapp.house import store
from webapp.language import language
from webapp.language import words as _
from webapp.studio.forms_editor import views, words
from webapp.studio.forms_editor.asked import asked, options
from webapp.studio.forms_editor.english import English, Reworded
from webapp.studio.forms_editor.known_names import known_names, problems
from webapp.studio.forms_editor.opened import NotOpened, Opened, as_text, keep, opened, shown
from webapp.studio.forms_editor.texts import texts_of_part
from webapp.studio.forms_editor.turning import ASK, DO, KIND, as_kind, kind_asked, texts_gone, turning
from webapp.studio.sketches import refusal, seen
from webapp.studio.views import blueprint

Given = Mapping[str, str]


@blueprint.get("/drafts/<sketch_id>/parts/<place>/<path:file>")
@staff_only(ANALYST)
def part_of_form(sketch_id: str, place: str, file: str) -> Page:
    try:
        here = opened(sketch_id, file)
        part = part_at(here.document, place_of(place))
    except NotOpened as wrong:
        return as_text(sketch_id, file, wrong)
    except LookupError:
        return _gone(sketch_id, file)
    return _page(here, place, part, {**values_of(part), **_english(here, part)})


@blueprint.post("/drafts/<sketch_id>/parts/<place>/<path:file>")
@staff_only(ANALYST)
def save_part(sketch_id: str, place: str, file: str) -> Page:
    """Saved, looked at, or kept as a draft of one's own, as the button that was pressed says."""
    given = {name: value.replace("\r\n", "\n") for name, value in request.form.items()}
    try:
        here = opened(sketch_id, file)
        part = part_at(here.document, place_of(place))
        if str(part.get("id")) != given.get("part"):
            raise LookupError(place)
    except NotOpened as wrong:
        return as_text(sketch_id, file, wrong)
    except LookupError:
        return _lost(sketch_id, file, given)
    said_now = told(part, given)
    if said_now.wrong:
        return _page(here, place, part, given, {name: why.to(language()) for name, why in said_now.wrong.items()}, 422)
    return _deed(here, place, part, said_now, given)


def _deed(here: Opened, place: str, part: Raw, now: Told, given: Given) -> Page:
    if kind := kind_asked(given):
        made = as_kind(here.document, part, given)
        changed = _changed(here, place, made, [*_reworded(part, now, given), *texts_gone(now.part, made)])
    else:
        changed = _changed(here, place, now.part, _reworded(part, now, given))
    if "preview" in given or ASK in given:
        return _page(here, place, part, given, _not_turned(part, given), files=changed)
    if "fork" in given:
        return _forked(here, place, part, given, changed)
    if refused := keep(here, changed):
        return _page(here, place, part, given, {"": refused[0]}, refused[1])
    return _done(here, place, kind)


def _changed(here: Opened, place: str, part: Raw, words_now: list[Reworded]) -> dict[str, bytes]:
    """The files of the draft with this part in its place, and the English of its words."""
    files = here.with_document(replaced(here.document, place_of(place), part))
    return {**files, **English(here.files, here.row.business, here.file).reworded(files, words_now)}


def _not_turned(part: Raw, given: Given) -> dict[str, str]:
    if ASK not in given or kind_asked(given) not in ("", kind_of(part)):
        return {}
    return {KIND: _("请选择另一个种类。")}


def _done(here: Opened, place: str, kind: str) -> Page:
    """A part of another kind is asked other things: its page is shown again."""
    if kind:
        flash(_("已换成“%(kind)s”。请在这里补充它的内容。", kind=words.kind(kind)), "good")
        return redirect(url_for("studio.part_of_form", sketch_id=here.row.id, place=place, file=here.file), 303)
    flash(_("已保存"), "good")
    return redirect(url_for("studio.form_of_sketch", sketch_id=here.row.id, file=here.file), 303)


def _forked(here: Opened, place: str, part: Raw, given: Given, files: Mapping[str, bytes]) -> Page:
    """One's own work as a second draft, where a colleague has saved the first."""
    try:
        made = sketches.fork(store(), here.row.id, files, current_staff().actor)
    except Refused as refused:
        return _page(here, place, part, given, {"": refusal(refused)[0]}, refusal(refused)[1])
    flash(_("您的改动已存为另一份草稿，就是这一份。"), "good")
    return redirect(url_for("studio.form_of_sketch", sketch_id=made, file=here.file), 303)


def _page(
    here: Opened,
    place: str,
    part: Raw,
    given: Given,
    errors: dict[str, str] | None = None,
    status: int = 200,
    files: Mapping[str, bytes] | None = None,
) -> Page:
    texts = English(here.files, here.row.business, here.file)
    wrong = problems(here.document, place, given)
    return render_template(
        "studio/form_part.html",
        place=place,
        part=part,
        kind=words.kind(kind_of(part)),
        asked=asked(here, part, given, wrong, texts),
        names=known_names(here.document, place_of(place)),
        sections=words.kinds_by_section(),
        given={KIND: given.get(KIND) or kind_of(part)},
        turning=turning(here.document, part, given),
        options=options(part, given),
        others=given.get(OTHERS, "") if OTHERS in values_of(part) else None,
        untold=untold(part),
        seen=seen(here.row.id).version if request.method == "POST" else here.row.version,
        conflict=status == 409,
        errors=errors or {},
        has_english=texts.is_open,
        **shown(here, files or here.files),
    ), status


def _english(here: Opened, part: Raw) -> dict[str, str]:
    texts = English(here.files, here.row.business, here.file)
    return {f"{name}.en": texts.of(text) for name, text in texts_of_part(part).items()}


def _reworded(part: Raw, now: Told, given: Given) -> list[Reworded]:
    """Each text with what was typed as its English; the options go by their number before they were sorted anew."""
    before = texts_of_part(part)
    names = [name for name in (*before, *given) if f"{name}.en" in given or name in before]
    after = texts_of_part(now.part)
    found = []
    for name in dict.fromkeys(names):
        text = given.get(name, "").strip() if name.startswith(OPTIONS) else after.get(name, "")
        found.append(Reworded(before.get(name, ""), text, given.get(f"{name}.en", "").strip()))
    return found


def _gone(sketch_id: str, file: str) -> Page:
    flash(_("这一项已经不在这张表单里。请看下面现在的内容。"), "warn")
    return redirect(url_for("studio.form_of_sketch", sketch_id=sketch_id, file=file), 303)


def _lost(sketch_id: str, file: str, given: Given) -> Page:
    """The part is gone or another stands there: what was typed is told, so that nobody has to think of it again."""
    typed = [f"{words.entry(name)[0]}: {value}" for name, value in given.items() if value and name not in OUR_OWN]
    told_now = _(
        "同事已经改过这张表单，您改的那一项不在原来的位置了，没有保存。您写的是：%(typed)s",
        typed="; ".join(typed)[:2000],
    )
    return views.page(opened(sketch_id, file), {"": told_now}, 409)


OUR_OWN = ("csrf_token", "seen", "part", "save", "preview", "fork", ASK, DO, KIND)
