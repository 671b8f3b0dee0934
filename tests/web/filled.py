"""A page of the form editor sent back as a browser would send it, with some fields filled in anew."""

from __future__ import annotations

from html.parser import HTMLParser

from flask.testing import FlaskClient
from werkzeug.test import TestResponse


class Fields(HTMLParser):
    """What a browser would send of the forms of a page."""

    def __init__(self, page: TestResponse) -> None:
        super().__init__()
        self.found: dict[str, str] = {}
        self.inside = ""
        self.feed(page.text[: page.text.index("<iframe")])

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        one = dict(attrs)
        name = one.get("name") or ""
        if tag == "input" and name and (one.get("type") != "checkbox" or "checked" in one):
            self.found[name] = one.get("value") or ""
        if tag in ("select", "textarea"):
            self.inside = name
            self.found[name] = ""
        if tag == "option" and self.inside and "selected" in one:
            self.found[self.inside] = one.get("value") or ""

    def handle_data(self, data: str) -> None:
        if self.inside and self.lasttag == "textarea":
            self.found[self.inside] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self.found[self.inside] = self.found[self.inside].removeprefix("\n")
        if tag in ("textarea", "select"):
            self.inside = ""


def sent(client: FlaskClient, page: TestResponse, **changes: str) -> TestResponse:
    found = {name: value for name, value in Fields(page).found.items() if name != "preview-width"}
    return client.post(
        page.request.path, data={**found, **{name.replace("__", "."): text for name, text in changes.items()}}
    )
