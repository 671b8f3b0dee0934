"""Knowledge questions: a form that asks them has a pool, and the pool is large enough."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from engine.bundles.known import Known
from engine.bundles.lint.forms import components
from engine.bundles.model import Bundle
from engine.bundles.places import file_of
from engine.bundles.reading import form_path
from engine.bundles.records import line_of
from engine.feel.findings import Finding

WIDGET = "knowledge_questions"


def there(bundle: Bundle, known: Known) -> Iterator[Finding]:
    """A form that draws questions needs a pool to draw from."""
    for key, component in components(bundle):
        if component["properties"].get("widget") == WIDGET and bundle.questions is None:
            name = str(component.get("id") or component.get("key") or "")
            why = "the form asks knowledge questions, and there are none"
            mend = f"add processes/{bundle.business.id}/questions.json"
            yield Finding("questions.missing", form_path(key), name or None, None, why, mend)


def codes(bundle: Bundle, known: Known) -> Iterator[Finding]:
    pool = bundle.questions.pool if bundle.questions else ()
    for code, times in Counter(one.code for one in pool).items():
        if times > 1:
            yield _finding(bundle, code, "questions.duplicate", f"the code {code} stands twice", "rename one")


def numbers(bundle: Bundle, known: Known) -> Iterator[Finding]:
    asked = bundle.questions
    if asked and not 1 <= asked.draw <= len(asked.pool):
        why = f"draw is {asked.draw}, and there are {len(asked.pool)} questions"
        yield _finding(bundle, "draw", "questions.number", why, "draw at least 1 and no more than there are")
    if asked and not 0 <= asked.needed <= asked.draw:
        why = f"needed is {asked.needed}, and {asked.draw} are drawn"
        yield _finding(bundle, "needed", "questions.number", why, "ask for no more right answers than are drawn")


def _finding(bundle: Bundle, text: str, rule: str, why: str, mend: str) -> Finding:
    path = file_of(bundle, "questions.json", text)
    return Finding(rule, path, text, line_of(bundle.files[path], text), why, mend)


RULES = (there, codes, numbers)
