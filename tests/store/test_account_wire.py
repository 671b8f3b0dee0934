"""The wire to the account system: what is no answer, whom TLS trusts, and what is refused before anything is sent."""

from __future__ import annotations

import ipaddress
import ssl
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from engine.accounts import Unavailable
from tests.account_core import Core, Mishap, babble, customer, dripping, lost, put_secret, says, serving, slow
from tests.store.people import NUMBER
from workers.drivers.account_http import contract
from workers.drivers.account_http.address import Address, NotSetUp, read_secret, trust
from workers.drivers.account_http.client import Client, Patience

LITTLE = Patience(1, 0.3)


@pytest.fixture(scope="module")
def core() -> Core:
    return Core(customers={NUMBER: customer(NUMBER)})


@pytest.fixture(scope="module")
def address(core: Core) -> Iterator[str]:
    with serving(core) as url:
        yield url


@pytest.fixture
def wire(address: str, tmp_path: Path) -> Client:
    put_secret(tmp_path)
    return Client(Address.parse(address), tmp_path)


def ask(wire: Client) -> object:
    document = wire.ask("POST", "/customers/search", {"id_number": NUMBER}, LITTLE)
    return contract.customer(document, NUMBER)


WRONG = [
    (says(200, b"<html>login</html>", "text/html"), True, "no JSON"),
    (says(200, b"{"), True, "broken JSON"),
    (says(200, b"\xff\xfe"), True, "broken JSON"),
    (says(200, b"[" * 100_000), True, "broken JSON"),
    (says(200, b"[]"), True, "no JSON object"),
    (says(200, b'{"customer": {}}'), True, "customer.id_number"),
    (says(200, b"{}" + b" " * 1_100_000), True, "more than"),
    (says(302, Location="/kaihu/elsewhere"), True, "not followed (HTTP 302)"),
    (says(307, Location="/kaihu/elsewhere"), True, "not followed (HTTP 307)"),
    (says(404), True, "HTTP 404"),
    (says(403), True, "secret is not accepted"),
    (says(429), False, "HTTP 429"),
    (says(500), False, "HTTP 500"),
    (babble, True, "no HTTP"),
    (lost, False, "no answer"),
    (slow, False, "no answer in time"),
    (dripping, False, "answer in time"),
]


@pytest.mark.parametrize(("mishap", "permanent", "told"), WRONG, ids=[row[2] for row in WRONG])
def test_what_is_no_answer_is_told_with_whether_trying_again_helps(
    wire: Client, core: Core, mishap: Mishap, permanent: bool, told: str
) -> None:
    core.asked.clear()
    core.mishaps.append(mishap)
    with pytest.raises(Unavailable) as refused:
        ask(wire)
    assert told in str(refused.value) and refused.value.permanent is permanent
    assert len(core.asked) == 1  # a redirect was not followed
    assert ask(wire)  # the control: the next one is an answer


def test_nobody_there_is_tried_again(tmp_path: Path) -> None:
    put_secret(tmp_path)
    with serving(Core()) as url:
        pass
    with pytest.raises(Unavailable) as refused:
        ask(Client(Address.parse(url), tmp_path))
    assert "ConnectionRefusedError" in str(refused.value) and not refused.value.permanent


def test_a_secret_is_exchanged_while_kaihu_runs(wire: Client) -> None:
    put_secret(wire.folder, "another-secret-of-the-tests")
    with pytest.raises(Unavailable, match="secret is not accepted"):
        ask(wire)
    (wire.folder / "account_system.secret").unlink()
    with pytest.raises(Unavailable, match="No such file"):
        ask(wire)
    put_secret(wire.folder)
    assert ask(wire)


@pytest.mark.parametrize("environment", ["http_proxy", "https_proxy", "all_proxy"])
def test_no_proxy_of_the_environment_sees_it(wire: Client, monkeypatch: pytest.MonkeyPatch, environment: str) -> None:
    monkeypatch.setenv(environment, "http://127.0.0.1:9")
    assert ask(wire)


def test_another_version_of_the_contract_is_refused() -> None:
    assert contract.about({"contract": 1, "name": "x", "more": "that is not asked"}) == "x"
    with pytest.raises(Unavailable, match="version 2"):
        contract.about({"contract": 2, "name": "x"})


@pytest.mark.parametrize(
    ("document", "told"),
    [
        ({"state": "applied"}, "at"),
        ({"state": "applied", "at": "2026-11-24T09:54:11"}, "at"),
        ({"state": "refused"}, "code"),
        ({"state": "refused", "code": "张三的卡"}, "code"),
        ({"state": "perhaps"}, "state"),
        ({}, "state"),
    ],
)
def test_an_answer_that_decides_nothing_is_told_by_its_place(document: dict[str, object], told: str) -> None:
    with pytest.raises(Unavailable) as refused:
        contract.decided(document)
    assert str(refused.value) == f"answered against the contract: {told}" and refused.value.permanent


# -- whom TLS trusts --


def certified(folder: Path, name: str) -> tuple[ssl.SSLContext, bytes]:
    """A server that certifies itself for one name, and its certificate in PEM."""
    key, subject = ec.generate_private_key(ec.SECP256R1()), x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now, names = datetime.now(UTC), x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address(name))])
    number, tomorrow = x509.random_serial_number(), now + timedelta(days=1)
    made = x509.CertificateBuilder(subject, subject, key.public_key(), number, now, tomorrow)
    made = made.add_extension(names, critical=False)
    made = made.add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
    pem = made.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)
    kind = serialization.PrivateFormat.PKCS8
    secret = key.private_bytes(serialization.Encoding.PEM, kind, serialization.NoEncryption())
    (folder / "server.pem").write_bytes(secret + pem)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "server.pem")
    return context, pem


@pytest.mark.parametrize(
    ("name", "trusted", "told"),
    [
        ("127.0.0.1", True, None),
        ("127.0.0.1", False, "its certificate is not trusted: self-signed certificate"),
        ("127.0.0.2", True, "its certificate is not trusted: IP address mismatch"),
    ],
)
def test_only_a_trusted_certificate_of_this_very_name_is_spoken_to(
    tmp_path: Path, core: Core, name: str, trusted: bool, told: str | None
) -> None:
    put_secret(tmp_path)
    context, pem = certified(tmp_path, name)
    if trusted:
        (tmp_path / "account_system.ca.pem").write_bytes(pem)
    core.asked.clear()
    with serving(core, context) as url:
        wire = Client(Address.parse(url), tmp_path)
        if told is None:
            assert ask(wire)
            return
        with pytest.raises(Unavailable) as refused:
            ask(wire)
    assert told in str(refused.value) and refused.value.permanent and core.asked == []


# -- what is refused before anything is sent --


@pytest.mark.parametrize(
    ("url", "read"),
    [
        ("https://core.example.com/kaihu/v1/", "https://core.example.com:443/kaihu/v1"),
        ("https://core.example.com:8443", "https://core.example.com:8443"),
        ("http://127.0.0.1:9000/kaihu", "http://127.0.0.1:9000/kaihu"),
        ("http://[::1]:9000", "http://[::1]:9000"),
        ("http://localhost", "http://localhost:80"),
    ],
)
def test_an_address_is_https_or_on_this_machine(url: str, read: str) -> None:
    assert str(Address.parse(url)) == read


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("http://core.example.com", "must be https"),
        ("http://10.0.0.1", "must be https"),
        ("http://localhost.example.com", "must be https"),
        ("ftp://core.example.com", "begins with https://"),
        ("core.example.com", "begins with https://"),
        ("https://", "the name of a host"),
        ("https://li:secret@core.example.com", "no user or password"),
        ("https://core.example.com/?key=1", "no ? and no #"),
        ("https://core.example.com/a b", "the path has letters"),
        ("https://core.example.com:99999", "the port is no number below 65536"),
    ],
)
def test_an_address_that_personal_data_must_not_be_sent_to_is_refused(url: str, told: str) -> None:
    with pytest.raises(NotSetUp) as refused:
        Address.parse(url)
    assert told in str(refused.value) and "secret@" not in str(refused.value)


@pytest.mark.parametrize(
    ("text", "mode", "told"),
    [
        ("short", 0o600, "one line of 16 to 512"),
        ("two lines of\nthis secret", 0o600, "one line of 16 to 512"),
        ("with a blank in the middle", 0o600, "one line of 16 to 512"),
        ("long-enough-and-without-blanks", 0o644, "open to others (mode 0644)"),
    ],
)
def test_an_unfit_secret_is_refused_and_never_repeated(tmp_path: Path, text: str, mode: int, told: str) -> None:
    put_secret(tmp_path, text, mode)
    (tmp_path / "account_system.secret").chmod(mode)
    with pytest.raises(NotSetUp) as refused:
        read_secret(tmp_path)
    assert told in str(refused.value) and text not in str(refused.value)


def test_authorities_that_are_none_are_refused(tmp_path: Path) -> None:
    (tmp_path / "account_system.ca.pem").write_text("no certificate")
    with pytest.raises(NotSetUp, match="no certificates in PEM"):
        trust(tmp_path)
