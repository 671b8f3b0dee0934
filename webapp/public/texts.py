"""The pages of text: data of the company's record (S12). For the privacy policy there is a draft of ours."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import resources

from flask import abort
from markupsafe import Markup

from webapp.house import company
from webapp.language import Language, language
from webapp.language import words as _
from webapp.prose import prose

PRIVACY = "privacy"


@dataclass(frozen=True)
class TextPage:
    """A page of text in the language of this request."""

    title: str
    text: Markup


def page(name: str) -> TextPage:
    """The page of that name; 404 when the record has none."""
    firm, lang = company(), language()
    if name in firm.pages:
        return TextPage(firm.say(firm.pages[name].title, lang), prose(firm.say(firm.pages[name].text, lang)))
    return TextPage(_("隐私政策"), prose(_draft(lang))) if name == PRIVACY else abort(404)


def privacy_source() -> str:
    """The Chinese text of the privacy policy: this is what people agree to."""
    pages = company().pages
    return pages[PRIVACY].text if PRIVACY in pages else _draft("zh")


def _draft(lang: Language) -> str:
    return (resources.files("webapp") / "texts" / f"{PRIVACY}.{lang}.md").read_text("utf-8")
