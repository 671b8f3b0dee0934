"""The roads behind the review: what the account system says, does not say, or says too late."""

from __future__ import annotations

from engine.store import Store
from tests.flow.strides import again_to, applied
from tests.walk import Walk


def refused_application_corrected(store: Store) -> Walk:
    walk = Walk(store).to_application()
    walk.answer("account.apply", application__result="refused")
    walk.decide("handle_refusal", refusal__decision="retry")
    walk.answer("account.apply", application__result="refused")
    walk.reject("handle_refusal", "card_number_wrong", refusal__decision="correct")
    walk.answer("account.withdraw", application__result="withdrawn")
    again_to(walk, "review")
    walk.decide("review", review__decision="pass")
    return applied(walk)


def exhausted_application_given_up(store: Store) -> Walk:
    walk = Walk(store).to_application()
    walk.give_out("account.apply")
    walk.decide("handle_refusal", refusal__decision="fail")
    walk.answer("account.withdraw", application__result="withdrawn")
    walk.answer("certificate.revoke", certificate__revoked=True)
    return walk


def abandoned_at_the_counter(store: Store) -> Walk:
    walk = Walk(store).to_application()
    walk.answer("account.apply", application__result="refused")
    walk.give_up()
    walk.answer("account.withdraw", application__result="withdrawn")
    return walk


def answer_lost_and_refused(store: Store) -> Walk:
    walk = Walk(store).to_application()
    walk.give_out("account.apply")
    walk.decide("handle_refusal", refusal__decision="fail")
    return _changed_after_all(walk)


def answer_lost_and_given_up(store: Store) -> Walk:
    walk = Walk(store).to_application()
    walk.give_out("account.apply")
    walk.give_up()
    return _changed_after_all(walk)


def _changed_after_all(walk: Walk) -> Walk:
    """What nobody was told: the account has changed, so the case has succeeded."""
    walk.answer("account.withdraw", application__result="applied")
    return walk
