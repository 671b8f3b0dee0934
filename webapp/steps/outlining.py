"""用这个轮廓裁切: the customer has set the four corners; the photograph is cut out by them, as a record of its own."""

from __future__ import annotations

import json

from flask import request
from flask.typing import ResponseReturnValue as Page

from engine import photos
from engine.errors import Conflict, NoRoom, Stale
from engine.outlines import MOST, Enough
from engine.tables import Photo
from webapp.access import current_investor, investor_only, my_case, my_photo
from webapp.house import look_again, store
from webapp.language import words as _
from webapp.steps.asked import Asked
from webapp.steps.refusals import elsewhere, not_stored
from webapp.steps.slots import card, led, open_step, shows
from webapp.steps.views import blueprint

Corners = list[list[float]]
LONGEST, FARTHEST = 400, 100_000
"""Letters of four corners, and pixels from the picture: what is beyond that no page of ours has sent."""


@blueprint.post("/photos/<photo_id>/outline")
@investor_only
def outline(photo_id: str) -> Page:
    """Four corners in pixels of the upright picture, as JSON; the card of the slot comes back and asks again."""
    row = my_photo(photo_id)
    found = my_case(row.case_id)
    here = open_step(found)
    if here is None or not shows(here, row.slot):
        return led(elsewhere(found))
    try:
        said = _outlined(here, row)
    except Stale:
        return led(elsewhere(found))
    look_again()
    return card(here, row.slot, said), 422 if said else 200


def _outlined(here: Asked, row: Photo) -> str:
    """What is wrong, or nothing."""
    if row.status == photos.WAITING:
        return _("这张照片还在处理。请等处理完，再调整四角")
    try:
        photos.outline(store(), row.id, corners(request.form.get("corners", "")), current_investor().id, here.task.id)
    except Enough:
        return _("这张照片的四角已经调整了 %(n)d 次，不能再调整。请用现在的裁切、改用原图，或重新拍摄上传", n=MOST)
    except ValueError:
        return _("这四个角围不成证件的轮廓，照片没有改动。请再点击“调整四角”，把四个角分别拖到证件的四个角上")
    except (NoRoom, Conflict) as refused:
        return not_stored(refused)[0]
    return ""


def corners(text: str) -> Corners:
    """Four pairs of numbers; ValueError for anything else."""
    found = json.loads(text[:LONGEST])
    pairs = found if isinstance(found, list) else []
    if len(pairs) != 4 or not all(isinstance(pair, list) and len(pair) == 2 for pair in pairs):
        raise ValueError("not four pairs")
    numbers = [number for pair in pairs for number in pair]
    if not all(type(number) in (int, float) and abs(number) < FARTHEST for number in numbers):
        raise ValueError("not numbers of pixels")
    return [[float(number) for number in pair] for pair in pairs]
