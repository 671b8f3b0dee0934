"""Whether a business can be finished at all where no authority certifies the keys of customers."""

from __future__ import annotations

from engine.bundles import Bundle
from forms.document import Form, walk
from webapp.house import house

SIGNING = "agreements"


def stops_at_signing(bundle: Bundle | None) -> bool:
    """Somebody who begins it should know before he uploads his papers: nobody has or gets a certificate here."""
    return bundle is not None and house().authority is None and _is_signed(bundle)


def _is_signed(bundle: Bundle) -> bool:
    forms = (Form.parse(document, key) for key, document in bundle.forms.items())
    return any(part.widget == SIGNING for form in forms for part in walk(form.components))
