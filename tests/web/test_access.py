# ruff: noqa: F811 - what Wang has is shared by import
"""Every route, as nobody, as another investor, as another branch's reviewer: not there, and no byte of it.

A route without a row in the table fails, and so does a row without its route.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal, get_args

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from engine.cases import open_case
from engine.store import Store
from tests.web.conftest import (
    LI,
    MAIN,
    WANG,
    KeptSms,
    close,
    company,
    employ,
    furnish,
    hidden,
    post,
    sign_in,
    sign_in_staff,
)
from tests.web.things import PICTURE, Sample, things  # noqa: F401
from webapp.app import create_app
from webapp.settings import WebSettings

SECRETS = (PICTURE, WANG.id_number.encode(), WANG.name.encode(), WANG.phone.removeprefix("+86").encode())
Who = Literal["anybody", "investor", "staff", "operator"]
EVERYBODY: tuple[Who, ...] = get_args(Who)


@dataclass(frozen=True)
class Row:
    """Who may come at all, and whose things the address names: `ids` fills its variables, Wang's where they are his."""

    who: Who
    ids: dict[str, str] = field(default_factory=dict)
    his: bool = False


def of_wang(**ids: str) -> Row:
    return Row("investor", ids, his=True)


def of_the_desk(**ids: str) -> Row:
    return Row("staff", ids, his=True)


def of_the_operators(**ids: str) -> Row:
    return Row("operator", ids, his=True)


ANYBODY, CASE, STEP = Row("anybody"), {"case_id": "CASE"}, {"case_id": "CASE", "task_id": "STEP"}
TABLE: dict[str, Row] = {
    "static": Row("anybody", {"filename": "kaihu.css"}),
    "health.healthz": ANYBODY,
    "public.entry": ANYBODY,
    "public.about": Row("anybody", {"business_id": MAIN}),
    "public.page": Row("anybody", {"name": "help"}),
    "signin.form": Row("anybody", {"business_id": MAIN}),
    "signin.submit": Row("anybody", {"business_id": MAIN}),
    "signin.again": ANYBODY,
    "signin.submit_again": ANYBODY,
    "signin.sign_out": ANYBODY,
    "signin.picture": Row("anybody", {"picture_id": "none"}),
    "signin.sound": Row("anybody", {"picture_id": "none"}),
    "staff.sign_in": ANYBODY,
    "staff.enter": ANYBODY,
    "staff.sign_out": ANYBODY,
    "staff.home": Row("staff"),
    "my.overview": Row("investor"),
    "my.start_business": Row("investor", {"business_id": MAIN}),
    "my.start_obligation": of_wang(obligation_id="OBLIGATION"),
    "my.ask_abandon": of_wang(**CASE),
    "my.give_up": of_wang(**CASE),
    "steps.case": of_wang(**CASE),
    **dict.fromkeys(("steps.beat", "steps.leave", "steps.book_instead"), of_wang(**CASE)),
    **dict.fromkeys(("steps.waiting", "steps.length", "steps.events"), of_wang(**CASE)),
    **dict.fromkeys(("steps.recording_consent", "steps.call_still"), of_wang(**CASE)),
    **dict.fromkeys(("devices.answers", "devices.takes"), of_wang(**CASE)),
    **dict.fromkeys(("devices.digits", "devices.judge"), of_wang(**STEP)),
    "steps.flow": of_wang(**CASE),
    "steps.calendar_file": of_wang(**CASE),
    "steps.step": of_wang(**STEP),
    "steps.submit": of_wang(**STEP),
    "steps.back": of_wang(**STEP),
    "steps.draft": of_wang(**STEP),
    "steps.issue": of_wang(**STEP),
    "steps.ask_challenge": of_wang(**STEP, purpose="detect"),
    "steps.state": of_wang(**CASE, slot="id_portrait"),
    "steps.upload": of_wang(**CASE, slot="id_portrait"),
    "steps.photo": of_wang(photo_id="PHOTO", which="original"),
    **dict.fromkeys(("steps.use", "steps.outline"), of_wang(photo_id="PHOTO")),
    **dict.fromkeys(("calls.events", "calls.messages", "calls.say", "calls.relays", "calls.beat"), of_wang(**CASE)),
    "calls.media": of_wang(**CASE),
    **dict.fromkeys(
        tuple(
            f"desk_calls.{name}"
            for name in ("events", "messages", "say", "relays", "beat", "taken", "media", "recorded")
        ),
        of_the_desk(task_id="DESK_TASK"),
    ),
    "desk.call_next": Row("staff"),
    "desk.switch": Row("staff"),
    "desk.home": Row("staff"),
    "desk.waiting": Row("staff"),
    "desk.task": of_the_desk(task_id="DESK_TASK"),
    "desk.decide": of_the_desk(task_id="DESK_TASK"),
    "desk.claim": of_the_desk(task_id="DESK_TASK"),
    "desk.comment": of_the_desk(task_id="DESK_TASK"),
    "desk.draft": of_the_desk(task_id="DESK_TASK"),
    "desk.release": of_the_desk(task_id="DESK_TASK"),
    "desk.reveal": of_the_desk(task_id="DESK_TASK"),
    "desk.cut": of_the_desk(photo_id="PHOTO", run="1"),
    "desk.photo": of_the_desk(photo_id="PHOTO", which="original"),
    **dict.fromkeys(
        ("desk.call_connected", "desk.begin_part", "desk.tick", "desk.call_note"),
        of_the_desk(task_id="DESK_TASK"),
    ),
    "desk.chunk": of_the_desk(task_id="DESK_TASK", part="1", n="0"),
    **dict.fromkeys(("desk.playback", "desk.film"), of_the_desk(call_id="CALL")),
    "desk.still": of_the_desk(still_id="STILL"),
    "desk.branch_calls": Row("staff"),
    **dict.fromkeys(("desk.ask_to_watch", "desk.open_to_watch"), of_the_desk(call_id="CALL")),
    "desk.supervise": Row("staff"),
    "desk.supervised": Row("staff"),
    "desk.hand_over": of_the_desk(task_id="DESK_TASK"),
    "desk.give": of_the_desk(task_id="DESK_TASK"),
    **dict.fromkeys(("kept.show", "kept.send_on"), Row("investor")),
    **dict.fromkeys(("kept.show_staff", "kept.send_on_staff"), Row("staff")),
    "studio.home": Row("staff"),
    **dict.fromkeys(("studio.about", "studio.ask_withdraw", "studio.take_back"), Row("staff", {"business_id": MAIN})),
    **dict.fromkeys(("studio.live_diagram", "studio.live_svg", "studio.live_csv"), Row("staff", {"business_id": MAIN})),
    "studio.standing_at": Row("staff", {"business_id": MAIN, "step": "review"}),
    **dict.fromkeys(
        ("studio.choose_migration", "studio.begin_migration", "studio.try_migration", "studio.migration_progress"),
        Row("staff", {"business_id": MAIN}),
    ),
    **dict.fromkeys(
        ("studio.migration", "studio.next_migrated", "studio.undo_migration"), Row("staff", {"migration_id": "none"})
    ),
    **dict.fromkeys(
        ("studio.impact", "studio.try_impact", "studio.impact_progress", "studio.difference"),
        Row("staff", {"proposal_id": "none"}),
    ),
    **dict.fromkeys(("studio.decide", "studio.compared_with"), Row("staff", {"business_id": MAIN})),
    **dict.fromkeys(("studio.ask_back", "studio.back"), Row("staff", {"business_id": MAIN, "number": "1"})),
    "studio.download": Row("staff", {"business_id": MAIN, "bundle_hash": "none"}),
    "studio.propose": Row("staff"),
    **dict.fromkeys(("studio.banks", "studio.banks_table", "studio.change_banks"), Row("staff")),
    **dict.fromkeys(
        (
            "studio.proposal",
            "studio.publish",
            "studio.trial",
            "studio.trial_progress",
            "studio.discard",
            "studio.compare",
            "studio.mend",
            "studio.taken_home",
            "studio.sketch_of_proposal",
            "studio.play_proposal",
        ),
        Row("staff", {"proposal_id": "none"}),
    ),
    **dict.fromkeys(
        ("studio.sandbox", "studio.begin_play", "studio.play_move", "studio.rewind_play", "studio.save_scenario"),
        Row("staff", {"sketch_id": "none"}),
    ),
    "studio.play_step": Row("staff", {"sketch_id": "none", "step": "review"}),
    "studio.begin_sketch": Row("staff", {"business_id": MAIN}),
    **dict.fromkeys(
        (
            "studio.sketch",
            "studio.sketch_files",
            "studio.hand_in_sketch",
            "studio.discard_sketch",
        ),
        Row("staff", {"sketch_id": "none"}),
    ),
    **dict.fromkeys(
        ("studio.text_of_sketch", "studio.save_text", "studio.preview_text"),
        Row("staff", {"sketch_id": "none", "file": "x.json"}),
    ),
    "studio.add_form": Row("staff", {"sketch_id": "none"}),
    **dict.fromkeys(
        (
            "studio.form_of_sketch",
            "studio.change_form",
            "studio.remove_form",
            "studio.form_canvas",
            "studio.open_form",
            "studio.look_at_canvas",
            "studio.save_canvas",
            "studio.fork_canvas",
            "studio.part_on_canvas",
        ),
        Row("staff", {"sketch_id": "none", "file": "x.form.json"}),
    ),
    **dict.fromkeys(
        ("studio.part_of_form", "studio.save_part", "studio.check_condition"),
        Row("staff", {"sketch_id": "none", "place": "0", "file": "x.form.json"}),
    ),
    **dict.fromkeys(
        ("studio.decision_tables", "studio.change_decision_table"), Row("staff", {"sketch_id": "none", "file": "x.dmn"})
    ),
    **dict.fromkeys(
        ("studio.element_of_diagram", "studio.change_element"),
        Row("staff", {"sketch_id": "none", "element": "x", "file": "x.bpmn"}),
    ),
    **dict.fromkeys(("studio.new_file", "studio.remove_file"), Row("staff", {"sketch_id": "none"})),
    **dict.fromkeys(
        ("studio.reject_reasons", "studio.move_reason"), Row("staff", {"sketch_id": "none", "file": "x/reasons.json"})
    ),
    **dict.fromkeys(
        ("studio.notices", "studio.save_notices"), Row("staff", {"sketch_id": "none", "file": "x/notices.json"})
    ),
    **dict.fromkeys(
        ("studio.english_texts", "studio.save_english"),
        Row("staff", {"sketch_id": "none", "file": "x/texts.en.json"}),
    ),
    **dict.fromkeys(
        ("studio.reject_reason", "studio.change_reason"),
        Row("staff", {"sketch_id": "none", "place": "0", "file": "x/reasons.json"}),
    ),
    **dict.fromkeys(
        tuple(
            f"studio.{name}"
            for name in (
                "modeler",
                "open_diagram",
                "save_diagram",
                "lint_diagram",
                "fork_sketch",
                "change_lanes",
                "lanes",
            )
        ),
        Row("staff", {"sketch_id": "none", "file": "x.bpmn"}),
    ),
    **dict.fromkeys(("staff.password", "staff.choose"), Row("staff")),
    **dict.fromkeys(
        (
            "administration.people",
            "administration.new_person",
            "administration.add_person",
            "administration.branches",
            "administration.add_branch",
            "administration.company",
        ),
        Row("staff"),
    ),
    **dict.fromkeys(
        (
            "administration.person",
            "administration.change_person",
            "administration.lock",
            "administration.unlock",
            "administration.reset",
        ),
        Row("staff", {"staff_id": "none"}),
    ),
    **dict.fromkeys(("administration.branch", "administration.rename_branch"), Row("staff", {"branch_id": "east"})),
    **dict.fromkeys(
        ("operate.home", "operate.incidents", "operate.retry_many", "operate.find_case", "operate.stuck_board"),
        Row("operator"),
    ),
    "operate.incident": of_the_operators(incident_id="INCIDENT"),
    "operate.outcome": of_the_operators(incident_id="INCIDENT"),
    "operate.retry_one": of_the_operators(incident_id="INCIDENT"),
    "operate.settle": of_the_operators(incident_id="INCIDENT"),
    "operate.case": of_the_operators(**CASE),
    "demonstration.fill": ANYBODY,
    "demonstration.outbox": ANYBODY,
    "demonstration.certificate": ANYBODY,
    "demonstration.specimen": Row("investor", {"slot": "id_portrait"}),
    "demonstration.use_specimen": of_wang(**CASE, slot="id_portrait"),
}


@pytest.fixture
def app(web_settings: WebSettings, sms: KeptSms) -> Iterator[Flask]:
    """With a demonstration, so that its routes are there to be tried."""
    made = create_app(web_settings, demonstration=Sample())
    furnish(made, demonstration=True)
    yield made
    close(made)


def rules(app: Flask, *who: Who, his: bool | None = None) -> Iterator[tuple[Rule, str]]:
    """The routes whose row says so, each with every method it takes."""
    for rule in app.url_map.iter_rules():
        row = TABLE[rule.endpoint]
        if row.who in who and (his is None or row.his is his):
            yield from ((rule, method) for method in sorted((rule.methods or set()) & {"GET", "POST", "PUT"}))


def knock(app: Flask, client: FlaskClient, rule: Rule, method: str, things: dict[str, str]) -> TestResponse:
    """Try a route with Wang's ids, a token and nothing else."""
    ids = {name: things.get(value, value) for name, value in TABLE[rule.endpoint].ids.items()}
    with app.test_request_context():
        address = app.url_for(rule.endpoint, **ids)
    if method == "PUT":
        return client.put(address, headers={"X-CSRFToken": hidden(client.get("/staff/sign-in"), "csrf_token")})
    return client.get(address) if method == "GET" else post(client, address)


def shows_nothing(answer: TestResponse) -> bool:
    return not any(secret in answer.data for secret in SECRETS)


def test_every_route_has_its_row(app: Flask) -> None:
    assert {rule.endpoint for rule in app.url_map.iter_rules()} == set(TABLE)


def test_every_variable_of_a_route_is_filled(app: Flask) -> None:
    assert {
        rule.endpoint for rule in app.url_map.iter_rules() if rule.arguments != set(TABLE[rule.endpoint].ids)
    } == set()


def test_without_a_demonstration_none_of_its_routes_exists(web_settings: WebSettings, sms: KeptSms) -> None:
    made = create_app(web_settings)
    assert not [rule for rule in made.url_map.iter_rules() if "demonstration" in rule.endpoint]
    close(made)


def test_nobody_is_sent_to_sign_in(app: Flask, things: dict[str, str]) -> None:
    for rule, method in rules(app, "investor", "staff", "operator"):
        answer = knock(app, app.test_client(), rule, method, things)
        assert answer.status_code == 303 and "/sign-in" in answer.location, (rule, method, answer.status_code)
        assert shows_nothing(answer), rule


def test_what_is_anothers_is_not_there(app: Flask, things: dict[str, str], sms: KeptSms) -> None:
    for rule, method in rules(app, "investor", his=True):
        client = app.test_client()
        let_in(app, client, LI.id)
        answer = knock(app, client, rule, method, things)
        assert answer.status_code == 404 and shows_nothing(answer), (rule, method, answer.status_code)


@pytest.mark.parametrize("endpoint", [name for name, row in TABLE.items() if row.who == "investor" and row.his])
def test_ones_own_is_there(app: Flask, client: FlaskClient, things: dict[str, str], endpoint: str) -> None:
    """The control: the same requests, by Wang himself."""
    let_in(app, client, WANG.id)
    for rule, method in rules(app, "investor", his=True):
        if rule.endpoint == endpoint:
            answer = knock(app, client, rule, method, things)
            assert answer.status_code != 404 and "/sign-in" not in (answer.location or ""), (method, answer.status_code)


@pytest.mark.parametrize(
    ("roles", "branch"),
    [
        ({"reviewer", "verifier"}, "west"),
        ({"supervisor"}, "west"),
        ({"verifier"}, "east"),
        ({"analyst"}, "east"),
        ({"administrator"}, "east"),
    ],
    ids=["another branch", "another branch's supervisor", "another desk", "an analyst", "an administrator"],
)
def test_a_task_of_another_desk_is_not_there(
    app: Flask, store: Store, things: dict[str, str], roles: set[str], branch: str
) -> None:
    employ(store, "other", roles, branch)
    client = app.test_client()
    sign_in_staff(client, "other")
    for rule, method in rules(app, "staff", his=True):
        answer = knock(app, client, rule, method, things)
        assert answer.status_code in (403, 404) and shows_nothing(answer), (rule, method, answer.status_code)


@pytest.mark.parametrize("role", ["reviewer", "verifier", "supervisor", "analyst"])
def test_what_operators_see_is_closed_to_the_rest_of_the_staff(
    app: Flask, store: Store, things: dict[str, str], role: str
) -> None:
    employ(store, "other", {role})
    client = app.test_client()
    sign_in_staff(client, "other")
    for rule, method in rules(app, "operator"):
        answer = knock(app, client, rule, method, things)
        assert answer.status_code == 403 and shows_nothing(answer), (rule, method, answer.status_code)


@pytest.mark.parametrize(("role", "branch"), [("operator", "west"), ("administrator", "east")])
def test_an_operator_sees_every_branch_and_of_the_customer_nothing(
    app: Flask, store: Store, things: dict[str, str], role: str, branch: str
) -> None:
    """The control, and the mask: the pages are there, and no byte of what Wang handed in stands on them."""
    employ(store, "ops", {role}, branch)
    client = app.test_client()
    sign_in_staff(client, "ops")
    for rule, method in rules(app, "operator"):
        answer = knock(app, client, rule, method, things)
        assert answer.status_code in (200, 303, 422) and shows_nothing(answer), (rule, method, answer.status_code)


def test_papers_are_shown_only_to_the_holder_of_a_claim(app: Flask, store: Store, things: dict[str, str]) -> None:
    employ(store, "mine", {"reviewer"})
    client = app.test_client()
    sign_in_staff(client, "mine")
    for rule, method in rules(app, "staff", his=True):
        if rule.endpoint not in ("desk.claim", "desk.release"):
            answer = knock(app, client, rule, method, things)
            assert shows_nothing(answer), (rule, method, answer.status_code)
    assert client.get("/desk/photos/wangs-photo/original").status_code == 404


def test_staff_are_no_investors_and_investors_no_staff(app: Flask, store: Store, things: dict[str, str]) -> None:
    employ(store, "zhou", {"reviewer"})
    staff, investor = app.test_client(), app.test_client()
    sign_in_staff(staff, "zhou")
    let_in(app, investor, WANG.id)
    for client, who in ((staff, "investor"), (investor, "staff"), (investor, "operator")):
        for rule, method in rules(app, who):
            answer = knock(app, client, rule, method, things)
            assert answer.status_code == 303 and "/sign-in" in answer.location and shows_nothing(answer), (rule, method)


def test_a_step_of_another_under_ones_own_case_shows_nothing(app: Flask, store: Store, things: dict[str, str]) -> None:
    own = open_case(store, business=MAIN, customer_id=LI.id, branch_id=LI.branch, settings=company(store).settings)
    client = app.test_client()
    let_in(app, client, LI.id)
    answer = client.get(f"/cases/{own}/{things['STEP']}")
    assert answer.status_code in (303, 404) and shows_nothing(answer) and things["CASE"] not in (answer.location or "")


def let_in(app: Flask, client: FlaskClient, customer_id: str) -> None:
    """A session without the whole way in."""
    from webapp import sessions

    with app.test_request_context():
        sessions.begin(sessions.INVESTOR, customer_id)
        answer = app.process_response(app.make_response(""))
    cookie = next(value for value in answer.headers.getlist("Set-Cookie") if value.startswith("kaihu_investor="))
    client.set_cookie("kaihu_investor", cookie.split("=", 1)[1].split(";")[0])


def test_signing_in_properly_opens_the_same_doors(app: Flask, client: FlaskClient, sms: KeptSms) -> None:
    """The control of `let_in`."""
    sign_in(app, client, sms, path="/sign-in")
    assert client.get("/my").status_code == 200


@pytest.mark.parametrize("role", ["verifier", "reviewer", "supervisor", "analyst", "operator", "administrator"])
def test_the_administrators_pages_are_the_administrators(app: Flask, store: Store, role: str) -> None:
    employ(store, "one", {role})
    other, client = employ(store, "other", {"reviewer"}), app.test_client()
    sign_in_staff(client, "one")
    for rule in app.url_map.iter_rules():
        if rule.endpoint.startswith("administration."):
            address = rule.rule.replace("<staff_id>", other).replace("<branch_id>", "east")
            for method in sorted((rule.methods or set()) & {"GET", "POST"}):
                answer = client.get(address) if method == "GET" else post(client, address)
                assert (answer.status_code == 403) is (role != "administrator"), (role, rule, answer.status_code)
