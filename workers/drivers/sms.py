"""Texts to phones."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from engine.tables import SmsMessage

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from engine.store import Store


LOCAL = "local"


class SmsGateway(Protocol):
    """A provider of SMS. `name` says which one it is, to staff and in `kaihu doctor`.

    What is promised, and by whom. Kaihu writes each text down in the transaction that it tells of, and hands it over
    at least once, always under the same key: a worker may die between the provider's answer and our writing it down,
    and then it is handed over again. The provider (or its driver) sends one text a key, for at least a day. Where both
    keep to that, each text is sent exactly once; a provider that ignores keys sends a text twice when a worker dies at
    the wrong moment. Nobody promises that a phone shows it, or shows it once, or shows texts in their order.
    """

    name: str

    def send(self, key: str, phone: str, text: str) -> None:
        """Hand the text over; returning means that the provider has it for good, an exception means: try again.

        `key` is 32 letters and digits and tells nothing. No exception may carry the phone or the text. A provider
        that does not answer must become an exception before the job's time is up (20 seconds for a code).
        """
        ...


class LocalSmsGateway:
    """Sends nothing to any phone: keeps each message, sealed, in Kaihu's own database, for demonstrations and tests.

    It promises what a provider must: the same key is kept once, and what was answered is stored.
    """

    name = LOCAL

    def __init__(self, store: Store) -> None:
        self.store = store

    def send(self, key: str, phone: str, text: str) -> None:
        def keep(tx: Session) -> None:
            if tx.get(SmsMessage, key) is None:
                seal = self.store.vault.seal
                tx.add(
                    SmsMessage(
                        id=key,
                        phone=seal("sms_messages.phone", phone),
                        text=seal("sms_messages.text", text),
                        at=self.store.clock.now(),
                    )
                )

        self.store.unit(keep)


def sms_gateway(store: Store) -> SmsGateway:
    """The provider of this installation. What ships is local: whoever connects a real one does it here."""
    return LocalSmsGateway(store)
