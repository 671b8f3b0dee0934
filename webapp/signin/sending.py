"""The text with the code, written down for the phone on file. An unknown number takes the same road, to no phone."""

from __future__ import annotations

from flask_babel import force_locale
from sqlalchemy.orm import Session

from engine import texts
from webapp.house import clock, company, settings, store
from webapp.language import words as _


def write_down(tx: Session, id: str, phone: str | None, code: str) -> None:
    """In the transaction that makes the code, so that neither is there without the other. A worker sends it.

    The answer does not wait for the gateway, which takes time that would tell who is a customer.
    """
    texts.write_down(store(), tx, id, phone, _text(code), clock().now() + settings().limits.code_life)


def _text(code: str) -> str:
    with force_locale("zh_Hans_CN"):
        return _(
            "【%(company)s】您的登录验证码是 %(code)s，5 分钟内有效。请勿告诉任何人。",
            company=company().name,
            code=code,
        )
