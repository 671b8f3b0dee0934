"""The roads round the reader of photographs: it is away, and a case goes on without what nobody has read."""

from __future__ import annotations

from engine.store import Store
from tests.flow.strides import applied
from tests.walk import Walk


def nobody_reads(store: Store) -> Walk:
    walk = Walk(store)
    walk.do("upload_photos")
    walk.give_out("photo.read")
    walk.answer("photo.check", photos__verdict="ok")
    walk.do("check_photos")
    walk.do("basic_data")
    walk.do("bank_cards")
    walk.give_out("card.read")
    walk.answer("card.check", cards__verdict="ok")
    walk.do("bank_notice")
    walk.do("certificate_check", certificate__found=True)
    walk.do("sign_agreements")
    walk.decide("review", review__decision="pass")
    return applied(walk)
