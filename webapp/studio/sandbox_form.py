"""The form of a step as the sandbox shows it: the fields of the real page, filled in with specimens.

What only a browser, a camera or the account system can establish is chosen by hand (a certificate is found or not) or
stays a specimen (photographs, bank cards).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from engine.bundles import Bundle
from forms.context import Context
from forms.document import Component, Form, Option
from forms.recorded import is_sampled, is_yes_or_no, usual
from forms.specimens import choices
from webapp.house import say
from webapp.language import words as _
from webapp.notices import notice
from webapp.steps.fields import Drawing, Field
from webapp.steps.widgets import Extra, document

AS_DRAWN = ("document", "notice", "fixed")
Posted = Mapping[str, Sequence[str]]


def fields(bundle: Bundle, step: str, now: datetime, posted: Posted | None, errors: Mapping[str, str]) -> list[Field]:
    """The fields with their specimens, or with what was entered and refused. Nothing is hidden: no script runs here."""
    form = Form.parse(bundle.forms[bundle.step(step).form], "")
    values = {part.key: _value(part, now.date(), posted) for part in form.fields}
    shown = Form(form.key, tuple(_shown(bundle, step, part, now) for part in form.components))
    asked = [part for part in form.fields if part.properties.get("choices")]
    context = Context(now.date(), choices={part.properties["choices"]: choices(part) for part in asked})
    words = lambda text: say(bundle, text)  # noqa: E731
    extras = lambda drawing, part, name: _extra(bundle, part)  # noqa: E731
    return Drawing(shown, values, errors, context, words, {}, extras).fields()


def _value(part: Component, today: date, posted: Posted | None) -> object:
    if posted is not None:
        texts = list(posted.get(part.key, ()))
        if part.type in ("checklist", "taglist"):
            return texts
        return bool(texts) if _ticks(part) else texts[-1] if texts else ""
    text = usual(part, today)
    return [one for one in text.split(",") if one] if part.type in ("checklist", "taglist") else (
        text == "true" if _ticks(part) else text
    )  # fmt: skip


def _ticks(part: Component) -> bool:
    return part.type == "checkbox" and not is_yes_or_no(part)


def _shown(bundle: Bundle, step: str, part: Component, now: datetime) -> Component:
    part = replace(part, hide_condition=None, properties={**part.properties, "read": "", "prefill": ""})
    if part.type == "group":
        return replace(part, components=tuple(_shown(bundle, step, one, now) for one in part.components))
    if part.widget == "reject_reasons":
        return replace(part, type="checklist", widget="checklist", options=_reasons(bundle, step, part))
    if part.widget in AS_DRAWN or not part.asks:
        return part if part.widget in (*AS_DRAWN, part.type) else _sample(bundle, part)
    if is_yes_or_no(part):
        return replace(part, type="radio", widget="radio", options=(Option("true", _("是")), Option("false", _("否"))))
    if part.widget == "appointment":
        return replace(part, type="select", widget="select", options=_half_days(now))
    return _sample(bundle, part) if is_sampled(part) else replace(part, widget=part.type)


def _sample(bundle: Bundle, part: Component) -> Component:
    """In place of what a person would do here, that a specimen stands for it."""
    name = say(bundle, part.label or part.text)
    return replace(part, type="text", widget="text", text=_("%(name)s：沙盒里用样例，不用填。", name=name))


def _reasons(bundle: Bundle, step: str, part: Component) -> tuple[Option, ...]:
    offers = part.properties.get("offers")
    found = [one for one in bundle.reasons if step in one.desks and offers in (None, _offer(one.final))]
    return tuple(Option(one.code, _told(bundle, one.text, one.step)) for one in found)


def _offer(final: bool) -> str:
    return "final" if final else "correctable"


def _told(bundle: Bundle, text: str, step: str | None) -> str:
    leads = say(bundle, bundle.step_name(step)) if step else _("不再办理")
    return f"{say(bundle, text)} → {leads}"


def _half_days(now: datetime) -> tuple[Option, ...]:
    """The ends of some half days to come."""
    days = [(now + timedelta(days=number)).replace(minute=0, second=0, microsecond=0) for number in range(1, 8)]
    moments = [day.replace(hour=hour) for day in days for hour in (12, 17)]
    return tuple(Option(one.isoformat(), f"{one:%Y-%m-%d %H:%M}") for one in moments)


def _extra(bundle: Bundle, part: Component) -> Extra:
    if part.widget == "document":
        return document(bundle, part.properties["document"])
    if part.widget == "notice":
        return notice(bundle, part.properties["notice"]) or {}
    return {"shown": _("样例")} if part.widget == "fixed" else {}
