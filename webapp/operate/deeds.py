"""Each kind of audit row as a sentence."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from engine.bundles import Bundle
from engine.claims import NEXT_IN_LINE
from webapp.desk.queue import name_of
from webapp.house import say
from webapp.language import words as _
from webapp.operate.words import element_name, service_title

ENGINES_OWN = ("todo.", "again.", "rejection.")


@dataclass(frozen=True)
class Deed:
    """What was done, with the row's body: ids and plain words."""

    action: str
    body: Mapping[str, Any]
    bundle: Bundle

    @property
    def step(self) -> str:
        """The step by its name, with its round when it is not the first."""
        step, times = self.body.get("step", ""), self.body.get("round", 1)
        known = {one.id: one.name for one in self.bundle.steps}
        name = say(self.bundle, known.get(step, step))
        return _("%(step)s（第 %(n)d 次）", step=name, n=times) if times > 1 else name

    @property
    def service(self) -> str:
        return service_title(str(self.body.get("service", "")))

    @property
    def facts(self) -> str:
        """What was found or decided, as the conditions of the diagram read it; the engine's own facts left out."""
        given = self.body.get("facts") or {}
        said = (f"{name}={_plain(value)}" for name, value in given.items() if not _is_own(name))
        return _("：%(facts)s", facts="，".join(said)) if any(not _is_own(name) for name in given) else ""

    def text(self, name: str) -> str:
        return str(self.body.get(name) or "")


def deed_words(deed: Deed) -> str:
    """A kind that has no sentence is a message of the diagram, by its own name."""
    known = SENTENCES.get(deed.action)
    return known(deed) if known else _("收到消息“%(name)s”", name=deed.action)


def _is_own(name: str) -> bool:
    return name == "back" or name.startswith(ENGINES_OWN)


def _plain(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) or value is None else str(value)


def _reasons(deed: Deed) -> str:
    names = {reason.code: reason.text for reason in deed.bundle.reasons}
    return "，".join(say(deed.bundle, names.get(code, code)) for code in deed.body.get("reasons", []))


def _claimed(deed: Deed) -> str:
    before, why = name_of(deed.text("taken_from")), _why(deed)
    if before:
        return _("领取“%(step)s”，接手自 %(who)s：%(why)s", step=deed.step, who=before, why=why)
    return _("领取“%(step)s”", step=deed.step)


def _why(deed: Deed) -> str:
    """What somebody wrote is for the desk and its supervisor; rows of an older version hold it themselves."""
    if deed.body.get("comment"):
        return _("原因写在同事的留言里")
    return _("按排队顺序接通") if deed.text("reason") == NEXT_IN_LINE else deed.text("reason")


def _fired(deed: Deed) -> str:
    element = deed.text("element")
    return _("到时间：%(name)s", name=element_name(deed.bundle, element) or element)


def _reassigned(deed: Deed) -> str:
    who, why = name_of(deed.text("to")), _why(deed)
    return _("把“%(step)s”转给 %(who)s：%(why)s", step=deed.step, who=who, why=why)


def _noted(says: str, deed: Deed) -> str:
    note = deed.text("note")
    return _("%(says)s。说明：%(note)s", says=says, note=note) if note else says


SENTENCES: Mapping[str, Callable[[Deed], str]] = {
    "open": lambda deed: _("打开受理单，版本 %(version)s", version=deed.text("bundle")[:12]),
    "submit": lambda deed: _("提交“%(step)s”%(facts)s", step=deed.step, facts=deed.facts),
    "reject": lambda deed: _("在“%(step)s”退回：%(reasons)s", step=deed.step, reasons=_reasons(deed)),
    "back": lambda deed: _("从“%(step)s”返回上一步", step=deed.step),
    "move": lambda deed: _noted(_("放回到“%(step)s”，由此重新办理", step=deed.step), deed),
    "migrate": lambda deed: _noted(_("迁移到版本 %(version)s", version=deed.text("bundle")[:12]), deed),
    "migrate_back": lambda deed: _("撤回迁移，回到版本 %(version)s", version=deed.text("bundle")[:12]),
    "abandoned": lambda deed: _("放弃这项业务"),
    "timer": _fired,
    "result": lambda deed: _("“%(service)s”完成%(facts)s", service=deed.service, facts=deed.facts),
    "exhausted": lambda deed: _("“%(service)s”多次没有办成，走流程图的出错路线", service=deed.service),
    "incident": lambda deed: _("“%(service)s”没有办成，转为异常任务", service=deed.service),
    "incident.retry": lambda deed: _noted(_("重试“%(service)s”", service=deed.service), deed),
    "incident.result": lambda deed: _noted(
        _("人工给出“%(service)s”的结果%(facts)s", service=deed.service, facts=deed.facts), deed
    ),
    "incident.left": lambda deed: _noted(_("放下“%(service)s”", service=deed.service), deed),
    "claim": _claimed,
    "release": lambda deed: _("退回“%(step)s”到队列", step=deed.step),
    "reassign": _reassigned,
    "comment": lambda deed: _("在“%(step)s”写了备注", step=deed.step),
    "delete_recordings": lambda deed: _("期满销毁：%(n)d 次通话的录像", n=deed.body.get("recordings", 0)),
    "shred": lambda deed: _(
        "期满销毁：%(photos)d 张照片，%(answers)d 份填写内容，%(comments)d 条备注",
        photos=deed.body.get("photos", 0),
        answers=deed.body.get("answers", 0),
        comments=deed.body.get("comments", 0),
    ),
}
