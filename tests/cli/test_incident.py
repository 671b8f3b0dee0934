"""`kaihu incident`: what waits by its cause, one in full, sent again one by one, settled with a note."""

from __future__ import annotations

import json

import pytest

from engine import incidents, outbox
from engine.store import Store
from engine.tables import Incident
from tests.cli.conftest import Kaihu
from tests.walk import Walk

MENDED = ("--note", "the server is back", "--by", "zhou")


@pytest.fixture
def case(a_customer: Store) -> Walk:
    """Its photographs could not be checked."""
    case = Walk(a_customer)
    case.do("upload_photos")
    case.until("photo.check")
    fail(case)
    return case


def fail(case: Walk) -> None:
    [sent] = [each for each in outbox.due(case.store) if each.service == "photo.check"]
    outbox.fail(case.store, sent.job_id, sent.attempt, "TimeoutError in look:30", permanent=True)


def of(case: Walk) -> Incident:
    with case.store.read() as tx:
        return incidents.of_case(tx, case.id)[-1]


def test_nothing_waits_and_that_is_said(kaihu: Kaihu) -> None:
    assert kaihu("incident", "list").output == "0 waiting\n"
    assert json.loads(kaihu("incident", "list", "--json").output) == []


def test_the_list_is_grouped_by_cause(kaihu: Kaihu, case: Walk) -> None:
    first, second, last = kaihu("incident", "list").output.splitlines()
    assert first.startswith("photo.check  TimeoutError  1 since ")
    assert of(case).id in second and f"case {case.case.number}" in second and "1 tries" in second
    assert last == "1 waiting"
    assert kaihu("incident", "list", "--service", "notice.send").output == "0 waiting\n"
    assert kaihu("incident", "list", "--number", (case.case.number or "")[-3:]).output.endswith("1 waiting\n")


def test_one_is_shown_in_full_with_what_may_be_done(kaihu: Kaihu, case: Walk) -> None:
    shown = kaihu("incident", "show", of(case).id).output
    for said in (
        "photo.check at check_uploads", "TimeoutError in look:30", '{"slots": "id_portrait,id_emblem,signature"}',
        "try 1     sent 20", f"kaihu incident retry {of(case).id} --note WHY", "--result 'photos.verdict=retake'",
    ):  # fmt: skip
        assert said in shown, shown
    assert "--leave" not in shown
    plain = json.loads(kaihu("incident", "show", of(case).id, "--json").output)
    assert (plain["service"], plain["error"], plain["number"]) == ("photo.check", "TimeoutError", case.case.number)
    assert [each["error"] for each in plain["tries"]] == ["TimeoutError in look:30"]
    assert plain["results"] == ["photos.verdict=retake"] and plain["may_be_left"] is False


def test_a_cause_is_retried_and_each_row_is_told(kaihu: Kaihu, case: Walk) -> None:
    done = kaihu("incident", "retry", "--service", "photo.check", "--error", "TimeoutError", *MENDED)
    assert (done.exit_code, done.output) == (0, f"{of(case).id}  sent again\n1 of 1 sent again\n")
    assert (of(case).resolved_by, of(case).how, of(case).note) == ("zhou", "retry", "the server is back")
    [sent] = outbox.due(case.store)
    assert sent.attempt == 2
    again = kaihu("incident", "retry", of(case).id, "none", *MENDED)
    assert again.exit_code == 1 and "was settled before: sent again, by zhou" in again.output
    assert "none  there is no such incident" in again.output and again.output.endswith("0 of 2 sent again\n")
    plain = json.loads(kaihu("incident", "retry", "none", *MENDED, "--json").output)
    assert plain == [{"id": "none", "outcome": "gone"}]
    assert "sent again by zhou" in kaihu("incident", "list", "--settled").output


def test_a_result_is_vouched_for(kaihu: Kaihu, case: Walk) -> None:
    done = kaihu("incident", "resolve", of(case).id, "--result", "photos.verdict=retake", *MENDED)
    assert (done.exit_code, done.output) == (0, "settled: photos.verdict=retake\n")
    assert case.steps == ["upload_photos"]


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        pytest.param(("show", "none"), 1, "there is no incident none", id="no such one"),
        pytest.param(("retry", "HERE"), 2, "--note", id="no note"),
        pytest.param(("retry", *MENDED), 2, "incident ids", id="nothing to retry"),
        pytest.param(("retry", "HERE", "--service", "a", "--error", "b", *MENDED), 2, "either", id="two ways at once"),
        pytest.param(("resolve", "HERE", *MENDED), 2, "--result or --leave", id="no result"),
        pytest.param(("resolve", "HERE", "--leave", *MENDED), 1, "the case waits for this job", id="a case waits"),
        pytest.param(("resolve", "HERE", "--result", "x=1", *MENDED), 1, "by hand", id="no such result"),
        pytest.param(
            ("resolve", "HERE", "--result", "photos.verdict=retake", "--note", " "), 1, "a note is needed", id="blank"
        ),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(
    kaihu: Kaihu, case: Walk, words: tuple[str, ...], code: int, said: str
) -> None:
    done = kaihu("incident", *(of(case).id if word == "HERE" else word for word in words))
    assert done.exit_code == code and "Error: " in done.output and said in done.output
    assert of(case).resolved_at is None
