"""What the account system may say, read into words of ours. docs/account-system.md is the contract in full."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from marshmallow import EXCLUDE, Schema, ValidationError, fields, validates_schema
from marshmallow.validate import Length, OneOf, Regexp

from engine.accounts import NewCard, Person, ToldCard, Unavailable

VERSION = 1
STATES = ("applied", "refused", "withdrawn", "pending", "unknown")


@dataclass(frozen=True)
class ToldPhoto:
    """A picture on file, known by its digest before it is fetched."""

    slot: str
    sha256: str


@dataclass(frozen=True)
class Told:
    """A customer as the account system tells him."""

    person: Person
    cards: tuple[ToldCard, ...]
    photos: tuple[ToldPhoto, ...]


@dataclass(frozen=True)
class Decided:
    """What became of an application. `at` is there when it was applied, `code` when it was refused."""

    state: str
    at: datetime | None
    code: str


def _text() -> fields.Str:
    return fields.Str(required=True, validate=Length(1, 200))


class _Lenient(Schema):
    """A newer account system may say more than is asked."""

    class Meta:
        unknown = EXCLUDE


class _Card(_Lenient):
    bank = fields.Str(required=True, validate=Regexp(r"[A-Za-z0-9_-]{1,16}\Z"))
    outlet = _text()
    number = fields.Str(required=True, validate=Regexp(r"[0-9]{12,22}\Z"))
    linked = fields.Bool(required=True, truthy={True}, falsy={False})


class _Photo(_Lenient):
    slot = fields.Str(required=True, validate=Regexp(r"[a-z0-9_]{1,64}\Z"))
    sha256 = fields.Str(required=True, validate=Regexp(r"[0-9a-f]{64}\Z"))


class _Customer(_Lenient):
    id_number = fields.Str(required=True, validate=Regexp(r"[1-9][0-9]{16}[0-9X]\Z"))
    name = _text()
    phone = fields.Str(required=True, validate=Regexp(r"1[3-9][0-9]{9}\Z"))
    account_number = fields.Str(required=True, validate=Regexp(r"[A-Za-z0-9-]{1,32}\Z"))
    account_type = fields.Str(required=True, validate=Length(1, 32))
    address = _text()
    issuer = _text()
    valid_from = fields.Date(required=True, allow_none=True)
    valid_until = fields.Date(required=True, allow_none=True)
    long_term = fields.Bool(required=True, truthy={True}, falsy={False})
    branch = fields.Str(required=True, validate=Regexp(r"[A-Za-z0-9_-]{1,32}\Z"))
    cards = fields.List(fields.Nested(_Card), required=True, validate=Length(max=50))
    photos = fields.List(fields.Nested(_Photo), load_default=list, validate=Length(max=10))

    @validates_schema(skip_on_field_errors=True)
    def _born(self, told: Mapping[str, Any], **_: object) -> None:
        try:
            datetime.strptime(told["id_number"][6:14], "%Y%m%d")
        except ValueError:
            raise ValidationError("no day of birth", "id_number") from None


class _Found(_Lenient):
    customer = fields.Nested(_Customer, required=True, allow_none=True)


class _Decided(_Lenient):
    state = fields.Str(required=True, validate=OneOf(STATES))
    at = fields.AwareDateTime(load_default=None)
    code = fields.Str(load_default="", validate=Regexp(r"([a-z][a-z0-9_]{0,63})?\Z"))

    @validates_schema(skip_on_field_errors=True)
    def _whole(self, told: Mapping[str, Any], **_: object) -> None:
        if told["state"] == "applied" and told["at"] is None:
            raise ValidationError("when", "at")
        if told["state"] == "refused" and not told["code"]:
            raise ValidationError("why", "code")


class _About(_Lenient):
    contract = fields.Int(required=True, strict=True)
    name = fields.Str(required=True, validate=Length(1, 100))


def customer(document: Mapping[str, Any], id_number: str) -> Told | None:
    """The customer who was asked for; None when there is none. Another one than was asked for is no answer."""
    told = _load(_Found(), document)["customer"]
    if told is None:
        return None
    if told["id_number"] != id_number:
        raise Unavailable("answered with another customer than was asked for", permanent=True)
    cards = tuple(ToldCard(NewCard(row["bank"], row["outlet"], row["number"]), row["linked"]) for row in told["cards"])
    return Told(_person(told), cards, tuple(ToldPhoto(**row) for row in told["photos"]))


def decided(document: Mapping[str, Any]) -> Decided:
    """What became of an application."""
    return Decided(**_load(_Decided(), document))


def about(document: Mapping[str, Any]) -> str:
    """What the account system calls itself; Unavailable when it speaks another version of the contract."""
    told = _load(_About(), document)
    if told["contract"] != VERSION:
        raise Unavailable(f"speaks version {told['contract']} of the contract, not {VERSION}", permanent=True)
    return str(told["name"])


def _person(told: Mapping[str, Any]) -> Person:
    plain = ("name", "id_number", "phone", "address", "issuer", "account_number", "account_type")
    return Person(
        customer_id="",
        id_valid_from=told["valid_from"],
        id_valid_until=told["valid_until"],
        id_long_term=told["long_term"],
        branch_id=told["branch"],
        **{name: told[name] for name in plain},
    )


def _load(schema: Schema, document: Mapping[str, Any]) -> dict[str, Any]:
    """Read by the schema. What does not fit is told by its places alone: the values may be a person's."""
    try:
        found: dict[str, Any] = schema.load(document)
    except ValidationError as wrong:
        places = ", ".join(_places(wrong.messages))
        raise Unavailable(f"answered against the contract: {places}", permanent=True) from None
    return found


def _places(messages: Any, at: str = "") -> Iterator[str]:
    if not isinstance(messages, dict):
        yield at
        return
    for name, below in messages.items():
        yield from _places(below, f"{at}.{name}" if at else str(name))
