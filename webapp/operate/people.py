"""Who did something, by the name under which the audit knows him; of customers nothing but that they are one."""

from __future__ import annotations

from forms.rules import masking
from webapp.desk.queue import name_of
from webapp.house import house
from webapp.language import words as _


def actor_words(key: str) -> str:
    """`staff:…` by name, `investor:…` as 客户, `system:zhou` as whoever gave a command."""
    kind, _colon, name = key.partition(":")
    if kind == "staff":
        return name_of(name)
    if kind == "investor":
        return _("客户")
    return _("系统") if name == "system" else _("%(who)s（命令行）", who=name)


def settled_by(by: str | None) -> str:
    """Who settled an incident: one of the staff, whoever gave a command, or the system itself."""
    return name_of(by) if by else _("系统")


def masked_customer(customer_id: str) -> str:
    return masking.name(house().accounts.person(customer_id).name)
