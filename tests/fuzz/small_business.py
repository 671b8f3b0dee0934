"""The sample business as it would be handed in: its forms are judged by the forms room, as in the product."""

from __future__ import annotations

import json

from engine.bundles import Known
from forms.facts import declared_facts, sure_facts
from forms.lint import lint
from forms.trying import fill
from tests.fuzz.business_sweep import Business
from tests.unit.tea import KNOWN, tea


def small() -> Business:
    known = Known(KNOWN.services, KNOWN.settings, declared_facts, sure_facts, lint, fill)
    files = tea()
    choices = [{"value": value, "label": "茶"} for value in ("ok", "reject")]
    for path in [path for path in files if path.endswith(".form.json")]:
        form = json.loads(files[path])
        for field in form["components"]:
            field["values"] = choices
        files[path] = json.dumps(form, ensure_ascii=False, indent=1).encode()
    return Business("tea", files, known)
