"""The device check as a step shows it and as the flow is told of it; how it is made is `webapp.devices`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from ipaddress import ip_address

from flask import flash, request, url_for
from markupsafe import Markup

from engine import device_checks
from engine.tables import DeviceCheck
from webapp.devices.speech import LONG
from webapp.devices.words import Result, item_names, results
from webapp.house import clock, reading
from webapp.language import words as _
from webapp.public.around import qr
from webapp.steps.asked import Asked

CHECK, STATE, CHOICE = "device_check", "device_state", "device_choice"
QUEUE = "queue"


@dataclass(frozen=True)
class Shown:
    """What a page says of the check. `until`: how long a passed one still holds."""

    check: DeviceCheck | None
    until: datetime | None
    results: list[Result]
    names: Mapping[str, str]
    digits: int
    here: str
    qr: Markup | None


def shown(asked: Asked) -> Shown:
    now = clock().now()
    valid = device_checks.valid(reading(), asked.case.id, now)
    row = device_checks.last(reading(), asked.case.id)
    told = row if row is not None and now - row.at <= device_checks.VALID else None
    return Shown(
        check=told,
        until=valid.at + device_checks.VALID if valid else None,
        results=results(told) if told else [],
        names=item_names(),
        digits=LONG,
        here=request.host,
        qr=qr(url_for("steps.case", case_id=asked.case.id)) if a_phone_gets_here() else None,
    )


def established(asked: Asked) -> dict[str, object]:
    """Whether a check that was passed still holds, for each field that tells the flow of it."""
    parts = [part for part in asked.form.fields if part.widget in (CHECK, STATE)]
    if not parts:
        return {}
    holds = device_checks.valid(reading(), asked.case.id, clock().now()) is not None
    return {part.key: holds for part in parts}


def tell(here: Asked, values: Mapping[str, object]) -> None:
    """Why the flow has asked for the check again."""
    check, choice = here.with_widget(CHECK), here.with_widget(CHOICE)
    if check and choice and values.get(choice.key) == QUEUE and not values.get(check.key):
        flash(_("设备检测还没有通过，不能进入排队。请点击“开始检测”，按每一项的提示处理。"), "warn")


def a_phone_gets_here() -> bool:
    """Whether the address by which this page was asked for leads here from another machine as well."""
    name = request.host.rsplit(":", 1)[0].strip("[]")
    try:
        return not ip_address(name).is_loopback
    except ValueError:
        return name != "localhost" and not name.endswith(".localhost")
