"""What a scenario may say, and what it is told where it does not hold: file, line, what was expected, what is."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

import pytest

from engine.bundles import Bundle
from engine.bundles.model import Bundle as Version
from engine.scenarios.bounds import Bounds
from engine.scenarios.running import Played, play_one
from engine.scenarios.sandbox import Sandbox
from tests.house import CHANGE, drawn, known

FILE = f"processes/{CHANGE}/scenarios/tried.yaml"
GIVEN = """name: 试一试
given:
  settings: {second_review: false}
  services:
    photo.check: [{photos.verdict: ok}]
    card.check: [{cards.verdict: ok}]
when:
"""
SHORT = "  - upload_photos:\n  - check_photos:\n"
TO_REVIEW = (
    SHORT
    + """  - basic_data:
  - bank_cards:
  - bank_notice:
  - certificate_check: {certificate.found: true}
  - sign_agreements:
"""
)
Play = Callable[..., Played]


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    made = Sandbox(drawn(CHANGE), known())
    yield made
    made.close()


@pytest.fixture
def play(sandbox: Sandbox) -> Play:
    def run(text: str, bounds: Bounds | None = None) -> Played:
        sandbox.bundle = _with(drawn(CHANGE), text)
        try:
            return play_one(sandbox, FILE, bounds or Bounds(time.monotonic))
        finally:
            sandbox.bundle = drawn(CHANGE)

    return run


def _with(bundle: Bundle, text: str) -> Bundle:
    return Version(**{**vars_of(bundle), "files": {**bundle.files, FILE: text.encode()}})


def vars_of(bundle: Bundle) -> dict[str, object]:
    return {name: getattr(bundle, name) for name in Version.__dataclass_fields__}


def told(played: Played) -> list[tuple[str, int | None]]:
    return [(f"{one.rule}/{one.variant}", one.line) for one in played.findings]


HOLDS = {
    "it ends half way where it says what is open": SHORT + "then: {open: {basic_data: investor}}",
    "a role need not be said": SHORT + "then: {open: {basic_data: }}",
    "a status of the middle": SHORT + "then: {open: {basic_data: }, status: 办理中}",
    "the path, with gaps": TO_REVIEW + "then: {open: {review: reviewer}, path: [upload_photos, bank_cards, review]}",
    "facts of the end": TO_REVIEW + "then: {open: {review: }, facts: {certificate.found: true, back: false}}",
    "a field by its key": SHORT + "  - basic_data: {address: 样例省样例市样例路一号}\nthen: {open: {bank_cards: }}",
    "time passes and timers fire": SHORT + "  - advance: 24d\nthen: {open: {basic_data: }, texts: [idle_warning]}",
    "time passes until the end": SHORT + "  - advance: 31d\nthen: {end: expired, status: 已超时}",
    "a short time fires nothing": SHORT + "  - advance: 1d 12h\nthen: {open: {basic_data: }, texts: []}",
}


@pytest.mark.parametrize("rest", HOLDS.values(), ids=HOLDS)
def test_this_holds(play: Play, rest: str) -> None:
    assert [finding.text("en") for finding in play(GIVEN + rest).findings] == []


WRONG = {
    "a step that is not open": ("  - check_photos:\nthen: {open: {}}", "step", 8),
    "a step after the last": (SHORT + "  - review: {review.decision: pass}\nthen: {open: {}}", "step", 10),
    "nothing to go back to": ("  - back: check_photos\nthen: {open: {}}", "back", 8),
    "a message that nothing waits for": (SHORT + "  - message: leave_queue\nthen: {open: {}}", "message", 10),
    "a timer that does not wait": (SHORT + "  - timer: appointment_missed\nthen: {open: {}}", "timer", 10),
    "a service that is not asked": (SHORT + "  - fails: apply_change\nthen: {open: {}}", "fails", 10),
    "a field that the form refuses": (SHORT + "  - basic_data: {address: 短}\nthen: {open: {}}", "form", 10),
    "a choice that the form does not offer": (
        TO_REVIEW + "  - review: {review.decision: maybe}\nthen: {open: {}}",
        "form",
        15,
    ),
    "no decision": (TO_REVIEW + "  - review:\nthen: {open: {}}", "form", 15),
    "neither yes nor no": ("  - upload_photos: {identity_consent: perhaps}\nthen: {open: {}}", "form", 8),
    "reasons that the form does not take": (
        TO_REVIEW + "  - review: {review.decision: pass}\n    reasons: [outlet_wrong]\nthen: {open: {}}",
        "form",
        15,
    ),
    "another step is open": (SHORT + "then:\n  open: {bank_cards: investor}", "open", 11),
    "another role": (SHORT + "then:\n  open: {basic_data: reviewer}", "role", 11),
    "no end": (SHORT + "then:\n  end: succeeded", "end", 11),
    "another status": (SHORT + "then:\n  open: {basic_data: }\n  status: 办理成功", "status", 12),
    "another path": (SHORT + "then:\n  open: {basic_data: }\n  path: [check_photos, upload_photos]", "path", 12),
    "another fact": (SHORT + "then:\n  open: {basic_data: }\n  facts: {photos.verdict: retake}", "fact", 12),
    "another notice": (SHORT + "then:\n  open: {basic_data: }\n  texts: [idle_warning]", "texts", 12),
}


@pytest.mark.parametrize(("rest", "variant", "line"), WRONG.values(), ids=WRONG)
def test_this_does_not_hold(play: Play, rest: str, variant: str, line: int) -> None:
    played = play(GIVEN + rest)
    assert (f"scenario.play/{variant}", line) in told(played)
    for finding in played.findings:
        assert finding.file == FILE and finding.text("zh") != finding.text("en")


def test_what_is_stands_beside_what_was_expected(play: Play) -> None:
    [finding] = play(GIVEN + "  - check_photos:\nthen: {open: {}}").findings
    assert finding.why.zh == "应该能做步骤 check_photos，而现在打开着 upload_photos"
    assert finding.why.en == "expected the step check_photos to be open, but upload_photos is open"


def test_the_form_says_why_in_its_own_words(play: Play) -> None:
    [finding] = play(GIVEN + SHORT + "  - basic_data: {address: 短}\nthen: {open: {}}").findings
    assert "至少 5 个字" in finding.why.zh and "at least 5 characters" in finding.why.en


def test_a_service_that_decides_must_be_given_its_answer(play: Play) -> None:
    text = GIVEN.replace("    photo.check: [{photos.verdict: ok}]\n", "")
    assert told(play(text + SHORT + "then: {open: {}}")) == [("scenario.play/answer", 8)]


def test_services_that_never_lead_on_are_told_and_do_not_hang(play: Play) -> None:
    spinning = Bounds(time.monotonic, moves=3)
    assert told(play(GIVEN + TO_REVIEW + "then: {open: {review: }}", spinning)) == [("scenario.play/long", 9)]


def test_a_play_that_takes_too_long_is_broken_off(play: Play) -> None:
    """The clock of the bounds goes on by ten seconds at each look."""
    now = iter(range(0, 10_000, 10))
    slow = Bounds(lambda: float(next(now)))
    assert told(play(GIVEN + TO_REVIEW + "then: {open: {review: }}", slow)) == [("scenario.play/time", 9)]


def test_what_was_passed_before_the_wrong_line_is_known(play: Play) -> None:
    played = play(GIVEN + SHORT + "  - review: {review.decision: pass}\nthen: {open: {}}")
    assert "check_photos" in {flow.target for flow in played.way}


@pytest.mark.parametrize("value", ["maybe", "[true]", "{a: b}"])
def test_a_setting_of_another_kind_is_told(play: Play, value: str) -> None:
    text = GIVEN.replace("second_review: false", f"second_review: {value}")
    assert told(play(text + SHORT + "then: {open: {}}")) == [("scenario.play/boolean", 3)]
