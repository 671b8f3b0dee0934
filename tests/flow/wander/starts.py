"""Where walks begin: at places from which everything that is drawn can be reached in a few moves."""

from __future__ import annotations

from collections.abc import Callable

from engine.store import Store
from tests.flow.wander.ground import HAN, LI
from tests.house import SUPPLEMENT
from tests.walk import Walk

Begin = Callable[[Store], list[Walk]]


def _first_page(store: Store) -> list[Walk]:
    return [Walk(store)]


def _two_businesses(store: Store) -> list[Walk]:
    return [Walk(store).to_certificate_check(), Walk(store, SUPPLEMENT)]


def _two_in_line(store: Store) -> list[Walk]:
    return [Walk(store).to_queue(), Walk(store, customer="wang").to_queue()]


def _booked(store: Store) -> list[Walk]:
    walk = Walk(store).to_video_page()
    walk.do("video_page", video__choice="book")
    return [walk]


def _after_the_video(store: Store) -> list[Walk]:
    walk = Walk(store, second_review=True).to_queue()
    walk.decide("video_verification", by=HAN, video__decision="pass")
    walk.do("video_passed")
    return [walk]


def _review(store: Store) -> list[Walk]:
    return [Walk(store).to_review()]


def _review_after_a_video(store: Store) -> list[Walk]:
    [walk] = _after_the_video(store)
    walk.do("certificate_recheck", certificate__found=False)
    walk.do("install_certificate", certificate__found=True)
    walk.do("sign_agreements")
    return [walk]


def _second_review(store: Store) -> list[Walk]:
    walk = Walk(store, second_review=True).to_review()
    walk.decide("review", by=LI, review__decision="pass")
    return [walk]


def _sent_back(store: Store) -> list[Walk]:
    [walk] = _review_after_a_video(store)
    walk.reject("review", "id_of_another", "card_number_wrong", by=LI, review__decision="reject")
    return [walk]


def _on_its_way_to_the_account(store: Store) -> list[Walk]:
    return [Walk(store).to_application()]


def _refused_by_the_account(store: Store) -> list[Walk]:
    walk = Walk(store).to_application()
    walk.answer("account.apply", application__result="refused")
    return [walk]


def _an_agreement_at_the_counter(store: Store) -> list[Walk]:
    walk = Walk(store, SUPPLEMENT)
    walk.do("certificate_check", certificate__found=False)
    walk.do("certificate_missing", signing__place="counter")
    return [walk]


STARTS: dict[str, Begin] = {
    begin.__name__.strip("_").replace("_", " "): begin
    for begin in (
        _first_page, _two_businesses, _two_in_line, _booked, _after_the_video, _review, _review_after_a_video,
        _second_review, _sent_back, _on_its_way_to_the_account, _refused_by_the_account,
        _an_agreement_at_the_counter,
    )
}  # fmt: skip
