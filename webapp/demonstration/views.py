"""The routes that exist only in a demonstration: sample people, specimens, the outbox, and the demonstration CA."""

from __future__ import annotations

import io

from flask import Blueprint, abort, flash, redirect, render_template, request, send_file
from flask.typing import ResponseReturnValue as Page

from engine import photos
from engine.pki import CertificateProblem, Party, issue_certificate
from webapp.access import current_investor, investor_only, my_case
from webapp.demonstration.outbox import newest
from webapp.demonstration.people import Demonstration, SamplePerson, Specimen
from webapp.house import business, clock, house, store, vault
from webapp.language import words as _
from webapp.signin import codes, phone, pictures
from webapp.signin.page import Typed
from webapp.signin.views import show
from webapp.signin.whose import whose
from webapp.steps import uploads, values
from webapp.steps.asked import asked, open_task

blueprint = Blueprint("demonstration", __name__, url_prefix="/demonstration")


def demonstration() -> Demonstration:
    found = house().demonstration
    assert found is not None, "these routes exist only in a demonstration"
    return found


@blueprint.app_context_processor
def people() -> dict[str, object]:
    """The panels of the two sign-in pages."""
    everybody = demonstration().people()
    return {
        "sample_investors": [one for one in everybody if one.kind == "investor"],
        "sample_staff": [one for one in everybody if one.kind == "staff"],
    }


@blueprint.post("/fill")
def fill() -> Page:
    """The sign-in form filled in for a sample person, codes included; he only has to press the button."""
    person, chosen = _person(request.form.get("person", "")), business(request.form.get("business", ""))
    filled = Typed(id_number=person.id_number, account_type=person.account_type, agreed=True)
    made = codes.make(filled.person, phone.shown(vault(), person.id_number, whose(person.id_number)))
    filled = Typed(**{**filled.__dict__, "picture_id": pictures.draw(), "sent": made.id, "code": made.code})
    return show(chosen, filled, sample=person)


@blueprint.get("/outbox")
def outbox() -> Page:
    """The texts to phones, the newest first."""
    return render_template("demonstration/outbox.html", texts=newest())


@blueprint.get("/specimens/<path:slot>")
@investor_only
def specimen(slot: str) -> Page:
    """A specimen photograph, to be downloaded."""
    found = _specimen(slot)
    return send_file(io.BytesIO(found.data), found.media_type, as_attachment=True, download_name=found.name)


@blueprint.post("/cases/<case_id>/specimens/<path:slot>")
@investor_only
def use_specimen(case_id: str, slot: str) -> Page:
    """Put the specimen into the case, as if it had been uploaded: only into a slot that the open step has."""
    case, found = my_case(case_id), _specimen(slot)
    task = open_task(case)
    here = asked(case, task.id) if task else None
    kind = uploads.kind_of(here, slot) if here else None
    if here is None or kind is None:  # an old page: the case's own address knows where to go on
        return redirect(f"/cases/{case.id}", 303)
    who = current_investor().id
    photos.add(store(), case_id=case.id, slot=slot, data=found.data, by=who, kind=kind, task_id=here.task.id)
    values.save(here, {name: request.form.getlist(name) for name in request.form})
    flash(_("样本照片已上传，正在处理。"), "good")
    return redirect(f"/cases/{case.id}", 303)


@blueprint.post("/certificate")
def certificate() -> Page:
    """A certificate of the demonstration CA for a key of this browser, in the name of a sample person who has one."""
    person, authority = _person(request.form.get("person", "")), house().authority
    customer_id = house().accounts.find(person.id_number)
    if not person.has_certificate or authority is None or customer_id is None:
        abort(404)
    party = Party(customer_id, "", person.name, person.id_number)
    try:
        with store().write() as tx:
            pem = issue_certificate(tx, vault(), authority, clock().now(), party, request.form.get("spki", ""))
    except CertificateProblem as problem:
        return {"problem": problem.code}, 422
    return {"pem": pem, "customer": customer_id}


def _person(key: str) -> SamplePerson:
    found = next((one for one in demonstration().people() if one.key == key), None)
    return found or abort(404)


def _specimen(slot: str) -> Specimen:
    return demonstration().specimen(current_investor().id, slot) or abort(404)
