"""Challenges, the register of certificates and stored signatures, on both databases."""

from __future__ import annotations

import base64
from dataclasses import dataclass, replace

import pytest
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from sqlalchemy import select, update

from engine import pki
from engine.pki import CertificateProblem, Content, DemonstrationCA, Party, Proof
from engine.pki.challenges import Purpose
from engine.tables import Certificate, Challenge, Signature
from engine.vault import Tampered, add_key, open_vault
from tests.store.conftest import Shop
from tests.store.people import add_case, add_customer

CONTENT = Content("20261122-000001", "c" * 64, (pki.document("agreements/one.md", b"one"),), pki.data_digest({"a": 1}))


class Browser:
    """A browser with one key that never leaves it."""

    def __init__(self) -> None:
        self._key = ec.generate_private_key(ec.SECP256R1())

    def signs(self, text: str) -> str:
        r, s = decode_dss_signature(self._key.sign(text.encode(), ec.ECDSA(hashes.SHA256())))
        return base64.b64encode(r.to_bytes(32, "big") + s.to_bytes(32, "big")).decode()

    def spki(self) -> str:
        public = self._key.public_key()
        form = serialization.PublicFormat.SubjectPublicKeyInfo
        return base64.b64encode(public.public_bytes(serialization.Encoding.DER, form)).decode()


@dataclass
class Counter:
    """The pages' side of certificates: asks for challenges and hands over what the browser answers."""

    shop: Shop
    ca: DemonstrationCA
    party: Party

    def challenge(self, purpose: Purpose) -> Challenge:
        with self.shop.write() as tx:
            return pki.issue_challenge(tx, self.shop.ids, self.shop.clock.now(), self.party, purpose)

    def install(self, browser: Browser, signature: str | None = None) -> str:
        challenge = self.challenge("install")
        proof = Proof(challenge.id, signature or browser.signs(challenge.text))
        with self.shop.write() as tx:
            now = self.shop.clock.now()
            return pki.install(tx, self.shop.vault, self.ca, now, self.party, proof, browser.spki())

    def detect(self, browser: Browser, certificate: str, challenge: Challenge | None = None) -> str:
        challenge = challenge or self.challenge("detect")
        proof = Proof(challenge.id, browser.signs(challenge.text), certificate)
        try:
            with self.shop.write() as tx:
                now = self.shop.clock.now()
                return pki.detect(tx, self.shop.vault, self.ca, now, self.party, proof).name
        except CertificateProblem as problem:
            return problem.code

    def sign(self, browser: Browser, certificate: str, seen: Content = CONTENT, held: Content = CONTENT) -> Signature:
        challenge = self.challenge("sign")
        proof = Proof(challenge.id, browser.signs(pki.statement_of(challenge, seen).text()), certificate)
        with self.shop.write() as tx:
            now, ids = self.shop.clock.now(), self.shop.ids
            return pki.sign(tx, self.shop.vault, self.ca, ids.new(), now, self.party, proof, "task1", held)

    def check(self, signature_id: str) -> pki.Statement:
        with self.shop.read() as tx:
            return pki.check_signature(tx, self.shop.vault, self.ca, signature_id)


@pytest.fixture
def counter(shop: Shop) -> Counter:
    customer, number = add_customer(shop)
    case = add_case(shop, customer)
    ca = pki.make_demonstration_ca(shop.folder / "ca", shop.clock.now())
    return Counter(shop, ca, Party(customer, case, "张三", number))


def test_an_installed_certificate_is_found_in_its_browser_and_in_no_other(counter: Counter) -> None:
    browser = Browser()
    certificate = counter.install(browser)
    assert counter.detect(browser, certificate) == "张三"
    assert counter.detect(Browser(), certificate) == "bad_signature"


def test_a_challenge_is_used_once(counter: Counter) -> None:
    browser = Browser()
    certificate, challenge = counter.install(browser), counter.challenge("detect")
    assert counter.detect(browser, certificate, challenge) == "张三"
    assert counter.detect(browser, certificate, challenge) == "challenge_gone"


def test_a_challenge_lives_five_minutes(counter: Counter) -> None:
    browser = Browser()
    certificate = counter.install(browser)
    early, late = counter.challenge("detect"), counter.challenge("detect")
    counter.shop.clock.pass_by(minutes=4, seconds=59)
    assert counter.detect(browser, certificate, early) == "张三"
    counter.shop.clock.pass_by(seconds=1)
    assert counter.detect(browser, certificate, late) == "challenge_gone"


def test_a_challenge_serves_only_its_person_case_and_purpose(counter: Counter) -> None:
    browser = Browser()
    certificate = counter.install(browser)
    for wrong in ({"customer_id": "somebody"}, {"case_id": "elsewhere"}):
        challenge = counter.challenge("detect")
        other = replace(counter, party=replace(counter.party, **wrong))
        assert other.detect(browser, certificate, challenge) == "challenge_gone"
        assert counter.detect(browser, certificate, challenge) == "张三"  # control: the refusal used nothing up
    assert counter.detect(browser, certificate, counter.challenge("install")) == "challenge_gone"


def test_nothing_is_issued_for_a_key_that_the_browser_does_not_hold(counter: Counter) -> None:
    with pytest.raises(CertificateProblem, match="bad_signature"):
        counter.install(Browser(), Browser().signs("something"))
    with counter.shop.read() as tx:
        assert tx.scalars(select(Certificate)).all() == []


def test_what_was_issued_in_a_case_is_revoked_with_it(counter: Counter) -> None:
    browser = Browser()
    certificate = counter.install(browser)
    with counter.shop.write() as tx:
        assert len(pki.revoke_case(tx, counter.ca, counter.shop.clock.now(), counter.party.case_id)) == 1
        assert pki.revoke_case(tx, counter.ca, counter.shop.clock.now(), counter.party.case_id) == ()
    assert counter.detect(browser, certificate) == "revoked"


def test_a_certificate_that_no_register_holds_is_not_believed(counter: Counter) -> None:
    browser = Browser()
    challenge = counter.challenge("install")
    proof = Proof(challenge.id, browser.signs(challenge.text))
    with pytest.raises(RuntimeError), counter.shop.write() as tx:
        args = tx, counter.shop.vault, counter.ca, counter.shop.clock.now()
        certificate = pki.install(*args, counter.party, proof, browser.spki())
        raise RuntimeError
    assert counter.detect(browser, certificate) == "unknown"


def test_another_persons_certificate_in_the_browser_counts_as_none(counter: Counter) -> None:
    browser = Browser()
    certificate = counter.install(browser)
    other = replace(counter, party=replace(counter.party, id_number="110101200811220017"))
    assert other.detect(browser, certificate) == "another_person"


def test_a_certificate_outlives_a_new_vault_key(counter: Counter) -> None:
    browser = Browser()
    certificate = counter.install(browser)
    add_key(counter.shop.folder / "keys.json")
    counter.shop.vault = open_vault(counter.shop.folder / "keys.json", counter.shop.folder / "blobs")
    assert counter.detect(browser, certificate) == "张三"


def test_a_signature_is_stored_and_can_be_checked_years_later(counter: Counter) -> None:
    browser = Browser()
    certificate = counter.install(browser)
    row = counter.sign(browser, certificate)
    assert row.documents == [{"path": "agreements/one.md", "digest": CONTENT.documents[0].digest}]
    counter.shop.clock.pass_by(days=3000)
    with counter.shop.write() as tx:
        pki.revoke_case(tx, counter.ca, counter.shop.clock.now(), counter.party.case_id)
    statement = counter.check(row.id)
    assert (statement.case_number, statement.data) == (CONTENT.case_number, CONTENT.data)


@pytest.mark.parametrize(
    "held",
    [
        replace(CONTENT, documents=(pki.document("agreements/one.md", b"one, changed"),)),
        replace(CONTENT, data=pki.data_digest({"a": 2})),
        replace(CONTENT, case_number="20261122-000002"),
        replace(CONTENT, version="d" * 64),
    ],
    ids=["text", "data", "case", "version"],
)
def test_a_signature_over_other_texts_or_data_is_not_stored(counter: Counter, held: Content) -> None:
    browser = Browser()
    certificate = counter.install(browser)
    counter.sign(browser, certificate, held, held)  # control
    with pytest.raises(CertificateProblem, match="bad_signature"):
        counter.sign(browser, certificate, CONTENT, held)
    with counter.shop.read() as tx:
        assert len(tx.scalars(select(Signature)).all()) == 1


def test_a_changed_row_of_a_signature_is_found(counter: Counter) -> None:
    browser = Browser()
    certificate = counter.install(browser)
    first, second = counter.sign(browser, certificate), counter.sign(browser, certificate)
    counter.check(first.id)  # control
    other = counter.shop.vault.seal("signatures.statement", "{}")
    harms = (
        ({"statement": other}, CertificateProblem),
        ({"statement": other[:-1]}, Tampered),
        ({"value": second.value, "statement": first.statement}, CertificateProblem),
    )
    for values, found in harms:
        with counter.shop.write() as tx:
            tx.execute(update(Signature).where(Signature.id == first.id).values(**values))
        with pytest.raises(found):
            counter.check(first.id)


def test_a_signature_dated_after_the_revocation_is_found(counter: Counter) -> None:
    browser = Browser()
    row = counter.sign(browser, counter.install(browser))
    with counter.shop.write() as tx:
        counter.shop.clock.pass_by(minutes=1)
        pki.revoke(tx, counter.ca, counter.shop.clock.now(), row.serial)
    counter.check(row.id)  # control
    counter.shop.clock.pass_by(minutes=1)
    with counter.shop.write() as tx:
        tx.execute(update(Signature).where(Signature.id == row.id).values(at=counter.shop.clock.now()))
    with pytest.raises(CertificateProblem, match="revoked"):
        counter.check(row.id)
