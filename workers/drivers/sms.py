"""Texts to phones."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from engine.tables import SmsMessage

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from engine.store import Store


class SmsGateway(Protocol):
    """A provider of SMS. `name` says which one it is, to staff and in `kaihu doctor`."""

    name: str

    def send(self, key: str, phone: str, text: str) -> None:
        """Hand the text over, once for each key however often it is called. An exception means: try again."""
        ...


class LocalSmsGateway:
    """Sends nothing to any phone: keeps each message, sealed, in Kaihu's own database, for demonstrations and tests.

    It promises what a provider must: the same key is kept once, and what was answered is stored.
    """

    name = "local"

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
