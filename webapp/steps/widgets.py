"""What Kaihu's own widgets need beyond a value: pictures, texts to be read, cards on file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from engine import photos
from engine.bundles import Bundle
from engine.tables import Photo
from forms.cards import next_row
from forms.document import Component
from forms.rules import masking
from webapp.house import house, say
from webapp.language import language
from webapp.notices import notice
from webapp.prose import prose
from webapp.steps import booking, certificate, devices, knowing, pictures, video_page
from webapp.steps.asked import Asked
from webapp.steps.bank_links import bank_links
from webapp.steps.fields import Drawing, Field
from webapp.steps.read_values import ReadValues
from webapp.steps.summary import signed_before, summary

Extra = Mapping[str, object]


class Extras:
    """The widgets of one page; photographs are looked up once."""

    def __init__(self, asked: Asked) -> None:
        self.asked = asked
        self.held: Mapping[str, Photo] = pictures.held(asked.case.id)
        self.read = ReadValues(self.held)

    def __call__(self, drawing: Drawing, part: Component, name: str) -> Extra:
        make: Callable[[Drawing, Component, str], Extra] | None = getattr(self, f"_{part.widget}", None)
        read = self.read.of(part, _row_of(name)) if "read" in part.properties else None
        return {**(make(drawing, part, name) if make else {}), "read": read}

    def slot(self, slot: str, kind: str) -> dict[str, object]:
        """One slot with the photograph that it holds."""
        photo = self.held.get(slot)
        found = self.read.found(slot) if photo and photo.status == photos.READY else []
        return {"slot": slot, "kind": kind, "picture": pictures.picture(photo) if photo else None, "found": found}

    def _photo(self, drawing: Drawing, part: Component, name: str) -> Extra:
        slot, kind, row = part.properties.get("slot", part.key), part.properties.get("kind", "id1"), _row_of(name)
        if not row:
            return self.slot(slot, kind)
        return {**self.slot(f"{slot}:{row}", kind), "fills": self._fills(name.split(".")[0], row)}

    def _fills(self, key: str, row: str) -> dict[str, str]:
        """What the photograph of a row says beyond doubt, by the name of the row's field that it belongs into."""
        parts = next((part.components for part in self.asked.form.fields if part.key == key), ())
        read = {f"{key}.{row}.{part.key}": self.read.sure(part, row) for part in parts}
        return {name: value for name, value in read.items() if value}

    def _photo_review(self, drawing: Drawing, part: Component, name: str) -> Extra:
        return {"slots": [self.named_slot(slot) for slot in part.names("slots") if slot in self.held]}

    def named_slot(self, slot: str) -> dict[str, object]:
        """A slot with the label that the form which takes it gives it."""
        label = next(
            (one["label"] for one in _photo_fields(self.asked.bundle) if one["properties"]["slot"] == slot), slot
        )
        return {**self.slot(slot, "id1"), "label": say(self.asked.bundle, label)}

    def _fixed(self, drawing: Drawing, part: Component, name: str) -> Extra:
        return {"shown": knowing.shown(part, knowing.known(part.properties.get("source", "")))}

    def _document(self, drawing: Drawing, part: Component, name: str) -> Extra:
        return document(self.asked.bundle, part.properties["document"])

    def _notice(self, drawing: Drawing, part: Component, name: str) -> Extra:
        return notice(self.asked.bundle, part.properties["notice"])

    def _bank_links(self, drawing: Drawing, part: Component, name: str) -> Extra:
        return {"links": bank_links(self.asked)}

    def _agreements(self, drawing: Drawing, part: Component, name: str) -> Extra:
        texts = [document(self.asked.bundle, path) for path in drawing.context.agreements(part)]
        return {"documents": texts, "summary": summary(self.asked), "again": signed_before(self.asked)}

    def _certificate(self, drawing: Drawing, part: Component, name: str) -> Extra:
        return {"elsewhere": certificate.elsewhere(), "offered": house().authority is not None}

    _install_certificate = _certificate

    def _device_check(self, drawing: Drawing, part: Component, name: str) -> Extra:
        return {"devices": devices.shown(self.asked)}

    _device_state = _device_check

    def _device_choice(self, drawing: Drawing, part: Component, name: str) -> Extra:
        return {"booking": booking.booked(self.asked.case.id), "is_open": video_page.answers_now()}

    def _video_choice(self, drawing: Drawing, part: Component, name: str) -> Extra:
        return {"video": video_page.video_page(self.asked)}

    def _appointment(self, drawing: Drawing, part: Component, name: str) -> Extra:
        mine, typed_now = booking.booked(self.asked.case.id), drawing.values.get(part.key)
        chosen = typed_now if isinstance(typed_now, str) else mine.id if mine else ""
        weeks = booking.weeks(self.asked, chosen)
        return {"weeks": weeks, "booking": mine, "chosen": chosen, "hours": booking.hours()}

    def _appointment_choice(self, drawing: Drawing, part: Component, name: str) -> Extra:
        return {"booking": booking.booked(self.asked.case.id), "is_open": video_page.answers_now()}

    def _bank_cards(self, drawing: Drawing, part: Component, name: str) -> Extra:
        value: Any = drawing.values.get(part.key) or {"removed": [], "unlinked": [], "added": []}
        return {
            "on_file": [_card(card, value, drawing, part) for card in knowing.cards_on_file()],
            "added": [{"row": row["row"], "fields": self._row(drawing, part, row)} for row in value["added"]],
            "next": next_row(value, drawing.context.cards.photos),
        }

    def _row(self, drawing: Drawing, part: Component, typed: Mapping[str, Any]) -> list[Field]:
        """A new card as typed, with what its photograph says where nothing was; what was cleared stays cleared."""
        read = {child.key: self.read.sure(child, typed["row"]) for child in part.components}
        return drawing.row(part, typed["row"], {**{key: value for key, value in read.items() if value}, **typed})


def _row_of(name: str) -> str:
    """The row of a field of a list, `cards.3.number`; nothing for any other field."""
    return name.split(".")[1] if "." in name else ""


def document(bundle: Bundle, path: str) -> dict[str, object]:
    """A text to be read: the Chinese one is what is agreed to; English beside it for those who read it."""
    _, below = headed(bundle.document(path).decode())
    _, english = headed(_english(bundle, path))
    shown = prose(english, 3) if english else ""
    return {"path": path, "title": title(bundle, path), "text": prose(below, 3), "english": shown}


def title(bundle: Bundle, path: str) -> str:
    """What a text is called, in the reader's language; its path when it has no heading."""
    return headed(_english(bundle, path))[0] or headed(bundle.document(path).decode())[0] or path


def headed(text: str) -> tuple[str, str]:
    """The heading of a text, which the page draws itself, and what stands below it."""
    first, _, rest = text.lstrip().partition("\n")
    return (first.lstrip("# ").strip(), rest) if first.startswith("# ") else ("", text)


def _english(bundle: Bundle, path: str) -> str:
    """The English text, for those who read it and where there is one."""
    if language() != "en":
        return ""
    try:
        return bundle.document(path.removesuffix(".md") + ".en.md").decode()
    except KeyError:
        return ""


def _card(card: Any, value: Mapping[str, Any], drawing: Drawing, part: Component) -> dict[str, object]:
    error = drawing.errors.get(f"{part.key}.file.{card.id}", "")
    return {
        "id": card.id,
        "bank": knowing.bank_name(card.bank),
        "outlet": card.outlet,
        "number": masking.card(card.number),
        "linked": card.linked,
        "removed": card.id in value["removed"],
        "unlinked": card.id in value["unlinked"],
        "error": drawing.message(error) if error else "",
    }


def _photo_fields(bundle: Bundle) -> list[dict[str, Any]]:
    parts = (part for form in bundle.forms.values() for part in form["components"])
    return [part for part in parts if part.get("properties", {}).get("widget") == "photo"]
