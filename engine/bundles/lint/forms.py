"""Forms: each is sound, is used, and names documents, notices and slots that are there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from engine.bundles.known import Known
from engine.bundles.lint.faults import FAULTS
from engine.bundles.model import Bundle
from engine.bundles.places import Place
from engine.bundles.reading import form_path
from engine.diagrams.lint.subject import nearest
from engine.feel.findings import Finding
from engine.feel.said import Words


def sound(bundle: Bundle, known: Known) -> Iterator[Finding]:
    """What the forms room says of each document."""
    for key in sorted(bundle.forms):
        yield from known.form_lint(form_path(key), bundle.files[form_path(key)])


def used(bundle: Bundle, known: Known) -> Iterator[Finding]:
    """A form of the business that no step shows; shared ones may serve other businesses."""
    asked = {step.form for step in bundle.steps}
    for key in sorted(bundle.forms.keys() - asked):
        if key.startswith(f"{bundle.business.id}/"):
            yield FAULTS.found("form.unused", form_path(key), mend=nearest(key, asked))


def documents(bundle: Bundle, known: Known) -> Iterator[Finding]:
    """Agreements that a form shows are in the bundle."""
    for place, component in components(bundle):
        said = component["properties"]
        for name in ("documents", "document"):
            for path in _listed(said.get(name)):
                if not _is_there(bundle, path):
                    mend = nearest(path, _agreements(bundle))
                    yield at(place, component, name, "form.document", document=path, mend=mend)


def notices(bundle: Bundle, known: Known) -> Iterator[Finding]:
    for place, component in components(bundle):
        notice = component["properties"].get("notice")
        if notice is not None and str(notice) not in bundle.notices:
            mend = nearest(str(notice), bundle.notices)
            yield at(place, component, "notice", "form.notice", notice=str(notice), mend=mend)


def field_keys(document: dict[str, Any]) -> set[str]:
    """The keys of a form's fields, nested ones included."""
    return {item["key"] for _, item in walk(Place("", b""), document) if isinstance(item.get("key"), str)}


def components(bundle: Bundle) -> Iterator[tuple[Place, dict[str, Any]]]:
    """The components with properties of all forms that a step shows."""
    for key in sorted({step.form for step in bundle.steps} & bundle.forms.keys()):
        for place, component in walk(Place(form_path(key), bundle.files[form_path(key)]), bundle.forms[key]):
            if isinstance(component.get("properties"), dict):
                yield place, component


def walk(place: Place, document: dict[str, Any]) -> Iterator[tuple[Place, dict[str, Any]]]:
    """Every component of a form with its place, nested ones after the one around them."""
    found = document.get("components")
    for number, component in enumerate(found if isinstance(found, list) else ()):
        if isinstance(component, dict):
            inner = place.inner("components", number)
            yield inner, component
            yield from walk(inner, component)


def at(place: Place, component: dict[str, Any], name: str, fault: str, /, **what: Words) -> Finding:
    """A finding at a property of a component."""
    own = str(component.get("key") or component.get("id") or "") or None
    return FAULTS.found(fault, place.file, own, place.line("properties", name), **what)


def _listed(value: Any) -> list[str]:
    return [item.strip() for item in value.split(",") if item.strip()] if isinstance(value, str) else []


def _is_there(bundle: Bundle, path: str) -> bool:
    try:
        bundle.document(path)
    except KeyError:
        return False
    return True


def _agreements(bundle: Bundle) -> list[str]:
    return [path for path in bundle.files if path.endswith(".md")]


RULES = (sound, used, documents, notices)
