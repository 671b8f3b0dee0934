"""The form of a decision table: what was typed in it, what was pressed, and what the checks say of each cell."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator

from werkzeug.datastructures import MultiDict

from engine.decisions import sheet_changes as changes
from engine.decisions.sheets import Column, Line, Sheet
from engine.decisions.table import HIT_POLICIES
from engine.feel.checker import check, check_tests
from engine.feel.errors import Problem
from webapp.studio.keeping import cleaned, cleaned_line
from webapp.studio.problems import sentence

SAVE = "save"
MOST_COLUMNS, MOST_LINES = 40, 500
_DEEDS: dict[str, Callable[[Sheet, int], Sheet]] = {
    "line-add": changes.with_line,
    "line-remove": changes.without_line,
    "line-up": lambda sheet, at: changes.with_line_moved(sheet, at, -1),
    "line-down": lambda sheet, at: changes.with_line_moved(sheet, at, 1),
    "input-add": lambda sheet, _at: changes.with_input(sheet),
    "input-remove": changes.without_input,
    "input-up": lambda sheet, at: changes.with_input_moved(sheet, at, -1),
    "input-down": lambda sheet, at: changes.with_input_moved(sheet, at, 1),
    "output-up": lambda sheet, at: changes.with_output_moved(sheet, at, -1),
    "output-down": lambda sheet, at: changes.with_output_moved(sheet, at, 1),
    "output-add": lambda sheet, _at: changes.with_output(sheet),
    "output-remove": changes.without_output,
}


class NotWhole(Exception):
    """What came is not the form of this table: a part of it is missing, or names what is not there."""


class TooMany(Exception):
    """The table has as many columns or rules as are kept."""


def sent_sheet(form: MultiDict[str, str], before: Sheet, *, stale: bool) -> Sheet:
    """The table as it was typed; NotWhole. One that is `stale` was made from another save: it is only shown again."""
    most = MOST_LINES if stale else 0
    inputs = _columns(form, "input", len(before.inputs) + most)
    outputs = _columns(form, "output", len(before.outputs) + most)
    policy = form.get("hit_policy", "")
    if policy not in HIT_POLICIES:
        raise NotWhole
    name = cleaned_line(form.get("name", ""))
    lines = tuple(_lines(form, len(inputs), len(outputs), len(before.lines) + most))
    return Sheet(before.id, name, policy, inputs, outputs, lines)


def sent_text(form: MultiDict[str, str]) -> str:
    """What was typed, as lines that can be copied, where there is no table any more that it could stand in."""
    nothing = Sheet("", "", "", (), (), ())
    try:
        sheet = sent_sheet(form, nothing, stale=True)
    except NotWhole:
        return ""
    head = [*(column.says for column in sheet.inputs), "→", *(column.says for column in sheet.outputs)]
    lines = [[*line.tests, "→", *line.results, line.note] for line in sheet.lines]
    return "\n".join("\t".join(cells).rstrip() for cells in (head, *lines))


def after_deed(sheet: Sheet, deed: str) -> Sheet | None:
    """The table after the button that was pressed; None for the one that saves. NotWhole, TooMany."""
    if deed == SAVE:
        return None
    what, _, place = deed.rpartition("-")
    if what not in _DEEDS or not _is_place(place, MOST_LINES):
        raise NotWhole
    changed = _DEEDS[what](sheet, int(place))
    if max(len(changed.inputs), len(changed.outputs)) > MOST_COLUMNS or len(changed.lines) > MOST_LINES:
        raise TooMany
    return changed


def said_of_cells(sheet: Sheet, reads: Collection[str]) -> dict[str, str]:
    """By the key of its field: what is wrong with what an input tests, and with each cell."""
    found = {key: problem for key, problems in _checked(sheet, reads) for problem in problems[:1]}
    return {key: sentence(problem) for key, problem in found.items()}


def _checked(sheet: Sheet, reads: Collection[str]) -> Iterator[tuple[str, list[Problem]]]:
    for at, column in enumerate(sheet.inputs):
        yield f"input-{at}", check(column.says or "null", reads)
    for row, line in enumerate(sheet.lines):
        for at, text in enumerate(line.tests):
            yield f"line-{row}-test-{at}", check_tests(text, reads)
        for at, text in enumerate(line.results):
            yield f"line-{row}-result-{at}", check(text, reads) if text else []


def _columns(form: MultiDict[str, str], kind: str, there: int) -> tuple[Column, ...]:
    parts = [form.getlist(f"{kind}_{name}") for name in ("was", "label", "says", "type")]
    if len({len(part) for part in parts}) != 1 or len(parts[0]) > MOST_COLUMNS:
        raise NotWhole
    places = _places(parts[0], there)
    said = zip(*([cleaned_line(text) for text in part] for part in parts[1:]), strict=True)
    return tuple(Column(was, *texts) for was, texts in zip(places, said, strict=True))


def _lines(form: MultiDict[str, str], inputs: int, outputs: int, there: int) -> Iterator[Line]:
    places, notes = _places(form.getlist("line_was"), there), form.getlist("line_note")
    tests, results = form.getlist("test"), form.getlist("result")
    counts = (len(notes), len(tests), len(results))
    if len(places) > MOST_LINES or counts != (len(places), len(places) * inputs, len(places) * outputs):
        raise NotWhole
    for at, (was, note) in enumerate(zip(places, notes, strict=True)):
        mine = tests[at * inputs : (at + 1) * inputs], results[at * outputs : (at + 1) * outputs]
        yield Line(was, cleaned(note), *(tuple(cleaned(text) for text in part) for part in mine))


def _places(said: list[str], there: int) -> list[int | None]:
    """Where each stood in the file; none of them twice."""
    if any(one and not _is_place(one, there) for one in said):
        raise NotWhole
    found = [int(one) if one else None for one in said]
    old = [one for one in found if one is not None]
    if len(set(old)) < len(old):
        raise NotWhole
    return found


def _is_place(text: str, below: int) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 6 and int(text) < max(below, 1)
