"""One incident: what failed, with which input, every try; sent again, or settled with a note."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue as Page

from engine.errors import Conflict, NoRoom, Stale
from engine.incidents import Report, leave, report, resolve, retry
from webapp.access import current_staff, operated_incident, quiet
from webapp.house import bundle_of, look_again, reading, say, store
from webapp.language import moment
from webapp.language import words as _
from webapp.operate.notes import note_error, typed_note
from webapp.operate.people import settled_by
from webapp.operate.views import blueprint, operators_only, write_down_look
from webapp.operate.words import by_hand_words, cause_words, element_name, how_words, job_words, service_title
from webapp.steps.refusals import not_stored

LEAVE = "leave"


@blueprint.get("/incidents/<incident_id>")
@operators_only
def incident(incident_id: str) -> Page:
    found = operated_incident(incident_id)
    here = report(store(), reading(), found.id)
    write_down_look(here.case, f"incident {found.id}")
    return _page(incident_id, "", {}, {})


@blueprint.get("/incidents/<incident_id>/outcome")
@quiet
@operators_only
def outcome(incident_id: str) -> Page:
    """What has become of the job: asked again by the page while the job is under way."""
    operated_incident(incident_id)
    return render_template("operate/outcome_part.html", **_told(report(store(), reading(), incident_id)))


@blueprint.post("/incidents/<incident_id>/retry")
@operators_only
def retry_one(incident_id: str) -> Page:
    """Fresh attempts, once it is certain that the job is still waited for."""
    found, note = operated_incident(incident_id), typed_note()
    told = note_error(note)
    if told:
        return _page(found.id, "retry", {"note": note}, {"note": told}), 422
    return _settle(
        found.id,
        "retry",
        {"note": note},
        lambda: retry(store(), found.id, current_staff().actor, note),
        _("已重新发送，从头计算尝试次数。结果会显示在下面。"),
    )


@blueprint.post("/incidents/<incident_id>/resolve")
@operators_only
def settle(incident_id: str) -> Page:
    """A result that the operator vouches for, or nothing at all where nobody waits."""
    found = operated_incident(incident_id)
    typed = {"note": typed_note(), "result": request.form.get("result", "")}
    errors = _errors(report(store(), reading(), found.id), typed)
    if errors:
        return _page(found.id, "resolve", typed, errors), 422
    actor, note, result = current_staff().actor, typed["note"], typed["result"]
    if result == LEAVE:
        return _settle(
            found.id, "resolve", typed, lambda: leave(store(), found.id, actor, note), _("已放下，说明已记入审计。")
        )
    said = _("已按您给出的结果继续，说明已记入审计。")
    return _settle(found.id, "resolve", typed, lambda: resolve(store(), found.id, actor, result, note), said)


def _settle(incident_id: str, form: str, typed: Mapping[str, str], move: Callable[[], None], said: str) -> Page:
    try:
        move()
    except Stale as stale:
        look_again()
        flash(_over(stale), "warn")
        return redirect(url_for("operate.incident", incident_id=incident_id), 303)
    except (NoRoom, Conflict) as refused:
        look_again()
        told, status = not_stored(refused)
        return _page(incident_id, form, typed, {"": told}), status
    look_again()
    flash(said, "good")
    return redirect(url_for("operate.incident", incident_id=incident_id), 303)


def _over(stale: Stale) -> str:
    if stale.closed_at is None:
        return _("没有执行：业务已不需要这项任务。")
    who, at = settled_by(stale.closed_by), moment(stale.closed_at)
    return _("没有执行：这一件已处理过（%(how)s，%(who)s，%(at)s）。", how=how_words(stale.how), who=who, at=at)


def _errors(here: Report, typed: Mapping[str, str]) -> dict[str, str]:
    errors, told = {}, note_error(typed["note"])
    if here.is_open and typed["result"] not in dict(_choices(here)):
        errors["result"] = _("请选择怎样处理")
    if told:
        errors["note"] = told
    return errors


def _choices(here: Report) -> list[tuple[str, str]]:
    """What may be said in the service's place, by the name that the form sends."""
    offered = [(one.name, by_hand_words(one)) for one in here.results]
    return [*offered, (LEAVE, _("放下：没有业务在等它"))] if here.may_be_left else offered


def _page(incident_id: str, form: str, typed: Mapping[str, str], errors: Mapping[str, str]) -> str:
    """`form` is the one that was refused: its typed values and errors stand in it again."""
    here = report(store(), reading(), incident_id)
    bundle = bundle_of(here.case)
    return render_template(
        "operate/incident.html",
        **_told(here),
        words=cause_words(here.cause.error),
        element=element_name(bundle, here.job.element),
        business=say(bundle, bundle.business.name),
        status=say(bundle, here.case.status),
        choices=_choices(here),
        form=form,
        typed=typed,
        errors=errors,
    )


def _told(here: Report) -> dict[str, object]:
    return {
        "here": here,
        "title": service_title(here.job.service),
        "state": job_words(here.job),
        "under_way": here.job.status in ("due", "sent"),
        "latest": next((row for row in here.others if row.resolved_at is None), None),
        "how": how_words(here.incident.how),
        "by": settled_by(here.incident.resolved_by),
        "how_of": how_words,
    }
