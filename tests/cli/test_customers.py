"""`kaihu customers import`: good rows are taken, bad ones told by line, and no value of theirs is repeated."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import select

from cli.main import main
from engine.accounts import COLUMNS, LocalAccountSystem
from engine.errors import NoRoom
from engine.store import Store
from engine.tables import AuditRow, Obligation
from tests.cli.conftest import Kaihu

GOOD = {
    "id_number": "119901198803150025",
    "name": "林知秋",
    "phone": "13800000001",
    "account_number": "81234567",
    "account_type": "期货经纪账户",
    "address": "样例省样例市和平路1号",
    "issuer": "样例市公安局",
    "valid_from": "2016-05-20",
    "valid_until": "长期",
    "branch": "bj",
    "cards": "ICBC|样例市和平路支行|6222020000000000034",
}
EXTRA = "supplementary_agreement"
WRONG_CHECK_DIGIT = "119901198803150026"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "customers.csv"


@pytest.fixture(autouse=True)
def branch(kaihu: Kaihu) -> None:
    assert kaihu("branches", "add", "bj", "--name", "北京营业部", "--name-en", "Beijing").exit_code == 0


def write(file: Path, *rows: dict[str, str]) -> None:
    lines = [",".join(COLUMNS), *(",".join({**GOOD, **row}.values()) for row in rows)]
    file.write_text("\n".join(lines), encoding="utf-8")


def test_a_good_row_becomes_a_customer(kaihu: Kaihu, file: Path, store: Store) -> None:
    write(file, {})
    done = kaihu("customers", "import", str(file))
    assert (done.exit_code, done.output) == (0, "1 added, 0 changed, 0 unchanged, 0 refused\n")
    assert LocalAccountSystem(store).find(GOOD["id_number"])
    assert "1 unchanged" in kaihu("customers", "import", str(file)).output


@pytest.mark.parametrize(
    ("row", "said"),
    [
        pytest.param({"id_number": WRONG_CHECK_DIGIT}, "id_number", id="check digit"),
        pytest.param({"phone": "12345"}, "phone", id="phone"),
        pytest.param({"branch": "nowhere"}, "branch is not in the company's record", id="branch"),
        pytest.param({"valid_until": "tomorrow"}, "valid_until is no date", id="date"),
        pytest.param({"cards": "ICBC|支行|1234567890123456"}, "card", id="card number"),
    ],
)
def test_a_bad_row_is_told_without_its_value_and_the_others_are_taken(
    kaihu: Kaihu, file: Path, store: Store, row: dict[str, str], said: str
) -> None:
    bad = {"id_number": "119901199207200019", "account_number": "81234568", **row}
    write(file, {}, bad)
    done = kaihu("customers", "import", str(file))
    assert done.exit_code == 1
    assert f"line 3 (…{bad['id_number'][-4:]}): refused" in done.output and said in done.output
    assert "1 added, 0 changed, 0 unchanged, 1 refused" in done.output
    assert bad["id_number"] not in done.output
    assert LocalAccountSystem(store).find(GOOD["id_number"])
    assert LocalAccountSystem(store).find(bad["id_number"]) is None


def test_a_file_in_the_encoding_of_chinese_spreadsheets_is_read(kaihu: Kaihu, file: Path, store: Store) -> None:
    write(file, {})
    file.write_bytes(file.read_text("utf-8").encode("gb18030"))
    assert kaihu("customers", "import", str(file)).exit_code == 0
    customer = LocalAccountSystem(store).find(GOOD["id_number"])
    assert customer and LocalAccountSystem(store).person(customer).name == "林知秋"


def test_a_dry_run_and_all_or_none_store_nothing(kaihu: Kaihu, file: Path, store: Store) -> None:
    write(file, {}, {"id_number": "119901199207200019", "account_number": "81234568", "phone": "1"})
    dry = kaihu("customers", "import", str(file), "--dry-run")
    assert dry.exit_code == 1 and "would be: 1 added, 0 changed, 0 unchanged, 1 refused" in dry.output
    whole = kaihu("customers", "import", str(file), "--all-or-none")
    assert whole.exit_code == 1 and "0 added, 0 changed, 0 unchanged, 1 refused, 1 left out" in whole.output
    assert LocalAccountSystem(store).find(GOOD["id_number"]) is None


def test_what_became_of_every_row_is_written_for_a_spreadsheet(kaihu: Kaihu, file: Path, tmp_path: Path) -> None:
    bad = [{"id_number": f"x{at}", "account_number": str(at), "phone": "1"} for at in range(60)]
    write(file, {}, *bad)
    done = kaihu("customers", "import", str(file), "--report", str(tmp_path / "report.csv"))
    assert done.output.count(": refused") == 50 and "... and 10 more" in done.output
    rows = list(csv.reader((tmp_path / "report.csv").read_text("utf-8-sig").splitlines()))
    assert len(rows) == 62 and rows[1][:3] == ["2", "…0025", "added"] and rows[2][2] == "refused"
    assert "手机号码：" in rows[2][3] and "phone " in rows[2][4] and GOOD["name"] not in str(rows)


def test_a_disk_that_gets_full_leaves_what_was_stored_and_says_so(
    kaihu: Kaihu, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise NoRoom

    write(file, {})
    monkeypatch.setattr("engine.accounts.importing.keep_customer", full)
    done = kaihu("customers", "import", str(file))
    assert done.exit_code == 1 and "the disk is full; 0 rows are stored, import the file again" in done.output


@pytest.mark.parametrize("content", ["just,some,words\n1,2,3", "", "\udcff".encode("utf-8", "surrogateescape")])
def test_a_file_that_is_no_customer_file_is_refused_in_a_sentence(
    kaihu: Kaihu, file: Path, content: str | bytes
) -> None:
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    done = kaihu("customers", "import", str(file))
    assert done.exit_code == 1 and done.output.startswith(f"Error: {file}: ")


def test_the_columns_are_told() -> None:
    said = CliRunner().invoke(main, ["customers", "columns"]).output
    assert all(name in said and chinese in said for name, chinese in COLUMNS.items())


def test_a_folder_that_was_never_set_up_is_said_in_words(tmp_path: Path, file: Path) -> None:
    write(file, {})
    done = CliRunner().invoke(main, ["customers", "import", str(file), "--data", str(tmp_path / "nothing")])
    assert done.exit_code == 1 and "was never set up (kaihu up)" in done.output


# -- who has something to sign --


OWE = ("--business", EXTRA, "--forced")


def owed(store: Store) -> list[tuple[str, bool]]:
    with store.read() as tx:
        return [(row.business, row.forced) for row in tx.scalars(select(Obligation))]


def test_customers_owe_a_signature_once_and_strangers_are_told(kaihu: Kaihu, file: Path, store: Store) -> None:
    write(file, {})
    kaihu("customers", "import", str(file))
    write(file, {}, {"id_number": "119901199207200019"})
    dry = kaihu("customers", "owe", str(file), *OWE, "--dry-run")
    assert "would be: 1 added" in dry.output and owed(store) == []
    done = kaihu("customers", "owe", str(file), *OWE)
    assert done.exit_code == 1 and "1 added, 0 changed, 0 unchanged, 1 refused" in done.output
    assert "line 3 (…0019): refused" in done.output and "没有这位客户，请先导入" in done.output
    assert owed(store) == [(EXTRA, True)]
    assert "1 unchanged" in kaihu("customers", "owe", str(file), "--business", EXTRA).output and len(owed(store)) == 1
    with store.read() as tx:
        assert "obligation.add" in tx.scalars(select(AuditRow.action))


@pytest.mark.parametrize("business", ["change_settlement_account", "nothing"])
def test_only_a_business_that_begins_with_an_obligation_is_owed(kaihu: Kaihu, file: Path, business: str) -> None:
    write(file, {})
    done = kaihu("customers", "owe", str(file), "--business", business)
    assert done.exit_code == 1 and f"{business} is no published business that begins with an obligation" in done.output


def test_a_file_without_id_numbers_is_no_file_of_customers(kaihu: Kaihu, file: Path) -> None:
    file.write_text("name\nx\n", "utf-8")
    done = kaihu("customers", "owe", str(file), *OWE)
    assert done.exit_code == 1 and "columns are missing: id_number" in done.output
