# ruff: noqa: F811 - the fixtures of the investor's line are shared by import
"""How many photographs a case takes, whatever becomes of them."""

from __future__ import annotations

from engine.store import Store
from engine.tables import Photo
from tests.web.conftest import WANG
from tests.web.line import Line, jpeg
from tests.web.refusals import nothing_stored, refused
from tests.web.test_refusals_photos import line, send  # noqa: F401
from tests.web.test_steps_line import app, browser  # noqa: F401
from webapp.steps.uploads import MOST_IN_A_CASE


def test_a_case_takes_two_hundred_photographs_and_no_more(line: Line, store: Store) -> None:
    with store.write() as tx:
        for number in range(MOST_IN_A_CASE - 1):
            tx.add(
                Photo(
                    id=f"p{number}", case_id=line.case_id, slot="signature", original="0" * 64, status="unreadable",
                    by=WANG.id, at=store.clock.now(),
                )
            )  # fmt: skip
    assert send(line, "script", jpeg()).status_code == 200
    with nothing_stored(store):
        refused(send(line, "script", jpeg("navy")), "张照片，不能再上传。已上传的都还在；要更换请致电客服 400-000-0000")
