"""What may be wrong with a form: one change to a sound field for each fault, and what its line says."""

from __future__ import annotations

import json
from typing import Any

from engine.feel.findings import Finding
from forms.lint import lint

FIELD: dict[str, Any] = {"id": "Field_1", "type": "textfield", "key": "address", "label": "住址"}
PHOTO = {"type": "filepicker", "properties": {"widget": "photo", "slot": "front", "kind": "id1"}}
ONE = [{"value": "a", "label": "甲"}]

ASKED: list[tuple[str, dict[str, Any], str]] = [
    ("form.key", {"key": ""}, '"key"'),
    ("form.type/unknown", {"type": "html"}, '"html"'),
    ("form.type/unknown", {"type": "expression"}, '"expression"'),
    ("form.type/file", {"type": "filepicker"}, '"filepicker"'),
    ("form.widget", {"properties": {"widget": "bank_crads"}}, "bank_crads"),
    ("form.property/missing", {**PHOTO, "properties": {"widget": "photo", "kind": "id1"}}, '"properties"'),
    ("form.property/missing", {"properties": {"widget": "fixed"}}, '"properties"'),
    ("form.property/kind", {**PHOTO, "properties": {"widget": "photo", "slot": "s", "kind": "round"}}, "round"),
    (
        "form.property/offers",
        {"type": "checklist", "properties": {"widget": "reject_reasons", "offers": "some"}},
        "some",
    ),
    ("form.rule", {"properties": {"rule": "luhn"}}, "luhn"),
    ("form.read", {"properties": {"read": "id_portrait.height"}}, "height"),
    ("form.fact_sealed/value", {"properties": {"fact": "person.address"}}, "person.address"),
    ("form.fact_sealed/rule", {"type": "number", "properties": {"fact": "a.b", "rule": "phone"}}, '"fact"'),
    ("form.options/none", {"type": "select"}, "{"),
    ("form.options/twice", {"type": "radio", "values": [*ONE, {"value": "a", "label": "乙"}]}, '"values"'),
    ("form.options/twice", {"type": "radio", "values": [{"value": "", "label": "甲"}]}, '"values"'),
    ("form.one_click", {"type": "radio", "values": ONE, "properties": {"oneClick": "b"}}, "oneClick"),
    ("form.property/stills", {"type": "radio", "values": ONE, "properties": {"stills": "face, passport"}}, "passport"),
    ("form.pattern/open", {"validate": {"pattern": "[0-9]+"}}, "[0-9]+"),
    ("form.pattern/broken", {"validate": {"pattern": "^[0-9$"}}, "^[0-9$"),
    ("form.pattern/backtracks", {"validate": {"pattern": "^(?=.*[0-9]).+$"}}, "(?="),
    ("form.pattern/backtracks", {"validate": {"pattern": "^(?<!a)b$"}}, "(?<!"),
    ("form.pattern/backtracks", {"validate": {"pattern": "^(.+)-\\1$"}}, "(.+)-"),
    ("form.pattern/backtracks", {"validate": {"pattern": "^(?P<n>a)(?P=n)$"}}, "(?P=n)"),
    ("form.pattern/broken", {"validate": {"pattern": "^[z-a]$"}}, "[z-a]"),
    ("form.pattern/broken", {"validate": {"pattern": "^(a{999})(b{999}){9}$"}}, "a{999}"),
    ("form.validate/name", {"validate": {"maxlength": 3}}, "maxlength"),
    ("form.validate/type", {"type": "number", "validate": {"pattern": "^[0-9]+$"}}, '"pattern"'),
    ("form.validate/type", {"type": "checkbox", "validate": {"maxLength": 3}}, '"maxLength"'),
    ("form.validate/number", {"validate": {"maxLength": "three"}}, "three"),
    ("form.validate/number", {"validate": {"minLength": -1}}, "-1"),
    ("form.validate/number", {"validate": {"minLength": 1.5}}, "1.5"),
    ("form.validate/number", {"type": "number", "validate": {"max": True}}, '"max"'),
    ("form.validate/number", {"type": "number", "decimalDigits": "x"}, '"decimalDigits"'),
    ("form.validate/kind", {"validate": {"validationType": "phone"}}, '"phone"'),
    ("form.hide", {"conditional": {"hide": "adress = null"}}, "adress"),
    ("form.hide", {"conditional": {"hide": "address ="}}, '"hide"'),
    ("form.required", {"properties": {"requiredWhen": "adress = null"}}, "adress"),
    # no form at all
    ("form.unreadable", {"type": 1}, "{"),
    ("form.unreadable", {"type": "radio", "values": 1}, '"values"'),
    ("form.unreadable", {"type": "radio", "values": ["a"]}, '"values"'),
    ("form.unreadable", {"properties": "x"}, '"properties"'),
    ("form.unreadable", {"type": "group", "components": 1}, '"components"'),
]


def document(*components: dict[str, Any]) -> bytes:
    return json.dumps({"type": "default", "components": list(components)}, indent=1, ensure_ascii=False).encode()


def asked(*components: dict[str, Any]) -> list[Finding]:
    return lint("forms/x.form.json", document(*components))
