"""What happened in a play, and what may happen next, in words."""

from __future__ import annotations

from collections.abc import Mapping

from engine.bundles import Bundle
from engine.scenarios import model
from engine.scenarios.model import Move
from engine.scenarios.recorded import Answered, Line
from webapp.house import house, say
from webapp.language import language
from webapp.language import words as _

ABANDON = "abandon"


def told(bundle: Bundle, line: Line) -> str:
    """One thing that happened."""
    if isinstance(line, Answered):
        return _("%(service)s：%(answer)s", service=service_name(line.service), answer=_answer(line.answer))
    name = element_name(bundle, line.target)
    said = {
        model.BACK: _("在“%(step)s”按上一步", step=name),
        model.MESSAGE: message_name(line.target),
        model.TIMER: _("时间走到“%(timer)s”", timer=name),
        model.FAILS: _("“%(service)s”最终没有做成", service=name),
        model.ADVANCE: _("过了 %(time)s", time=line.target),
    }
    return said.get(line.word) or _step(bundle, line)


def _step(bundle: Bundle, move: Move) -> str:
    name = say(bundle, bundle.step_name(move.word))
    named = {one.code: say(bundle, one.text) for one in bundle.reasons}
    reasons = _("、").join(named.get(code, code) for code in move.reasons)
    more = [part for part in (_pairs(move.said), reasons) if part]
    return f"{name}{_('：')}{_('；').join(more)}" if more else name


def _pairs(said: Mapping[str, object]) -> str:
    return _("，").join(f"{name} = {_value(value)}" for name, value in said.items())


def _answer(answer: Mapping[str, object]) -> str:
    is_done = all(value is True for value in answer.values())
    return _("做成了") if is_done else _pairs(answer)


def _value(value: object) -> str:
    text = str(value).lower() if isinstance(value, bool) else "–" if value is None else str(value)
    return text if len(text) <= 40 else f"{text[:40]}…"


def message_name(message: str) -> str:
    return _("客户放弃办理") if message == ABANDON else _("收到消息 %(message)s", message=message)


def service_name(service: str) -> str:
    """What operators call it."""
    spec = house().known.services.get(service)
    title = (spec.title_en if language() == "en" else spec.title) if spec else ""
    return title or service


def element_name(bundle: Bundle, element: str) -> str:
    """What is written on it, or its id."""
    found = next((one.name for one in bundle.drawing.elements.values() if one.id == element), "")
    return say(bundle, found) if found else element
