"""Notices: whatever names one names one that is there, and each placeholder is filled wherever it is used."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from engine.bundles import placeholders as given
from engine.bundles.known import Known
from engine.bundles.lint.decisions import refusals_of
from engine.bundles.lint.faults import FAULTS
from engine.bundles.lint.forms import components
from engine.bundles.model import Bundle
from engine.bundles.places import english_place, notice_place
from engine.diagrams import told
from engine.diagrams.lint.subject import nearest
from engine.diagrams.model import Element
from engine.feel.findings import Finding
from engine.feel.said import Words

WIDGET = "appointment"
SHOWN = "notice"


def named(bundle: Bundle, known: Known) -> Iterator[Finding]:
    """What the properties of events and steps name are notices, and what is sent has a text."""
    for element, name in (*_shown(bundle), *_sent(bundle)):
        notice = element.properties[name]
        if notice not in bundle.notices:
            yield _at("notice.unknown", element, name, notice=notice, mend=nearest(notice, bundle.notices))
        elif name != SHOWN and not bundle.notices[notice].get("text", "").strip():
            place = notice_place(bundle, notice)
            yield FAULTS.found("notice.empty", place.file, notice, place.line(), notice=notice)


def in_place(bundle: Bundle, known: Known) -> Iterator[Finding]:
    """What is told of a reject stands on a desk, what is told of bookings on the one step that books."""
    forms = {place.file for place, part in components(bundle) if part["properties"].get("widget") == WIDGET}
    first: dict[str, str] = {}
    for element, name in _sent(bundle):
        if name == told.REJECTED and element.lane == "investor":
            yield _at("notice.place/desk", element, name, name=name)
        if name not in told.ON_BOOKINGS:
            continue
        if f"forms/{element.properties.get('form')}.form.json" not in forms:
            yield _at("notice.place/books", element, name, name=name, widget=WIDGET)
        elif first.setdefault(name, element.id) != element.id:
            yield _at("notice.place/twice", element, name, name=name, other=first[name])


def placeholders(bundle: Bundle, known: Known) -> Iterator[Finding]:
    """A placeholder that nothing fills would reach the customer as it stands, or stop the text."""
    allowed = placeholders_of(bundle)
    for code, notice in bundle.notices.items():
        known_here, place = allowed.get(code, given.OF_BOOKINGS), notice_place(bundle, code)
        for part, text in notice.items():
            for name in given.placeholders(text):
                if name not in known_here:
                    mend = nearest(name, known_here)
                    yield FAULTS.found("notice.placeholder", place.file, code, place.line(part), name=name, mend=mend)
            yield from _in_english(bundle, code, text)


def _in_english(bundle: Bundle, code: str, text: str) -> Iterator[Finding]:
    english, names = bundle.english.get(text), given.placeholders(text)
    if english is not None and sorted(given.placeholders(english)) != sorted(names):
        place = english_place(bundle, text)
        yield FAULTS.found("notice.english", place.file, code, place.line(), names=", ".join(names) or "–")


def placeholders_of(bundle: Bundle) -> dict[str, frozenset[str]]:
    """What fills the placeholders of a notice wherever it is used: on a page it is less than in an SMS."""
    found: dict[str, frozenset[str]] = defaultdict(lambda: given.OF_BOOKINGS)
    in_forms = [component["properties"].get(SHOWN) for _, component in components(bundle)]
    on_desks = [element.properties[name] for element, name in _shown(bundle)]
    for notice in (*in_forms, *on_desks, *refusals_of(bundle)):
        found[str(notice)] &= given.ON_PAGES
    for element, name in _sent(bundle):
        found[element.properties[name]] &= given.OF_BOOKINGS if name in told.ON_BOOKINGS else given.IN_SMS
    return dict(found)


def users_of(bundle: Bundle) -> dict[str, list[str]]:
    """By notice: the files that name it, each once; the table of who may start names refusals."""
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for element, name in (*_shown(bundle), *_sent(bundle)):
        found[element.properties[name]][element.file] = None
    for place, component in components(bundle):
        if isinstance(named := component["properties"].get(SHOWN), str):
            found[named][place.file] = None
    for refusal in refusals_of(bundle):
        found[refusal][bundle.decisions[bundle.business.eligibility].file] = None
    return {notice: list(files) for notice, files in found.items()}


def _shown(bundle: Bundle) -> list[tuple[Element, str]]:
    """Each step with a notice that its customer reads while a desk has it."""
    return [(step, SHOWN) for step in bundle.drawing.steps if SHOWN in step.properties]


def _sent(bundle: Bundle) -> list[tuple[Element, str]]:
    """Each property that names a notice to be sent, with the element that has it."""
    return [
        (element, name)
        for element in bundle.drawing.elements.values()
        for name in (told.ON_STEPS if element.kind == "userTask" else (told.SMS,))
        if name in element.properties
    ]


def _at(fault: str, element: Element, property: str, /, **what: Words) -> Finding:
    return FAULTS.found(fault, element.file, element.id, element.property_lines.get(property), **what)


RULES = (named, in_place, placeholders)
