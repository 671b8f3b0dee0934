"""下一步: a form is judged; its answers, consents, detection and signature are accepted as one intention."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from flask import redirect, url_for
from flask.typing import ResponseReturnValue as Page
from sqlalchemy.orm import Session

from engine.cases import Completion, complete
from engine.errors import Conflict, NoRoom, Reused, Stale
from engine.pki import CertificateProblem
from forms.document import Component
from forms.load import Invalid, Loaded, load
from forms.typed import typed
from webapp import sessions
from webapp.access import current_investor, investor_only, my_case
from webapp.house import look_again, store
from webapp.steps import booking, certificate, consents, devices, knowing, slots, uploads, values, video_page
from webapp.steps.asked import Asked, asked
from webapp.steps.page import page
from webapp.steps.posted import nonce, only_saves, posted
from webapp.steps.refusals import elsewhere, undetected, unsaved, unsigned
from webapp.steps.views import blueprint, onwards

Write = Callable[[Session], object]


@blueprint.post("/cases/<case_id>/<task_id>")
@investor_only
def submit(case_id: str, task_id: str) -> Page:
    found = my_case(case_id)
    here = asked(found, task_id)
    if here is None:
        return elsewhere(found)
    try:
        return _submitted(here) or onwards(case_id)
    except (Stale, Reused):
        return elsewhere(found)
    except (NoRoom, Conflict) as refused:
        return unsaved(here, refused)


def _submitted(here: Asked) -> Page | None:
    """The page to answer with; nothing where the step is done."""
    wrong_files = uploads.take_all(here)
    if only_saves():
        return _saved(here, wrong_files)
    try:
        _accept(here, _judged(here, wrong_files))
    except Invalid as wrong:
        values.save(here, posted())
        return page(here, wrong.values, wrong.errors), 422
    return None


def _saved(here: Asked, wrong_files: dict[str, str]) -> Page:
    """添加一张, 移除, 上传: everything is kept, nothing is judged."""
    _, kept = values.save(here, posted())
    if wrong_files:
        return page(here, kept, {key_of(here, slot): problem for slot, problem in wrong_files.items()}), 422
    return redirect(url_for("steps.step", case_id=here.case.id, task_id=here.task.id), 303)


@dataclass
class Judged:
    """A form that is right, and what is to be written with it, by the field that it belongs to."""

    loaded: Loaded
    writes: dict[str, Write] = field(default_factory=dict)


def _judged(here: Asked, wrong_files: dict[str, str]) -> Judged:
    """The form judged with what the server has established of the certificate; the signature is asked for last."""
    detected = _detected(here)
    unoffered = {**video_page.problems(here, posted()), **booking.problems(here, posted())} | slots.unfinished(here)
    problems = {key_of(here, slot): problem for slot, problem in wrong_files.items()} | unoffered
    established = {part.key: _established(part, detected.get(part.key)) for part in _certificates(here)}
    known = {key: value for key, value in established.items() if value is not None}
    judged = Judged(load(here.form, posted(), knowing.context_for(here, known, problems)))
    judged.writes = {key: one.use for key, one in detected.items()}
    _sign(here, judged)
    return judged


def _certificates(here: Asked) -> list[Component]:
    return [part for part in here.form.fields if part.widget in ("certificate", "install_certificate")]


def _detected(here: Asked) -> Mapping[str, certificate.Detected]:
    found = {part.key: certificate.detected(here, part.key, posted()) for part in _certificates(here)}
    return {key: one for key, one in found.items() if one is not None}


def _established(part: Component, found: certificate.Detected | None) -> object:
    """Whether there is a certificate; where one had to be installed, which."""
    if part.widget == "install_certificate":
        return found.facts.serial if found else None
    return found is not None


def _sign(here: Asked, judged: Judged) -> None:
    part = here.with_widget("agreements")
    if part is None:
        return
    documents = knowing.context_for(here, {}, {}).agreements(part)
    try:
        found = certificate.signing(here, part.key, posted(), documents, nonce())
    except CertificateProblem as problem:
        raise Invalid({part.key: unsigned(problem)}, typed(here.form, posted())) from problem
    judged.loaded.values[part.key] = found.answer
    judged.writes[part.key] = found.sign


def _accept(here: Asked, judged: Judged) -> None:
    """All of it is stored, or nothing: a refused completion leaves no consent, no signature and no used challenge."""
    loaded = judged.loaded
    done = Completion(here.task.id, current_investor().actor, nonce(), answers=loaded.values, facts=loaded.facts)

    def also(tx: Session) -> None:
        consents.keep(tx, here, loaded.values)
        booking.keep(tx, here, loaded.values)
        for key, write in judged.writes.items():
            _write(here, key, write, tx)
        sessions.touch(tx)

    complete(store(), done, also)
    sessions.touched()
    look_again()
    booking.tell(here, loaded.values)
    devices.tell(here, loaded.values)


def _write(here: Asked, key: str, write: Write, tx: Session) -> None:
    try:
        write(tx)
    except CertificateProblem as problem:
        part = here.with_widget("agreements")
        said = unsigned(problem) if part and part.key == key else undetected(problem)
        raise Invalid({key: said}, typed(here.form, posted())) from problem


def key_of(here: Asked, slot: str) -> str:
    """The field that a slot belongs to."""
    if slot.startswith(knowing.CARD_SLOT):
        lists = (part for part in here.form.fields if part.type == "dynamiclist")
        places = ((part, inner) for part in lists for inner in part.components if inner.widget == "photo")
        return next((f"{part.key}.{slot.removeprefix(knowing.CARD_SLOT)}.{inner.key}" for part, inner in places), slot)
    parts = (part for part in here.form.fields if part.properties.get("slot") == slot)
    return next((part.key for part in parts), slot)
