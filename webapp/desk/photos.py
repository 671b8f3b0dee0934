"""Photographs at a desk: through a live claim, with the reader and the moment drawn in, and every look written down."""

from __future__ import annotations

import io
from collections.abc import Mapping

from flask import Response, abort
from PIL import Image, ImageDraw

from engine import audit, photo_records
from engine.tables import Photo
from webapp.access import StaffMember, current_staff, desk_photo, staff_only
from webapp.desk.views import blueprint
from webapp.house import clock, reading, store, vault
from webapp.steps.photos import sealed, served


@blueprint.get("/photos/<photo_id>/<any(original, crop):which>")
@staff_only()
def photo(photo_id: str, which: str) -> Response:
    row = desk_photo(photo_id)
    return looked_at(row.case_id, _seen(row, which), served(row, which))


@blueprint.get("/photos/<photo_id>/cuts/<int:run>")
@staff_only()
def cut(photo_id: str, run: int) -> Response:
    """An earlier cut-out of the photograph: the pipeline's own, or one that the customer's outline made."""
    row = desk_photo(photo_id)
    cuts = photo_records.cuts(reading(), [row.id]).get(row.id, [])
    name = next((one.blob for one in cuts if one.run == run), None)
    return looked_at(row.case_id, _seen(row, f"cut {run}"), sealed(row, name, "crop")) if name else abort(404)


def looked_at(case_id: str, what: Mapping[str, object], answer: Response) -> Response:
    """A picture of a case as this reader gets it: written down first, then marked as his."""
    member = current_staff()
    _write_down(case_id, what, member)
    answer.set_data(marked(answer.get_data(), f"{member.id[:8]} {clock().now():%Y-%m-%d %H:%M} {case_id[:8]}"))
    return answer


def marked(jpeg: bytes, text: str) -> bytes:
    """The picture with a line of small print across its foot: a photograph of the screen tells who had it open."""
    picture = Image.open(io.BytesIO(jpeg), formats=["JPEG"]).convert("RGB")
    draw = ImageDraw.Draw(picture)
    size = max(10, picture.width // 60)
    draw.text((size, picture.height - 2 * size), text, fill=(128, 128, 128), font_size=size)
    kept = io.BytesIO()
    picture.save(kept, "JPEG", quality=90)
    return kept.getvalue()


def _seen(row: Photo, which: str) -> Mapping[str, object]:
    return {"photo": row.id, "slot": row.slot, "which": which}


def _write_down(case_id: str, what: Mapping[str, object], member: StaffMember) -> None:
    with store().write() as tx:
        audit.record(tx, vault(), audit.case_chain(case_id), member.actor.key, "look", what, clock().now())
