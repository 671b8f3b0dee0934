"""What the web shows of the sample people."""

from __future__ import annotations

from collections.abc import Iterator

from cli.demonstration.people import INVESTORS, PASSWORD, STAFF, SampleInvestor, SampleStaff
from cli.demonstration.pictures import path_of, slots_of
from engine.accounts import AccountSystem
from webapp.demonstration.people import SamplePerson, Specimen


class Panel:
    """The demonstration that the composition root passes to the web."""

    def __init__(self, accounts: AccountSystem, account_type: str) -> None:
        self._accounts, self._account_type = accounts, account_type
        self._by_customer: dict[str, SampleInvestor] = {}

    def people(self) -> tuple[SamplePerson, ...]:
        """Investors first, then staff."""
        return (*(self._investor(each) for each in INVESTORS), *(staff_person(each) for each in STAFF))

    def specimen(self, customer_id: str, slot: str) -> Specimen | None:
        """The drawn photograph of this customer for this slot."""
        person = self._person(customer_id)
        path = path_of(person, slot) if person else None
        if person is None or path is None or not path.exists():
            return None
        return Specimen(f"{person.key}-{path.name}", "image/jpeg", path.read_bytes())

    def _investor(self, person: SampleInvestor) -> SamplePerson:
        return SamplePerson(
            key=person.key,
            kind="investor",
            name=person.name,
            note=person.note,
            note_en=person.note_en,
            id_number=person.id_number,
            account_type=self._account_type,
            has_certificate=person.has_certificate,
            slots=slots_of(person),
        )

    def _person(self, customer_id: str) -> SampleInvestor | None:
        if not self._by_customer:
            found = ((self._accounts.find(each.id_number), each) for each in INVESTORS)
            self._by_customer = {there: each for there, each in found if there is not None}
        return self._by_customer.get(customer_id)


def staff_person(person: SampleStaff) -> SamplePerson:
    return SamplePerson(
        key=person.login,
        kind="staff",
        name=person.name,
        note=person.note,
        note_en=person.note_en,
        login=person.login,
        password=PASSWORD,
    )


def introduce() -> Iterator[str]:
    """The sample people, for the terminal."""
    yield "A demonstration: nothing here is real, and nobody's real ID belongs here."
    for investor in INVESTORS:
        yield f"  investor {investor.name}  {investor.id_number}  {investor.note}"
    for colleague in STAFF:
        yield f"  staff    {colleague.login:12} password {PASSWORD}  {colleague.note}"
