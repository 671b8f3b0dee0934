"""Ten thousand cases are tried in seconds, since one of a shape is; what could end otherwise is of another shape."""

from __future__ import annotations

import random
import re
from functools import cache
from uuid import UUID

import pytest

from engine.bundles import Bundle
from engine.migration import BLOCKED, CLEAN, Trial
from engine.migration.shape import shape
from tests.flow import redrawn
from tests.flow.editions import FORM, HANDLING, INCOME, encoded, with_income
from tests.flow.migrated import RENAMED, renamed, without_warning
from tests.golden.archives import goldens
from tests.house import CHANGE, MONDAY, SETTINGS, drawn

PRESENT = next(golden for golden in goldens() if golden.bundle.process_hash == drawn(CHANGE).process_hash)
ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
SHAPES = ("bank_cards", "basic_data", "handle_refusal", "video_verification")
STANDS = PRESENT.states["basic_data"]
SAID = '"photos":{"verdict":"ok"}'
ONE, OTHER = str(UUID(int=1)), str(UUID(int=2))


def test_states_that_differ_in_ids_and_times_alone_come_to_the_same() -> None:
    """What lets ten thousand cases be tried in seconds: the verdict of one is that of all of its shape."""
    rng = random.Random(7)
    for version, homes in ((with_income, {}), (renamed, {}), (without_warning, {}), (renamed, RENAMED)):
        for text in [PRESENT.states[step] for step in SHAPES]:
            names = {found: str(UUID(int=rng.getrandbits(128))) for found in ID.findall(text)}
            other = ID.sub(lambda found, names=names: names[found[0]], text).replace("2026-12", "2027-01")
            assert other != text
            alone = [Trial(drawn(CHANGE), version(), homes, SETTINGS) for _ in range(2)]
            assert alone[0].attempt(text, MONDAY).verdict == alone[1].attempt(other, MONDAY).verdict
            alone[0].judge(text, MONDAY)
            alone[0].judge(other, MONDAY)
            assert len(alone[0]._known) == 1


def test_another_fact_is_another_shape() -> None:
    """The control: a state that could come to something else is tried itself."""
    trial = Trial(drawn(CHANGE), with_income(), {}, SETTINGS)
    text = PRESENT.states["review"]
    trial.judge(text, MONDAY)
    trial.judge(text.replace('"final":false', '"final":true'), MONDAY)
    assert len(trial._known) == 2


@cache
def asks(condition: str) -> Bundle:
    """A version that goes on from the basic data only where this holds; nothing else leads on."""
    files = dict(with_income().files)
    text = files[HANDLING].decode().replace(' default="income_needed__bank_cards_needed"', "")
    told = f'<bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">{condition}</bpmn:conditionExpression>'
    text = text.replace(">todo.income<", f">{condition}<").replace(
        'sourceRef="income_needed" targetRef="bank_cards_needed" />',
        f'sourceRef="income_needed" targetRef="bank_cards_needed">{told}</bpmn:sequenceFlow>',
    )
    names = ("due.kind", "guide.id")
    told_by = {"type": "select", "label": "?", "values": [{"label": "slow", "value": "slow"}]}
    asked = [told_by | {"key": name[:3], "id": name[:3], "properties": {"fact": name}} for name in names]
    form = INCOME | {"components": [*INCOME["components"], *asked]}  # type: ignore[misc]
    return redrawn.bundle(files | {HANDLING: text.encode(), FORM: encoded(form)})


@pytest.mark.parametrize(
    ("condition", "goes", "stays"),
    [
        ('due.kind = "slow"', '"due":{"kind":"slow"}', '"due":{"kind":"fast"}'),
        (f'guide.id = "{ONE}"', f'"guide":{{"id":"{ONE}"}}', f'"guide":{{"id":"{OTHER}"}}'),
        ('photos.verdict = "ok"', SAID, SAID.replace("ok", "bad")),
    ],
    ids=["a fact that is called like a due time", "a fact that looks like an id", "any other fact"],
)
def test_two_cases_that_differ_in_what_a_version_asks_are_not_put_together(
    condition: str, goes: str, stays: str
) -> None:
    """One goes on there, the other gets stuck; what the first came to is not said of the second."""
    assert SAID in STANDS
    texts = [STANDS.replace(SAID, each if each.startswith('"photos"') else f"{SAID},{each}") for each in (goes, stays)]
    trial = Trial(drawn(CHANGE), asks(condition), {}, SETTINGS)
    assert [trial.judge(text, MONDAY).kind for text in texts] == [CLEAN, BLOCKED]
    assert len({shape(text) for text in texts}) == 2
