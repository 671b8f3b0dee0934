"""The steps of an investor: one address for each case and each open task, and never an error for a wrong way."""

from __future__ import annotations

import re

from flask import Blueprint, flash, make_response, redirect, request, url_for
from flask.typing import ResponseReturnValue as Page
from sqlalchemy.orm import Session

from engine.cases import Completion, complete, go_back
from engine.errors import Conflict, NoRoom, Refused, Reused, Stale
from engine.pki import CertificateProblem
from engine.tables import Case
from forms.conditions import hidden_parts
from forms.load import Invalid, Loaded, load
from forms.typed import typed
from webapp.access import current_investor, investor_only, my_case, quiet
from webapp.house import look_again, settings, store
from webapp.language import words as _
from webapp.steps import certificate, consents, knowing, uploads, values
from webapp.steps.asked import Asked, asked, open_task
from webapp.steps.page import page
from webapp.steps.standing import fragment, standing

blueprint = Blueprint("steps", __name__)
NONCE = re.compile(r"[0-9a-f]{32}")


@blueprint.get("/cases/<case_id>")
@investor_only
def case(case_id: str) -> Page:
    """Whichever step is open; else what the case waits for, or how it ended."""
    found = my_case(case_id)
    task = open_task(found)
    if task and found.ended_at is None:
        return redirect(url_for("steps.step", case_id=found.id, task_id=task.id), 303)
    return standing(found)


@blueprint.get("/cases/<case_id>/waiting")
@quiet
@investor_only
def waiting(case_id: str) -> Page:
    """Asked again by the waiting page; once a step is open, the browser goes there."""
    found = my_case(case_id)
    answer = make_response(fragment(found))
    if open_task(found) or found.ended_at is not None:
        answer.headers["HX-Redirect"] = url_for("steps.case", case_id=found.id)
    return answer


@blueprint.get("/cases/<case_id>/<task_id>")
@investor_only
def step(case_id: str, task_id: str) -> Page:
    found = my_case(case_id)
    here = asked(found, task_id)
    if here is None:
        return elsewhere(found)
    uploads.adopt_filed(here)
    return page(here)


@blueprint.post("/cases/<case_id>/<task_id>")
@investor_only
def submit(case_id: str, task_id: str) -> Page:
    found = my_case(case_id)
    here = asked(found, task_id)
    if here is None:
        return elsewhere(found)
    try:
        return _submitted(here)
    except (Stale, Reused):
        return elsewhere(found)
    except (NoRoom, Conflict) as refused:
        return unsaved(here, refused)


def _submitted(here: Asked) -> Page:
    wrong_files = uploads.take_all(here)
    if _only_saves():
        return _saved(here, wrong_files)
    try:
        _complete(here, _load(here, wrong_files))
    except Invalid as wrong:
        values.save(here, _posted())
        return page(here, wrong.values, wrong.errors), 422
    return _onwards(here.case)


@blueprint.post("/cases/<case_id>/<task_id>/back")
@investor_only
def back(case_id: str, task_id: str) -> Page:
    """上一步: what was typed stays as a draft, then the diagram's own road back."""
    found = my_case(case_id)
    here = asked(found, task_id)
    if here is None:
        return elsewhere(found)
    try:
        uploads.take_all(here)
        values.save(here, _posted())
        go_back(store(), here.task.id, current_investor().actor, _nonce())
    except (Stale, Reused):
        return elsewhere(found)
    except (NoRoom, Conflict) as refused:
        return unsaved(here, refused)
    return _onwards(found)


@blueprint.post("/cases/<case_id>/<task_id>/draft")
@investor_only
def draft(case_id: str, task_id: str) -> Page:
    """Autosave: when it was kept, and which parts of the form are hidden now."""
    here = asked(my_case(case_id), task_id)
    if here is None:
        return {"closed": True}, 409
    moment, kept = values.save(here, _posted())
    hidden = hidden_parts(here.form, kept)
    return {"saved": f"{moment:%H:%M}", "hidden": sorted(hidden)}


def elsewhere(found: Case) -> Page:
    """A closed, unknown or stale step: a sentence, and the step that is open."""
    if found.ended_at is None:
        flash(_("您打开的一步已经办过了，没有重复提交。下面是现在要办的一步。"), "warn")
    return redirect(url_for("steps.case", case_id=found.id), 303)


def unsaved(here: Asked, refused: Refused) -> Page:
    """Nothing could be stored: the same page with everything typed, what happened and what to do."""
    look_again()
    said, status = (no_room(), 507) if isinstance(refused, NoRoom) else (at_once(), 409)
    return page(here, typed(here.form, _posted()), {"": said}), status


def no_room() -> str:
    return _("存储空间不足，这一次没有保存任何内容。请稍后再试，或联系客服。")


def at_once() -> str:
    return _("另一项操作刚好同时进行，这一次没有保存任何内容。请再提交一次。")


def _onwards(found: Case) -> Page:
    look_again()
    return redirect(url_for("steps.case", case_id=found.id), 303)


def _load(here: Asked, wrong_files: dict[str, str]) -> Loaded:
    """Judge the form with what the server has established of the certificate."""
    posted = _posted()
    established = {}
    for part in here.form.fields:
        if part.widget in ("certificate", "install_certificate"):
            facts = certificate.found(here, part.key, posted)
            held = facts.serial if facts else None
            established[part.key] = held if part.widget == "install_certificate" else facts is not None
    problems = {key_of(here, slot): problem for slot, problem in wrong_files.items()}
    context = knowing.context_for(
        here, {key: value for key, value in established.items() if value is not None}, problems
    )
    return load(here.form, posted, context)


def _signing(here: Asked, loaded: Loaded) -> certificate.Signing | None:
    """The signature is asked for last: only over a form that is right."""
    part = here.with_widget("agreements")
    if part is None:
        return None
    documents = knowing.context_for(here, {}, {}).agreements(part)
    found = certificate.signing(here, part.key, _posted(), documents)
    loaded.values[part.key] = found.answer
    return found


def unsigned(problem: CertificateProblem) -> str:
    """Why a signature was not accepted, and what to do."""
    if problem.code == "challenge_gone":
        return _("页面打开得太久，签名已失效。请再点击一次“签署协议”")
    if problem.code in ("expired", "revoked", "another_person", "not_yet_valid"):
        return _("这个浏览器里的数字证书不能使用（已过期、已吊销或不是您本人的）。请点击上一步重新检测证书")
    return _("没有收到数字证书的签名。请使用装有证书的浏览器，并允许页面运行脚本，再点击一次“签署协议”")


def _complete(here: Asked, loaded: Loaded) -> None:
    """Answers, consents and signature are one intention: all of it is stored, or nothing."""
    try:
        signing = _signing(here, loaded)

        def also(tx: Session) -> None:
            consents.keep(tx, here, loaded.values)
            if signing:
                signing.sign(tx)

        me = current_investor().actor
        complete(store(), Completion(here.task.id, me, _nonce(), answers=loaded.values, facts=loaded.facts), also)
    except CertificateProblem as problem:
        part = here.with_widget("agreements")
        assert part is not None
        raise Invalid({part.key: unsigned(problem)}, typed(here.form, _posted())) from problem


def _saved(here: Asked, wrong_files: dict[str, str]) -> Page:
    """A button inside the form that keeps everything and comes back: 添加一张, 移除, 上传."""
    _, kept = values.save(here, _posted())
    if wrong_files:
        return page(here, kept, {key_of(here, slot): problem for slot, problem in wrong_files.items()}), 422
    return redirect(url_for("steps.step", case_id=here.case.id, task_id=here.task.id), 303)


def _only_saves() -> bool:
    return any(name in request.form for name in ("add_row", "remove_row", "upload"))


def key_of(here: Asked, slot: str) -> str:
    """The field that a slot belongs to."""
    if slot.startswith(knowing.CARD_SLOT):
        lists = (part for part in here.form.fields if part.type == "dynamiclist")
        places = ((part, inner) for part in lists for inner in part.components if inner.widget == "photo")
        return next((f"{part.key}.{slot.removeprefix(knowing.CARD_SLOT)}.{inner.key}" for part, inner in places), slot)
    parts = (part for part in here.form.fields if part.properties.get("slot") == slot)
    return next((part.key for part in parts), slot)


def _posted() -> dict[str, list[str]]:
    """The posted fields, with the row that 添加一张 adds and without the one that 移除 takes away."""
    posted = {name: request.form.getlist(name) for name in request.form}
    if added := request.form.get("add_row"):
        posted[f"{added}.row"] = [added]
    if removed := request.form.get("remove_row"):
        posted = {name: texts for name, texts in posted.items() if not name.startswith(f"{removed}.")}
    return posted


def _nonce() -> str:
    """The id under which this form was shown, so that sending it twice is one intention."""
    sent = request.form.get("submission_id", "")
    return sent if NONCE.fullmatch(sent) else settings().ids.new()
