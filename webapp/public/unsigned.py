"""Whether a business can be finished at all where no authority certifies the keys of customers."""

from __future__ import annotations

from engine.bundles import Bundle
from forms.document import walk
from webapp.house import form_of, house

SIGNING = "agreements"


def stops_at_signing(bundle: Bundle | None) -> bool:
    """Somebody who begins it should know before he uploads his papers: nobody has or gets a certificate here."""
    return bundle is not None and house().authority is None and _is_signed(bundle)


def _is_signed(bundle: Bundle) -> bool:
    forms = (form_of(bundle, key) for key in bundle.forms)
    return any(part.widget == SIGNING for form in forms for part in walk(form.components))
