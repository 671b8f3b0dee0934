"""The company's record in its row."""

from __future__ import annotations

import copy

import pytest

from engine import company
from engine.tables import CompanyRow
from tests.store.conftest import Shop


def test_without_a_row_the_default_company_is_read_and_then_the_saved_one(shop: Shop) -> None:
    with shop.read() as tx:
        assert company.load(tx) == company.default_company()
    record = {**company.default_company().document, "name": "东方样例期货有限公司"}
    company.save(shop, record, demonstration=True)
    with shop.read() as tx:
        found = company.load(tx)
    assert (found.name, found.demonstration) == ("东方样例期货有限公司", True)
    assert found.banks == company.default_company().banks


def test_a_bad_record_is_not_saved(shop: Shop) -> None:
    record = copy.deepcopy(dict(company.default_company().document))
    company.save(shop, record)  # control
    record["settings"]["second_review"] = "no"
    with pytest.raises(company.BadCompany):
        company.save(shop, {**record, "name": "乙"})
    with shop.read() as tx:
        assert company.load(tx).name == company.default_company().name


@pytest.mark.parametrize("section", ["appointments", "retention"])
def test_a_record_from_before_a_section_still_serves(shop: Shop, section: str) -> None:
    old = copy.deepcopy(dict(company.default_company().document))
    company.save(shop, {**old, "name": "丙"})
    del old[section]
    with shop.write() as tx:
        tx.get_one(CompanyRow, 1).record = {**old, "name": "丙"}
    with shop.read() as tx:
        assert getattr(company.load(tx), section) == getattr(company.default_company(), section)
        assert company.load(tx).name == "丙"
