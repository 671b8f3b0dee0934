"""Certificates and signatures as a browser makes them, checked without a database."""

from __future__ import annotations

import base64
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

from engine.clock import SHANGHAI
from engine.pki import (
    CertificateProblem,
    DemonstrationCA,
    Holder,
    Trust,
    load_demonstration_ca,
    make_demonstration_ca,
    read_key,
    verify_certificate,
    verify_challenge,
    verify_signature,
)

NOW = datetime(2026, 11, 22, 9, 54, tzinfo=SHANGHAI)
ZHANG, LI = "a" * 64, "b" * 64
TEXT = "kaihu.challenge.v1:detect:case1:0123"
Key = ec.EllipticCurvePrivateKey


def browser_signs(key: Key, text: str) -> str:
    """As WebCrypto does it: r and s side by side."""
    r, s = decode_dss_signature(key.sign(text.encode(), ec.ECDSA(hashes.SHA256())))
    return base64.b64encode(r.to_bytes(32, "big") + s.to_bytes(32, "big")).decode()


def pem(certificate: x509.Certificate) -> str:
    return certificate.public_bytes(serialization.Encoding.PEM).decode()


def trust(ca: DemonstrationCA, now: datetime = NOW, standing: str = "good") -> Trust:
    return Trust(ca.roots(), now, lambda serial: standing)  # type: ignore[arg-type,return-value]


@pytest.fixture
def ca(tmp_path: Path) -> DemonstrationCA:
    return make_demonstration_ca(tmp_path / "ca", NOW)


@pytest.fixture
def key() -> Key:
    return ec.generate_private_key(ec.SECP256R1())


@pytest.fixture
def certificate(ca: DemonstrationCA, key: Key) -> str:
    return pem(ca.issue(key.public_key(), Holder("张三", ZHANG), NOW))


def refusal(*args: object) -> str:
    with pytest.raises(CertificateProblem) as refused:
        verify_challenge(*args)  # type: ignore[arg-type]
    return refused.value.code


def test_the_holder_of_a_certificate_is_believed(ca: DemonstrationCA, key: Key, certificate: str) -> None:
    facts = verify_challenge(certificate, TEXT, browser_signs(key, TEXT), trust(ca), {ZHANG, LI})
    assert (facts.name, facts.person) == ("张三", ZHANG)
    assert (facts.valid_from, facts.valid_until) == (NOW, NOW + timedelta(days=365))
    assert len(facts.serial) == 40


def test_another_text_another_key_and_a_changed_signature_are_refused(
    ca: DemonstrationCA, key: Key, certificate: str
) -> None:
    good = browser_signs(key, TEXT)
    changed = base64.b64encode(base64.b64decode(good)[:-1] + bytes((base64.b64decode(good)[-1] ^ 1,))).decode()
    other = browser_signs(ec.generate_private_key(ec.SECP256R1()), TEXT)
    verify_challenge(certificate, TEXT, good, trust(ca), {ZHANG})  # control
    assert refusal(certificate, TEXT + " ", good, trust(ca), {ZHANG}) == "bad_signature"
    assert refusal(certificate, TEXT, changed, trust(ca), {ZHANG}) == "bad_signature"
    assert refusal(certificate, TEXT, other, trust(ca), {ZHANG}) == "bad_signature"
    zeros = base64.b64encode(bytes(64)).decode()
    assert refusal(certificate, TEXT, zeros, trust(ca), {ZHANG}) == "bad_signature"


@pytest.mark.parametrize(
    "signature", ["", "AAAA", "ä", "not base64 !", "A" * 5000, base64.b64encode(bytes(65)).decode()]
)
def test_what_is_no_signature_at_all_is_refused(
    ca: DemonstrationCA, key: Key, certificate: str, signature: str
) -> None:
    assert refusal(certificate, TEXT, signature, trust(ca), {ZHANG}) == "unreadable"


def test_a_der_signature_is_not_taken_for_a_raw_one(key: Key) -> None:
    der = base64.b64encode(key.sign(TEXT.encode(), ec.ECDSA(hashes.SHA256()))).decode()
    verify_signature(key.public_key(), TEXT, browser_signs(key, TEXT))  # control
    with pytest.raises(CertificateProblem):
        verify_signature(key.public_key(), TEXT, der)


@pytest.mark.parametrize(
    ("later", "code"),
    [
        (timedelta(seconds=-1), "not_yet_valid"),
        (timedelta(0), None),
        (timedelta(days=365), None),
        (timedelta(days=365, seconds=1), "expired"),
    ],
)
def test_the_dates_count_to_the_second(
    ca: DemonstrationCA, certificate: str, later: timedelta, code: str | None
) -> None:
    if code is None:
        verify_certificate(certificate, trust(ca, NOW + later), {ZHANG})
        return
    with pytest.raises(CertificateProblem) as refused:
        verify_certificate(certificate, trust(ca, NOW + later), {ZHANG})
    assert refused.value.code == code


@pytest.mark.parametrize("standing", ["revoked", "unknown"])
def test_what_the_register_does_not_call_good_is_refused(ca: DemonstrationCA, certificate: str, standing: str) -> None:
    with pytest.raises(CertificateProblem) as refused:
        verify_certificate(certificate, trust(ca, standing=standing), {ZHANG})
    assert refused.value.code == standing


def test_another_persons_certificate_is_refused(ca: DemonstrationCA, certificate: str) -> None:
    with pytest.raises(CertificateProblem) as refused:
        verify_certificate(certificate, trust(ca), {LI})
    assert refused.value.code == "another_person"


def test_a_certificate_of_another_ca_of_the_same_name_is_refused(ca: DemonstrationCA, key: Key, tmp_path: Path) -> None:
    false = make_demonstration_ca(tmp_path / "false", NOW)
    forged = pem(false.issue(key.public_key(), Holder("张三", ZHANG), NOW))
    verify_certificate(forged, trust(false), {ZHANG})  # control
    with pytest.raises(CertificateProblem) as refused:
        verify_certificate(forged, trust(ca), {ZHANG})
    assert refused.value.code == "not_ours"


def test_a_holder_cannot_issue_and_a_root_cannot_sign_statements(
    ca: DemonstrationCA, key: Key, certificate: str
) -> None:
    holder_as_ca = DemonstrationCA(key, x509.load_pem_x509_certificate(certificate.encode()))
    issued = pem(holder_as_ca.issue(key.public_key(), Holder("李四", LI), NOW))
    with pytest.raises(CertificateProblem) as refused:
        verify_certificate(issued, trust(ca), {LI})
    assert refused.value.code == "not_ours"
    with pytest.raises(CertificateProblem) as refused:
        verify_certificate(pem(ca.roots()[0]), trust(ca), {ZHANG})
    assert refused.value.code in ("not_ours", "unreadable")


@pytest.mark.parametrize(
    "text", ["", "nonsense", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----", "x" * 20_000]
)
def test_what_is_no_certificate_is_refused(ca: DemonstrationCA, text: str) -> None:
    with pytest.raises(CertificateProblem) as refused:
        verify_certificate(text, trust(ca), {ZHANG})
    assert refused.value.code == "unreadable"


def test_two_certificates_are_not_one(ca: DemonstrationCA, certificate: str) -> None:
    with pytest.raises(CertificateProblem):
        verify_certificate(certificate + certificate, trust(ca), {ZHANG})


def spki(key: object) -> str:
    der = key.public_key().public_bytes(  # type: ignore[attr-defined]
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    return base64.b64encode(der).decode()


def test_only_p_256_keys_are_taken(key: Key) -> None:
    assert read_key(spki(key)) == key.public_key()
    wrapped = f"-----BEGIN PUBLIC KEY-----\n{spki(key)}\n-----END PUBLIC KEY-----\n"
    assert read_key(wrapped) == key.public_key()
    others = (
        ec.generate_private_key(ec.SECP384R1()),
        ed25519.Ed25519PrivateKey.generate(),
        rsa.generate_private_key(65537, 2048),
    )
    for text in [*map(spki, others), "", "AAAA", "%%%"]:
        with pytest.raises(CertificateProblem) as refused:
            read_key(text)
        assert refused.value.code == "unreadable"


def test_every_certificate_says_that_it_is_a_demonstration(ca: DemonstrationCA, certificate: str) -> None:
    for each in (ca.roots()[0], x509.load_pem_x509_certificate(certificate.encode())):
        for name in (each.subject, each.issuer):
            assert "演示" in name.rfc4514_string() and "Demonstration" in name.rfc4514_string()


def test_the_ca_is_loaded_again_and_its_key_is_private(ca: DemonstrationCA, tmp_path: Path, certificate: str) -> None:
    folder = tmp_path / "ca"
    verify_certificate(certificate, trust(load_demonstration_ca(folder)), {ZHANG})
    (private,) = folder.glob("*key*")
    assert private.stat().st_mode & 0o777 == 0o600
    with pytest.raises(FileExistsError):
        make_demonstration_ca(folder, NOW)
    verify_certificate(certificate, trust(load_demonstration_ca(folder)), {ZHANG})
    private.chmod(0o644)
    with pytest.raises(CertificateProblem):
        load_demonstration_ca(folder)
