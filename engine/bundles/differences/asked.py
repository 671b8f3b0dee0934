"""What the forms of a version ask: forms, fields and the order of the fields."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from engine.bundles.differences import naming
from engine.bundles.differences.comparing import Aspect, Key, Order, Thing
from engine.bundles.model import Bundle
from engine.bundles.reading import form_path
from engine.feel.said import Said

_ASPECTS: dict[str, Said] = {
    "label": Said("标签", "label"),
    "description": Said("提示", "hint"),
    "text": Said("文字", "text"),
    "type": Said("类型", "type"),
    "disabled": Said("只读", "read only"),
    "defaultValue": Said("预填值", "default value"),
    "conditional.hide": Said("隐藏条件", "condition for hiding"),
    "validate.required": Said("必填", "required"),
    "validate.minLength": Said("最少字数", "least length"),
    "validate.maxLength": Said("最多字数", "greatest length"),
    "validate.min": Said("最小值", "least value"),
    "validate.max": Said("最大值", "greatest value"),
    "validate.pattern": Said("格式", "pattern"),
    "validate.patternErrorMessage": Said("格式不符的提示", "message for the pattern"),
    "properties.widget": Said("控件", "widget"),
    "properties.fact": Said("事实", "fact"),
    "properties.rule": Said("规则", "rule"),
    "properties.requiredWhen": Said("必填条件", "condition for required"),
    "properties.documents": Said("协议", "agreements"),
    "properties.document": Said("文本", "document"),
    "properties.notice": Said("通知", "notice"),
}
_NOT_SAID = frozenset({"id", "key", "path", "components", "values", "layout"})
"""`id` and `layout` are the editor's own; the others are told in another way."""


def forms(bundle: Bundle) -> dict[Key, Thing]:
    return {key: Thing("form", form_path(key), None, _form(key)) for key in bundle.forms}


def fields(bundle: Bundle) -> dict[Key, Thing]:
    """Fields by their key, texts by their id, the rows of lists under the list."""
    return {(form, name): _field(bundle, form, component)
            for form, document in bundle.forms.items() for name, component in _walk(document)}  # fmt: skip


def orders(bundle: Bundle) -> dict[str, Order]:
    """The order of the fields of each form."""
    found: dict[str, Order] = {}
    for form, document in bundle.forms.items():
        what = Said("{form}的字段", "the fields of {form}").filled(form=_form(form))
        parts = {name: _label(bundle, component) for name, component in _walk(document)}
        found[form] = Order(Thing("form", form_path(form), None, what), parts)
    return found


def _walk(document: dict[str, Any], prefix: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    components = document.get("components")
    for component in components if isinstance(components, list) else ():
        if isinstance(component, dict):
            name = prefix + str(component.get("key") or component.get("path") or component.get("id") or "")
            yield name, component
            yield from _walk(component, f"{name}/" if component.get("type") == "dynamiclist" else prefix)


def _form(key: str) -> Said:
    return naming.called(Said("表单", "form"), key)


def _label(bundle: Bundle, component: dict[str, Any]) -> Said:
    text = component.get("label") or component.get("text") or component.get("key") or component.get("id") or ""
    return naming.name(bundle, str(text))


def _field(bundle: Bundle, form: str, component: dict[str, Any]) -> Thing:
    name = str(component.get("key") or component.get("path") or component.get("id") or "")
    kind = Said("文字", "text") if component.get("type") == "text" else Said("字段", "field")
    what = Said("{form}的{field}", "{field} of {form}")
    what = what.filled(form=_form(form), field=naming.called(kind, name, _label(bundle, component)))
    return Thing("field", form_path(form), name, what, dict(_aspects(bundle, component)))


def _aspects(bundle: Bundle, component: dict[str, Any]) -> Iterator[tuple[str, Aspect]]:
    for name, said in _flat(component):
        aspect = _ASPECTS.get(name, Said(name, name))
        yield name, Aspect(aspect, naming.value(bundle, said), told=name in ("type", "validate.required"))
    for value, label in _options(component):
        option = Said("选项 {value}", "option {value}").filled(value=value)
        yield f"option {value}", Aspect(option, naming.value(bundle, label))


def _flat(value: dict[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    for name, inner in value.items():
        if isinstance(inner, dict):
            yield from _flat(inner, f"{prefix}{name}.")
        elif prefix or name not in _NOT_SAID:
            yield prefix + name, inner


def _options(component: dict[str, Any]) -> Iterator[tuple[str, str]]:
    options = component.get("values")
    for option in options if isinstance(options, list) else ():
        if isinstance(option, dict):
            yield str(option.get("value", "")), str(option.get("label") or option.get("value") or "")
