"""The list of bank cards that results: one card a bank, at least one, unlinked before removed, something changed."""

from __future__ import annotations

from datetime import date

import pytest

from forms.cards import MOST_ROWS, Bank, CardRules, HeldCard, next_row, typed_cards
from forms.context import Context
from forms.document import Form, Option
from forms.load import Invalid, load
from forms.rules.bank_card import Bin

BANKS = {"ABC": Bank("ABC", "农业银行"), "CCB": Bank("CCB", "建设银行"), "CMB": Bank("CMB", "招商银行")}
ROW = [
    {
        "id": "b",
        "type": "select",
        "key": "bank",
        "label": "银行",
        "validate": {"required": True},
        "properties": {"choices": "banks"},
    },
    {"id": "o", "type": "textfield", "key": "outlet", "label": "网点", "validate": {"required": True}},
    {
        "id": "n",
        "type": "textfield",
        "key": "number",
        "label": "卡号",
        "validate": {"required": True},
        "properties": {"rule": "bank_card"},
    },
    {
        "id": "h",
        "type": "textfield",
        "key": "holder",
        "label": "户名",
        "properties": {"widget": "fixed", "source": "person.name"},
    },
    {
        "id": "p",
        "type": "filepicker",
        "key": "photo",
        "label": "银行卡照片",
        "validate": {"required": True},
        "properties": {"widget": "photo", "slot": "bank_card", "kind": "id1"},
    },
]
FORM = Form.parse(
    {
        "components": [
            {
                "id": "c",
                "type": "dynamiclist",
                "path": "cards",
                "label": "银行卡",
                "components": ROW,
                "properties": {"widget": "bank_cards"},
            }
        ]
    },
    "cards",
)
LINKED, FREE = HeldCard("old1", "ABC", True), HeldCard("old2", "CCB", False)


def context(*held: HeldCard, photos: dict[str, str] | None = None) -> Context:
    rules = CardRules(held, BANKS, {"1": "photo1", "2": "photo2"} if photos is None else photos, {"holder": "张三"})
    return Context(
        date(2026, 11, 22),
        choices={"banks": tuple(Option(bank.code, bank.name) for bank in BANKS.values())},
        bins=(Bin("622588", "CMB"), Bin("622575", "CMB", "credit")),
        cards=rules,
    )


def new(row: int = 1, bank: str = "CMB", number: str = "6225880123456783") -> dict[str, list[str]]:
    return {f"cards.{row}.bank": [bank], f"cards.{row}.outlet": ["上海市静安支行"], f"cards.{row}.number": [number]}


def answer(posted: dict[str, list[str]], known: Context) -> dict:
    return load(FORM, posted, known).values["cards"]


def test_a_new_card_carries_its_row_its_photo_and_the_fixed_holder():
    added = answer(new() | {"cards.1.holder": ["李四"]}, context(FREE))["added"]
    assert added == [
        {
            "row": "1",
            "bank": "CMB",
            "outlet": "上海市静安支行",
            "number": "6225880123456783",
            "holder": "张三",
            "photo": "photo1",
        }
    ]


def test_a_number_in_groups_is_kept_as_digits_only():
    assert answer(new(number="6225 8801 2345 6783"), context(FREE))["added"][0]["number"] == "6225880123456783"


def test_replacing_the_card_of_one_bank_passes_by_the_list_that_results():
    posted = {"cards.remove": ["old2"], **new(bank="CCB", number="6217000010012345677")}
    assert answer(posted, context(FREE))["removed"] == ["old2"]


def test_a_linked_card_is_removed_once_the_unlinking_is_confirmed():
    posted = {"cards.remove": ["old1"], "cards.unlinked": ["old1", "old2"]}
    assert answer(posted, context(LINKED, FREE)) == {"removed": ["old1"], "unlinked": ["old1"], "added": []}


REFUSED = [
    ("no change", {}, (FREE,), {"cards": "银行卡没有任何变更。请删除或添加一张银行卡；如不需要变更，请放弃本次业务"}),
    ("nothing left", {"cards.remove": ["old2"]}, (FREE,), {"cards": "请至少保留一张银行卡"}),
    (
        "still linked",
        {"cards.remove": ["old1"]},
        (LINKED, FREE),
        {"cards.file.old1": "农业银行的这张卡仍有银期关联。请先在银行解除，再勾选确认"},
    ),
    (
        "another's card",
        {"cards.remove": ["zzz"]},
        (FREE,),
        {"cards.file.zzz": "这张银行卡已不在预留信息中，请刷新页面后重试"},
    ),
    (
        "second card of a bank",
        new(bank="CCB", number="6217000010012345677"),
        (FREE,),
        {"cards.1.bank": "每家银行只能有一张卡：建设银行已有一张。请先删除原来的卡，或选择其他银行"},
    ),
    (
        "two new of one bank",
        new(1) | new(2, number="6225880123456791"),
        (FREE,),
        {"cards.2.bank": "每家银行只能有一张卡：招商银行已有一张。请先删除原来的卡，或选择其他银行"},
    ),
    ("bank off the list", new(bank="XYZ"), (FREE,), {"cards.1.bank": "请从列表中选择银行"}),
    (
        "wrong check digit",
        new(number="6225880123456784"),
        (FREE,),
        {"cards.1.number": "银行卡号不正确，可能输错了某一位。请核对卡面号码后重新填写"},
    ),
    (
        "credit card",
        new(number="6225750000000006"),
        (FREE,),
        {"cards.1.number": "结算账户只能使用借记卡，不支持信用卡。请换一张借记卡"},
    ),
    (
        "another bank's number",
        new(bank="ABC"),
        (FREE,),
        {"cards.1.number": "卡号与所选银行不一致。请核对卡号和开户银行"},
    ),
    ("no photo", new(3, "ABC", "6228480402564890018"), (FREE,), {"cards.3.photo": "请上传银行卡照片"}),
    (
        "half a row",
        {"cards.1.outlet": ["支行"]},
        (FREE,),
        {"cards.1.bank": "请选择银行", "cards.1.number": "请填写卡号"},
    ),
]


@pytest.mark.parametrize(("posted", "held", "errors"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED])
def test_a_wrong_list_is_refused_at_the_card_that_is_wrong(posted, held, errors):
    with pytest.raises(Invalid) as refused:
        load(FORM, posted, context(*held))
    assert refused.value.errors == errors


def test_a_blank_new_row_counts_as_none_but_stays_on_the_page():
    posted = {"cards.3.row": ["3"], "cards.remove": ["old2"]}
    assert answer(posted, context(FREE, LINKED))["added"] == []
    with pytest.raises(Invalid) as refused:
        load(FORM, posted, context(FREE))
    assert refused.value.values["cards"]["added"] == [{"row": "3"}]


def test_a_row_number_is_never_used_twice_since_the_photo_slot_carries_it():
    assert next_row({"added": [{"row": "2"}]}, {"5": "photo"}) == "6"
    assert next_row({}, {}) == "1"


def test_a_photograph_in_a_slot_that_is_no_row_does_not_stop_the_page():
    assert next_row({}, {"²": "photo", "٣": "photo", "03": "photo", "4": "photo"}) == "5"


def test_only_plain_row_numbers_are_read_and_each_has_one_way_of_writing():
    posted = {f"cards.{row}.bank": ["CMB"] for row in ("1", "01", "-1", "１", "²", "99999", "2")}
    assert [row["row"] for row in typed_cards("cards", posted, ("bank",))["added"]] == ["1", "2"]


def test_a_flood_of_rows_or_ticks_is_cut_before_the_page_is_drawn_from_it():
    rows = {f"cards.{row}.bank": ["CMB"] for row in range(9999)}
    ticks = {"cards.remove": ["old1"] * 9999, "cards.unlinked": [f"x{n}" for n in range(9999)]}
    values = typed_cards("cards", rows | ticks, ("bank",))
    assert len(values["added"]) == len(values["unlinked"]) == MOST_ROWS
    assert values["removed"] == ["old1"]
