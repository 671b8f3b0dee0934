"""Every Chinese text that people read has its English."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from engine.bundles.known import Known
from engine.bundles.model import Bundle
from engine.bundles.places import file_of
from engine.bundles.reading import form_path
from engine.bundles.records import line_of
from engine.diagrams.texts import ShownText, shown_texts
from engine.feel.findings import Finding

_CHINESE = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")


def english(bundle: Bundle, known: Known) -> Iterator[Finding]:
    """Diagrams, forms, reasons, notices and the record of the business; the first place of each text is named."""
    seen: set[str] = set()
    for shown in _shown(bundle):
        if shown.text in bundle.english or shown.text in seen or not _CHINESE.search(shown.text):
            continue
        seen.add(shown.text)
        why = f"{shown.text[:60]!r} has no English"
        yield Finding("text.english", shown.file, shown.element, shown.line, why, "add it to texts.en.json")


def english_agreements(bundle: Bundle, known: Known) -> Iterator[Finding]:
    for path in sorted(bundle.files):
        if path.endswith(".md") and not path.endswith(".en.md") and path[:-3] + ".en.md" not in bundle.files:
            why = "the document has no English beside it"
            yield Finding("text.english", path, None, None, why, f"add {path[:-3]}.en.md")


def _shown(bundle: Bundle) -> Iterator[ShownText]:
    for diagram in bundle.diagrams:
        yield from shown_texts(diagram)
    yield from _listed(bundle, f"processes/{bundle.business.id}/business.json", _record(bundle))
    for reason in bundle.reasons:
        path = file_of(bundle, "reasons.json", reason.code)
        for text in (reason.text, reason.customer_text):
            yield ShownText(text, path, reason.code, None)
    for question in bundle.questions.pool if bundle.questions else ():
        for text in (question.text, question.answer):
            yield ShownText(text, file_of(bundle, "questions.json", question.code), question.code, None)
    for code, notice in bundle.notices.items():
        for text in notice.values():
            yield ShownText(text, file_of(bundle, "notices.json", code), code, None)
    for key in sorted({step.form for step in bundle.steps} & bundle.forms.keys()):
        yield from _listed(bundle, form_path(key), bundle.forms[key])


def _record(bundle: Bundle) -> list[str]:
    business = bundle.business
    names = [milestone.name for milestone in business.milestones]
    return [business.name, business.summary, business.button, *business.papers, *business.devices, *names]


def _listed(bundle: Bundle, path: str, value: Any) -> Iterator[ShownText]:
    for text in _texts(value):
        yield ShownText(text, path, None, line_of(bundle.files[path], text))


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for item in value.values() if isinstance(value, dict) else value:
            yield from _texts(item)


RULES = (english, english_agreements)
