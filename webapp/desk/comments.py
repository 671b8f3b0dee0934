"""留言: what colleagues note about a case for each other, beside the decision that is being written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flask import request

from engine import comments
from engine.bundles import Bundle
from engine.tables import Case
from webapp.desk.queue import name_of
from webapp.house import reading, say, vault
from webapp.language import words as _

FIELD, LONGEST = "comment", comments.LONGEST


@dataclass(frozen=True)
class Comment:
    """One comment, as a colleague reads it. `why` names the act whose reason it is: claim | reassign | watch."""

    by: str
    at: datetime
    step: str
    text: str
    why: str


def typed_comment() -> str:
    """What stands in the comment's field of this request."""
    return request.form.get(FIELD, "").replace("\r\n", "\n").strip()


def too_long() -> str:
    return _("留言须有 1 至 %(n)d 个字", n=LONGEST)


def comments_of(case: Case, bundle: Bundle) -> list[Comment]:
    """The oldest first."""
    said = comments.of_case(reading(), vault(), case.id)
    steps = {one.step: say(bundle, bundle.step_name(one.step)) for one in said}
    return [Comment(name_of(one.by), one.at, steps[one.step], one.text, one.why) for one in said]
