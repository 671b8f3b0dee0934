"""Carrying the code to the phone on file. An unknown number takes the same road, without the last step."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from flask_babel import force_locale

from webapp.house import SmsGateway, company, house
from webapp.language import words as _
from webapp.logs import log

_carriers = ThreadPoolExecutor(max_workers=2, thread_name_prefix="sms")


def carry(id: str, phone: str | None, code: str) -> None:
    """Send the code. A gateway takes time, and time would tell who is a customer: so the answer does not wait for it.

    A demonstration has nobody to protect and shows the code at once, so there it does wait.
    """
    with force_locale("zh_Hans_CN"):
        text = _(
            "【%(company)s】您的登录验证码是 %(code)s，5 分钟内有效。请勿告诉任何人。",
            company=company().name,
            code=code,
        )
    if phone is None:
        return
    if house().demonstration:
        _send(house().sms, id, phone, text)
    else:
        _carriers.submit(_send, house().sms, id, phone, text)


def _send(gateway: SmsGateway, id: str, phone: str, text: str) -> None:
    try:
        gateway.send(id, phone, text)
    except Exception as wrong:  # a lost text must not become an error page; the person asks for another
        log.error("sms not sent", sms=id, cause=type(wrong).__name__)
