"""Every Chinese text that people read has its English."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from engine.bundles.known import Known
from engine.bundles.lint.faults import FAULTS
from engine.bundles.lint.forms import walk
from engine.bundles.model import Bundle
from engine.bundles.places import Place, notice_place
from engine.bundles.reading import form_path
from engine.diagrams.texts import shown_texts
from engine.feel.findings import Finding

_CHINESE = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
_WRITTEN = (".md", ".yaml")
_RECORD = ("name", "summary", "button", "papers", "devices")


@dataclass(frozen=True)
class Shown:
    """A text that people read; its line is looked up only when there is something to say of it."""

    text: str
    element: str | None
    place: Place
    line: int | None = None

    @property
    def finding(self) -> Finding:
        line = self.line or self.place.line()
        return FAULTS.found("text.english/text", self.place.file, self.element, line, text=self.text[:60])


def english(bundle: Bundle, known: Known) -> Iterator[Finding]:
    """Diagrams, forms, reasons, notices and the record of the business; the first place of each text is named."""
    seen: set[str] = set()
    for shown in shown_by(bundle):
        if shown.text in bundle.english or shown.text in seen:
            continue
        seen.add(shown.text)
        yield shown.finding


def english_agreements(bundle: Bundle, known: Known) -> Iterator[Finding]:
    for path in sorted(bundle.files):
        if path.endswith(".md") and not path.endswith(".en.md") and path[:-3] + ".en.md" not in bundle.files:
            yield FAULTS.found("text.english/document", path, path=f"{path[:-3]}.en.md")


def shown_by(bundle: Bundle) -> Iterator[Shown]:
    """Every Chinese text that the bundle shows to people, as often as it does."""
    return (shown for shown in _shown(bundle) if _CHINESE.search(shown.text))


def _shown(bundle: Bundle) -> Iterator[Shown]:
    for diagram in bundle.diagrams:
        for drawn in shown_texts(diagram):
            yield Shown(drawn.text, drawn.element, Place(drawn.file, b""), drawn.line)
    yield from _record(bundle)
    for reason in bundle.reasons:
        yield from _named(reason.code, reason.place, text=reason.text, customer_text=reason.customer_text)
    for question in bundle.questions.pool if bundle.questions else ():
        yield from _named(question.code, question.place, text=question.text, answer=question.answer)
    for code, notice in bundle.notices.items():
        yield from _named(code, notice_place(bundle, code), **notice)
    for key in sorted({step.form for step in bundle.steps} & bundle.forms.keys()):
        yield from _form(Place(form_path(key), bundle.files[form_path(key)]), bundle.forms[key])


def _record(bundle: Bundle) -> Iterator[Shown]:
    for name in _RECORD:
        yield from _inside(None, bundle.business.place.inner(name), getattr(bundle.business, name))
    for milestone in bundle.business.milestones:
        yield from _named(milestone.id, milestone.place, name=milestone.name)


def _form(place: Place, document: dict[str, Any]) -> Iterator[Shown]:
    for where, component in walk(place, document):
        name = str(component.get("key") or component.get("id") or "") or None
        for key, value in component.items():
            if key != "components":
                yield from _inside(name, where.inner(key), value)


def _named(element: str, place: Place, /, **texts: str) -> Iterator[Shown]:
    for key, text in texts.items():
        yield Shown(text, element, place.inner(key))


def _inside(element: str | None, place: Place, value: Any) -> Iterator[Shown]:
    if isinstance(value, str):
        yield Shown(value, element, place)
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _inside(element, place.inner(key), inner)
    elif isinstance(value, list | tuple):
        for number, inner in enumerate(value):
            yield from _inside(element, place.inner(number), inner)


def readable(bundle: Bundle, known: Known) -> Iterator[Finding]:
    """What people read is text, and there is some."""
    for path, data in sorted(bundle.files.items()):
        if path.endswith(_WRITTEN):
            yield from _unreadable(path, data)


def _unreadable(path: str, data: bytes) -> Iterator[Finding]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        yield FAULTS.found("text.encoding", path, None, data.count(b"\n", 0, wrong.start) + 1)
        return
    if "\0" in text:
        yield FAULTS.found("text.encoding", path, None, text.count("\n", 0, text.index("\0")) + 1)
    if path.endswith(".md") and not text.strip():
        yield FAULTS.found("text.empty", path)


RULES = (english, english_agreements, readable)
