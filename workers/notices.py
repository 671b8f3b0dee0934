"""The words of a notice, from the business's own `notices.json`, and the phone they go to."""

from __future__ import annotations

import re

from engine import company
from engine.bundles import bundle_of
from engine.tables import Case
from workers.service import Impossible, JobContext

PLACE = re.compile(r"\{(\w+)\}")


def text_of(job: JobContext, template: str) -> str:
    """【公司】text and what to do, with the placeholders filled in; Impossible when the business lacks the notice."""
    assert job.store.known is not None
    with job.store.read() as tx:
        case = tx.get_one(Case, job.case_id)
        bundle = bundle_of(tx, case.bundle_hash, job.store.known)
        firm = company.load(tx)
    notice = bundle.notices.get(template)
    if notice is None:
        raise Impossible(f"the business has no notice {template!r}")
    words = {
        "company": firm.name,
        "hotline": firm.hotline,
        "business": bundle.business.name,
        "number": case.number or "",
    }
    return filled(f"【{firm.name}】{notice['text']}{notice.get('action', '')}", words)


def filled(text: str, words: dict[str, str]) -> str:
    """The text with every `{name}` replaced; Impossible on a name that nobody knows."""
    unknown = set(PLACE.findall(text)) - words.keys()
    if unknown:
        raise Impossible(f"unknown placeholders in a notice: {sorted(unknown)}")
    return PLACE.sub(lambda place: words[place[1]], text)


def phone_of(job: JobContext) -> str:
    """The phone on file of the case's customer."""
    with job.store.read() as tx:
        customer_id = tx.get_one(Case, job.case_id).customer_id
    return job.accounts.person(customer_id).phone
