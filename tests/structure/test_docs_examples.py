"""What the analysts' pages say is so: examples are evaluated, findings produced, names compared with the code."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from functools import cache
from typing import Any

import pytest

from engine.bundles import BadBundle, load_files, placeholders
from engine.bundles.known import ELIGIBILITY_READS, ROLES
from engine.bundles.lint.facts import RESERVED
from engine.company.reading import SETTINGS
from engine.decisions.table import HIT_POLICIES
from engine.diagrams import ends, told
from engine.diagrams.steps import PROPERTIES
from engine.feel import evaluate, to_plain
from forms.rules import RULES
from forms.schema import KNOWN_WIDGETS, TYPES
from tests.house import CHANGE, ROOT, drawn, known
from webapp.steps.knowing import MASKS, SOURCES
from workers.catalogue import SERVICES

PAGES = [ROOT / "docs/analysts/README.md", ROOT / "docs/analysts/README.zh.md"]
LANGUAGES = ["en", "zh"]


@cache
def blocks(page: int, kind: str) -> list[str]:
    """The fenced blocks of a kind."""
    return re.findall(rf"^```{kind}\n(.*?)^```$", PAGES[page].read_text("utf-8"), re.MULTILINE | re.DOTALL)


def rows(kind: str, page: int = 0) -> list[tuple[str, str]]:
    """The lines of all blocks of a kind: an example, and what is said of it."""
    lines = [line for block in blocks(page, kind) for line in block.splitlines() if line.strip()]
    return [(line.rsplit(" // ", 1)[0].strip(), line.rsplit(" // ", 1)[1].strip()) for line in lines]


def facts() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(blocks(0, "json")[0])
    return found


@pytest.mark.parametrize(("expression", "value"), rows("feel"))
def test_an_example_has_the_value_that_is_said(expression: str, value: str) -> None:
    assert to_plain(evaluate(expression, facts())) == json.loads(value)


def test_both_languages_give_the_same_examples() -> None:
    for kind in ("feel", "json", "yaml", "sh"):
        first, second = ("\n".join(blocks(page, kind)) for page in (0, 1))
        assert without_remarks(kind, first) == without_remarks(kind, second)


def without_remarks(kind: str, text: str) -> str:
    return re.sub(r" +#.*", "", text) if kind in ("yaml", "sh") else text


TASKS = [spec for spec in SERVICES.values() if spec.task]
WORDS = {
    "properties of a step": PROPERTIES,
    "properties of events": ends.PROPERTIES | {told.SMS},
    "roles": ROLES,
    "services": frozenset(SERVICES),
    "parameters of services": frozenset(name for spec in TASKS for name in spec.params),
    "results of services": frozenset(name for spec in TASKS for name in spec.results),
    "placeholders of notices": frozenset(f"{{{name}}}" for name in placeholders.OF_BOOKINGS),
    "widgets": KNOWN_WIDGETS,
    "field types": frozenset(TYPES),
    "rules": frozenset(RULES),
    "masks": frozenset(MASKS),
    "sources": frozenset(SOURCES),
    "facts of eligibility": ELIGIBILITY_READS,
    "settings": frozenset(f"settings.{name}" for name in SETTINGS),
    "facts of the engine": frozenset(RESERVED) - {"todo", "again", "settings", "rejection", "reason"},
    "hit policies": frozenset(HIT_POLICIES),
}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
@pytest.mark.parametrize("what", WORDS)
def test_every_name_that_an_analyst_may_write_is_on_the_page(what: str, page: Any) -> None:
    marked = set(re.findall(r"`([^`\n]+)`", page.read_text("utf-8")))
    said = {word.strip() for text in marked for word in (text, text.strip('"'), text.split(":")[0])}
    assert WORDS[what] - said == set()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_page_knows_no_service_and_no_widget_that_is_not_there(page: Any) -> None:
    text = page.read_text("utf-8")
    table = text.split("serviceTaskOperator")[1].split("\n\n")[1]
    assert set(re.findall(r"^\| `([a-z.]+)` \|", table, re.MULTILINE)) == {spec.name for spec in TASKS}
    table = text.split("| `widget` |")[1].split("\n\n")[0]
    assert set(re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE)) == KNOWN_WIDGETS


HANDLING = f"processes/{CHANGE}/handling.bpmn"
REASONS = f"processes/{CHANGE}/reasons.json"
BREAKS = [
    (HANDLING, ">todo.basic_data<", ">todo.basic_date<"),
    (HANDLING, f'value="{CHANGE}/bank_notice"', f'value="{CHANGE}/bank_notise"'),
    (REASONS, '"step": "upload_photos"', '"step": "upload_photo"'),
    (REASONS, "证件照不清晰", "证件照很不清晰"),
    (f"forms/{CHANGE}/basic_data.form.json", '"rule": "validity"', '"rule": "validty"'),
]


@pytest.mark.parametrize("page", [0, 1])
def test_the_findings_on_the_page_are_what_lint_says(page: int) -> None:
    files = dict(drawn(CHANGE).files)
    for path, old, new in BREAKS:
        assert old in files[path].decode()
        files[path] = files[path].decode().replace(old, new, 1).encode()
    with pytest.raises(BadBundle) as refused:
        load_files(files, CHANGE, known())
    assert sorted(blocks(page, "lint")[0].splitlines()) == sorted(told(refused.value, LANGUAGES[page]))


def told(bad: BadBundle, lang: str) -> list[str]:
    """As `kaihu process lint` writes it, without the line numbers, which move with every edit."""
    return [replace(finding, line=None).text(lang) for finding in bad.findings]
