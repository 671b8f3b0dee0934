"""A form of the studio as a browser without scripts sends it: every field of the page in its order, some typed over."""

from __future__ import annotations

from collections.abc import Callable

from flask.testing import FlaskClient
from lxml import html
from werkzeug.test import TestResponse

Fields = list[tuple[str, str]]


def form_of(page: TestResponse, at: int = 0) -> Fields:
    """The fields of the page's form, without its buttons. `at`: which of those that ask for a save."""
    forms = html.fromstring(page.text).xpath("//main//form[.//input[@name='seen']]")
    return [(str(name), str(value).removeprefix("\n")) for name, value in forms[at].form_values()]


def press(
    client: FlaskClient, page: TestResponse, do: str, *typed: Callable[[Fields], Fields], at: int = 0
) -> TestResponse:
    """The button of that value, after what is typed."""
    fields = form_of(page, at)
    for change in typed:
        fields = change(fields)
    data: dict[str, list[str]] = {}
    for name, value in [*fields, ("do", do)]:
        data.setdefault(name, []).append(value)
    return client.post(page.request.path, data=data)


def put(name: str, value: str, at: int = 0) -> Callable[[Fields], Fields]:
    """Types into the field of that name; the `at`-th of several."""

    def typed(fields: Fields) -> Fields:
        places = [place for place, (key, _value) in enumerate(fields) if key == name]
        return [*fields[: places[at]], (name, value), *fields[places[at] + 1 :]]

    return typed


def tick(name: str, value: str) -> Callable[[Fields], Fields]:
    """Ticks a box, or chooses one more."""
    return lambda fields: [*fields, (name, value)]
