"""The relay of calls: set up in a sentence or refused in one, asked by the doctor; it takes the names of pages."""

from __future__ import annotations

import socket
import subprocess
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from cli import stun
from cli.installation import Installation
from cli.turn import BadRelay, RelayAddress, call_relay
from tests.cli.conftest import Kaihu
from tests.coturn import SECRET, Coturn, coturn
from tests.crash.harness import free_port
from webapp.streams.turn import LIFE, password


@pytest.fixture
def relay(tmp_path: Path) -> Iterator[Coturn]:
    with coturn(tmp_path / "coturn") as there:
        yield there


@pytest.fixture
def secret(place: Installation) -> Path:
    place.turn_secret.write_text(f"{SECRET}\n")
    place.turn_secret.chmod(0o600)
    return place.turn_secret


def named(monkeypatch: pytest.MonkeyPatch, *urls: str) -> None:
    monkeypatch.setenv("TURN_URLS", " ".join(urls))


READ = [
    ("turn:a.example", ("a.example", 3478, "udp", False)),
    ("turn:a.example:80?transport=tcp", ("a.example", 80, "tcp", False)),
    ("turns:a.example", ("a.example", 5349, "tcp", True)),
    ("stun:[2001:db8::1]:99", ("2001:db8::1", 99, "udp", False)),
]


@pytest.mark.parametrize(("url", "parts"), READ)
def test_an_address_is_read(url: str, parts: tuple[str, int, str, bool]) -> None:
    one = RelayAddress.parse(url)
    assert (one.host, one.port, one.transport, one.tls) == parts


@pytest.mark.parametrize("url", ["relay.example.com", "turn://a.example", "turn:", "turn:a?transport=sctp", "turn:a b"])
def test_what_is_no_address_is_refused_with_it(url: str) -> None:
    with pytest.raises(BadRelay, match="is no address like turn:"):
        RelayAddress.parse(url)


def test_without_addresses_there_is_no_relay_and_no_secret_is_asked_for(place: Installation) -> None:
    assert call_relay(place).urls == ()


def test_half_a_relay_stops_the_start_in_a_sentence(
    kaihu: Kaihu, place: Installation, secret: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    named(monkeypatch, "turn:a.example")
    assert call_relay(place).secret == SECRET  # the control
    for spoil, said in (
        (lambda: secret.chmod(0o644), "open to others"),
        (lambda: secret.write_text("short"), "one line of 16 to 512"),
        (secret.unlink, "it holds coturn's static-auth-secret"),
    ):
        spoil()
        done = kaihu("up", "--no-demo", "--port", str(free_port()))
        assert done.exit_code == 1 and said in done.output and SECRET not in done.output
        secret.touch()
        secret.chmod(0o600)
        secret.write_text(SECRET)


def test_the_doctor_says_that_there_is_none(kaihu: Kaihu) -> None:
    assert "calls connect in one network only" in kaihu("doctor").output


def test_the_doctor_asks_every_way(kaihu: Kaihu, secret: Path, relay: Coturn, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cli.checkups_turn.PATIENCE", 1.0)
    silent = f"turn:127.0.0.1:{free_port()}?transport=tcp"
    named(monkeypatch, relay.url("udp"), relay.url("tcp"), silent)
    said = kaihu("doctor").output
    assert f"{relay.url('udp')} answers" in said and f"{relay.url('tcp')} answers" in said
    assert f"{silent} does not answer (Connection refused)" in said


def test_a_datagram_that_is_lost_is_sent_again_and_another_answer_is_none() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as server:
        server.bind(("127.0.0.1", 0))
        address = RelayAddress.parse(f"turn:127.0.0.1:{server.getsockname()[1]}")

        def serve() -> None:
            server.recvfrom(100)  # lost
            asked, who = server.recvfrom(100)
            server.sendto(stun.HEADER.pack(stun.ANSWERED, 0, stun.COOKIE, asked[8:20]), who)
            server.sendto(b"GET /", server.recvfrom(100)[1])

        serving = threading.Thread(target=serve)
        serving.start()
        assert stun.answers(address, 3.0) is True
        assert stun.answers(address, 3.0) is False
        serving.join(5)


@pytest.mark.parametrize(
    ("left", "secret_of_ours", "taken"),
    [(LIFE, SECRET, True), (timedelta(seconds=-60), SECRET, False), (LIFE, "another secret", False)],
    ids=["a page's name", "a name that is over", "another secret"],
)
def test_coturn_takes_a_pages_name_while_it_lives(
    relay: Coturn, left: timedelta, secret_of_ours: str, taken: bool
) -> None:
    name = f"{int((datetime.now(UTC) + left).timestamp())}:case"
    words = ["-u", name, "-w", password(secret_of_ours, name), "-p", str(relay.port), "-y", "-c", "-n", "1", "-m", "1"]
    done = subprocess.run(["turnutils_uclient", *words, "127.0.0.1"], capture_output=True, text=True, timeout=60)
    assert ("Total lost packets 0" in done.stdout) is taken, done.stdout
    assert ("Cannot complete Allocation" in done.stdout) is not taken
