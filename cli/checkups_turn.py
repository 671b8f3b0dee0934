"""The check of the relay through which calls go that find no direct way."""

from __future__ import annotations

from collections.abc import Iterator

from cli import stun
from cli.checkups_stored import DATABASE, STORE, TABLES
from cli.finding import Check, Finding, Patient
from cli.turn import BadRelay, RelayAddress, call_relay
from engine.company import load

CALL_RELAY = "call relay"
PATIENCE = 3.0
GUIDE = "docs/video.md says how coturn is set up"


def call_relay_answers(patient: Patient) -> Iterator[Finding]:
    """A way that does not answer is wrong even beside one that does: some network has only that one."""
    try:
        relay = call_relay(patient.place)
    except BadRelay as wrong:
        yield Finding("wrong", CALL_RELAY, wrong.message, GUIDE)
        return
    if not relay.addresses:
        yield from _without(patient)
    for address in relay.addresses:
        yield _asked(address)


def _without(patient: Patient) -> Iterator[Finding]:
    with patient.store.read() as tx:
        is_demonstration = load(tx).demonstration
    if not is_demonstration:
        says = "none: calls connect in one network only, and fail between many home and mobile networks"
        yield Finding("note", CALL_RELAY, says, GUIDE)


def _asked(address: RelayAddress) -> Finding:
    try:
        if stun.answers(address, PATIENCE):
            return Finding("ok", CALL_RELAY, f"{address.url} answers")
        says = "answers something that is not STUN"
    except OSError as wrong:
        says = f"does not answer ({wrong.strerror or type(wrong).__name__})"
    return Finding("wrong", CALL_RELAY, f"{address.url} {says}", "start coturn, open its ports, or mend TURN_URLS")


CHECKS = [(CALL_RELAY, Check(call_relay_answers, [*STORE, DATABASE, TABLES, "company"]))]
