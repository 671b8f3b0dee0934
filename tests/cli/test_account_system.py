"""An account system over HTTP: an unfit setting keeps Kaihu from starting; customers are not imported beside it."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from cli.main import main
from tests.account_core import put_secret
from tests.cli.conftest import Kaihu
from tests.crash.harness import free_port

SETTING = "ACCOUNT_SYSTEM_URL"


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("http://core.example.com", "ACCOUNT_SYSTEM_URL: must be https"),
        ("https://core.example.com", "account_system.secret: No such file"),
    ],
)
def test_an_unfit_setting_keeps_it_from_starting(
    kaihu: Kaihu, monkeypatch: pytest.MonkeyPatch, url: str, said: str
) -> None:
    monkeypatch.setenv(SETTING, url)
    done = kaihu("up", "--no-demo", "--port", str(free_port()))
    assert done.exit_code == 1 and said in done.output and "docs/account-system.md" in done.output


def test_a_demonstration_never_asks_a_real_account_system(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SETTING, "https://core.example.com")
    (tmp_path / "data").mkdir(mode=0o700)
    put_secret(tmp_path / "data")
    done = CliRunner().invoke(main, ["up", "--data", str(tmp_path / "data"), "--port", str(free_port())])
    assert done.exit_code == 1 and "a demonstration has sample customers of its own" in done.output


def test_customers_are_not_imported_beside_it(kaihu: Kaihu, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "customers.csv").write_text("x")
    monkeypatch.setenv(SETTING, "https://core.example.com")
    done = kaihu("customers", "import", str(tmp_path / "customers.csv"))
    assert done.exit_code == 1 and "customers come from the company's account system" in done.output
