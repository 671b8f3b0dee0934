"""Forms that an analyst writes in a draft, and the frame in which the page shows them."""

from __future__ import annotations

import html
import json
import re

from werkzeug.test import TestResponse

from engine.bundles import Bundle
from tests.web.conftest import MAIN, bundle

REVIEW = f"forms/{MAIN}/review.form.json"
CARDS = f"forms/{MAIN}/bank_cards.form.json"
SCRIPT = "<script>alert(1)</script>"


def frame(page: TestResponse) -> str:
    """The page inside the frame, as the browser reads it."""
    assert page.status_code in (200, 409, 422), page.status_code
    return html.unescape(re.search(r'srcdoc="([^"]*)"', page.text)[1])  # type: ignore[index]


def document(*components: object) -> str:
    return json.dumps({"type": "default", "schemaVersion": 19, "id": "x", "components": components})


def forms_of(one: Bundle) -> list[str]:
    return [path for path in one.files if path.endswith(".form.json")]


def shipped() -> Bundle:
    return bundle(MAIN)
