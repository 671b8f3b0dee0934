"""The tour and the ten changes of the guide, in both languages: they call buttons and links as the product does."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from tests.house import ROOT

GUIDE = ROOT / "docs/analysts"
PAGES = {"zh": GUIDE / "how_to.zh.md", "en": GUIDE / "how_to.md"}
TOURS = {"zh": GUIDE / "tour.zh.md", "en": GUIDE / "tour.md"}


def words(lang: str) -> set[str]:
    """What the pages of the product say, with what is filled in left out."""
    with Path(ROOT / "webapp/translations/en/LC_MESSAGES/messages.po").open("rb") as file:
        messages = [message for message in read_po(file) if message.id]
    return {str(message.id if lang == "zh" else message.string) for message in messages}


@pytest.mark.parametrize("pages", [PAGES, TOURS], ids=["ten changes", "tour"])
@pytest.mark.parametrize("lang", PAGES)
def test_what_is_to_be_pressed_is_called_as_on_the_page(lang: str, pages: dict[str, Path]) -> None:
    said = set(re.findall(r"\*\*(.+?)\*\*", pages[lang].read_text("utf-8")))
    assert len(said) > 15
    assert said - words(lang) == set()


@pytest.mark.parametrize("lang", PAGES)
def test_there_are_ten_and_each_rule_that_is_named_exists(lang: str) -> None:
    text = PAGES[lang].read_text("utf-8")
    assert [int(number) for number in re.findall(r"^## (\d+)\.", text, re.MULTILINE)] == list(range(1, 11))
    rules = (ROOT / "docs/analysts/rules.md").read_text("utf-8")
    named = re.findall(r"[（(]`([a-z]+\.[a-z_]+)`[)）]", text)
    assert named and [rule for rule in named if f"| `{rule}` |" not in rules] == []
