"""The signatures of a case as a desk reads them: what was signed, and whether it holds over what the case holds now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import select

from engine.bundles import Bundle
from engine.cases import facts_of
from engine.cases.signed import check_signed, is_newest
from engine.pki import CertificateProblem
from engine.tables import Case, Signature, Task
from webapp.house import house, reading, store, vault
from webapp.language import words as _
from webapp.steps.widgets import title

Standing = Literal["good", "bad", "replaced", "awaited"]


@dataclass(frozen=True)
class Signed:
    """A stored signature; `replaced` by a later one, or `awaited`: its step is asked again. `why` it does not hold."""

    at: datetime
    serial: str
    documents: list[str]
    standing: Standing
    why: str = ""


def signatures(case: Case, bundle: Bundle) -> list[Signed]:
    """The newest first."""
    mine = select(Signature).join(Task, Task.id == Signature.task_id).where(Signature.case_id == case.id)
    return [
        _signed(case, bundle, row) for row in reading().scalars(mine.order_by(Signature.at.desc(), Task.round.desc()))
    ]


def _signed(case: Case, bundle: Bundle, row: Signature) -> Signed:
    titles = [title(bundle, each["path"]) for each in row.documents]
    problem = _problem(row)
    if not is_newest(reading(), row):
        return Signed(row.at, row.serial, titles, "bad" if problem else "replaced", problem and _why(problem))
    if problem == "data_changed" and _asked_again(case, row):
        return Signed(row.at, row.serial, titles, "awaited")
    return Signed(row.at, row.serial, titles, "bad" if problem else "good", problem and _why(problem))


def _problem(row: Signature) -> str:
    authority = house().authority
    if authority is None:
        return "not_ours"
    try:
        check_signed(reading(), vault(), authority, house().known, row)
    except CertificateProblem as wrong:
        return wrong.code
    return ""


def _asked_again(case: Case, row: Signature) -> bool:
    step = reading().get_one(Task, row.task_id).step
    return facts_of(store(), reading(), case).get("todo", {}).get(step) is True


def _why(code: str) -> str:
    return {
        "data_changed": _("资料与签署时不一致"),
        "another_person": _("证书不是客户本人的"),
        "bad_signature": _("签名与签署的内容不符"),
        "revoked": _("签署时证书已吊销"),
        "expired": _("签署时证书已过期"),
    }.get(code, _("证书不能验证"))
