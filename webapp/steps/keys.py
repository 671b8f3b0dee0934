"""What the certificate script asks for: challenges, the statement to be signed, a certificate for a new key."""

from __future__ import annotations

from flask import request
from flask.typing import ResponseReturnValue as Page

from engine.pki import CertificateProblem
from webapp.access import investor_only, my_case, person
from webapp.language import words as _
from webapp.steps import certificate, knowing
from webapp.steps.asked import Asked, asked
from webapp.steps.views import blueprint


@blueprint.post("/cases/<case_id>/<task_id>/challenge/<any(detect, install, sign):purpose>")
@investor_only
def ask_challenge(case_id: str, task_id: str, purpose: str) -> Page:
    """A text to be signed by the key in this browser; for the signature it is the whole statement."""
    here = asked(my_case(case_id), task_id)
    if here is None or not _fits(here, purpose):
        return {"closed": True}, 409
    if purpose == "sign":
        part = here.with_widget("agreements")
        documents = knowing.context_for(here, {}, {}).agreements(part) if part else ()
        number, text = certificate.statement(here, documents)
        return {"challenge": number, "text": text}
    row = certificate.challenge(here, "install" if purpose == "install" else "detect")
    return {"challenge": row.id, "text": row.text}


@blueprint.post("/cases/<case_id>/<task_id>/certificate")
@investor_only
def issue(case_id: str, task_id: str) -> Page:
    """A certificate for the key that this browser has just made and proved to hold."""
    here = asked(my_case(case_id), task_id)
    if here is None or here.with_widget("install_certificate") is None:
        return {"closed": True}, 409
    sent = [request.form.get(name, "") for name in ("challenge", "signature", "spki")]
    try:
        return {"pem": certificate.installed(here, *sent), "name": person().name}
    except CertificateProblem:
        return {"problem": _("证书没有安装成功。请再试一次；如仍不成功，请致电客服。")}, 422


def _fits(here: Asked, purpose: str) -> bool:
    """Only the step that needs a challenge gets one."""
    widgets = {
        "detect": ("certificate", "install_certificate"),
        "install": ("install_certificate",),
        "sign": ("agreements",),
    }
    return any(here.with_widget(widget) for widget in widgets[purpose])
