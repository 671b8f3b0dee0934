"""A form of a draft as its reader would see it: drawn by the templates of the real steps, and inert.

The page puts what is made here into a frame that runs no script, sends no form and leads nowhere.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from flask import render_template

from engine.bundles import Bundle
from engine.bundles.reading import form_key
from engine.bundles.unfinished import unfinished
from engine.diagrams.steps import UserTask
from forms.document import BadForm, Form
from webapp.access import INVESTOR_ROLE
from webapp.house import say
from webapp.language import language
from webapp.language import words as _
from webapp.steps.fields import Drawing
from webapp.studio.forms_editor.drawable import all_in_sight, conditions, is_too_long
from webapp.studio.forms_editor.samples import Samples, asked_of_nobody, context_of

LINK = re.compile(r"(<a\b[^>]*?) href=\"[^\"]*\"")


def preview(files: Mapping[str, bytes], business: str, path: str) -> str:
    """A whole page; of what is no form the reason why, as a page."""
    bundle = unfinished(files, business)
    try:
        form = Form.parse(files[path], form_key(path))
    except BadForm as wrong:
        return _page(bundle, (), told=wrong.why.to(language()))
    if is_too_long(form):
        return _page(bundle, (), told=_("这张表单太长，画不出来。"))
    return _page(bundle, tuple(steps_of(bundle, form.key)), form)


def steps_of(bundle: Bundle, key: str) -> list[UserTask]:
    """The steps of the draft that show a form."""
    return [step for step in bundle.steps if step.form == key]


def _page(bundle: Bundle, steps: tuple[UserTask, ...], form: Form | None = None, told: str = "") -> str:
    asked = asked_of_nobody(bundle)
    page = render_template(
        "studio/form_preview.html",
        asked=asked,
        case=asked.case,
        bundle=bundle,
        title=say(bundle, steps[0].name) if steps else "",
        for_desk=bool(steps) and steps[0].role != INVESTOR_ROLE,
        fields=_drawing(bundle, steps, all_in_sight(form)).fields() if form else (),
        when=conditions(form) if form else {},
        told=told,
        may_go_back=bool(steps and steps[0].back),
    )
    return LINK.sub(r"\1", page)


def _drawing(bundle: Bundle, steps: tuple[UserTask, ...], form: Form) -> Drawing:
    lists: dict[str, object] = {part.key: [{}] for part in form.fields if part.type == "dynamiclist"}
    return Drawing(
        form=form,
        values={key: row for key, row in lists.items() if key},
        errors={},
        context=context_of(bundle, frozenset(step.id for step in steps)),
        say=lambda text: say(bundle, text),
        remarks={},
        more=Samples(asked_of_nobody(bundle)),
    )
