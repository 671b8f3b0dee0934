# ruff: noqa: F811 - the fixtures of the incidents page are shared by import
"""The pages of a case that has done a step which its version no longer has: it is named by its id, nothing breaks."""

from __future__ import annotations

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from engine import migration
from engine.bundles import publish
from engine.migration import Order
from engine.store import Store
from engine.tables import Staff
from tests.flow import redrawn
from tests.flow.migrated import ANALYST
from tests.house import staff
from tests.walk import Walk
from tests.web.conftest import MAIN, KeptSms, employ, sign_in, sign_in_staff
from tests.web.test_operate_incidents import case, cases, ops  # noqa: F401


def without_the_desk(store: Store) -> str:
    """The version without the notice of the banks, which the case has done, and without the step that rejected it."""
    files = redrawn.unlisted(redrawn.without(redrawn.of(), "bank_notice", "bank_notice_back"), "bank_notice")
    bundle = redrawn.bundle(files)
    with store.write() as tx:
        publish(tx, bundle, "without", "test", store.clock.now())
    return bundle.hash


def test_what_was_done_on_another_version_is_shown_by_its_id(
    app: Flask, ops: FlaskClient, cases: tuple[Walk, Walk], store: Store, sms: KeptSms
) -> None:
    walk = cases[0].to_review()
    order = migration.begin(
        store, Order(MAIN, without_the_desk(store), "没有提示了", {"bank_notice": ""}, cases=[walk.id]), ANALYST
    )
    migration.go_on(store, order, ANALYST)
    with store.read() as tx:
        assert [each.result for each in migration.results(tx, order)] == ["moved"]
    page = ops.get(f"/operate/cases/{walk.id}")
    assert page.status_code == 200 and "bank_notice" in page.text and "迁移到版本" in page.text
    employ(store, "rev", {"reviewer"}, "north")
    reviewer = app.test_client()
    sign_in_staff(reviewer, "rev")
    with store.read() as tx:
        member = tx.scalars(select(Staff).where(Staff.login == "rev")).one()
    walk.hold("review", by=staff(member.id, "reviewer"))
    desk = reviewer.get(f"/desk/tasks/{walk.task('review').id}")
    assert desk.status_code == 200 and "bank_notice" in desk.text
    customer = app.test_client()
    sign_in(app, customer, sms)
    for path in ("/my", f"/cases/{walk.id}/flow", f"/cases/{walk.id}"):
        assert customer.get(path, follow_redirects=True).status_code == 200, path
    walk.reject("review", "id_photo_unclear", by=staff(member.id, "reviewer"), review__decision="reject")
    assert ops.get(f"/operate/cases/{walk.id}").status_code == 200
