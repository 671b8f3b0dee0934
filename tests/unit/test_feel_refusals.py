"""What is refused: attacks, mistakes, and everything too big. Each refusal is a FeelError with a place."""

from __future__ import annotations

import builtins
from typing import Any

import pytest

from engine.feel import FeelError, check, check_tests, evaluate, parse, parse_tests

ATTACKS = [
    "__import__('os').system('id')",
    '__import__("os")',
    '__import__("os").system("id")',
    "().__class__.__base__.__subclasses__()",
    '"".__class__',
    "a.__class__.__mro__[1]",
    "[].__class__",
    '"{0.__class__}".format(a)',
    'open("/etc/passwd").read()',
    'open("/etc/passwd")',
    'eval("1")',
    'exec("import os")',
    'compile("1","","eval")',
    "globals()",
    "locals()",
    "vars()",
    "dir(a)",
    'getattr(a, "b")',
    "lambda: 1",
    "(lambda: 1)()",
    "[x for x in a]",
    "{x: 1 for x in a}",
    "for x in a return x",
    "some x in a satisfies x = 1",
    "every x in a satisfies x",
    "if a then 1 else 2",
    "function(x) x",
    "function(x) external {}",
    "{a: 1}",
    "{a: 1}.a",
    "a := 1",
    "a = b = c = 1",
    "import os",
    "import os; os.system('id')",
    "a; b",
    "a.pop()",
    'a.pop("x")',
    "a[0]",
    'a["b"]',
    "9 ** 9 ** 9 ** 9",
    "2 ** 1000000",
    '"%1000000000d" % 1',
    '"a" * 1000000000 ** 2',
    "1 << 1000000",
    "1 % 0",
    "a & b",
    "a | b",
    "a ^ b",
    "~a",
    "!a",
    "a && b",
    "a || b",
    'f"{a}"',
    "'a'",
    "`id`",
    "$(id)",
    "${a}",
    "{{a}}",
    "{% a %}",
    "<script>alert(1)</script>",
    "a\x00b",
    "a # comment",
    "a // comment",
    "a /* comment */",
    "a\u200bb",
    "a\u202eb",
    "\\u0061",
    "1e999999",
    "0x41",
    "1_000",
    "a ? b : c",
    "?",
    "@a",
    "today()",
    "now()",
    'java.lang.Runtime.getRuntime().exec("id")',
    '"\\ud800"',
    "a if b else c",
    "print(a)",
    "not",
]


@pytest.mark.parametrize("text", ATTACKS)
def test_an_attack_is_refused_and_nothing_runs(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: Any, **__: Any) -> None:
        raise AssertionError("Python's own compiler was asked")

    for name in ("eval", "exec", "compile"):
        monkeypatch.setattr(builtins, name, never)
    try:
        evaluate(text, {"a": 1, "b": 2, "c": 3})
    except FeelError as wrong:
        assert 0 <= wrong.position <= len(text)
        assert wrong.why
        return
    pytest.fail("not refused")


def test_there_are_sixty_attacks_and_more_and_the_control_runs() -> None:
    assert len(set(ATTACKS)) >= 60
    assert evaluate("a = 1", {"a": 1}) is True


@pytest.mark.parametrize(
    ("text", "position", "mend"),
    [
        ("'a'", 0, 'write texts in double quotes: "..."'),
        ("“a”", 0, 'write texts in straight double quotes: "..."'),
        ("a && b", 2, "write and"),
        ("a || b", 2, "write or"),
        ("!a", 0, "write not(...) or !="),
        ("（a）", 0, "write the ASCII bracket ("),
        ("a，b", 1, "write the ASCII comma ,"),
        ('a ＝ "b"', 2, "write the ASCII sign ="),
        ("a\u3000= 1", 1, "write an ASCII space"),
        ("1 < 2 < 3", 6, "compare two things at a time and join them by and"),
        ("a not in (1)", 2, "write not(x in ...)"),
        ("not a = 1", 0, "write not(...)"),
        ("not a in (1)", 0, "write not(...)"),
        ("1..5", 1, "a range stands after in, in brackets: x in [1..5]"),
        ("? = 1", 0, "? stands only in the cells of a decision table"),
        ("datee(1)", 0, "did you mean date?"),
        ("substring(1)", 0, "the functions are count, date, duration, not"),
        ("a b", 2, "an operator such as and, or, = is missing before it"),
        ("birth < 2008-12-10", 8, 'write date("2008-12-10")'),
        ("1a", 0, "put an operator between number and name"),
        ('"a', 0, 'close it with "'),
        ("a and", 5, "complete it"),
        ("", 0, "complete it"),
        ("=", 1, "complete it"),
        ("(a", 2, "expected )"),
        ("a in [1..5", 10, "close the range with ] or )"),
        ("count()", 6, "remove it"),
        ("== 1", 0, "remove it"),
    ],
)
def test_a_mistake_is_told_where_and_how_to_mend_it(text: str, position: int, mend: str) -> None:
    with pytest.raises(FeelError) as wrong:
        parse(text)
    assert (wrong.value.position, wrong.value.mend.en) == (position, mend)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ('"' + "a" * 500 + '"', "502 characters"),
        ("1+" * 41 + "1", "more than 80 parts"),
        ("(" * 21 + "1" + ")" * 21, "more than 20 brackets"),
        ("(" * 249 + "1" + ")" * 249, "more than 20 brackets"),
        ("-" * 400 + "1", "more than 20 brackets"),
        ("not " * 120 + "a", "more than 20 brackets"),
        ("[" * 250 + "]" * 250, "more than 20 brackets"),
    ],
)
def test_what_is_too_big_is_refused(text: str, why: str) -> None:
    with pytest.raises(FeelError, match=why):
        parse(text)


@pytest.mark.parametrize("text", ['"' + "a" * 498 + '"', "1+" * 39 + "1", "(" * 20 + "1" + ")" * 20])
def test_what_is_just_small_enough_is_read(text: str) -> None:
    parse(text)


@pytest.mark.parametrize(
    ("cell", "why"),
    [
        ("a = 1", "does not speak of the column's value"),
        ("a and b", "does not speak of the column's value"),
        ('not("a"), "b"', "does not speak of the column's value"),
        ('"a" "b"', "unexpected 'b'"),
        ("[1..", "ends too early"),
        ('"a",', "ends too early"),
        ("not()", "unexpected"),
    ],
)
def test_a_cell_that_tests_nothing_is_refused(cell: str, why: str) -> None:
    with pytest.raises(FeelError, match=why):
        parse_tests(cell)


@pytest.mark.parametrize(
    ("text", "whys"),
    [
        ("a = 1 and b", []),
        ("a = 1 and typo and other", ["unknown name 'typo'", "unknown name 'other'"]),
        ('date("2026-13-01") = a', ["'2026-13-01' is no date"]),
        ('duration("1 day") = a', ["'1 day' is no duration"]),
        ("a in [5..1]", ["this range is empty"]),
        ("a in (5..5)", ["this range is empty"]),
        ('a in [1.."z"]', ["this range is empty"]),
        ("a in [5..5]", []),
        ("1 = 1", ["both sides are constants"]),
        ("a < null", ["nothing is less or more than null"]),
        ("a = null", []),
        ("a b", ["unexpected 'b'"]),
    ],
)
def test_a_check_says_what_can_never_make_sense(text: str, whys: list[str]) -> None:
    assert [problem.why.en for problem in check(text, {"a", "b"})] == whys


def test_python_spellings_of_the_constants_are_put_right() -> None:
    assert [problem.mend.en for problem in check("a = True", {"a"})] == ["did you mean true?"]


def test_a_cell_is_checked_like_an_expression() -> None:
    assert check_tests('"x", limit', {"limit"}) == []
    assert [problem.why.en for problem in check_tests("typo", {"limit"})] == ["unknown name 'typo'"]
    assert [problem.why.en for problem in check_tests("[5..1]", ())] == ["this range is empty"]
