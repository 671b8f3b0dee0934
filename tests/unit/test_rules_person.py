"""Names, phones, outlets, masking, and the rules by name."""

from __future__ import annotations

from datetime import date

import pytest

from forms.rules import RULES, About, apply, masking, name, outlet, phone

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("typed", "value", "reason"),
    [
        ("张伟", "张伟", "the usual"),
        (" 张伟 ", "张伟", "outer blanks come from pasting"),
        ("买买提•吐尔逊", "买买提·吐尔逊", "U+2022 bullet"),
        ("买买提‧吐尔逊", "买买提·吐尔逊", "U+2027 hyphenation point"),
        ("买买提∙吐尔逊", "买买提·吐尔逊", "U+2219 bullet operator"),
        ("买买提⋅吐尔逊", "买买提·吐尔逊", "U+22C5 dot operator"),
        ("买买提・吐尔逊", "买买提·吐尔逊", "U+30FB katakana middle dot"),
        ("买买提･吐尔逊", "买买提·吐尔逊", "U+FF65 half-width katakana middle dot"),
        ("买买提·吐尔逊", "买买提·吐尔逊", "U+00B7 is right already"),
        ("㐂一", "㐂一", "extension A"),
        ("𠮷野", "𠮷野", "extension B, outside the basic plane"),
        ("䶮䶮", "䶮䶮", "U+4DAE"),
        ("李〇", "李〇", "ideographic zero is used in names"),
        ("豈明", "豈明", "a compatibility ideograph stays as typed: no NFKC"),
        ("阿" * 25 + "·" + "不" * 24, "阿" * 25 + "·" + "不" * 24, "50 characters"),
    ],
)
def test_a_name_is_accepted_as_on_the_card(typed: str, value: str, reason: str) -> None:
    assert name.check(typed).value == value, reason


@pytest.mark.parametrize(
    ("typed", "code", "reason"),
    [
        ("张", "length", "one character"),
        ("", "length", "nothing"),
        ("阿" * 51, "length", "51 characters"),
        ("张 伟", "shape", "a blank inside"),
        ("张\u3000伟", "shape", "a full-width blank inside"),
        ("Zhang Wei", "shape", "Latin letters"),
        ("张伟1", "shape", "a digit"),
        ("·张伟", "shape", "starts with the dot"),
        ("张··伟", "shape", "two dots"),
        ("张．伟", "shape", "U+FF0E is no interpunct"),
        ("张<b>伟", "shape", "markup"),
    ],
)
def test_what_is_no_name_is_refused(typed: str, code: str, reason: str) -> None:
    block = name.check(typed).block
    assert block is not None, reason
    assert block.code == f"name.{code}", reason


def test_two_spellings_of_the_dot_are_one_name() -> None:
    assert name.same("买买提•吐尔逊", "买买提·吐尔逊 ")
    assert not name.same("买买提吐尔逊", "买买提·吐尔逊")


@pytest.mark.parametrize(
    "typed",
    [
        "13800138000",
        "+8613800138000",
        "0086 138 0013 8000",
        "8613800138000",
        "138-0013-8000",
        " 13800138000 ",
    ],
)
def test_a_mobile_number_is_stored_as_e164(typed: str) -> None:
    assert phone.check(typed).value == "+8613800138000"


@pytest.mark.parametrize("start", ["199", "167", "147", "170", "192"])
def test_the_newer_number_ranges_are_mobiles(start: str) -> None:
    assert phone.check(f"{start}00138000").value == f"+86{start}00138000"


@pytest.mark.parametrize(
    "typed", ["12800138000", "1380013800", "10086", "138001380001", "１３８００１３８０００", "+85291234567", ""]
)
def test_what_is_no_mainland_mobile_is_refused(typed: str) -> None:
    assert phone.check(typed).value is None


@pytest.mark.parametrize(
    ("typed", "value", "codes"),
    [
        ("广东省深圳市南山支行", "广东省深圳市南山支行", []),
        (" 上海市 徐汇 支行 ", "上海市徐汇支行", []),
        ("北京分行营业部", "北京分行营业部", ["outlet.place"]),
        ("浙江省杭州市西湖(文三路)分理处", "浙江省杭州市西湖(文三路)分理处", []),
    ],
)
def test_an_outlet_is_accepted(typed: str, value: str, codes: list[str]) -> None:
    verdict = outlet.check(typed)
    assert verdict.value == value
    assert [problem.code for problem in verdict.problems] == codes


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("支行", "length"),
        ("省" * 58 + "支行行", "length"),
        ("深圳市南山区", "kind"),
        ("深圳市<南山>支行", "shape"),
    ],
)
def test_what_is_no_outlet_is_refused(typed: str, code: str) -> None:
    block = outlet.check(typed).block
    assert block is not None
    assert block.code == f"outlet.{code}"


@pytest.mark.parametrize(
    ("masked", "shown"),
    [
        (masking.phone("13800138000"), "138****8000"),
        (masking.phone("+8613800138000"), "138****8000"),
        (masking.phone("123"), "****"),
        (masking.phone(""), ""),
        (masking.id_number("11010519491231002X"), "110105********002X"),
        (masking.id_number("1101051949"), "****"),
        (masking.card("6228480402564890018"), "**** 0018"),
        (masking.card("12345"), "****"),
        (masking.name("张伟"), "张*"),
        (masking.name("买买提·吐尔逊"), "买*"),
        (masking.name("𠮷野"), "𠮷*"),
        (masking.name(""), ""),
    ],
)
def test_a_masked_value_shows_only_its_ends(masked: str, shown: str) -> None:
    assert masked == shown


@pytest.mark.parametrize(
    ("rule", "text", "value"),
    [
        ("id_number", "11010519491231002x", "11010519491231002X"),
        ("bank_card", "6217 0000 1001 2345 677", "6217000010012345677"),
        ("name", "张伟", "张伟"),
        ("phone", "13800138000", "+8613800138000"),
        ("validity", "2016.05.02-2036.05.02", "2016.05.02-2036.05.02"),
        ("validity", "2006.05.02-2016.05.02", None),
        ("outlet", "上海市徐汇支行", "上海市徐汇支行"),
    ],
)
def test_the_rules_are_found_by_the_name_in_the_form(rule: str, text: str, value: str | None) -> None:
    assert apply(rule, text, About(TODAY, birth=date(1990, 5, 1))).value == value


def test_every_problem_speaks_both_languages() -> None:
    rubbish = [
        "",
        "x",
        "１",
        "11010519491231002X",
        "6217000010012345670",
        "张",
        "深圳市南山区",
        "2006.05.02-2007.05.02",
    ]
    about = About(TODAY, birth=date(1990, 5, 1))
    found = [problem for rule in RULES for text in rubbish for problem in apply(rule, text, about).problems]
    assert len(found) > 20
    for problem in found:
        assert any("\u4e00" <= character <= "\u9fff" for character in problem.text)
        assert problem.english.isascii() or problem.code.startswith(("outlet.", "validity.", "name."))
