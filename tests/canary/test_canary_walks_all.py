"""A canary person goes through every flow of a running product; none of his values lies where it may be stolen.

Looked at: database and write-ahead log, blobs and their names, all logs, everything that the product printed, the
queue server's keys and its journal, and what is left in the temporary folder.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from redis import Redis
from sqlalchemy import select

from cli.demonstration.people import STAFF
from cli.demonstration.screens.product import Product, free_port, stop, wait_until_there
from cli.installation import Installation
from cli.running import read
from cli.store import store_of
from engine.accounts import LocalAccountSystem
from engine.pki import load_demonstration_ca
from engine.store import Store
from engine.tables import Certificate, Job, SmsMessage
from forms.rules import masking
from tests.canary.person import IP, ON_FILE, TYPED, VALUES, WRITTEN, customer_file, photo
from tests.canary.search import files, found, unpacked
from tests.canary.walk import SENT, Walk
from webapp.language import grouped

pytestmark = pytest.mark.xdist_group("canary")
KEYS = "keys.json"
Haystacks = list[tuple[str, bytes]]


@dataclass
class Walked:
    """What a product holds after the canary has gone through it."""

    place: Installation
    store: Store
    walk: Walk
    alive: Haystacks
    dead: Haystacks


@pytest.fixture(scope="module")
def walked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Walked]:
    folder, temporary = tmp_path_factory.mktemp("canary"), Path(tempfile.mkdtemp(prefix="kc-"))
    place, port, log = Installation((folder / "data").resolve()), free_port(), folder / "up.log"
    environment = {**os.environ, "TMPDIR": str(temporary), "PYTHONUNBUFFERED": "1"}
    for name in ("DATABASE_URL", "REDIS_URL", "KAIHU_DATA"):
        environment.pop(name, None)
    command = [sys.executable, "-m", "cli", "up", "--data", str(place.data), "--port", str(port), "--behind-proxy"]
    with log.open("wb") as out:
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=out, stderr=out, env=environment)
        try:
            wait_until_there(Product(place, port, process.pid), process, log)
            printed = put_on_file(place, folder)
            walk = Walk(store_of(place), port)
            walk.authority = authority_of(place.data)
            walk.whole()
            alive = [*look(place, log, temporary), *queue_of(place), ("import", printed)]
        finally:
            stop(process)
    walk.store.db.dispose()
    yield Walked(place, walk.store, walk, alive, look(place, log, temporary))
    walk.store.db.dispose()
    shutil.rmtree(temporary, ignore_errors=True)


def authority_of(data: object) -> object:
    found = load_demonstration_ca(data)  # type: ignore[arg-type]
    assert found is not None
    return found


def put_on_file(place: Installation, folder: Path) -> bytes:
    """By the command that a company uses; what it printed."""
    path = folder / "customers.csv"
    path.write_text(customer_file(), "utf-8")
    command = [sys.executable, "-m", "cli", "customers", "import", str(path), "--data", str(place.data)]
    done = subprocess.run(command, capture_output=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


def look(place: Installation, log: Path, temporary: Path) -> Haystacks:
    left = [(f"tmp/{name}", data) for name, data in files(temporary)]
    return [*files(place.data, KEYS), *left, ("up.log", log.read_bytes())]


def queue_of(place: Installation) -> Haystacks:
    """Every key and every value of the queue server, unpacked."""
    running = read(place.running)
    assert running
    with Redis.from_url(running.queue) as client:
        keys = list(client.scan_iter(count=1000))
        assert client.config_get("appendonly") == {"appendonly": "yes"}
        return [(f"queue/{key!r}", part) for key in keys for part in (key, *_value(client, key))]


def _value(client: Redis, key: bytes) -> Iterator[bytes]:
    kind = client.type(key)
    if kind == b"string":
        yield from unpacked(client.get(key) or b"")
    elif kind == b"hash":
        yield from (each for pair in client.hgetall(key).items() for part in pair for each in unpacked(part))
    elif kind == b"list":
        yield from client.lrange(key, 0, -1)
    elif kind == b"set":
        yield from client.smembers(key)
    elif kind == b"zset":
        yield from client.zrange(key, 0, -1)
    elif kind == b"stream":
        yield repr(client.xrange(key)).encode()
    yield client.dump(key) or b""


def test_the_canary_has_been_everywhere(walked: Walked) -> None:
    """The control: his values are in the house, for those who may open them."""
    accounts = LocalAccountSystem(walked.store)
    customer = accounts.find(ON_FILE["id_number"])
    assert customer
    person = accounts.person(customer)
    assert (person.name, person.phone) == (ON_FILE["name"], ON_FILE["phone"])
    assert TYPED["new card"] in {card.number for card in accounts.cards(customer)}
    with walked.store.read() as tx:
        assert len(list(tx.scalars(select(SmsMessage)))) == SENT
        assert tx.scalars(select(Certificate.serial).where(Certificate.customer_id == customer)).all()
    pages = "".join(answer.text for answer in walked.walk.seen)
    for name in (
        "name", "new outlet", "draft address", "corrected address", "customer text", "given-up outlet",
        "verifier's text", "comment", "supervisor's reason",
    ):  # fmt: skip
        assert VALUES[name] in pages, name
    assert not [answer for answer in walked.walk.seen if answer.status >= 500]


def test_none_of_his_values_lies_open_while_the_product_runs(walked: Walked) -> None:
    assert "kaihu.db-wal" in {name for name, _ in walked.alive}
    assert found(VALUES, walked.alive) == set()


def test_none_of_his_values_lies_open_after_it_has_stopped(walked: Walked) -> None:
    assert found(VALUES, walked.dead) == set()


@pytest.mark.parametrize("slot", ["id_portrait", "id_emblem", "signature", "bank_card:1"])
def test_no_picture_of_his_lies_open(walked: Walked, slot: str) -> None:
    """Neither the file that he sent nor anything that begins like a picture."""
    middle = photo(slot)[4000:4064]
    for name, data in (*walked.alive, *walked.dead):
        assert middle not in data, name
        assert not (name.startswith("blobs/") and data.startswith((b"\xff\xd8\xff", b"\x89PNG"))), name


def test_the_search_sees_what_does_lie_open(walked: Walked) -> None:
    """The control: staff names in the database, a job's id in the journal of the queue, a route in the log."""
    with walked.store.read() as tx:
        job = tx.scalars(select(Job.id).where(Job.status == "done").limit(1)).one()
    reviewer = next(one for one in STAFF if one.login == "reviewer.bj")
    seen = found({"staff": reviewer.name + "", "job": job, "route": "/cases/<case_id>"}, walked.alive)
    places = {what: {where for name, where in seen if name == what} for what in ("job", "route")}
    assert any(where.startswith("queue") for where in places["job"])
    assert any(where.startswith("queue/appendonlydir") for where in places["job"]), places["job"]
    assert "logs/web.log" in places["route"]
    login = found({"login": "reviewer.bj"}, walked.dead)
    assert ("login", "kaihu.db") in login


# -- masked where people look --


def test_the_investors_pages_mask_his_numbers(walked: Walked) -> None:
    pages = [answer for answer in walked.walk.me.seen if "text/html" in answer.headers.get("content-type", "")]
    inside = [page for page in pages if page.path.startswith(("/cases", "/my"))]
    assert len(inside) > 20
    for page in pages:
        own = [each for each in ("phone", "card") if ON_FILE[each] in page.text]
        assert all(ON_FILE[each] in page.path for each in own), page.path  # an address that he typed is linked to again
    for page in inside:
        assert ON_FILE["id_number"] not in page.text, page.path
        own = ("customer text", "verifier's text")
        assert not [name for name in WRITTEN.keys() - own if WRITTEN[name] in page.text], page.path
    text = "".join(page.text for page in pages)
    for shown in (
        masking.phone(ON_FILE["phone"]),
        masking.id_number(ON_FILE["id_number"]),
        masking.card(ON_FILE["card"]),
    ):
        assert shown in text, shown


def test_the_desks_pages_mask_his_numbers_unless_they_are_revealed(walked: Walked) -> None:
    pages = [answer for answer in walked.walk.desk.seen if "text/html" in answer.headers.get("content-type", "")]
    numbers = [ON_FILE["id_number"], ON_FILE["phone"], ON_FILE["card"], TYPED["new card"]]
    revealed = [page for page in pages if page.path.endswith("/reveal")]
    for page in pages:
        shown = [number for number in numbers if number in page.text or grouped(number) in page.text]
        assert page in revealed or not shown, page.path
    assert ON_FILE["id_number"] in revealed[0].text and grouped(TYPED["new card"]) in revealed[0].text
    case = next(page for page in pages if ON_FILE["name"] in page.text)
    for shown in (masking.id_number(ON_FILE["id_number"]), masking.card(TYPED["new card"])):
        assert shown in case.text, shown
    queue = [page for page in pages if page.path == "/desk"]
    assert queue and all(ON_FILE["name"] not in page.text for page in queue)
    assert masking.name(ON_FILE["name"]) in queue[0].text


def test_the_operators_pages_show_nothing_of_him(walked: Walked) -> None:
    """What he is and what he wrote, the desk's words on him: an operator keeps the house running without any of it."""
    case_id = walked.walk.case.id
    pages = [page for page in walked.walk.operator.seen if page.path.startswith("/operate")]
    for page in pages:
        shown = {what for what, value in VALUES.items() if value in page.text or grouped(value) in page.text}
        assert shown == set(), page.path
    case = next(page for page in pages if page.path == f"/operate/cases/{case_id}")
    assert len(pages) >= 4 and "办理成功" in case.text  # the control: it is his case


def test_the_desks_photographs_tell_nothing_of_the_phone(walked: Walked) -> None:
    pictures = [one for one in walked.walk.seen if "/photos/" in one.path]
    served = [one for one in pictures if one.headers.get("content-type") == "image/jpeg"]
    assert len(served) > 8
    for one in served:
        assert one.headers["cache-control"] == "no-store" and one.headers["x-content-type-options"] == "nosniff"
        assert not re.search(rb"canary|Exif", one.data, re.IGNORECASE), one.path


def test_every_answer_came_with_the_strict_headers(walked: Walked) -> None:
    for one in walked.walk.seen:
        assert "default-src 'self'" in one.headers["content-security-policy"], one.path
        assert one.headers["x-content-type-options"] == "nosniff" and one.headers["x-frame-options"] == "DENY"
        assert one.headers["cache-control"] == "no-store", one.path
        assert "max-age" in one.headers["strict-transport-security"], one.path


def test_the_network_address_is_kept_sealed(walked: Walked) -> None:
    """The control of its absence: with each consent it is there, for those who hold the keys."""
    from engine.tables import Consent

    with walked.store.read() as tx:
        rows = [row.address for row in tx.scalars(select(Consent))]
    opened = {walked.store.vault.open("consents.address", address) for address in rows}
    assert IP in opened
