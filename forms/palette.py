"""What can be put into a form: each kind of part as a form document begins it."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

Raw = dict[str, Any]
ACCEPT = ".jpg,.jpeg,.png,.webp,.heic,.heif,.pdf"


def _asking(type: str, required: bool = True, **more: Any) -> Raw:
    rest = {"validate": {"required": True}} if required else {}
    return {"type": type, "key": "", "label": "", **more, **rest}


def _own(type: str, widget: str, required: bool = True, /, **properties: str) -> Raw:
    return {**_asking(type, required), "properties": {"widget": widget, **properties}}


def _shown(type: str, widget: str, **properties: str) -> Raw:
    return {**_asking(type, required=False, disabled=True), "properties": {"widget": widget, **properties}}


def _choosing(type: str) -> Raw:
    options = [{"value": "yes", "label": "是"}, {"value": "no", "label": "否"}]
    return {"type": type, "key": "", "label": "", "values": options, "validate": {"required": True}}


LAYOUT: Mapping[str, Raw] = {
    "text": {"type": "text", "text": ""},
    "separator": {"type": "separator"},
    "spacer": {"type": "spacer"},
    "group": {"type": "group", "label": "", "components": []},
    "dynamiclist": {
        "type": "dynamiclist",
        "key": "",
        "path": "",
        "label": "",
        "allowAddRemove": True,
        "defaultRepetitions": 0,
        "isRepeating": True,
        "showOutline": True,
        "components": [],
    },
}
"""Texts, and what holds other parts."""

PLAIN: Mapping[str, Raw] = {
    "textfield": _asking("textfield"),
    "textarea": _asking("textarea", required=False),
    "number": _asking("number"),
    "datetime": _asking("datetime", subtype="date"),
    "checkbox": _asking("checkbox", required=False),
    "radio": _choosing("radio"),
    "select": _choosing("select"),
    "checklist": _choosing("checklist"),
    "taglist": _choosing("taglist"),
}

RULED: Mapping[str, Raw] = {
    name: {**_asking("textfield"), "properties": {"rule": name}}
    for name in ("name", "id_number", "phone", "validity", "bank_card", "outlet")
}
"""Text fields that are checked by the rules of `forms/rules/`: the names of the kinds are those of the rules."""

CUSTOMER: Mapping[str, Raw] = {
    "photo": {
        **_asking("filepicker", accept=ACCEPT),
        "properties": {"widget": "photo", "slot": "", "kind": "id1"},
    },
    "photo_review": _own("checkbox", "photo_review", slots=""),
    "fixed": _shown("textfield", "fixed", source="person.name"),
    "document": _own("checkbox", "document", document=""),
    "notice": _own("checkbox", "notice", notice=""),
    "bank_cards": {
        **LAYOUT["dynamiclist"],
        "validate": {"required": True},
        "properties": {"widget": "bank_cards"},
    },
    "bank_links": {"type": "text", "text": "", "properties": {"widget": "bank_links"}},
    "agreements": _own("checklist", "agreements", documents="business.agreements"),
    "certificate": _own("textfield", "certificate"),
    "install_certificate": _own("textfield", "install_certificate"),
    "device_check": _own("checkbox", "device_check", False),
    "device_state": _own("checkbox", "device_state", False),
    "device_choice": {**_choosing("radio"), "properties": {"widget": "device_choice"}},
    "video_choice": {**_choosing("radio"), "properties": {"widget": "video_choice"}},
    "appointment": _own("textfield", "appointment"),
    "appointment_choice": {**_choosing("radio"), "properties": {"widget": "appointment_choice"}},
}

DESK: Mapping[str, Raw] = {
    "desk_decision": {**_choosing("radio"), "properties": {"widget": "desk_decision"}},
    "desk_check": _own("checkbox", "desk_check", False),
    "reject_reasons": _own("checklist", "reject_reasons"),
    "knowledge_questions": _own("checklist", "knowledge_questions", False),
}

SECTIONS: Mapping[str, Mapping[str, Raw]] = {
    "plain": PLAIN,
    "ruled": RULED,
    "layout": LAYOUT,
    "customer": CUSTOMER,
    "desk": DESK,
}
KINDS: Mapping[str, Raw] = {name: part for section in SECTIONS.values() for name, part in section.items()}


def begun(kind: str) -> Raw:
    """A part of this kind, still without id, key and texts. KeyError."""
    return deepcopy(KINDS[kind])


def kind_of(part: Mapping[str, Any]) -> str:
    """The kind that a part is, by its widget, its rule or its type."""
    properties = part.get("properties") or {}
    for name in (properties.get("widget"), properties.get("rule"), part.get("type")):
        if name in KINDS:
            return str(name)
    return str(part.get("type"))
