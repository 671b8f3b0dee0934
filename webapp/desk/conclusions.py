"""What a desk concluded, as colleagues read it later: the verdict, what was confirmed and asked, the note."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from engine.bundles import Bundle
from engine.cases import answers
from engine.tables import Task
from forms.document import Form
from webapp.house import form_of, reading, say, vault


@dataclass(frozen=True)
class Conclusion:
    """`confirmed` and `unconfirmed` are points of the checklist, `questions` with whether the answer was right."""

    verdict: str = ""
    confirmed: tuple[str, ...] = ()
    unconfirmed: tuple[str, ...] = ()
    questions: tuple[tuple[str, bool], ...] = ()
    note: str = ""

    @property
    def has_checks(self) -> bool:
        return bool(self.confirmed or self.unconfirmed or self.questions)


def conclusion(bundle: Bundle, task: Task) -> Conclusion:
    """What was decided in one closed task of a desk; nothing where it was closed by others."""
    given = answers.of_task(reading(), vault(), task.id)
    if not given or not bundle.has_step(task.step):  # a step of the version that the case was on before
        return Conclusion()
    return _read(bundle, form_of(bundle, bundle.step(task.step).form), given)


def _read(bundle: Bundle, form: Form, given: Mapping[str, Any]) -> Conclusion:
    ticks = [part for part in form.fields if part.type == "checkbox" and part.key in given]
    return Conclusion(
        verdict=_verdict(bundle, form, given),
        confirmed=tuple(say(bundle, part.label) for part in ticks if given[part.key]),
        unconfirmed=tuple(say(bundle, part.label) for part in ticks if not given[part.key]),
        questions=tuple((say(bundle, row["text"]), row["right"]) for row in _rows(form, given)),
        note="\n".join(str(given[part.key]) for part in form.fields if part.type == "textarea" and given.get(part.key)),
    )


def _verdict(bundle: Bundle, form: Form, given: Mapping[str, Any]) -> str:
    part = next((part for part in form.fields if part.widget == "desk_decision"), None)
    labels = {one.value: say(bundle, one.label) for one in (part.options if part else ())}
    return labels.get(str(given.get(part.key)), "") if part else ""


def _rows(form: Form, given: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    asked = (part for part in form.fields if part.widget == "knowledge_questions")
    return [row for part in asked for row in given.get(part.key) or []]
