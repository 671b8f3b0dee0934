"""Forms: each is sound, is used, and names documents, notices and slots that are there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from engine.bundles.known import Known
from engine.bundles.model import Bundle
from engine.bundles.reading import form_path
from engine.bundles.records import line_of
from engine.diagrams.lint.subject import nearest
from engine.feel.findings import Finding


def sound(bundle: Bundle, known: Known) -> Iterator[Finding]:
    """What the forms room says of each document."""
    for key in sorted(bundle.forms):
        yield from known.form_lint(form_path(key), bundle.files[form_path(key)])


def used(bundle: Bundle, known: Known) -> Iterator[Finding]:
    """A form of the business that no step shows; shared ones may serve other businesses."""
    asked = {step.form for step in bundle.steps}
    for key in sorted(bundle.forms.keys() - asked):
        if key.startswith(f"{bundle.business.id}/"):
            why = "no user task shows this form"
            yield Finding("form.unused", form_path(key), None, None, why, nearest(key, asked))


def documents(bundle: Bundle, known: Known) -> Iterator[Finding]:
    """Agreements that a form shows are in the bundle."""
    for key, component in components(bundle):
        said = component["properties"]
        for path in [*_listed(said.get("documents")), *_listed(said.get("document"))]:
            try:
                bundle.document(path)
            except KeyError:
                near = nearest(path, _agreements(bundle))
                yield _finding(bundle, key, component, "form.document", f"no document {path!r}", near)


def notices(bundle: Bundle, known: Known) -> Iterator[Finding]:
    for key, component in components(bundle):
        notice = component["properties"].get("notice")
        if notice is not None and notice not in bundle.notices:
            near = nearest(str(notice), bundle.notices)
            yield _finding(bundle, key, component, "form.notice", f"no notice {notice!r} in notices.json", near)


def told_meanwhile(bundle: Bundle, known: Known) -> Iterator[Finding]:
    """A step's property `notice` names what its customer reads while a desk has it."""
    for step in bundle.steps:
        notice = step.properties.get("notice")
        if notice is not None and notice not in bundle.notices:
            why, near = f"no notice {notice!r} in notices.json", nearest(notice, bundle.notices)
            yield Finding("notice.unknown", step.file, step.id, step.line, why, near)


def templates(bundle: Bundle, known: Known) -> Iterator[Finding]:
    """A service task's parameter `template` names a notice."""
    for task in bundle.drawing.of("serviceTask"):
        for parameter in task.operator.parameters if task.operator else ():
            text = parameter.value.strip()
            if parameter.id == "template" and text[:1] == '"' and text.strip('"') not in bundle.notices:
                why = f"no notice {text} in notices.json"
                mend = nearest(text.strip('"'), bundle.notices)
                yield Finding("notice.unknown", task.file, task.id, parameter.line, why, mend)


def field_keys(document: dict[str, Any]) -> set[str]:
    """The keys of a form's fields, nested ones included."""
    return {item["key"] for item in _walk(document) if isinstance(item.get("key"), str)}


def components(bundle: Bundle) -> Iterator[tuple[str, dict[str, Any]]]:
    """The components with properties of all forms that a step shows."""
    for key in sorted({step.form for step in bundle.steps} & bundle.forms.keys()):
        for component in _walk(bundle.forms[key]):
            if isinstance(component.get("properties"), dict):
                yield key, component


def _walk(document: dict[str, Any]) -> Iterator[dict[str, Any]]:
    components = document.get("components")
    for component in components if isinstance(components, list) else ():
        if isinstance(component, dict):
            yield component
            yield from _walk(component)


def _listed(value: Any) -> list[str]:
    return [item.strip() for item in value.split(",") if item.strip()] if isinstance(value, str) else []


def _agreements(bundle: Bundle) -> list[str]:
    return [path for path in bundle.files if path.endswith(".md")]


def _finding(bundle: Bundle, key: str, component: dict[str, Any], rule: str, why: str, mend: str) -> Finding:
    name = str(component.get("id") or component.get("key") or "")
    line = line_of(bundle.files[form_path(key)], name) if name else None
    return Finding(rule, form_path(key), name or None, line, why, mend)


RULES = (sound, used, documents, notices, told_meanwhile, templates)
