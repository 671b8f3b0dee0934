"""Every place where a case of 修改结算账户 may stand while its customer can still give it up."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from tests.house import staff
from tests.walk import Walk

Start = Callable[..., Walk]
COUNTER = "at the counter"
"""There the application is withdrawn before the case ends."""


def _crops(walk: Walk) -> Walk:
    walk.do("upload_photos")
    walk.answer("photo.check", photos__verdict="ok")
    return walk


def _passed(walk: Walk) -> Walk:
    walk.to_queue().decide("video_verification", video__decision="pass")
    return walk


def _booked(walk: Walk) -> Walk:
    walk.to_video_page().do("video_page", video__choice="book")
    ends = walk.store.clock.now() + timedelta(days=1)
    walk.do("appointment", appointment__ends_at=ends.isoformat())
    return walk


def _then(walk: Walk, step: str, **facts: object) -> Walk:
    walk.do(step, **facts)
    return walk


def _sent_back(walk: Walk, desk: str, reason: str, **facts: object) -> Walk:
    walk.reject(desk, reason, **facts)
    return walk


def _second_review(walk: Walk) -> Walk:
    walk.to_review().decide("review", by=staff("first", branch=walk.branch), review__decision="pass")
    return walk


def _at_the_counter(walk: Walk) -> Walk:
    walk.to_application().answer("account.apply", application__result="refused")
    return walk


PLACES: dict[str, tuple[str, Callable[[Start], Walk]]] = {
    "while photos are checked": ("办理中", lambda start: _then(start(), "upload_photos")),
    "at the crops": ("办理中", lambda start: _crops(start())),
    "at the basic data": ("办理中", lambda start: start().photos()),
    "at the cards": ("办理中", lambda start: start().to_bank_cards()),
    "while cards are checked": ("办理中", lambda start: _then(start().to_bank_cards(), "bank_cards")),
    "at the usage notice": ("办理中", lambda start: start().to_bank_cards().cards()),
    "at the certificate check": ("办理中", lambda start: start().to_certificate_check()),
    "at the notice that there is none": (
        "待视频",
        lambda start: _then(start().to_certificate_check(), "certificate_check", certificate__found=False),
    ),
    "at the video page": ("待视频", lambda start: start().to_video_page()),
    "at the half days": ("待视频", lambda start: _then(start().to_video_page(), "video_page", video__choice="book")),
    "with an appointment": ("已预约", lambda start: _booked(start())),
    "in the line": ("排队中", lambda start: start().to_queue()),
    "in the video": ("视频中", lambda start: start().to_queue().hold("video_verification")),
    "sent back by the verifier": (
        "视频未通过",
        lambda start: _sent_back(start().to_queue(), "video_verification", "address_differs", video__decision="reject"),
    ),
    "after the video": ("待安装证书", lambda start: _passed(start())),
    "at the second check": ("待安装证书", lambda start: start().to_queue().past_video()),
    "at the installation": (
        "待安装证书",
        lambda start: _then(start().to_queue().past_video(), "certificate_recheck", certificate__found=False),
    ),
    "at the signature": (
        "待签署",
        lambda start: _then(start().to_certificate_check(), "certificate_check", certificate__found=True),
    ),
    "in review": ("待复核", lambda start: start().to_review()),
    "while it is reviewed": ("复核中", lambda start: start().to_review().hold("review")),
    "sent back by the review": (
        "复核未通过",
        lambda start: _sent_back(start().to_review(), "review", "signature_invalid", review__decision="reject"),
    ),
    "in the second review": ("待复核", lambda start: _second_review(start(second_review=True))),
    "while it is reviewed again": (
        "复核中",
        lambda start: _second_review(start(second_review=True)).hold("second_review"),
    ),
    COUNTER: ("待复核", lambda start: _at_the_counter(start())),
}
