"""A new business needs no Python: nothing that is a name of one business stands in the code."""

from __future__ import annotations

import ast
import re
from functools import cache

import pytest

from forms.schema import KNOWN_WIDGETS
from tests.house import ROOT
from tests.structure.sources import ROOMS, SCENES, Literal, bundles, files, literals, name, python, tree

HOMONYMS = {
    ("engine/company/times.py", "second_review"): "the company's setting of that name",
    ("cli/photo_words.py", "review"): "the words for that proposal",
    ("workers/photos/judge.py", "review"): "what the card finder proposes for a doubtful outline",
}
"""The same word for something else. Widgets that are called like the step that shows them are told by their list."""


@cache
def business_names() -> frozenset[str]:
    """Ids of businesses, steps and decisions, codes of reasons, keys of forms."""
    found: set[str] = set()
    for bundle in bundles():
        found |= {bundle.business.id, bundle.business.process, *bundle.decisions, *bundle.forms}
        found |= {step.id for step in bundle.steps} | {reason.code for reason in bundle.reasons}
    return frozenset(found)


def said(text: str) -> set[str]:
    """The names in a text. One that is a plain English word counts only where it stands alone."""
    plain = {one for one in business_names() if not re.search("[_/]", one)}
    words = set(re.findall(r"[\w/]+", text)) | set(re.findall(r"\w+", text))
    return (words & (business_names() - plain)) | {one for one in plain if one == text}


def strays(found: list[Literal]) -> list[str]:
    return [
        f"{one.file}:{one.line} {word}"
        for one in found
        for word in sorted(said(one.text) - KNOWN_WIDGETS)
        if (one.file, word) not in HOMONYMS
    ]


def test_there_is_something_to_look_for() -> None:
    assert {"bank_cards", "basic_data", "not_in_person", "shared/upload_photos"} <= business_names()
    assert len(business_names()) > 60


def test_no_name_of_a_business_stands_in_python() -> None:
    sources = [path for path in python(*ROOMS) if not name(path).startswith(SCENES)]
    assert len(sources) > 200
    assert strays([one for path in sources for one in literals(tree(path), name(path))]) == []


def test_nor_in_templates_scripts_and_styles() -> None:
    pages = [path for path in files(".html", ".js", ".css") if name(path).startswith("webapp/")]
    assert len(pages) > 50
    whole = [Literal(name(path), 0, path.read_text("utf-8")) for path in pages]
    assert strays(whole) == []


PLANTED = [
    ('if step == "basic_data": pass', True),
    ('path = f"/cases/{case}/upload_photos"', True),
    ('form = "shared/upload_photos"', True),
    ('reasons = ["card_number_wrong"]', True),
    ('step = "review"', True),
    ('say("They review it.")', False),
    ('"""Documents basic_data."""', False),
    ('widget = "bank_cards"', False),
]


@pytest.mark.parametrize(("source", "found"), PLANTED)
def test_a_planted_name_is_found(source: str, found: bool) -> None:
    assert bool(strays(list(literals(ast.parse(source), "planted.py")))) is found


def test_every_exception_is_still_needed() -> None:
    for file, word in HOMONYMS:
        path = ROOT / file
        assert any(word in said(one.text) for one in literals(tree(path), file)), f"{file} does not say {word} any more"
