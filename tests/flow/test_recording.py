"""What was played or what really happened becomes a scenario that holds, and holds nothing of anybody."""

from __future__ import annotations

import time

import pytest

from engine.bundles import Bundle
from engine.bundles.closed_yaml import read_yaml
from engine.cases import Completion, RejectionInput, complete, moving
from engine.claims import claim
from engine.scenarios.answering import done
from engine.scenarios.bounds import Bounds
from engine.scenarios.from_case import made_of
from engine.scenarios.model import Move
from engine.scenarios.playing_text import play_text
from engine.scenarios.reading import read_scenario
from engine.scenarios.recorded import Answered, Recorded
from engine.scenarios.running import Played
from engine.scenarios.sandbox import Sandbox
from engine.scenarios.walking import Stand, walk
from engine.scenarios.writing import Came, written
from engine.store import Store
from tests.flow.strides import applied
from tests.house import CHANGE, SUPPLEMENT, drawn, known, staff
from tests.walk import Walk, new_submission

CANARIES = ("张三丰", "110101199003070011", "6222021234567890123", "13912345678", "样例市秘密路一号", "内部备注金丝雀")


def play(bundle: Bundle, text: str) -> Played:
    sandbox = Sandbox(bundle, known())
    try:
        return play_text(sandbox, f"processes/{bundle.business.id}/scenarios/made.yaml", text.encode(), bounds())
    finally:
        sandbox.close()


def bounds() -> Bounds:
    return Bounds(time.monotonic)


def told(played: Played) -> list[str]:
    return [finding.text("en") for finding in played.findings]


def recorded_anew(bundle: Bundle, name: str) -> tuple[Recorded, Stand]:
    """As an analyst records a shipped scenario: he is asked for each answer when its service waits for it."""
    scenario = read_scenario(bundle, known(), f"processes/{bundle.business.id}/scenarios/{name}.yaml")
    left = {service: list(answers) for service, answers in scenario.answers.items()}
    settings = {key: value for key, value in scenario.settings.items() if isinstance(value, bool)}
    recorded = Recorded(settings, scenario.moves)
    sandbox = Sandbox(bundle, known())
    try:
        while (stand := walk(sandbox, recorded, bounds())).asking is not None:
            service = stand.asking.service
            answers = left.get(service, [done(known().services[service])])
            given = answers.pop(0) if len(answers) > 1 else answers[0]
            recorded = recorded.then(Answered(service, given))
        return recorded, stand
    finally:
        sandbox.close()


@pytest.mark.parametrize(
    ("business", "name", "end"),
    [
        (CHANGE, "review_rejected", "succeeded"),
        (CHANGE, "answer_lost_refused", None),
        (CHANGE, "expired", "expired"),
        (CHANGE, "photos_unread", "abandoned"),
        (SUPPLEMENT, "signed_at_counter", "succeeded"),
    ],
)
def test_what_was_recorded_is_written_as_a_scenario_that_holds(business: str, name: str, end: str | None) -> None:
    recorded, stand = recorded_anew(drawn(business), name)
    assert stand.stopped is None and (end is None or stand.end == end)
    assert Recorded.of(recorded.plain()).plain() == recorded.plain() and Stand.of(stand.plain()) == stand
    assert told(play(drawn(business), written("记录", recorded, stand.came))) == []


def test_where_the_drawing_has_a_road_for_a_failure_the_service_is_asked_whether_it_is_done() -> None:
    begun = Recorded({}, (Move("upload_photos", 0),))
    sandbox = Sandbox(drawn(CHANGE), known())
    asked = walk(sandbox, begun, bounds()).asking
    assert asked is not None and (asked.service, asked.element, asked.alone) == ("photo.read", "read_uploads", True)
    failed = walk(sandbox, begun.then(Move("fails", 0, target="read_uploads")), bounds())
    as_usual = walk(sandbox, begun.then(Answered("photo.read", {})), bounds())
    sandbox.close()
    assert failed.asking is not None and failed.asking.service == "photo.check" and failed.stopped is None
    assert "photo.read" not in written("照常", begun.then(Answered("photo.read", {})), as_usual.came)


def test_a_cut_list_is_the_play_as_it_was_then() -> None:
    recorded, _ = recorded_anew(drawn(SUPPLEMENT), "signed_at_counter")
    sandbox = Sandbox(drawn(SUPPLEMENT), known())
    opened = [[one.step for one in walk(sandbox, recorded.upto(count), bounds()).steps] for count in range(4)]
    sandbox.close()
    assert opened == [["certificate_check"], ["certificate_missing"], ["counter_signing"], ["certificate_check"]]


@pytest.mark.parametrize(
    "name",
    ['柜台: "签署" #1', "- a\\b", "null", "a: {b}", "'x'", "line\u2028end", "是", "&a *b !c", "<script>"],
)
def test_any_name_is_read_as_it_was_written(name: str) -> None:
    text = written(name, Recorded({}), Came(None, None, {}, ()))
    assert read_yaml(text.replace("when:\n", "when: []\n")).items["name"].value == name


def submit(walk: Walk, step: str, **facts: object) -> None:
    """As the pages do it: what was typed goes along, sealed."""
    answers = {"name": CANARIES[0], "id": CANARIES[1], "cards": [{"number": CANARIES[2]}], "phone": CANARIES[3]}
    named = {name.replace("__", "."): value for name, value in facts.items()}
    task = walk.task(step)
    complete(walk.store, Completion(task.id, walk.me, new_submission(), answers=answers, facts=named))


def rejected_once(store: Store) -> Walk:
    walk = Walk(store).to_review()
    task, actor = walk.task("review"), staff(branch=walk.branch)
    claim(store, task.id, actor, "it is my turn")
    reason = RejectionInput("card_photo_unclear", "cards", f"{CANARIES[4]}", CANARIES[5])
    facts = {"review.decision": "reject"}
    complete(store, Completion(task.id, actor, new_submission(), facts=facts, rejections=(reason,)))
    walk.wait(days=3, hours=5)
    submit(walk, "bank_cards")
    walk.answer("card.check", cards__verdict="ok")
    submit(walk, "bank_notice")
    submit(walk, "sign_agreements")
    walk.decide("review", review__decision="pass")
    return applied(walk)


def at_the_counter(store: Store) -> Walk:
    walk = Walk(store, SUPPLEMENT)
    submit(walk, "certificate_check", certificate__found=False)
    submit(walk, "certificate_missing", signing__place="counter")
    walk.decide("counter_signing", counter__decision="online")
    walk.wait(days=24)
    submit(walk, "certificate_check", certificate__found=False)
    submit(walk, "certificate_missing", signing__place="counter")
    return walk


@pytest.mark.parametrize("case", [rejected_once, at_the_counter])
def test_a_real_case_becomes_a_scenario_that_holds_on_its_version_and_names_nobody(store: Store, case: object) -> None:
    walk = case(store)  # type: ignore[operator]
    bundle = drawn(CHANGE if case is rejected_once else SUPPLEMENT)
    made = made_of(store, bundle, known(), walk.id)
    assert told(play(bundle, made.text)) == [] and made.lost == ()
    for canary in (*CANARIES, walk.id, walk.case.number or "-", walk.me.id):
        assert canary not in made.text
    assert (
        "reasons: [card_photo_unclear]" in made.text and 'advance: "3d 5h"' in made.text
    ) or "timer: idle_warning" in made.text


def test_what_an_operator_moved_by_hand_is_said_to_be_missing(store: Store) -> None:
    walk = Walk(store).to_review()
    with store.read() as tx:
        foreseen = moving.foresee(store, tx, walk.id, "basic_data")
    moving.move(store, foreseen, staff("operator", "operator"), "typed wrong")
    made = made_of(store, drawn(CHANGE), known(), walk.id)
    assert [lost.en for lost in made.lost] == ["move is not carried over: no scenario has such a thing"]
    assert told(play(drawn(CHANGE), made.text)), "the scenario does not pretend to hold"
