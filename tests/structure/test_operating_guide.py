"""The operators' page says the same in both languages."""

from __future__ import annotations

import re

from tests.house import ROOT

ENGLISH, CHINESE = ((ROOT / "docs" / name).read_text("utf-8") for name in ("operating.md", "operating.zh.md"))
TYPED = re.compile(r"kaihu |--|[A-Z]+(_[A-Z]+)+$")


def typed(text: str) -> set[str]:
    """What an operator types or sets: commands, options, variables."""
    return {one for one in re.findall(r"`([^`\n]+)`", text) if TYPED.match(one)}


def test_both_languages_have_the_same_parts() -> None:
    assert re.findall(r"^#+ ", ENGLISH, re.MULTILINE) == re.findall(r"^#+ ", CHINESE, re.MULTILINE)


def test_both_languages_name_the_same_commands_options_and_variables() -> None:
    assert typed(ENGLISH) == typed(CHINESE) and len(typed(ENGLISH)) > 15
