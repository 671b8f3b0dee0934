"""Whatever is typed: a value or a FeelError, and soon."""

from __future__ import annotations

import string
from time import perf_counter

from hypothesis import example, given, settings
from hypothesis import strategies as st

from engine.feel import FeelError, check, check_tests, check_timer, evaluate, parse_tests, passes, timer_text

FACTS = {"a": 1, "b": {"c": "text", "d": None}, "e": True, "日期": "2026-01-01"}
_PIECES = st.sampled_from(
    [
        *"()[],?-+*/=<> ",
        *("..", "==", "!=", "<=", ">=", " and ", " or ", " not ", " in ", " null ", " true ", " false "),
        *("a", "b.c", "b.d", "e", "日期", "typo", "1", "0", "99999999999999999999", "0.1", '"x"', '"', "\\", "P1D"),
        *("count(", "date(", "duration(", 'duration("P999999999D")', 'date("9999-12-31")', 'date("0001-01-01")'),
    ]
)
_TEXTS = st.one_of(
    st.text(max_size=520),
    st.text(alphabet=string.printable, max_size=120),
    st.lists(_PIECES, max_size=60).map("".join),
)
_LIMIT = 0.5  # seconds; a usual expression takes some 20 microseconds


@settings(max_examples=400, deadline=None)
@given(_TEXTS)
@example("(" * 500)
@example("[" * 500)
@example("-" * 500)
@example("9" * 500)
@example("*".join(["9" * 9] * 49))
@example("not(" * 120)
@example('"' + "\\" * 499)
@example("]1..2]" * 80)
@example("a in (" * 80)
@example("([" * 250)
def test_random_text_gives_a_value_or_a_feel_error_and_soon(text: str) -> None:
    started = perf_counter()
    for ask in (
        lambda: evaluate(text, FACTS),
        lambda: evaluate(text, {}, {"a"}),
        lambda: passes(parse_tests(text), None, FACTS),
        lambda: timer_text(text, FACTS),
    ):
        try:
            ask()
        except FeelError as wrong:
            assert 0 <= wrong.position <= max(len(text), 500)
    check(text, {"a"})
    check_tests(text, {"a"})
    check_timer(text, {"a"})
    assert perf_counter() - started < _LIMIT


_NUMBERS = st.one_of(st.integers(), st.floats(), st.decimals(), st.booleans(), st.none(), st.text(max_size=20))
_OPERATIONS = st.sampled_from(["+", "-", "*", "/", "=", "!=", "<", "<=", ">", ">=", "and", "or"])


@settings(max_examples=300, deadline=None)
@given(_NUMBERS, _NUMBERS, _OPERATIONS)
def test_any_two_facts_go_through_any_operation(left: object, right: object, operation: str) -> None:
    evaluate(f"x {operation} y", {"x": left, "y": right})


@settings(max_examples=200, deadline=None)
@given(st.dates(), st.timedeltas(), st.one_of(st.integers(), st.decimals(allow_nan=True)))
def test_any_date_and_duration_go_through_arithmetic(day: object, length: object, number: object) -> None:
    facts = {"day": day, "length": length, "number": number}
    for text in ("day + length", "day - length", "length * number", "length / number", "length + length", "-length"):
        evaluate(text, facts)
