"""Every road of the drawn businesses, each walked from the first page to its end."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from engine.store import Store
from tests.flow import account_roads, photo_roads
from tests.flow.strides import again_to, applied, forward
from tests.house import CHANGE, SUPPLEMENT, staff
from tests.walk import Walk


@dataclass(frozen=True)
class Scenario:
    """A walk and the name of the end event that it comes to."""

    walk: Callable[[Store], Walk]
    end: str

    @property
    def name(self) -> str:
        return self.walk.__name__


def _found_certificate(store: Store) -> Walk:
    return Walk(store).to_success()


def _no_certificate(store: Store) -> Walk:
    walk = Walk(store).to_review_by_video()
    walk.decide("review", by=staff("other"), review__decision="pass")
    return applied(walk)


def _certificate_turns_up_after_the_video(store: Store) -> Walk:
    walk = Walk(store).to_queue().past_video()
    walk.do("certificate_recheck", certificate__found=True)
    walk.do("sign_agreements")
    walk.decide("review", by=staff("other"), review__decision="pass")
    return applied(walk)


def _photos_and_cards_retaken(store: Store) -> Walk:
    walk = Walk(store).photos(tries=3)
    walk.do("basic_data")
    walk.cards("retake").cards("retake").cards().do("bank_notice")
    walk.do("certificate_check", certificate__found=True)
    walk.do("sign_agreements")
    walk.decide("review", review__decision="pass")
    return applied(walk)


def _back_through_all_steps(store: Store) -> Walk:
    """上一步 from every step that draws it, then on to the end."""
    walk = Walk(store)
    walk.do("upload_photos")
    walk.answer("photo.check", photos__verdict="ok")
    walk.back("check_photos")
    walk.photos()
    walk.back("basic_data")
    walk.do("check_photos")
    walk.do("basic_data")
    walk.back("bank_cards")
    walk.do("basic_data")
    walk.cards()
    walk.back("bank_notice")
    walk.cards().do("bank_notice")
    walk.back("certificate_check")
    walk.cards().do("bank_notice")
    walk.do("certificate_check", certificate__found=False)
    walk.back("video_notice")
    walk.do("certificate_check", certificate__found=False)
    walk.do("video_notice")
    walk.back("video_page")
    walk.cards()
    forward(walk, "video_page")
    walk.do("video_page", video__choice="book")
    walk.back("appointment")
    walk.do("video_page", video__choice="queue", device__ok=True)
    walk.past_video().do("certificate_recheck", certificate__found=True)
    walk.do("sign_agreements")
    walk.decide("review", by=staff("other"), review__decision="pass")
    return applied(walk)


def _back_from_signing(store: Store) -> Walk:
    walk = Walk(store).to_certificate_check()
    walk.do("certificate_check", certificate__found=True)
    walk.back("sign_agreements")
    walk.do("certificate_check", certificate__found=True)
    walk.do("sign_agreements")
    walk.decide("review", review__decision="pass")
    return applied(walk)


def _rejected_for_everything_in_review(store: Store) -> Walk:
    walk = Walk(store).to_review()
    walk.reject("review", "id_photo_unclear", "address_differs", "card_number_wrong", review__decision="reject")
    walk.photos().do("basic_data")
    walk.cards()
    again_to(walk, "review")
    walk.reject("review", "card_photo_unclear", review__decision="reject")
    walk.cards()
    again_to(walk, "review")
    walk.reject("review", "signature_invalid", review__decision="reject")
    again_to(walk, "review")
    walk.decide("review", review__decision="pass")
    return applied(walk)


def _id_of_another_repeats_the_video(store: Store) -> Walk:
    walk = Walk(store).to_review_by_video()
    walk.reject("review", "id_of_another", by=staff("other"), review__decision="reject")
    again_to(walk, "review")
    walk.decide("review", by=staff("other"), review__decision="pass")
    return applied(walk)


def _review_wants_a_first_video(store: Store) -> Walk:
    """The customer had a certificate, so there was no video until a reviewer asks for one."""
    walk = Walk(store).to_review()
    walk.reject("review", "video_repeat", by=staff("other"), review__decision="reject")
    again_to(walk, "review")
    walk.decide("review", by=staff("other"), review__decision="pass")
    return applied(walk)


def _rejected_in_the_video(store: Store) -> Walk:
    walk = Walk(store).to_queue()
    walk.reject("video_verification", "card_number_wrong", video__decision="reject")
    again_to(walk, "video_verification")
    walk.past_video().do("certificate_recheck", certificate__found=False)
    walk.do("install_certificate", certificate__found=True)
    walk.do("sign_agreements")
    walk.decide("review", by=staff("other"), review__decision="pass")
    return applied(walk)


def _queue_left_interrupted_and_booked(store: Store) -> Walk:
    walk = Walk(store).to_queue()
    walk.say("leave_queue")
    walk.do("video_page", video__choice="queue", device__ok=False)
    walk.back("device_check")
    walk.do("video_page", video__choice="queue", device__ok=False)
    walk.do("device_check", device__ok=False, device__choice="queue")
    walk.do("device_check", device__ok=True, device__choice="queue")
    walk.decide("video_verification", video__decision="interrupted")
    walk.do("video_page", video__choice="queue", device__ok=True)
    walk.decide("video_verification", video__decision="no_show")
    walk.do("video_page", video__choice="queue", device__ok=False)
    walk.do("device_check", device__ok=False, device__choice="book")
    walk.do("appointment", appointment__ends_at="2026-11-25T12:00:00+08:00")
    walk.do("appointment_waiting", appointment__choice="change")
    walk.do("appointment", appointment__ends_at="2026-11-26T12:00:00+08:00")
    walk.do("appointment_waiting", appointment__choice="cancel")
    walk.do("video_page", video__choice="book")
    walk.do("appointment", appointment__ends_at="2026-11-27T12:00:00+08:00")
    walk.wait(days=5)
    walk.do("video_page", video__choice="book")
    walk.do("appointment", appointment__ends_at="2026-12-03T12:00:00+08:00")
    walk.do("appointment_waiting", appointment__choice="queue", device__ok=True)
    walk.say("leave_queue")
    walk.do("video_page", video__choice="booked")
    walk.do("appointment_waiting", appointment__choice="queue", device__ok=True)
    walk.say("book_instead")
    walk.do("appointment", appointment__ends_at="2026-12-04T12:00:00+08:00")
    walk.do("appointment_waiting", appointment__choice="queue", device__ok=True)
    walk.past_video().do("certificate_recheck", certificate__found=True)
    walk.do("sign_agreements")
    walk.decide("review", by=staff("other"), review__decision="pass")
    return applied(walk)


def _refused_in_the_video(store: Store) -> Walk:
    walk = Walk(store).to_queue()
    walk.reject("video_verification", "not_in_person", video__decision="reject")
    walk.answer("certificate.revoke", certificate__revoked=True)
    return walk


def _refused_in_review(store: Store) -> Walk:
    walk = Walk(store).to_review()
    walk.reject("review", "id_expired", review__decision="reject")
    walk.answer("certificate.revoke", certificate__revoked=True)
    return walk


def _two_reviewers(store: Store) -> Walk:
    walk = Walk(store, second_review=True).to_review()
    walk.decide("review", by=staff("first"), review__decision="pass")
    walk.reject("second_review", "card_number_wrong", by=staff("second"), second_review__decision="reject")
    again_to(walk, "second_review")
    walk.decide("second_review", by=staff("second"), second_review__decision="pass")
    return applied(walk)


def _refused_in_second_review(store: Store) -> Walk:
    walk = Walk(store, second_review=True).to_review()
    walk.decide("review", by=staff("first"), review__decision="pass")
    walk.reject("second_review", "id_expired", by=staff("second"), second_review__decision="reject")
    walk.answer("certificate.revoke", certificate__revoked=True)
    return walk


def _abandoned_early(store: Store) -> Walk:
    walk = Walk(store).photos()
    walk.give_up()
    return walk


def _warned_then_timed_out(store: Store) -> Walk:
    walk = Walk(store).photos()
    walk.wait(days=23)
    walk.wait(days=7)
    return walk


def _supplement_signed(store: Store) -> Walk:
    walk = Walk(store, SUPPLEMENT)
    walk.do("certificate_check", certificate__found=False)
    walk.do("certificate_missing", signing__place="online")
    walk.do("certificate_check", certificate__found=True)
    walk.back("sign_agreements")
    walk.do("certificate_check", certificate__found=True)
    walk.do("sign_agreements")
    walk.answer("obligation.settle", obligation__settled=True)
    return walk


def _supplement_signed_at_the_counter(store: Store) -> Walk:
    walk = Walk(store, SUPPLEMENT)
    for decision in ("online", "signed"):
        walk.do("certificate_check", certificate__found=False)
        walk.do("certificate_missing", signing__place="counter")
        walk.decide("counter_signing", counter__decision=decision)
    walk.answer("obligation.settle", obligation__settled=True)
    return walk


def _supplement_abandoned(store: Store) -> Walk:
    walk = Walk(store, SUPPLEMENT)
    walk.give_up()
    return walk


def _supplement_timed_out(store: Store) -> Walk:
    walk = Walk(store, SUPPLEMENT)
    walk.wait(days=23)
    walk.wait(days=7)
    return walk


SCENARIOS = {
    CHANGE: [
        Scenario(_found_certificate, "办理成功"),
        Scenario(_no_certificate, "办理成功"),
        Scenario(_certificate_turns_up_after_the_video, "办理成功"),
        Scenario(_photos_and_cards_retaken, "办理成功"),
        Scenario(photo_roads.nobody_reads, "办理成功"),
        Scenario(_back_through_all_steps, "办理成功"),
        Scenario(_back_from_signing, "办理成功"),
        Scenario(_rejected_for_everything_in_review, "办理成功"),
        Scenario(_id_of_another_repeats_the_video, "办理成功"),
        Scenario(_review_wants_a_first_video, "办理成功"),
        Scenario(_rejected_in_the_video, "办理成功"),
        Scenario(_queue_left_interrupted_and_booked, "办理成功"),
        Scenario(_refused_in_the_video, "办理失败"),
        Scenario(_refused_in_review, "办理失败"),
        Scenario(_two_reviewers, "办理成功"),
        Scenario(_refused_in_second_review, "办理失败"),
        Scenario(account_roads.refused_application_corrected, "办理成功"),
        Scenario(account_roads.exhausted_application_given_up, "办理失败"),
        Scenario(account_roads.abandoned_at_the_counter, "已放弃"),
        Scenario(account_roads.answer_lost_and_refused, "办理成功"),
        Scenario(account_roads.answer_lost_and_given_up, "办理成功"),
        Scenario(_abandoned_early, "已放弃"),
        Scenario(_warned_then_timed_out, "已超时"),
    ],
    SUPPLEMENT: [
        Scenario(_supplement_signed, "办理成功"),
        Scenario(_supplement_signed_at_the_counter, "办理成功"),
        Scenario(_supplement_abandoned, "已放弃"),
        Scenario(_supplement_timed_out, "已超时"),
    ],
}
ALL = [scenario for scenarios in SCENARIOS.values() for scenario in scenarios]
