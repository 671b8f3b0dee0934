"""The whole line behind the review with an account system over HTTP: applied, refused, lost on the way, taken back."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from engine import outbox
from engine.accounts import last_answer
from engine.cases import Completion, complete
from engine.store import Store
from engine.tables import Job
from tests.account_core import Core, card, customer, lost, put_secret, says, serving
from tests.house import HandClock
from tests.walk import Walk, new_submission
from workers.drivers.account_http import HttpAccountSystem, account_system
from workers.drivers.sms import LocalSmsGateway
from workers.house import House
from workers.run import perform_in

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
"""One database is enough: the rows are the outbox's, which has its own tests on both."""
NUMBER = "11010519491231002X"
OLD, NEW = card("CMB", "6225880000000019", linked=True), card("ICBC", "6222020000000000034")
SECRETS = (NUMBER, OLD["number"], NEW["number"], "张三", "13800138000", "88001234")


@dataclass
class Line:
    """A case that stands before the account system, and what works on it."""

    house: House
    core: Core
    walk: Walk

    def serve(self, service: str) -> Job:
        """The relay and the worker in one: send what is due, and do the newest job of this service."""
        self.house.store.clock.pass_by(hours=1)
        outbox.due(self.house.store)
        with self.house.store.read() as tx:
            jobs = tx.query(Job).filter_by(service=service, status="sent")
            job = jobs.order_by(Job.created_at.desc(), Job.id.desc()).first()
        assert job is not None
        perform_in(self.house, job.id, job.attempt)
        with self.house.store.read() as tx:
            return tx.get_one(Job, job.id)

    @property
    def banks(self) -> list[str]:
        return [each["bank"] for each in self.core.customers[NUMBER]["cards"]]

    def keys(self) -> set[str]:
        return {path.split("/")[2] for method, path, _ in self.core.asked if method == "PUT"}


@pytest.fixture
def line(store: Store, clock: HandClock, tmp_path: Path) -> Iterator[Line]:
    put_secret(tmp_path)
    core = Core(customers={NUMBER: customer(NUMBER, branch="north", cards=[OLD])})
    with serving(core) as url:
        accounts = account_system(store, url, tmp_path)
        assert isinstance(accounts, HttpAccountSystem)
        zhang = accounts.find(NUMBER)
        assert zhang
        walk = Walk(store, customer=zhang).to_bank_cards()
        submit(walk, accounts.cards(zhang)[0].id)
        walk.answer("card.check", cards__verdict="ok")
        walk.do("bank_notice")
        walk.do("certificate_check", certificate__found=True)
        walk.do("sign_agreements")
        walk.decide("review", review__decision="pass")
        yield Line(House(store, accounts, LocalSmsGateway(store)), core, walk)


def submit(walk: Walk, old: str) -> None:
    added = {"row": "1", "bank": NEW["bank"], "outlet": NEW["outlet"], "number": NEW["number"], "photo": "x"}
    cards = {"cards": {"removed": [old], "unlinked": [old], "added": [added]}}
    complete(walk.store, Completion(walk.task("bank_cards").id, walk.me, new_submission(), answers=cards))


def test_an_accepted_change_comes_to_the_end_and_its_customer_is_told(line: Line) -> None:
    assert line.serve("account.apply").status == "done" and line.banks == ["ICBC"]
    line.serve("notice.send")
    assert line.walk.case.status == "办理成功" and line.keys() == {line.walk.id}
    assert [each.bank for each in line.house.accounts.cards(line.walk.case.customer_id)] == ["ICBC"]


def test_an_answer_that_is_lost_is_found_by_the_status_query(line: Line) -> None:
    line.core.mishaps.append(lost)
    assert line.serve("account.apply").status == "done"
    assert line.core.count("GET", "/changes/") == 1 and line.banks == ["ICBC"]


def test_an_account_system_that_is_away_is_tried_again_and_the_change_is_made_once(line: Line) -> None:
    line.core.mishaps += [says(503), says(503), lost, says(500)]
    first = line.serve("account.apply")
    assert (first.status, first.last_error) == ("due", "account system: PUT /changes/KEY: HTTP 503")
    again = line.serve("account.apply")
    assert (again.status, again.attempt) == ("due", 2) and line.banks == ["ICBC"]  # made, and nobody knows it yet
    last = line.serve("account.apply")
    assert (last.status, last.attempt) == ("done", 3) and line.core.count("PUT", "/changes/") == 3


def test_a_job_that_is_delivered_twice_changes_the_account_once(line: Line) -> None:
    job = line.serve("account.apply")
    perform_in(line.house, job.id, job.attempt)
    with line.house.store.write() as tx:
        tx.get_one(Job, job.id).status = "sent"  # as if the worker had died before it could report
    perform_in(line.house, job.id, job.attempt)
    assert line.banks == ["ICBC"] and line.core.count("PUT", "/changes/") == 2


def test_a_refused_change_comes_to_the_counter_with_its_code(line: Line) -> None:
    line.core.refuses = "account_frozen"
    line.serve("account.apply")
    assert line.walk.steps == ["handle_refusal"] and line.banks == ["CMB"]
    with line.house.store.read() as tx:
        answer = last_answer(tx, line.walk.id)
        assert answer and (answer.result, answer.code) == ("refused", "account_frozen")


def test_what_is_broken_comes_to_the_counter_at_once(line: Line) -> None:
    line.core.mishaps += [says(404), says(404)]
    job = line.serve("account.apply")
    assert job.last_error == "account system: PUT /changes/KEY: HTTP 404" and job.attempt == 1
    assert line.walk.steps == ["handle_refusal"]


def test_a_change_that_is_given_up_is_taken_back_and_never_made_later(line: Line) -> None:
    line.core.mishaps += [says(404), says(404)]
    line.serve("account.apply")
    line.walk.decide("handle_refusal", refusal__decision="fail")
    assert line.serve("account.withdraw").status == "done"
    late = line.core.answer("PUT", f"/changes/{line.walk.id}", {})  # the first request, which a proxy had kept
    assert late == {"state": "withdrawn"} and line.banks == ["CMB"]
    line.serve("certificate.revoke")
    assert line.walk.case.status == "办理失败"


def test_what_was_made_after_all_succeeds_although_it_was_given_up(line: Line) -> None:
    line.core.mishaps += [says(404), says(404)]
    line.serve("account.apply")
    core, key = line.core, line.walk.id
    core.changes[key] = {"state": "applied", "at": "2026-11-24T09:54:11+08:00"}
    line.walk.give_up()
    line.core.mishaps += [lost, says(503)]
    assert line.serve("account.withdraw").status == "due"
    assert line.serve("account.withdraw").status == "done"
    line.serve("notice.send")
    assert line.walk.case.status == "办理成功"


def test_no_log_and_no_row_of_a_failure_names_the_customer(line: Line, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    line.core.customers[NUMBER]["phone"] = "12345"
    for mishap in (says(503), says(200, b"{")):
        line.core.mishaps += [mishap, says(200, b'{"state": "unknown"}')]
        error = line.serve("account.apply").last_error or ""
        assert error.startswith("account system: ") and not any(secret in error for secret in SECRETS)
    line.house.accounts.photos(line.walk.case.customer_id)
    assert "customer.phone" in caplog.text
    assert not any(secret in caplog.text for secret in (*SECRETS, "12345"))
