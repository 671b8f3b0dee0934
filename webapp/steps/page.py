"""The page of one open step, put together from its form, what is typed, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping

from flask import render_template

from engine.cases import ways_back
from webapp.house import reading, say, settings, store
from webapp.language import words as _
from webapp.steps import booking, knowing, pictures, progress, values
from webapp.steps.asked import Asked
from webapp.steps.fields import Drawing
from webapp.steps.widgets import Extras

BUTTONS_OF_THEIR_OWN = ("video_choice", "device_choice", booking.CHOICE)


def page(asked: Asked, typed: Mapping[str, object] | None = None, errors: Mapping[str, str] | None = None) -> str:
    """The step with its first values, or with what was typed and refused."""
    shown = drawing(asked, values.first_values(asked) if typed is None else typed, errors or {})
    stages = progress.stages(asked.case)
    return render_template(
        "steps/step.html",
        asked=asked,
        case=asked.case,
        bundle=asked.bundle,
        title=say(asked.bundle, asked.step.name),
        fields=shown.fields(),
        errors=shown.summary(),
        remarks=[remark.text for remark in asked.remarks],
        submission=settings().ids.new(),
        may_go_back=bool(ways_back(store(), reading(), asked.task)),
        saved_at=values.saved_at(asked),
        stages=stages,
        stage=progress.current(stages),
        signs=asked.with_widget("agreements") is not None,
        told=pictures.progress(asked),
        photographs=asked.with_widget(*knowing.WITH_PHOTOGRAPHS) is not None,
        stops=any(asked.with_widget(widget) for widget in BUTTONS_OF_THEIR_OWN),
        action=_action(asked),
    )


def _action(asked: Asked) -> str:
    """What the primary button says."""
    if asked.with_widget("agreements"):
        return _("签署协议")
    if asked.with_widget(booking.WIDGET):
        return _("更改预约") if booking.booked(asked.case.id) else _("预约视频")
    return _("下一步")


def drawing(asked: Asked, typed: Mapping[str, object], errors: Mapping[str, str]) -> Drawing:
    remarks: dict[str, tuple[str, ...]] = {}
    for remark in asked.remarks:
        if remark.field:
            remarks[remark.field] = (*remarks.get(remark.field, ()), remark.text)
    return Drawing(
        form=asked.form,
        values=typed,
        errors=errors,
        context=knowing.context_for(asked, {}, {}),
        say=lambda text: say(asked.bundle, text),
        remarks=remarks,
        more=Extras(asked),
    )
