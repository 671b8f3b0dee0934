"""在沙盒里走一遍: a draft is played with its real forms, rewound, and saved as a scenario of the draft."""

from __future__ import annotations

import re
from collections.abc import Callable

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue as Page

from engine import sketches
from engine.bundles import Bundle
from engine.bundles.closed_yaml import MAX_BYTES
from engine.bundles.known import Entry
from engine.bundles.lengths import length_of
from engine.bundles.manifest import bundle_hash
from engine.bundles.versions import ANALYST
from engine.errors import Refused
from engine.scenarios import model
from engine.scenarios.model import Move
from engine.scenarios.recorded import Answered, Line
from engine.scenarios.writing import written
from forms.document import Form
from forms.recorded import given_reasons, said
from webapp.access import current_staff, staff_only
from webapp.house import house, look_again, store
from webapp.language import language
from webapp.language import words as _
from webapp.studio import sandbox_moves as moves
from webapp.studio.sandbox_moves import NotMoved
from webapp.studio.sandbox_page import Here, Refusal, here, page_of
from webapp.studio.sketches import refusal, seen
from webapp.studio.views import blueprint

AT = "at"
FILE_NAME = re.compile(r"[a-z][a-z0-9_]{1,39}")
LONGEST_NAME = 80


@blueprint.get("/drafts/<sketch_id>/play")
@staff_only(ANALYST)
def sandbox(sketch_id: str) -> Page:
    """Where the play of this person stands, or where to begin one."""
    return page_of(here(sketch_id))


@blueprint.post("/drafts/<sketch_id>/play")
@staff_only(ANALYST)
def begin_play(sketch_id: str) -> Page:
    """From the first page; the settings of the company are those that are ticked."""
    ticked = set(request.form.getlist("settings"))
    settings = {name: name in ticked for name in house().known.settings if name in request.form.getlist("offered")}
    return _done(here(sketch_id), lambda found, bundle: moves.begin(found, bundle, settings, _at()))


@blueprint.post("/drafts/<sketch_id>/play/steps/<step>")
@staff_only(ANALYST)
def play_step(sketch_id: str, step: str) -> Page:
    """An open step is done with what its form holds; the form judges it as it judges a person's entry."""
    found = here(sketch_id)
    bundle, stand = found.bundle, found.stand
    opened = next((one for one in stand.steps if one.step == step), None) if stand else None
    if bundle is None or opened is None or stand is None or not bundle.has_step(step):
        return _done(found, lambda found, bundle: moves.go_on(found, bundle, Move(step, 0), _at()))
    posted = request.form.to_dict(flat=False)
    today = moves.day_of(stand)
    document = bundle.forms[bundle.step(step).form]
    form = Form.parse(document, "")
    entered = Move(step, 0, said=said(form, posted, today), reasons=given_reasons(form, posted))
    offered = {one.code: one.final for one in bundle.reasons if step in one.desks}
    entry = Entry(entered.said, today, entered.reasons, offered, opened.questions)
    filled = house().known.form_fill(document, entry, bundle.english)
    if filled.wrong:
        told = {_key(form, name): why.to(language()) for name, why in filled.wrong}
        return page_of(found, Refusal(told, step, posted), 422)
    return _done(found, lambda found, bundle: moves.go_on(found, bundle, entered, _at()), Refusal({}, step, posted))


@blueprint.post("/drafts/<sketch_id>/play/moves")
@staff_only(ANALYST)
def play_move(sketch_id: str) -> Page:
    """Anything else: an answer of a service or its failure, time, a timer, a message, 上一步."""
    line = _line()
    typed = {"advance": request.form.get("advance", ""), "answer": request.form.get("answer", "")}
    if line is None:
        told = _("时间写成 2d、12h、30m 或 1d 12h，最长 400 天。")
        return page_of(here(sketch_id), Refusal({"advance": told}, typed=typed), 422)
    return _done(
        here(sketch_id), lambda found, bundle: moves.go_on(found, bundle, line, _at()), Refusal({}, typed=typed)
    )


@blueprint.post("/drafts/<sketch_id>/play/rewind")
@staff_only(ANALYST)
def rewind_play(sketch_id: str) -> Page:
    """Back to an earlier place, or the same way on the draft as it is now."""
    count = _number(request.form.get("to", ""))
    return _done(here(sketch_id), lambda found, bundle: moves.rewind(found, bundle, count, _at()))


@blueprint.post("/drafts/<sketch_id>/play/scenario")
@staff_only(ANALYST)
def save_scenario(sketch_id: str) -> Page:
    """A file of the draft, after it was played once more as it will be tried; what a colleague saved is not touched."""
    found = here(sketch_id)
    name, file = request.form.get("scenario_name", "").strip(), request.form.get("scenario_file", "").strip()
    typed = {"scenario_name": name, "scenario_file": file}
    if wrong := _unsaved(found, name, file):
        return page_of(found, Refusal(wrong, typed=typed), 422)
    bundle, stand = found.bundle, found.stand
    assert bundle is not None and stand is not None  # _unsaved has looked
    path, text = f"{_folder(found)}{file}.yaml", written(name, found.recorded, stand.came)
    try:
        if len(text.encode()) > MAX_BYTES:
            raise NotMoved(_("场景超过 %(n)d KB，没有保存。请从较早的一步重来，走短一些。", n=MAX_BYTES // 1024))
        if told := moves.tried(bundle, path, text):
            raise NotMoved(_("照这样保存的场景走不通，没有保存：%(why)s", why="; ".join(told[:3])))
        sketches.save(store(), seen(sketch_id), {path: text.encode()}, current_staff().actor)
    except NotMoved as wrong_one:
        return page_of(found, Refusal({"": str(wrong_one)}, typed=typed), 422)
    except Refused as refused:
        look_again()
        told_why, status = refusal(refused)
        return page_of(here(sketch_id), Refusal({"": told_why}, typed=typed), status)
    look_again()
    moves.keep_on(found, bundle_hash({**sketches.files_of(found.sketch), path: text.encode()}))
    flash(_("已保存为场景 %(file)s。提交为提案之后，会和其他场景一起试跑。", file=f"{file}.yaml"), "good")
    return redirect(url_for("studio.text_of_sketch", sketch_id=sketch_id, file=path), 303)


def _done(found: Here, move: Callable[[Here, Bundle], None], refused: Refusal | None = None) -> Page:
    """Back to the page of the play; on it what was not taken, with everything that was entered."""
    if found.bundle is None:
        return page_of(found, status=409)
    try:
        move(found, found.bundle)
    except NotMoved as wrong:
        before = refused or Refusal({})
        told = Refusal({"": str(wrong)}, before.step, before.posted, before.typed)
        return page_of(here(found.sketch.id), told, 409)
    return redirect(url_for("studio.sandbox", sketch_id=found.sketch.id), 303)


def _line() -> Line | None:
    """What was pressed; None for a time that is none."""
    form = request.form
    if "service" in form:
        return Answered(form["service"], _answer(form["service"]))
    word, target = form.get("word", ""), form.get("target", "")
    if word == model.ADVANCE:
        text = form.get("advance", "").strip() or target
        return Move(word, 0, target=text) if length_of(text) else None
    return Move(word, 0, target=target) if word in model.EVENTS else abort(400)


def _answer(service: str) -> dict[str, bool | int | str | None]:
    """Pressed, or written by hand; a service that the catalogue does not know is asked nothing."""
    spec = house().known.services.get(service) or abort(400)
    first = next((fact for fact, kind in spec.results.items() if kind is not bool), "")
    texts = {
        fact: request.form.get(fact, request.form.get("answer", "") if fact == first else "") for fact in spec.results
    }
    return {fact: _typed(texts[fact].strip(), kind) for fact, kind in spec.results.items()}


def _typed(text: str, kind: type) -> bool | int | str | None:
    if kind is bool:
        return text != "false"
    if kind is int:
        return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None
    return text[:100] or None


def _unsaved(found: Here, name: str, file: str) -> dict[str, str]:
    """Why it is no scenario yet, by field."""
    stand = found.stand
    if found.bundle is None or stand is None or found.changed or stand.stopped or not found.recorded.moves:
        return {"": _("还没有走出一条可以保存的路。请先往下走，或者用现在的草稿重走。")}
    if stand.asking is not None:
        return {"": _("服务还在等结果。请先给出结果，再保存。")}
    wrong = {}
    if not 0 < len(name) <= LONGEST_NAME or any(ord(letter) < 32 for letter in name):
        wrong["scenario_name"] = _("请写场景的名称，最多 %(n)d 个字", n=LONGEST_NAME)
    if not FILE_NAME.fullmatch(file):
        wrong["scenario_file"] = _("文件名用小写英文字母、数字和下划线，以字母开头，2 到 40 个字符，例如 card_rejected")
    elif f"{_folder(found)}{file}.yaml" in sketches.files_of(found.sketch):
        wrong["scenario_file"] = _("草稿里已有场景 %(file)s。请换一个文件名", file=f"{file}.yaml")
    return wrong


def _folder(found: Here) -> str:
    return f"processes/{found.sketch.business}/scenarios/"


def _key(form: Form, name: str) -> str:
    """The field that a fact is declared by."""
    return next((part.key for part in form.fields if part.properties.get("fact") == name), name)


def _at() -> int:
    return _number(request.form.get(AT, ""))


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
