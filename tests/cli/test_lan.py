"""`kaihu up --lan`: HTTPS for the phones of a network, with a certificate that is made anew only when it has to be."""

from __future__ import annotations

import signal
import ssl
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from cli.installation import Installation
from cli.lan import addresses, invitation
from cli.lan_certificate import LIFE, RENEWED_BEFORE, keep, names_of
from tests.cli.conftest import Kaihu
from tests.crash.harness import free_port
from tests.crash.killing import wait_for

NOW = datetime(2026, 11, 24, 10, tzinfo=UTC)
HOME = ["192.0.2.7"]


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    made = tmp_path / "lan.crt", tmp_path / "lan.key"
    keep(*made, HOME, NOW)
    return made


def test_the_certificate_is_for_the_addresses_and_its_key_for_nobody_else(files: tuple[Path, Path]) -> None:
    assert names_of(files[0]) == ["127.0.0.1", "192.0.2.7"]
    assert files[1].stat().st_mode & 0o777 == 0o600


AGAIN = [
    ("nothing has changed", HOME, NOW, False),
    ("another network", ["192.0.2.9"], NOW, True),
    ("one more address", [*HOME, "192.0.2.9"], NOW, True),
    ("long before its end", HOME, NOW + LIFE - RENEWED_BEFORE - timedelta(days=1), False),
    ("shortly before its end", HOME, NOW + LIFE - RENEWED_BEFORE + timedelta(days=1), True),
]


@pytest.mark.parametrize(("at", "when", "anew"), [row[1:] for row in AGAIN], ids=[row[0] for row in AGAIN])
def test_it_is_made_anew_only_when_it_has_to_be(
    files: tuple[Path, Path], at: list[str], when: datetime, anew: bool
) -> None:
    before = files[0].read_bytes(), files[1].read_bytes()
    keep(*files, at, when)
    assert ((files[0].read_bytes(), files[1].read_bytes()) != before) is anew
    assert names_of(files[0]) == sorted({"127.0.0.1", *at})


@pytest.mark.parametrize("broken", [lambda crt, key: crt.write_text("x"), lambda crt, key: key.unlink()])
def test_a_broken_pair_is_made_anew(files: tuple[Path, Path], broken: object) -> None:
    broken(*files)  # type: ignore[operator]
    keep(*files, HOME, NOW)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*files)


def test_the_terminal_shows_where_to_go_and_what_the_browser_will_say() -> None:
    said = "\n".join(invitation(HOME, 8000))
    assert f"{HOME[0]}:8000/" in said and "does not know this certificate" in said and "▄" in said
    assert "in no network" in "\n".join(invitation([], 8000))


def test_it_does_not_go_together_with_a_proxy(kaihu: Kaihu) -> None:
    done = kaihu("up", "--no-demo", "--lan", "--behind-proxy")
    assert done.exit_code == 1 and "choose one of them" in done.output
    done = kaihu("up", "--no-demo", "--streams-port", "8001")
    assert done.exit_code == 1 and "--streams-port needs --behind-proxy" in done.output


@contextmanager
def up(data: Path, log: Path, port: int, *words: str) -> Iterator[None]:
    command = [sys.executable, "-m", "cli", "up", "--no-demo", "--data", str(data), "--port", str(port), *words]
    with log.open("wb") as out, subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=out, stderr=out) as process:
        try:
            wait_for(lambda: "Ctrl-C stops it" in log.read_text(), 90.0, "kaihu up")
            yield
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(60)


@pytest.mark.xdist_group("up")
def test_a_page_comes_over_https_and_its_cookies_are_secure(kaihu: Kaihu, place: Installation, tmp_path: Path) -> None:
    port, log = free_port(), tmp_path / "up.log"
    with up(place.data, log, port, "--lan"):
        trusting = ssl.create_default_context(cafile=str(place.lan_certificate))
        for host in ["127.0.0.1", *addresses()]:
            with urllib.request.urlopen(f"https://{host}:{port}/staff/sign-in", context=trusting) as answer:
                cookies = answer.headers.get_all("Set-Cookie")
                assert answer.status == 200 and all("Secure" in one and one.startswith("__Host-") for one in cookies)
        doctor = kaihu("doctor").output
        assert f"https://127.0.0.1:{port}/healthz says" in doctor
    assert f":{port}/" in log.read_text() and "stopped cleanly" in log.read_text()
