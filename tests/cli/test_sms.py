"""`kaihu sms`: what the local driver kept is read by whoever tries an installation, and the audit says so."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from engine.store import Store
from engine.tables import AuditRow, SmsMessage
from tests.cli.conftest import Kaihu
from workers.drivers.sms import LocalSmsGateway


def test_the_newest_text_to_a_phone_is_printed_and_the_audit_knows(kaihu: Kaihu, store: Store) -> None:
    gateway = LocalSmsGateway(store)
    for key, phone, text in (("a", "13800000001", "older"), ("b", "+8613800000001", "newer"), ("c", "1390", "other")):
        gateway.send(key, phone, text)
    with store.write() as tx:
        tx.get_one(SmsMessage, "a").at -= timedelta(minutes=5)
    assert kaihu("sms", "last", "13800000001").output.endswith("  newer\n")
    with store.read() as tx:
        [row] = [row for row in tx.scalars(select(AuditRow)) if row.action == "sms.read"]
    assert '"sms":"b"' in row.body and "13800000001" not in row.body


@pytest.mark.parametrize("phone", ["13900000000", "", "1"])
def test_a_phone_without_a_text_is_said(kaihu: Kaihu, phone: str) -> None:
    done = kaihu("sms", "last", phone)
    assert done.exit_code == 1 and "no text to this phone was kept" in done.output
