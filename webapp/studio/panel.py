"""What the panel beside the canvas offers: which properties an element has, and which names may stand in them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from engine.bundles import Known
from engine.bundles.vocabulary import Vocabulary, vocabulary
from engine.diagrams.told import ON_BOOKINGS
from webapp.language import language
from webapp.language import words as _

STEP, END, THROW = "bpmn:UserTask", "bpmn:EndEvent", "bpmn:IntermediateThrowEvent"
TEXT, CONDITION = "text", "condition"
AFTERWARDS, RETENTION = "afterwards", "retention"


@dataclass(frozen=True)
class Property:
    """`kind` is text, condition, or the name of the list that its value is chosen from."""

    name: str
    on: tuple[str, ...]
    label: str
    help: str
    kind: str = TEXT


def properties() -> list[Property]:
    """In the order of the panel, in the language of this request."""
    step = (STEP,)
    told = {name: _on_booking(name) for name in ON_BOOKINGS}
    return [
        Property("form", step, _("表单"), _("这一步的页面"), "forms"),
        Property("status", step, _("办理状态"), _("这一步等待时，“我的业务”里显示的状态")),
        Property("statusClaimed", step, _("领取后的办理状态"), _("岗位有人领取之后显示的状态")),
        Property("statusRejected", step, _("驳回后的办理状态"), _("这个岗位驳回之后，被驳回的步骤显示的状态")),
        Property("back", step, _("上一步"), _("按“上一步”回到哪一步；不选就没有这个按钮"), "steps"),
        Property("backWhen", step, _("什么时候可以上一步"), _("条件；不写就一直可以"), CONDITION),
        Property("notSameAs", step, _("不得与哪一步同一人"), _("办过那一步的人不能办这一步"), "steps"),
        Property("due", step, _("岗位时限"), _("ISO 8601 时长，例如 P1D 或 PT30M；整天按交易日计算")),
        Property("outside", step, _("页面标记"), _("queue 表示客户在这里排队")),
        Property("notice", step, _("给客户的提示"), _("这一步等待时客户看到的提示"), "notices"),
        Property("smsRejected", step, _("驳回时的短信"), "", "notices"),
        *(Property(name, step, label, _("只用于预约的步骤"), "notices") for name, label in told.items()),
        Property("sms", (END, THROW), _("到这里时的短信"), "", "notices"),
        Property(AFTERWARDS, (END,), _("结束后的服务"), _("不带参数的服务；没有人等它"), AFTERWARDS),
        Property(RETENTION, (END,), _("资料保存"), _("given_up：按公司的期限销毁照片和未签的内容"), RETENTION),
    ]


def _on_booking(name: str) -> str:
    return {
        "smsBooked": _("预约成功的短信"),
        "smsChanged": _("改约的短信"),
        "smsCancelled": _("取消预约的短信"),
        "smsMissed": _("错过预约的短信"),
        "smsReminder": _("预约提醒的短信"),
    }[name]


PROPERTIES = frozenset(
    {"form", "status", "statusClaimed", "statusRejected", "back", "backWhen", "notSameAs", "due", "outside", "notice"}
    | {"smsRejected", "sms", AFTERWARDS, RETENTION, *ON_BOOKINGS}
)
"""What the panel shows, and so may also take away."""


def panel(files: Mapping[str, bytes], business: str, known: Known) -> dict[str, Any]:
    """The panel as the editor reads it."""
    words = vocabulary(files, business, known)
    return {
        "properties": [asdict(one) for one in properties()],
        "lists": lists_of(words),
        "roles": role_names(),
        "services": [service_of(spec) for spec in words.services],
        "facts": [{"name": name, "kind": kind} for name, kind in words.facts.items()],
        "decisions": list(words.decisions),
        "processes": [{"value": one, "label": f"{name} ({one})"} for one, name in words.processes.items()],
    }


def role_names() -> dict[str, str]:
    """A lane's id is its role; any other lane holds what nobody does by hand."""
    return {
        "investor": _("投资者"),
        "verifier": _("认证人员"),
        "reviewer": _("柜台人员"),
    }


def lists_of(words: Vocabulary) -> dict[str, list[dict[str, str]]]:
    """What may be chosen, by the kind of a property."""
    bare = [spec.name for spec in words.services if not spec.params]
    return {
        "forms": _options(words.forms),
        "notices": _options(words.notices),
        "steps": [{"value": one, "label": f"{name} ({one})"} for one, name in words.steps.items()],
        AFTERWARDS: _options(bare),
        RETENTION: _options(["given_up"]),
    }


def _options(names: Any) -> list[dict[str, str]]:
    return [{"value": name, "label": name} for name in names]


def service_of(spec: Any) -> dict[str, Any]:
    """A service by its name, what it is called in this language, and what it is given."""
    title = (spec.title_en if language() == "en" else spec.title) or ""
    return {"name": spec.name, "label": f"{title} ({spec.name})" if title else spec.name, "params": list(spec.params)}
