"""Fill a data folder with the demonstration: branches, staff, customers with what they have on file, the CA."""

from __future__ import annotations

from sqlalchemy import select

from cli.column_check import check_column
from cli.demonstration.customer_file import file_of
from cli.demonstration.people import BEIJING, INVESTORS, PASSWORD, SHANGHAI, STAFF, SampleInvestor
from cli.demonstration.pictures import STORED, path_of
from cli.installation import Installation
from engine import photos, staff
from engine.accounts import LocalAccountSystem, add_branch, add_obligation, file_photo, import_customers
from engine.actors import Actor
from engine.bundles import Known
from engine.cases import Completion, complete, open_case
from engine.cases.reading import open_tasks
from engine.company import load
from engine.pki import make_demonstration_ca
from engine.pki.demonstration import KEY_FILE
from engine.store import Store
from engine.tables import Case, Obligation, Staff

LOADED = "demonstration.loaded"
BRANCHES = ((BEIJING, "北京营业部", "Beijing branch"), (SHANGHAI, "上海营业部", "Shanghai branch"))


def load_people(place: Installation, store: Store, known: Known) -> None:
    """Put the sample people on file once. Each part looks for what is there, so a start that was cut off is made up."""
    done = place.data / LOADED
    if done.exists():
        return
    if not (place.data / KEY_FILE).exists():
        make_demonstration_ca(place.data, store.clock.now())
    with store.write() as tx:
        for branch in BRANCHES:
            add_branch(tx, *branch)
    load_staff(store)
    load_customers(store)
    done.touch()


def load_staff(store: Store) -> None:
    with store.read() as tx:
        there = set(tx.scalars(select(Staff.login)))
    for colleague in STAFF:
        if colleague.login not in there:
            staff.add(store, colleague.login, colleague.name, PASSWORD, colleague.roles, colleague.branch)


def load_customers(store: Store) -> None:
    with store.read() as tx:
        account_type = load(tx).account_types[0]
    report = import_customers(store, file_of(INVESTORS, account_type), check_column)
    refused = [problem.text("en") for row in report for problem in row.problems]
    if refused:
        raise ValueError(f"the sample people break the rules: {refused}")
    accounts = LocalAccountSystem(store)
    for person in INVESTORS:
        customer_id = accounts.find(person.id_number)
        assert customer_id is not None
        put_on_file(store, customer_id, person)


def put_on_file(store: Store, customer_id: str, person: SampleInvestor) -> None:
    """His pictures, his obligation, his business in flight."""
    with store.write() as tx:
        for slot in STORED if person.stored else ():
            file_photo(tx, store.vault, store.clock.now(), customer_id, slot, path_of(person, slot).read_bytes())
        owed = select(Obligation.id).where(Obligation.customer_id == customer_id)
        if person.obligation and tx.scalar(owed) is None:
            add_obligation(tx, store.ids, store.clock.now(), customer_id, person.obligation, forced=person.forced)
        begun = tx.scalar(select(Case.id).where(Case.customer_id == customer_id, Case.started_at.is_not(None)))
    if person.pending and begun is None:
        start_business(store, customer_id, person, person.pending)


def start_business(store: Store, customer_id: str, person: SampleInvestor, business: str) -> None:
    """Submit the first step of a business, as the person would."""
    with store.read() as tx:
        settings = load(tx).settings
    case_id = open_case(store, business=business, customer_id=customer_id, branch_id=person.branch, settings=settings)
    actor = Actor("investor", customer_id, person.name, frozenset({"investor"}))
    answers: dict[str, object] = {"identity_consent": True}
    for slot in STORED:
        data = path_of(person, slot).read_bytes()
        kind = "sheet" if slot == "signature" else "id1"
        answers[slot] = photos.add(store, case_id=case_id, slot=slot, data=data, by=customer_id, kind=kind)
    with store.read() as tx:
        task_id = open_tasks(tx, case_id)[0].id
    complete(store, Completion(task_id, actor, store.ids.new(), answers=answers))
