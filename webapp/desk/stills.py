"""A still of a call at the desk, as the holder of a claim looks at it."""

from __future__ import annotations

from flask import Response, abort

from engine.tables import CallStill
from webapp.access import held_case, staff_only
from webapp.desk.photos import looked_at
from webapp.desk.views import blueprint
from webapp.house import reading, vault


@blueprint.get("/stills/<still_id>")
@staff_only()
def still(still_id: str) -> Response:
    """Made by a worker of the pixels alone, with the reader drawn in; every look is written down."""
    row = reading().get(CallStill, still_id)
    if row is None or row.picture is None:
        abort(404)
    held_case(row.case_id)
    answer = Response(vault().blobs.get(reading(), row.case_id, row.picture), mimetype="image/jpeg")
    answer.headers["Content-Disposition"] = f'inline; filename="{row.kind}.jpg"'
    return looked_at(row.case_id, {"still": row.id, "kind": row.kind}, answer)
