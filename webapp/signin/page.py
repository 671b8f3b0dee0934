"""What was typed into the sign-in page, and the first look at it. Nothing typed is ever lost."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal, get_args

from flask import request

from engine.tables import SignInCode
from forms.rules import id_number
from webapp.house import clock, company, reading, vault
from webapp.language import language
from webapp.language import words as _

Errors = dict[str, str]
Action = Literal["code", "picture", "go"]
INDEX = "customers.id_number"


@dataclass(frozen=True)
class Typed:
    """The fields of S13, as they were typed. `sent` is the row of the code that this page says was sent."""

    id_number: str = ""
    account_type: str = ""
    picture_id: str = ""
    picture: str = ""
    sent: str = ""
    code: str = ""
    agreed: bool = False
    action: Action = "go"

    @property
    def person(self) -> str:
        """The blind index by which limits and codes know the person."""
        return vault().index(INDEX, self.id_number)


def typed() -> Typed:
    """The posted form; blanks around and inside numbers are the typist's, not ours."""
    form = request.form
    action = form.get("action", "go")
    parsed = Typed(
        id_number="".join(form.get("id_number", "").split()).upper(),
        account_type=form.get("account_type", ""),
        picture_id=form.get("picture_id", ""),
        picture=form.get("picture", "").strip(),
        sent=form.get("sent", ""),
        code="".join(form.get("code", "").split()),
        agreed=form.get("agreed") == "yes",
        action=action if action in get_args(Action) else "go",  # type: ignore[arg-type]
    )
    return parsed if was_sent(parsed) else replace(parsed, sent="", code="")


def was_sent(form: Typed) -> bool:
    """Whether a code was sent for this very number: whoever changes the number starts again."""
    row = reading().get(SignInCode, form.sent) if form.sent else None
    return row is not None and row.person == form.person


def first_errors(form: Typed) -> Errors:
    """What can be said without knowing whose number it is."""
    errors: Errors = {}
    if not form.id_number:
        errors["id_number"] = _("请输入身份证号码")
    elif problem := id_number.check(form.id_number, clock().now().date()).block:
        errors["id_number"] = problem.english if language() == "en" else problem.text
    if form.account_type not in account_types():
        errors["account_type"] = _("请选择账户类型")
    return errors


def account_types() -> tuple[str, ...]:
    return company().account_types
