"""What the server knows when a form comes in or is shown: the person, his cards, his photographs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date

from engine import appointments, rows
from engine.accounts import CardOnFile, Person
from engine.company import Company
from engine.tables import Branch, Photo
from forms.cards import Bank, CardRules, HeldCard
from forms.context import Context, HalfDay
from forms.document import Component, Option
from forms.rules import masking
from forms.rules.bank_card import Bin
from webapp.access import person
from webapp.house import clock, company, house, reading
from webapp.language import language
from webapp.language import words as _
from webapp.steps import devices, pictures
from webapp.steps.asked import Asked
from webapp.steps.read_values import ReadValues

_BRANCH = rows.by_key(Branch)
CARD_SLOT = "bank_card:"
WITH_PHOTOGRAPHS = ("photo", "photo_review", "bank_cards")
MASKS = {"phone": masking.phone, "id_number": masking.id_number, "card": masking.card}


def context_for(asked: Asked, established: Mapping[str, object], problems: Mapping[str, str]) -> Context:
    """Everything that the form is judged with; `established` is what the page's own checks have found."""
    held = pictures.held(asked.case.id) if asked.with_widget(*WITH_PHOTOGRAPHS) else {}
    parts = asked.form.components
    given = {part.key: _given(part, held) for part in asked.form.fields} | devices.established(asked)
    return Context(
        today=clock().now().date(),
        birth=person().birth,
        bins=bins(company()) if _says(parts, "rule", "bank_card") else (),
        given={key: value for key, value in given.items() if value is not None} | dict(established),
        choices={"banks": banks()} if _says(parts, "choices", "banks") else {},
        documents={"business.agreements": agreements(asked)} if asked.with_widget("agreements") else {},
        cards=card_rules(held) if asked.with_widget("bank_cards") else CardRules(),
        half_days=half_days(asked),
        problems={**(_photo_problems(asked, held) if held else {}), **problems},
    )


def half_days(asked: Asked) -> tuple[HalfDay, ...]:
    """What can be booked, where a form asks for it; one's own place counts as free."""
    if asked.with_widget("appointment") is None:
        return ()
    mine = appointments.active(reading(), asked.case.id, clock().now())
    own = f"{mine.day.isoformat()}.{mine.half}" if mine else ""
    offered = appointments.halves(reading(), company(), asked.case.branch_id, clock().now())
    return tuple(HalfDay(one.id, one.ends_at.isoformat(), one.free + (one.id == own)) for one in offered)


def agreements(asked: Asked) -> tuple[str, ...]:
    """The agreements of the business, then the shared ones; texts that a tick of their own stands for are left out."""
    folders = (f"processes/{asked.bundle.business.id}/agreements/", "processes/shared/agreements/")
    texts = [path for folder in folders for path in sorted(asked.bundle.files) if path.startswith(folder)]
    parts = (part for form in asked.bundle.forms.values() for part in form["components"])
    elsewhere = {part.get("properties", {}).get("document") for part in parts}
    chinese = (path for path in texts if not path.endswith(".en.md"))
    return tuple(path for path in chinese if f"agreements/{path.rsplit('/', 1)[1]}" not in elsewhere)


def known(source: str) -> str:
    """A value of the account system, in full, by the name that forms give it."""
    find = SOURCES.get(source)
    return find(person()) if find else ""


def shown(part: Component, value: str) -> str:
    """A fixed value as the page shows it: numbers that name a person are masked."""
    source = part.properties.get("source", "").removeprefix("person.")
    if source == "sex":
        return _("男") if value == "男" else _("女")
    if source == "branch":
        return branch_name(person().branch_id)
    mask = MASKS.get(part.properties.get("mask") or source)
    return mask(value) if mask else value


def prefilled(asked: Asked) -> dict[str, object]:
    """What editable fields start with: what the photographs say where that is sure, else the values on file."""
    read = ReadValues(pictures.held(asked.case.id) if asked.reads else {})
    found = {part.key: read.sure(part) or known(part.properties.get("prefill", "")) for part in asked.form.fields}
    return {key: value for key, value in found.items() if value}


def card_rules(held: Mapping[str, Photo]) -> CardRules:
    mine = house().accounts.cards(person().customer_id)
    return CardRules(
        on_file=tuple(HeldCard(card.id, card.bank, card.linked) for card in mine),
        banks={bank.code: Bank(bank.code, bank_name(bank.code)) for bank in company().banks},
        photos={slot.removeprefix(CARD_SLOT): row.id for slot, row in held.items() if slot.startswith(CARD_SLOT)},
        fixed={"holder": person().name},
    )


def cards_on_file() -> list[CardOnFile]:
    return list(house().accounts.cards(person().customer_id))


def banks() -> tuple[Option, ...]:
    return tuple(Option(bank.code, bank_name(bank.code)) for bank in company().banks)


def bank_name(code: str) -> str:
    bank = company().bank(code)
    return (bank.name_en if language() == "en" else bank.name) if bank else code


def bins(firm: Company) -> tuple[Bin, ...]:
    return tuple(Bin(row.prefix, bank.code, row.kind, row.length) for bank in firm.banks for row in bank.bins)


def _says(parts: Iterable[Component], name: str, value: str) -> bool:
    """Whether a field, also one of a list's row, has a property with this value."""
    return any(part.properties.get(name) == value or _says(part.components, name, value) for part in parts)


def validity(one: Person) -> str:
    """As it is printed on the card: 2016.05.02-2036.05.02, or 长期."""
    if one.id_valid_from is None:
        return ""
    end = "长期" if one.id_long_term else _dotted(one.id_valid_until)
    return f"{_dotted(one.id_valid_from)}-{end}" if end else ""


def branch_name(branch_id: str, english: bool | None = None) -> str:
    """In the reader's language, unless told otherwise: answers hold the Chinese one."""
    branch = rows.first(reading(), _BRANCH, key=branch_id)
    wanted = language() == "en" if english is None else english
    return (branch.name_en if wanted else branch.name) if branch else ""


def _dotted(day: date | None) -> str:
    return f"{day:%Y.%m.%d}" if day else ""


def _given(part: Component, held: Mapping[str, Photo]) -> object:
    if part.widget == "photo":
        photo = held.get(part.properties.get("slot", ""))
        return photo.id if photo else None
    return known(part.properties["source"]) if part.widget == "fixed" else None


def _photo_problems(asked: Asked, held: Mapping[str, Photo]) -> dict[str, str]:
    """A photograph that cannot be used, or that a desk has rejected and nobody has replaced."""
    rejected = {row.field: row.at for row in asked.rejections if row.field}
    found: dict[str, str] = {}
    for part in asked.form.fields:
        photo = held.get(part.properties.get("slot", "")) if part.widget == "photo" else None
        if photo and part.key in rejected and photo.at <= rejected[part.key]:
            found[part.key] = _("这张照片没有通过，请重新上传")
        elif photo and pictures.picture(photo).refused:
            found[part.key] = _("这张照片不能使用，请按提示重新拍摄并上传")
    return found


SOURCES: Mapping[str, Callable[[Person], str]] = {
    "person.name": lambda one: one.name,
    "person.sex": lambda one: "男" if one.sex == "male" else "女",
    "person.birth": lambda one: one.birth.isoformat(),
    "person.id_number": lambda one: one.id_number,
    "person.phone": lambda one: one.phone.removeprefix("+86"),
    "person.address": lambda one: one.address,
    "person.issuer": lambda one: one.issuer,
    "person.validity": validity,
    "person.branch": lambda one: branch_name(one.branch_id, english=False),
    "person.account_number": lambda one: one.account_number,
    "person.account_type": lambda one: one.account_type,
}
"""What a form may call for by `properties.source` and `properties.prefill`."""
