"""People and cases for the tests of this folder."""

from __future__ import annotations

from datetime import date

from engine.tables import BundleRow, Case, Customer
from tests.store.conftest import Shop

NUMBER = "11010519491231002X"


def add_customer(shop: Shop, number: str = NUMBER, name: str = "张三") -> tuple[str, str]:
    """A customer with everything on file; his id and ID number."""
    customer = shop.ids.new()
    sealed = {
        "id_number": number,
        "name": name,
        "phone": "13800138000",
        "account_number": "8800123456",
        "address": "北京市朝阳区样本路1号",
        "issuer": "北京市公安局朝阳分局",
    }
    with shop.write() as tx:
        tx.add(
            Customer(
                id=customer,
                id_index=shop.vault.index("customers.id_number", number),
                account_type="brokerage",
                id_valid_from=date(2016, 5, 2),
                id_valid_until=None,
                id_long_term=True,
                branch_id="beijing",
                **{column: shop.vault.seal(f"customers.{column}", text) for column, text in sealed.items()},
            )
        )
    return customer, number


def add_case(shop: Shop, customer: str) -> str:
    """A case in flight, with no engine behind it."""
    case, now = shop.ids.new(), shop.clock.now()
    with shop.write() as tx:
        if tx.get(BundleRow, "c" * 64) is None:
            tx.add(
                BundleRow(
                    hash="c" * 64, business="b", process_hash="c" * 64, files=b"", note="", author="", published_at=now
                )
            )
            tx.flush()
        tx.add(
            Case(
                id=case,
                number=None,
                business="b",
                bundle_hash="c" * 64,
                customer_id=customer,
                branch_id="beijing",
                obligation_id=None,
                exclusive=False,
                state="{}",
                opened_at=now,
                started_at=now,
                touched_at=now,
                status="办理中",
            )
        )
    return case
