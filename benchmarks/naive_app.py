"""The naive peer: Flask and SpiffWorkflow, the whole instance loaded and stored as JSON in each step.

It does for one step what the product does: session, form token, authorisation, the same form judged by the same
schema, a step of the process, an audit row, a redirect. It has no claims, no outbox, no replay, no compaction.
"""

from __future__ import annotations

import json
import secrets
from datetime import UTC, date, datetime

from flask import Flask, abort, redirect, render_template_string, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFProtect
from sqlalchemy import Column, DateTime, Engine, Integer, MetaData, String, Table, Text, insert, select, update

from benchmarks import naive_process
from benchmarks.installation import BUSINESS, ROOT
from engine.store import connect
from forms.context import Context
from forms.document import Form
from forms.load import Invalid, load

METADATA = MetaData()
SESSIONS = Table("sessions", METADATA, Column("token", String(32), primary_key=True), Column("person", String(32)))
INSTANCES = Table(
    "instances",
    METADATA,
    Column("id", String(32), primary_key=True),
    Column("owner", String(32)),
    Column("state", Text),
    Column("version", Integer),
)
AUDIT = Table(
    "audit",
    METADATA,
    Column("seq", Integer, primary_key=True),
    Column("instance", String(32)),
    Column("at", DateTime(timezone=True)),
    Column("who", String(32)),
    Column("what", Text),
)
PAGE = '<form method="post"><input type="hidden" name="csrf_token" value="{{ csrf_token() }}"></form>'
COOKIE = "naive"
ON_FILE = {"name": "王测试", "sex": "男", "birth": "1949-12-31", "id_number": "11010519491231002X"}


def application(database_url: str) -> Flask:
    """The WSGI application; its tables are there already."""
    app, engine, form = Flask(__name__), connect(database_url), _form()
    app.config.update(SECRET_KEY=secrets.token_hex(), WTF_CSRF_SSL_STRICT=False)
    CSRFProtect(app)

    @app.get("/healthz")
    def healthz() -> ResponseReturnValue:
        return {}

    @app.get("/instances/<id>")
    def page(id: str) -> ResponseReturnValue:
        return render_template_string(PAGE)

    @app.post("/instances/<id>")
    def submit(id: str) -> ResponseReturnValue:
        try:
            posted = {name: request.form.getlist(name) for name in request.form}
            answers = load(form, posted, Context(date.today(), date(1949, 12, 31), given=ON_FILE)).values
        except Invalid:
            abort(422)
        _complete(engine, id, answers)
        return redirect(f"/instances/{id}", 303)

    return app


def _form() -> Form:
    document = json.loads((ROOT / "forms" / BUSINESS / "basic_data.form.json").read_text("utf-8"))
    return Form.parse(document, "basic_data")


def _complete(engine: Engine, id: str, answers: dict[str, object]) -> None:
    with engine.connect().execution_options(sqlite_begin="IMMEDIATE") as connection, connection.begin():
        asked = select(SESSIONS.c.person).where(SESSIONS.c.token == request.cookies.get(COOKIE, ""))
        person = connection.scalar(asked) or abort(401)
        row = connection.execute(select(INSTANCES).where(INSTANCES.c.id == id, INSTANCES.c.owner == person)).first()
        if row is None:
            abort(404)
        workflow = naive_process.load(row.state)
        naive_process.do(workflow, "bank", {"bank": answers})
        state, unchanged = naive_process.dump(workflow), (INSTANCES.c.id == id, INSTANCES.c.version == row.version)
        connection.execute(update(INSTANCES).where(*unchanged).values(state=state, version=row.version + 1))
        said = {"instance": id, "at": datetime.now(UTC), "who": person, "what": json.dumps({"step": "bank"})}
        connection.execute(insert(AUDIT).values(said))
