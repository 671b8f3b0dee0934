"""放弃: as long as the change is not applied, even while a reviewer holds the case."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from cli.demonstration.screens.desk import Desk
from tests.browser.line import gives_up, to_basic_data, to_review
from tests.browser.town import Town

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def test_giving_up_while_a_reviewer_holds_the_case(page: Page, reviewer: Desk, town: Town) -> None:
    who = town.somebody()
    me = to_review(town, page, who)
    reviewer.opens_case(town.number_of(me.case_id)).claims()
    gives_up(me.opens("/my").finds_pending("复核中")).reads("已放弃办理")

    reviewer.passes().reads("客户已放弃")
    assert [card.bank for card in town.accounts.cards(who.customer_id)] == ["ICBC"]


def test_who_gave_up_may_start_again(page: Page, town: Town) -> None:
    me = to_basic_data(town, page, town.somebody())
    gives_up(me).starts()
    me.sees("上传照片")
    expect(page.locator("input[name=identity_consent]")).not_to_be_checked()
