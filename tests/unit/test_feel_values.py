"""What expressions are worth: one table, a reason beside each row."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from engine.feel import FeelError, evaluate, holds, names, passes, to_plain
from engine.feel.temporal import Months

FACTS = {
    "age": 18,
    "ratio": 0.1,
    "bank": "ICBC",
    "yes": True,
    "no": False,
    "unset": None,
    "todo": {"upload_photos": True, "check_photos": False},
    "review": {"decision": "reject"},
    "appointment": {"date": "2026-12-01"},
    "birth": date(2008, 2, 29),
    "slots": ["id_portrait", "id_emblem"],
    "客户": {"等级": 3},
    "ﬁn": 1,
}


@pytest.mark.parametrize(
    ("text", "value", "reason"),
    [
        ("age", 18, "a name"),
        ("= age", 18, "form-js writes a leading ="),
        ("=age = 18", True, "and it may touch"),
        ("age == 18", True, "our second spelling of ="),
        ("age != 18", False, "unequal"),
        ("age >= 18 and age < 60", True, "and"),
        ("todo.upload_photos or todo.check_photos", True, "the gateways of the chain"),
        ('review.decision = "reject" and todo.check_photos', False, "the reject road"),
        ("客户.等级 >= 3", True, "Chinese names"),
        ("ﬁn", 1, "a ligature is not folded to fin: no NFKC"),
        ("not(no)", True, "FEEL's function"),
        ("not no", True, "our word"),
        ("not no and yes", True, "which reaches no further than its operand"),
        ("not not yes", True, "twice"),
        ("not(yes) or yes", True, "the function ends at its bracket"),
        ("1 + 2 * 3", 7, "product before sum"),
        ("(1 + 2) * 3", 9, "brackets first"),
        ("7 - 2 - 1", 4, "from the left"),
        ("12 / 4 / 3", 1, "from the left"),
        ("-age + 20", 2, "unary minus"),
        ("- - 2", 2, "twice"),
        ("ratio + 0.2 = 0.3", True, "decimal, not binary"),
        ('"a" + "b"', "ab", "texts join"),
        (r'"a\"b\\cé"', 'a"b\\cé', "escapes"),
        ("age in [18..60]", True, "closed range holds its ends"),
        ("age in (18..60]", False, "open range does not"),
        ("age in ]18..60]", False, "the modeler's spelling of open"),
        ("age in [1..18[", False, "and on the other side"),
        ("age in [1..18]", True, "upper end"),
        ('bank in ("ABC", "ICBC")', True, "list of tests"),
        ('bank in ["ABC", "ICBC"]', True, "list value"),
        ('bank in "ICBC"', True, "a single value"),
        ("age in (< 5, [18..20])", True, "tests of several kinds"),
        ("age in > 17", True, "a comparison"),
        ('not(bank in ("ABC"))', True, "not in"),
        ('"id_emblem" in slots', True, "a fact that holds a list"),
        ("count([1, 2, 3])", 3, "count"),
        ("count([])", 0, "of nothing"),
        ("count(slots)", 2, "of a fact"),
        ("count(age)", 1, "a single value is a list of one"),
        ("[1, 2] = [1, 2]", True, "lists are equal by their items"),
        ("[1, 2] = [1]", False, "and by their length"),
        ('date("2026-01-01") < date("2026-01-02")', True, "dates have an order"),
        ("date(appointment.date)", date(2026, 12, 1), "from a fact"),
        ('date("2026-01-31") + duration("P1M")', date(2026, 2, 28), "the month's last day"),
        ('birth + duration("P18Y")', date(2026, 2, 28), "as XML Schema adds; ages come from the number's rule"),
        ('date("2026-01-01") + duration("P1D")', date(2026, 1, 2), "days"),
        ('duration("P1D") + date("2026-01-01")', date(2026, 1, 2), "the other way round"),
        ('date("2026-01-01") - duration("PT1H")', date(2025, 12, 31), "an hour before midnight"),
        ('date("2026-03-01") - date("2026-02-01") = duration("P28D")', True, "between dates"),
        ('duration("PT36H") = duration("P1DT12H")', True, "durations by their length"),
        ('duration("P1Y") = duration("P12M")', True, "years are months"),
        ('duration("P1D") * 2', timedelta(days=2), "times a number"),
        ('2 * duration("P1D")', timedelta(days=2), "a number times it"),
        ('duration("P1D") / 2', timedelta(hours=12), "a part of it"),
        ('duration("P1D") / duration("PT1H")', 24, "a ratio"),
        ('duration("P1M") * 3', Months(3), "months too"),
        ('-duration("P1D")', timedelta(days=-1), "backwards"),
    ],
)
def test_an_expression_has_its_value(text: str, value: object, reason: str) -> None:
    assert to_plain(evaluate(text, FACTS)) == value, reason


@pytest.mark.parametrize(
    ("text", "value", "reason"),
    [
        ("null and false", False, "one false settles an and"),
        ("false and null", False, "on either side"),
        ("null and true", None, "else it stays open"),
        ("null or true", True, "one true settles an or"),
        ("true or null", True, "on either side"),
        ("null or false", None, "else it stays open"),
        ("not(null)", None, "the opposite of unknown is unknown"),
        ("not(1)", None, "and of what is no boolean"),
        ('"a" and true', None, "a text is no condition"),
        ('"a" and false', False, "yet one false still settles it"),
        ("unset = null", True, "null equals null"),
        ("unset != null", False, "and only null"),
        ("age = null", False, "a value is not null"),
        ('age = "18"', None, "different types do not compare"),
        ('age != "18"', None, "neither way"),
        ("yes = 1", None, "a boolean is no number"),
        ("unset < 1", None, "null has no order"),
        ("yes < no", None, "booleans have none"),
        ("unset in [1..5]", None, "unknown in a range"),
        ("1 in (unset, 1)", True, "one hit is enough"),
        ("1 in (unset, 2)", False, "a value is not null, so this is settled"),
        ('1 in ("a", 2)', None, "a comparison of types is not"),
        ("1 / 0", None, "division by zero"),
        ("1 + null", None, "null spreads"),
        ('1 + "a"', None, "types that do not go together"),
        ('"a" - "b"', None, "texts only join"),
        ("-bank", None, "minus of a text"),
        ("count(unset)", None, "count of nothing known"),
        ('date("2026-02-30")', None, "no such day"),
        ('date("20260101")', None, "only the ISO form with hyphens"),
        ('date("２０２６-01-01")', None, "ASCII digits only"),
        ("date(5)", None, "not a text"),
        ('duration("1 day")', None, "not ISO"),
        ('duration("P1M2D")', None, "months and days do not mix"),
        ('duration("P1M") < duration("P31D")', None, "nor compare"),
        ('date("9999-12-31") + duration("P1D")', None, "beyond the calendar"),
        ('date("0001-01-01") - duration("P1M")', None, "before it"),
        ('duration("P999999999D") + duration("P999999999D")', None, "too long"),
        ('duration("P1D") * 99999999999999999999', None, "far too long"),
        ('date("2026-01-01") + date("2026-01-01")', None, "dates do not add"),
        ('duration("P1D") / 0', None, "a part by zero"),
    ],
)
def test_what_is_unknown_stays_unknown(text: str, value: object, reason: str) -> None:
    found = evaluate(text, FACTS)
    assert found is value, reason


@pytest.mark.parametrize(
    ("text", "answer"),
    [("yes", True), ("no", False), ("unset", False), ("1", False), ('"true"', False), ('age = "18"', False)],
)
def test_only_true_holds(text: str, answer: bool) -> None:
    assert holds(text, FACTS) is answer


def test_a_declared_unset_name_is_null_and_an_undeclared_one_an_error() -> None:
    declared = {"review.decision", "rejection.final"}
    assert evaluate("rejection.final", {"review": {"decision": "pass"}}, declared) is None
    with pytest.raises(FeelError) as wrong:
        evaluate("rejection.finale", {}, declared)
    assert wrong.value.position == 0
    assert wrong.value.mend.en == "did you mean rejection.final?"


@pytest.mark.parametrize(
    "text", ["false and typo", "true or typo", "1 in (1, typo)", "not(typo) = false", "[typo] = []"]
)
def test_an_unknown_name_never_hides_behind_a_settled_answer(text: str) -> None:
    with pytest.raises(FeelError, match="unknown name 'typo'"):
        evaluate(text, {}, {"other"})


def test_a_fact_outside_the_declared_names_is_still_an_error() -> None:
    with pytest.raises(FeelError, match="unknown name 'secret'"):
        evaluate("secret", {"secret": 1}, {"other"})


def test_a_group_of_facts_is_no_fact() -> None:
    with pytest.raises(FeelError, match="cannot be a dict"):
        evaluate("todo", FACTS)


@pytest.mark.parametrize("strange", [object(), b"bytes", {"a": 1}, 1j])
def test_a_fact_of_a_strange_type_is_an_error(strange: object) -> None:
    with pytest.raises(FeelError, match="cannot be a"):
        evaluate("x = 1", {"x": strange}, {"x"})


@pytest.mark.parametrize("number", [float("nan"), float("inf"), Decimal("NaN")])
def test_a_number_that_is_none_is_null(number: object) -> None:
    assert evaluate("x", {"x": number}) is None


def test_the_names_of_an_expression_are_dotted() -> None:
    assert names('a.b = 1 and not(c in [d..2]) or count([e]) > 0 and "f" = g') == {"a.b", "c", "d", "e", "g"}


@pytest.mark.parametrize(
    ("cell", "value", "answer", "reason"),
    [
        ("-", None, True, "everything passes, null too"),
        ("", 5, True, "an empty cell is the same"),
        ('"a","b"', "b", True, "one of two"),
        ('"a", "b"', "c", False, "none of two"),
        (">= 18", 18, True, "a comparison"),
        (">= 18", None, False, "unknown does not pass"),
        ("[18..60]", 60, True, "a range"),
        ("(18..60)", 18, False, "open"),
        ("]18..60[", 60, False, "open, as the modeler writes it"),
        ('not("a")', "b", True, "not a value"),
        ('not("a")', "a", False, "not a value"),
        ('not("a", "b")', "b", False, "not one of two"),
        ('not("a")', None, True, "null is not a"),
        ("not(> 5)", None, False, "unknown stays unknown"),
        ("not(null)", "a", True, "anything but null"),
        ("not(null)", None, False, "null"),
        ("null", None, True, "null"),
        ("null", "a", False, "not null"),
        ("true", True, True, "a boolean"),
        ("true", None, False, "unknown is not true"),
        ("false", None, False, "nor false"),
        ("? > 3 and ? < 5", 4, True, "a condition on the value"),
        ("? > 3 and ? < 5", 5, False, "a condition on the value"),
        ("not(? > 3) or ? = 9", 9, True, "not at the start, but not of the whole cell"),
        ("? > limit", 11, True, "with a name"),
        ("limit", 10, True, "a name alone: equal to it"),
        ("-5", -5, True, "a negative number, not the dash"),
        ("< 5, > 10", 11, True, "two comparisons"),
        ('["a", "b"]', "a", True, "a list value: one of it"),
        ('= "a"', "a", True, "an equals sign of ours"),
        ("> limit + 1", 12, True, "a calculated bound"),
    ],
)
def test_a_cell_tests_its_value(cell: str, value: object, answer: bool, reason: str) -> None:
    subject = Decimal(value) if isinstance(value, int) and not isinstance(value, bool) else value
    assert passes(cell, subject, {"limit": 10}) is answer, reason  # type: ignore[arg-type]
