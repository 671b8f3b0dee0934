"""Fields out of lines of text: joined, split, misread; and what is never believed."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from tests.unit.specimens import PERSON
from workers.photos.reading.documents import document_of
from workers.photos.reading.hidden import hidden_by
from workers.photos.reading.model import Bin, Field, Line
from workers.photos.reading.pieces import rows_of
from workers.photos.reading.reader import confirmed, fields_of

TODAY = date(2026, 11, 29)
SIZE = (1012, 638)
NUMBER = PERSON.id_number
CARD = PERSON.card_number
BINS = (Bin("62000", "OTHER", "credit", 19), Bin("620000", "SAMPLE", "debit", 19), Bin("6200000", "LONG", "debit", 17))


def line(text: str, left: float, top: float, width: float = 0.0, score: float = 0.99, height: float = 40) -> Line:
    right = left + (width or sum(36 if ord(char) > 0x2E7F else 18 for char in text))
    return Line(text, score, ((left, top), (right, top), (right, top + height), (left, top + height)))


PORTRAIT = [
    line("姓名", 60, 60), line("样小明", 150, 60),
    line("性别", 60, 140), line("男", 150, 140), line("民族", 250, 140), line("汉", 340, 140),
    line("出生", 60, 215), line("1990", 150, 215), line("年", 245, 215), line("3", 295, 215), line("月", 345, 215),
    line("7", 395, 215), line("日", 445, 215),
    line("住址", 60, 295), line("样本省测试市示例区幸福", 150, 295), line("路8号2栋301室", 150, 340),
    line("公民身份号码", 60, 530), line(NUMBER, 330, 530),
]  # fmt: skip
JOINED = [
    line("姓名样小明", 60, 60), line("性别 男民族 汉", 60, 140), line("出生 1990 年 3 月 7 日", 60, 215),
    line("住址样本省测试市示例区幸福", 60, 295, 486), line("路8号2栋301室", 146, 340),
    line(f"公民身份号码 {NUMBER}", 60, 530),
]  # fmt: skip
SPLIT = [*PORTRAIT[:-1], line(NUMBER[:7], 330, 531), line(NUMBER[7:], 470, 529)]
STAMPED = [*PORTRAIT, line("样本 SPECIMEN", 500, 450), line("SPECIMEN", 690, 200)]


def read(lines: list[Line], slot: str = "id_portrait", bins: tuple[Bin, ...] = ()) -> dict[str, Field]:
    return fields_of(slot, rows_of(lines), SIZE, TODAY, bins)


@pytest.mark.parametrize("lines", [PORTRAIT, JOINED, SPLIT, STAMPED], ids=["apart", "joined", "split", "stamped"])
def test_the_side_with_the_portrait(lines: list[Line]) -> None:
    fields = read(lines)
    assert {name: field.value for name, field in fields.items()} == {
        "name": "样小明", "sex": "男", "nation": "汉", "birth": "1990-03-07", "address": PERSON.address,
        "id_number": NUMBER,
    }  # fmt: skip
    assert all(field.sure for field in fields.values())


def with_number(text: str, score: float = 0.99) -> dict[str, Field]:
    return read([*PORTRAIT[:-1], line(text, 330, 530, score=score)])


LIKE = NUMBER.replace("0", "O").replace("1", "l")


@pytest.mark.parametrize(
    ("text", "value", "checked"),
    [
        (NUMBER, NUMBER, True),
        (LIKE, NUMBER, True),  # look-alikes, and the check digit says that they were
        (NUMBER[:9] + " " + NUMBER[9:], NUMBER, True),
        (NUMBER[:-1] + ("0" if NUMBER[-1] != "0" else "1"), None, False),
        (NUMBER[:-1], None, False),
        (LIKE[:-1] + ("B" if NUMBER[-1] != "8" else "S"), None, False),
    ],
    ids=["right", "look-alikes", "with a space", "a wrong digit", "a lost digit", "look-alikes of a wrong number"],
)
def test_a_number_is_proven_by_its_check_digit(text: str, value: str | None, checked: bool) -> None:
    number = with_number(text).get("id_number")
    assert (number is not None and number.checked) is checked
    if value:
        assert number is not None and number.value == value


def test_no_single_digit_is_ever_mended() -> None:
    """Every one of the 17 could be, so that the check digit holds; none of them is."""
    for place in range(17):
        wrong = NUMBER[:place] + str((int(NUMBER[place]) + 1) % 10) + NUMBER[place + 1 :]
        number = with_number(wrong).get("id_number")
        assert number is None or not number.checked


def test_a_number_that_was_hardly_seen_proves_nothing() -> None:
    assert not with_number(NUMBER, score=0.7)["id_number"].checked
    fields = with_number(NUMBER, score=0.85)
    assert (fields["id_number"].checked, fields["id_number"].sure) == (True, False)


def test_what_the_number_tells_makes_birth_and_sex_certain() -> None:
    faint = [line(one.text, one.left, one.top, score=0.8) if one.text in ("男", "7") else one for one in PORTRAIT]
    assert all(read(faint)[name].sure and read(faint)[name].checked for name in ("sex", "birth"))
    alone = [one for one in faint if one.text not in (LIKE, NUMBER)]
    assert not any(read(alone)[name].sure for name in ("sex", "birth"))


def test_what_the_number_contradicts_is_kept_as_read_and_doubted() -> None:
    other = [line("女", 150, 140) if one.text == "男" else one for one in PORTRAIT]
    sex = read(other)["sex"]
    assert (sex.value, sex.checked, sex.sure) == ("女", False, False)


@pytest.mark.parametrize(("score", "checked"), [(0.99, False), (0.9, True)], ids=["clearly printed", "hardly read"])
def test_another_birth_date_than_the_printed_one_proves_nothing(score: float, checked: bool) -> None:
    other = [line("8", 395, 215, score=score) if one.text == "7" else one for one in PORTRAIT]
    fields = read(other)
    assert (fields["birth"].value, fields["birth"].checked) == ("1990-03-08", False)
    assert (fields["id_number"].value, fields["id_number"].checked) == (NUMBER, checked)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (line("样本省测试市示例区", 150, 295), PORTRAIT[15]),  # two characters are lost under light
        (line("样本省测试市示例区幸福", 150, 295, 470), PORTRAIT[15]),  # the line is longer than its characters
        (line("测试市示例区幸福路八号二栋", 258, 295), line("三零一室", 258, 340)),  # the first three are lost
    ],
    ids=["a short line above another", "a hole in a line", "a late beginning"],
)
def test_an_address_with_a_hole_is_not_filled_in(first: Line, second: Line) -> None:
    lines = [*PORTRAIT[:14], first, second, *PORTRAIT[16:]]
    assert (read(lines)["address"].sure, read(PORTRAIT)["address"].sure) == (False, True)


EMBLEM = [line("居民身份证", 300, 160), line("签发机关", 215, 470), line("测试市公安局样本分局", 405, 470)]


@pytest.mark.parametrize(
    ("printed", "value", "sure"),
    [
        ("2018.05.06-2038.05.06", "2018.05.06-2038.05.06", True),
        ("2018.05.06 - 2038.05.06", "2018.05.06-2038.05.06", True),
        ("2018.05.06—长期", "2018.05.06-长期", True),
        ("2181.01.19-长期", "2181.01.19-长期", False),  # not yet
        ("2018.05.06-2037.05.06", "2018.05.06-2037.05.06", False),  # no term: a digit is wrong
        ("2018.05.06-2038.05.05", "2018.05.06-2038.05.05", True),  # a day less, as cards of old have it
    ],
)
def test_the_side_with_the_emblem(printed: str, value: str, sure: bool) -> None:
    lines = [*EMBLEM, line(f"有效期限{printed}", 215, 560)]
    fields = read(lines, "id_emblem")
    assert (fields["validity"].value, fields["validity"].sure) == (value, sure)
    assert (fields["issuer"].value, fields["issuer"].sure) == ("测试市公安局样本分局", True)
    assert document_of(lines) == "id_emblem"


def test_a_validity_that_is_no_date_is_not_one() -> None:
    assert "validity" not in read([*EMBLEM, line("有效期限2018.13.06-2038.05.06", 215, 560)], "id_emblem")


def test_a_long_authority_goes_on_in_the_next_line_and_half_a_one_is_not_filled_in() -> None:
    two = [*EMBLEM[:2], line("测试市示例区公安局示例山新区", 405, 470), line("样本分局", 405, 512)]
    issuer = read(two, "id_emblem")["issuer"]
    assert (issuer.value, issuer.sure) == ("测试市示例区公安局示例山新区样本分局", True)
    assert not read(two[:3], "id_emblem")["issuer"].sure


@pytest.mark.parametrize(
    ("left", "label", "sure"),
    [(405, 0.99, True), (450, 0.99, False), (405, 0.75, False)],
    ids=["beside its label", "late", "beside a label that is hardly read"],
)
def test_an_authority_that_begins_too_late_is_not_filled_in(left: float, label: float, sure: bool) -> None:
    lines = [EMBLEM[0], line("签发机关", 215, 470, score=label), line("样本区公安局", left, 470)]
    issuer = read(lines, "id_emblem")["issuer"]
    assert (issuer.value, issuer.sure) == ("样本区公安局", sure)


def test_an_id_number_that_was_misread_makes_no_bank_card() -> None:
    assert document_of([line(CARD, 60, 60, score=0.9)]) == "other"
    assert document_of([line(luhn("62000012345678901"), 60, 60)]) == "other"


GROUPS = " ".join(CARD[k : k + 4] for k in range(0, 19, 4))
UPRIGHT = [line(CARD[k : k + 4], 60, 500 + 12.5 * k) for k in range(0, 19, 4)]


@pytest.mark.parametrize(
    ("lines", "bins", "expected"),
    [
        ([line(GROUPS, 80, 370)], BINS, {"number": CARD, "bank": "SAMPLE", "kind": "debit"}),
        ([line(CARD[:6], 80, 370), line(CARD[6:], 300, 372)], (), {"number": CARD}),
        (UPRIGHT, (), {"number": CARD}),
        ([line(CARD.replace("0", "O"), 80, 370)], (), {"number": CARD}),
        ([line("样本银行", 60, 50), line("借记卡", 760, 50), line(GROUPS, 80, 370)], (),
         {"number": CARD, "bank": "样本银行", "kind": "debit"}),
    ],
    ids=["in groups", "in two lines", "groups below each other", "look-alikes", "without a table"],
)  # fmt: skip
def test_a_bank_card(lines: list[Line], bins: tuple[Bin, ...], expected: dict[str, str]) -> None:
    fields = read(lines, "bank_card:1", bins)
    assert {name: field.value for name, field in fields.items()} == expected
    assert fields["number"].checked and fields["number"].sure
    assert all(fields[name].sure is bool(bins) for name in ("bank", "kind") if name in fields)


def luhn(body: str) -> str:
    from workers.photos.reading.checks import card_holds

    return next(body + digit for digit in "0123456789" if card_holds(body + digit))


@pytest.mark.parametrize(
    ("number", "bins", "checked"),
    [
        (luhn("620000012345678"), (), True),  # 16
        (luhn("6200001234567890"), (), False),  # 17 digits and Luhn's holds: a digit may be lost
        (luhn("6200000123456789"), BINS, True),  # 17, and the table knows cards so long
        ("0000000000000000", (), False),  # Luhn's holds of nothing, too
        (CARD[:-1] + str((int(CARD[-1]) + 1) % 10), (), False),
    ],
)
def test_a_length_that_is_no_cards_proves_nothing(number: str, bins: tuple[Bin, ...], checked: bool) -> None:
    field = read([line(number, 80, 370)], "bank_card:1", bins).get("number")
    assert (field is not None and field.checked) is checked


def looks(*numbers: tuple[str, bool]) -> list[dict[str, Field]]:
    box = ((0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0))
    return [{"number": Field(value, 0.99, box, checked, checked)} for value, checked in numbers]


@pytest.mark.parametrize(
    ("first", "again", "value", "checked"),
    [
        ((CARD, True), [(CARD, True)], CARD, True),
        ((CARD, True), [("1", True), ("2", False), (CARD, True)], CARD, True),
        (("3", False), [(CARD, True), (CARD, True)], CARD, True),
        ((CARD, True), [("1", True), ("2", True)], CARD, False),
        ((CARD, True), [], CARD, False),
        (("3", False), [("3", False)], "3", False),
    ],
    ids=["at once", "at last", "not at first", "never alike", "never again", "alike and wrong"],
)
def test_a_number_is_proven_when_two_looks_agree(
    first: tuple[str, bool], again: list[tuple[str, bool]], value: str, checked: bool
) -> None:
    told = confirmed(looks(first)[0], looks(*again), "number")["number"]
    assert (told.value, told.checked, told.sure) == (value, checked, checked)


@pytest.mark.parametrize(
    ("texts", "document"),
    [
        (["姓名", "住址"], "id_portrait"),
        ([NUMBER, "公民身份号码"], "id_portrait"),
        (["居民身份证"], "id_emblem"),
        ([CARD], "bank_card"),
        (["样本银行"], "bank_card"),
        (["今日特价", "每斤三元"], "other"),
        (["一"], "none"),
        ([], "none"),
    ],
)
def test_what_document_it_is(texts: list[str], document: str) -> None:
    assert document_of([line(text, 60, 60 * k) for k, text in enumerate(texts)]) == document


@pytest.mark.parametrize(
    ("colour", "glare", "covered"),
    [((255, 255, 255), 0.25, 0.0), ((150, 178, 224), 0.0, 0.25), ((60, 60, 60), 0.0, 0.0)],
    ids=["light", "a finger", "a pen"],
)
def test_what_lies_over_a_number_is_told_by_its_colour(
    colour: tuple[int, int, int], glare: float, covered: float
) -> None:
    picture = np.full((100, 200, 3), (242, 228, 222), np.uint8)
    picture[20:40, 20:70] = colour
    over = hidden_by(picture, ((20.0, 20.0), (120.0, 20.0), (120.0, 59.0), (20.0, 59.0)))
    assert over == {"glare": pytest.approx(glare, abs=0.01), "covered": pytest.approx(covered, abs=0.01)}
