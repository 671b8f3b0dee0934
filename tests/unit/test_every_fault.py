"""Every fault that lint knows: one change to a sound business for each, found on its line, said in both languages.

The sound business, from which each differs by that one change, is the control.
"""

from __future__ import annotations

import json
import re
from time import process_time

import pytest

from engine.bundles.faults import FAULTS as BUNDLE
from engine.bundles.faults import UPLOADS
from engine.bundles.lint.faults import FAULTS as BUSINESS_RULES
from engine.bundles.lint.scenarios import MAX_FINDINGS
from engine.decisions.faults import ASKING
from engine.decisions.faults import FAULTS as TABLE
from engine.diagrams.faults import FAULTS as DIAGRAM
from engine.diagrams.lint.faults import FAULTS as DIAGRAM_RULES
from engine.feel.findings import MOST, Finding
from forms.faults import FAULTS as FORM
from tests.unit.faults_asked import ASKED, FIELD, asked, document
from tests.unit.faults_drawn import DRAWN, Row
from tests.unit.faults_files import JSON, JSON_PATHS, MISTAKES, TEXT, WHOLE, XML, YAML
from tests.unit.faults_played import PLAYED
from tests.unit.faults_told import TOLD
from tests.unit.tea import AGREEMENT, CHECK, DECISIONS, PROCESS, SCENARIO, Files, changed, findings, tea

CHINESE = re.compile("[\u3400-\u9fff]")
ROWS = DRAWN + TOLD + PLAYED
KNOWN = {**DIAGRAM.table, **DIAGRAM_RULES.table, **TABLE.table, **BUNDLE.table, **BUSINESS_RULES.table, **FORM.table}
OF_TEA = {"form.bad"}  # the forms room of the sample business knows one fault of its own
ELSEWHERE = {
    "bundle.link": "tests/unit/test_bundles_loading.py::test_a_folder_with_a_link_or_a_huge_file_is_refused",
    "bundle.archive": "tests/unit/test_bundles_archive.py::test_a_hostile_zip_is_a_finding_within_a_second",
    "bundle.twice": "tests/unit/test_bundles_archive.py::test_a_hostile_zip_is_a_finding_within_a_second",
    "business.id": "tests/unit/test_bundles_loading.py::test_a_business_that_is_none_is_refused",
    "business.nowhere": "tests/cli/test_process.py::test_a_place_without_a_business_is_a_finding",
    **dict.fromkeys(("id.meaning/kind", "id.meaning/step", "id.vanished"), "tests/unit/test_bundles_ids.py"),
    "notice.place/twice": "tests/unit/test_bundles_rules.py::test_what_is_told_of_bookings_stands_on_one_step",
    "form.key_twice": "tests/unit/test_forms_lint.py::test_a_key_used_twice_is_found_also_inside_a_list",
    "xml.size": "tests/unit/test_diagrams_hostile.py::test_the_closed_reader_alone_refuses_it_too",
    **dict.fromkeys(UPLOADS, "tests/unit/test_bundles_received.py and tests/web/test_studio.py"),
    **dict.fromkeys(ASKING, "tests/unit/test_decisions.py: only known when a table is asked"),
}


def name(finding: Finding) -> str:
    return f"{finding.rule}/{finding.variant}".rstrip("/")


def named(found: list[Finding], fault: str) -> list[Finding]:
    """The findings of this fault, each said in both languages with every place filled; Chinese comes first."""
    mine = [finding for finding in found if name(finding) == fault]
    assert mine, f"only {sorted({name(finding) for finding in found})}"
    for finding in mine:
        for said in (finding.why, finding.mend):
            assert said.zh.strip() and said.en.strip()
        assert CHINESE.search(finding.why.zh + finding.mend.zh)
        assert finding.text("zh").startswith(finding.text("en")[: len(finding.file)])
    return mine


def line_of(files: Files, finding: Finding) -> str:
    return files[finding.file].decode().splitlines()[finding.line - 1] if finding.line else "(no line)"


def test_the_sound_business_and_the_sound_field_have_no_findings() -> None:
    assert findings(tea()) == []
    assert asked(FIELD) == []


@pytest.mark.parametrize("row", ROWS, ids=[f"{number}-{row[0]}" for number, row in enumerate(ROWS)])
def test_a_fault_is_found_on_its_line(row: Row) -> None:
    fault, path, old, new, says = row
    files = changed(path, old, new)
    lines = [line_of(files, finding) for finding in named(findings(files), fault)]
    assert any(says in line for line in lines) if says else lines == ["(no line)"]


@pytest.mark.parametrize(("fault", "change", "says"), ASKED, ids=[f"{n}-{row[0]}" for n, row in enumerate(ASKED)])
def test_a_fault_of_a_form_is_found_on_its_line(fault: str, change: dict[str, object], says: str) -> None:
    lines = document(FIELD | change).decode().splitlines()
    found = named(asked(FIELD | change), fault)
    assert {name(finding) for finding in asked(FIELD | change)} == {fault}
    assert says in lines[(found[0].line or 0) - 1]


@pytest.mark.parametrize(("fault", "files", "path", "says"), WHOLE, ids=[row[0] for row in WHOLE])
def test_a_fault_of_the_files_is_found(fault: str, files: Files, path: str, says: str | None) -> None:
    mine = [finding for finding in named(findings(files), fault) if finding.file == path]
    assert mine
    assert says is None or says in line_of(files, mine[0])


@pytest.mark.parametrize("path", [PROCESS, DECISIONS])
@pytest.mark.parametrize(("fault", "data", "line"), [row[1:] for row in XML], ids=[row[0] for row in XML])
def test_a_hostile_xml_file_is_a_finding_within_a_second(path: str, fault: str, data: bytes, line: int | None) -> None:
    hostile(path, fault, data, line)


@pytest.mark.parametrize("path", JSON_PATHS)
@pytest.mark.parametrize(("fault", "data", "line"), [row[1:] for row in JSON], ids=[row[0] for row in JSON])
def test_a_hostile_json_file_is_a_finding_within_a_second(path: str, fault: str, data: bytes, line: int | None) -> None:
    hostile(path, fault, data, line)


@pytest.mark.parametrize(("fault", "data", "line"), [row[1:] for row in YAML], ids=[row[0] for row in YAML])
def test_a_hostile_scenario_is_a_finding_within_a_second(fault: str, data: bytes, line: int | None) -> None:
    hostile(SCENARIO, fault, data, line)


@pytest.mark.parametrize(("fault", "data", "line"), [row[1:] for row in TEXT], ids=[row[0] for row in TEXT])
def test_a_hostile_agreement_is_a_finding_within_a_second(fault: str, data: bytes, line: int | None) -> None:
    hostile(AGREEMENT, fault, data, line)


@pytest.mark.parametrize(("fault", "path", "value"), [row[1:] for row in MISTAKES], ids=[row[0] for row in MISTAKES])
def test_a_file_full_of_mistakes_is_told_within_a_second(fault: str, path: str, value: object) -> None:
    hostile(path, fault, json.dumps(value).encode(), None)


def test_no_mistake_is_told_without_end() -> None:
    tasks = "".join(f'<task id="t{number}"/>' for number in range(200))
    steps = "".join(f"  - step{number}:\n" for number in range(200))
    fields = [FIELD | {"key": f"k{number}", "type": "htlm"} for number in range(200)]
    assert len(findings(changed(CHECK, "</process>", tasks + "</process>"))) == MOST
    assert len(asked(*fields)) == MOST
    assert len(findings(changed(SCENARIO, "  - sign:\n", steps))) == MAX_FINDINGS


def hostile(path: str, fault: str, data: bytes, line: int | None) -> None:
    found = within_a_second({**tea(), path: data})
    mine = [finding for finding in named(found, fault) if finding.file == path]
    assert len(mine) <= MOST
    assert line is None or [finding.line for finding in mine] == [line]


def test_every_fault_is_shown() -> None:
    shown = {row[0] for row in ROWS} | {row[0] for row in ASKED} | {row[0] for row in WHOLE}
    shown |= {row[1] for row in XML} | {row[1] for row in JSON} | set(ELSEWHERE)
    assert shown - OF_TEA == set(KNOWN)


def test_no_two_tables_know_the_same_fault() -> None:
    tables = (DIAGRAM, DIAGRAM_RULES, TABLE, BUNDLE, BUSINESS_RULES, FORM)
    assert sum(len(each.table) for each in tables) == len(KNOWN)


@pytest.mark.parametrize("fault", sorted(KNOWN))
def test_the_words_of_a_fault_have_the_same_places_in_both_languages(fault: str) -> None:
    for said in (KNOWN[fault].why, KNOWN[fault].mend):
        chinese, english = (set(re.findall(r"(?<!{){(\w+)}(?!})", text)) for text in (said.zh, said.en))
        assert chinese == english or {"number"} < chinese | english
        assert not CHINESE.search(said.en.replace("我的业务", ""))


def within_a_second(files: dict[str, bytes]) -> list[Finding]:
    """What is found, in the processor's time of this process alone; once more, should its heap be tidied meanwhile."""
    for _ in range(2):
        start = process_time()
        found = findings(files)
        if process_time() - start < 1:
            return found
    raise AssertionError("it took longer than a second, twice")
