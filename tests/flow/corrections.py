"""G5 told by hand: what each correction repeats, and in which order steps are asked. The drawn table must agree."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

from engine.actors import Actor
from engine.bundles import Reason
from engine.store import Store
from tests.flow.wander.ground import PEOPLE
from tests.house import CHANGE
from tests.walk import Walk

ORDER = (
    "upload_photos", "check_photos", "basic_data", "bank_cards", "bank_notice", "video_page", "video_verification",
    "video_passed", "sign_agreements", "review", "second_review",
)  # fmt: skip
"""As the chain of the diagram asks them."""
VIDEO = {"video_page", "video_verification", "video_passed"}
REPEATS: dict[str, dict[str, set[str]]] = {
    CHANGE: {
        "upload_photos": {"check_photos", "sign_agreements"},
        "basic_data": {"sign_agreements"},
        "bank_cards": {"bank_notice", "sign_agreements"},
        "sign_agreements": set(),
        "video_page": set(),
    }
}
"""By business and by the step that a reason names: whatever is part of the signed text is signed again, always."""
REVIEWS = {"review", "second_review"}


@dataclass(frozen=True)
class Desk:
    """A desk with a case on it. `filmed`: the customer passed a video before he came here."""

    name: str
    step: str
    bring: Callable[[Store], Walk]
    by: Actor
    filmed: bool = False

    def repeats(self, reasons: Collection[Reason]) -> set[str]:
        """What these reasons ask again here; empty when one of them ends the case."""
        if any(reason.final for reason in reasons):
            return set()
        asked = {step for reason in reasons for step in self._repeats(reason)}
        return asked | (REVIEWS if self.step == "handle_refusal" else set())

    def _repeats(self, reason: Reason) -> set[str]:
        assert reason.step is not None
        filmed_anew = reason.video or (self.filmed and reason.step == "upload_photos")
        return {reason.step, *REPEATS[CHANGE][reason.step], *(VIDEO if filmed_anew else ())}

    def asks(self, reasons: Collection[Reason]) -> list[str]:
        """The steps that are asked until the desk has the case again, in their order."""
        asked = self.repeats(reasons)
        if self.step == "video_verification":  # he corrects and calls again; what comes after the call is not due yet
            asked = (asked | {"video_page"}) & set(ORDER[: ORDER.index("video_verification")])
        return [step for step in ORDER if step in asked]


XU, LI, MO, HAN = (PEOPLE[name] for name in ("xu", "li", "mo", "han"))


def _call(store: Store) -> Walk:
    return Walk(store).to_queue()


def _call_for_a_review(store: Store) -> Walk:
    walk = _review_filmed(store)
    walk.reject("review", "video_repeat", by=LI, review__decision="reject")
    walk.do("video_page", video__choice="queue", device__ok=True)
    return walk


def _review(store: Store) -> Walk:
    return Walk(store, second_review=True).to_review()


def _review_filmed(store: Store) -> Walk:
    walk = Walk(store, second_review=True).to_queue()
    walk.decide("video_verification", by=XU, video__decision="pass")
    walk.do("video_passed")
    walk.do("certificate_recheck", certificate__found=False)
    walk.do("install_certificate", certificate__found=True)
    walk.do("sign_agreements")
    return walk


def _second(first: Callable[[Store], Walk]) -> Callable[[Store], Walk]:
    def bring(store: Store) -> Walk:
        walk = first(store)
        walk.decide("review", by=LI, review__decision="pass")
        return walk

    return bring


def _counter(first: Callable[[Store], Walk]) -> Callable[[Store], Walk]:
    def bring(store: Store) -> Walk:
        walk = _second(first)(store)
        walk.decide("second_review", by=MO, second_review__decision="pass")
        walk.answer("account.apply", application__result="refused")
        return walk

    return bring


DESKS = (
    Desk("the first call", "video_verification", _call, XU),
    Desk("a call for a review", "video_verification", _call_for_a_review, XU),
    Desk("the review", "review", _review, LI),
    Desk("the review after a video", "review", _review_filmed, LI, filmed=True),
    Desk("the second review", "second_review", _second(_review), MO),
    Desk("the second review after a video", "second_review", _second(_review_filmed), MO, filmed=True),
    Desk("the counter", "handle_refusal", _counter(_review), HAN),
    Desk("the counter after a video", "handle_refusal", _counter(_review_filmed), HAN, filmed=True),
)
