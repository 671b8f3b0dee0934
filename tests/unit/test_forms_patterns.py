"""A pattern of a form is matched in time that grows with what was typed; what could not be is refused by lint."""

from __future__ import annotations

import re
from time import process_time

import pytest

from forms.patterns import BadPattern, whole
from tests.unit.sample_forms import TODAY, form, refusal, text

HOSTILE = ["^(a+)+$", "^(a|a)*$", "^(a|aa)+$", "^(.*a){12}$", "^a*a*a*a*a*a*a*a*$", "^([a-z]+)*$"]
TYPED = "a" * 20_000 + "!"


@pytest.mark.parametrize("pattern", HOSTILE)
def test_no_pattern_keeps_a_page_waiting(pattern: str) -> None:
    start = process_time()
    assert refusal(form(text(validate={"pattern": pattern})), {"address": [TYPED]}, TODAY).errors.keys() == {"address"}
    assert process_time() - start < 0.5


def test_pythons_own_matcher_would_keep_it_waiting() -> None:
    """The control, short enough to end: each letter more doubles the time."""
    spent = []
    for letters in (16, 20):
        start = process_time()
        re.fullmatch(HOSTILE[0], "a" * letters + "!")
        spent.append(process_time() - start)
    assert spent[1] > 4 * spent[0]


@pytest.mark.parametrize(
    ("pattern", "typed", "fits"),
    [
        (r"^[\u4e00-\u9fff]{2,}$", "张伟", True),
        (r"^[\u4e00-\u9fff]{2,}$", "Zhang", False),
        (r"^[一-龥·]+$", "阿依·古丽", True),
        (r"^\\u4e00$", r"\u4e00", True),
        (r"^\d{6}$", "200000", True),
        (r"^\d{6}$", "２０００００", False),
        (r"^a\$$", "a$", True),
        (r"^a|b$", "ab", False),
        (r"^[a-z]+$", "a\n", False),
    ],
)
def test_a_pattern_means_what_it_means_in_a_browser(pattern: str, typed: str, fits: bool) -> None:
    assert bool(whole(pattern).fullmatch(typed)) is fits


def test_what_is_wrong_with_a_pattern_is_said_in_both_languages() -> None:
    with pytest.raises(BadPattern) as wrong:
        whole("^[0-9$")
    assert (wrong.value.why.zh, wrong.value.why.en, wrong.value.backtracks) == ("缺少 ]", "missing ]", False)


def test_a_pattern_of_an_older_version_that_cannot_be_matched_keeps_nobody_from_going_on() -> None:
    from forms.load import load

    old = form(text(validate={"pattern": "^(?=a).$"}))
    assert load(old, {"address": ["b"]}, TODAY).values == {"address": "b"}
