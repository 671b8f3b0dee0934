"""The floor: a Flask application that validates a form and writes one row and one audit row. No session, no process."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import uuid4

from flask import Flask, abort, redirect, request
from flask.typing import ResponseReturnValue
from marshmallow import Schema, ValidationError, fields, validate
from sqlalchemy import Column, DateTime, Integer, MetaData, String, Table, Text, insert

from engine.store import connect

METADATA = MetaData()
ANSWERS = Table("answers", METADATA, Column("id", String(32), primary_key=True), Column("values", Text))
AUDIT = Table(
    "audit",
    METADATA,
    Column("seq", Integer, primary_key=True),
    Column("at", DateTime(timezone=True)),
    Column("what", String(64)),
)


class BasicData(Schema):
    """Three texts, as the measured step of the product asks them."""

    address = fields.String(required=True, validate=validate.Length(8, 200))
    issuer = fields.String(required=True, validate=validate.Length(2, 100))
    validity = fields.String(required=True, validate=validate.Regexp(r"\d{4}\.\d\d\.\d\d-\d{4}\.\d\d\.\d\d"))


def application(database_url: str) -> Flask:
    """The WSGI application."""
    app, engine, schema = Flask(__name__), connect(database_url), BasicData()
    METADATA.create_all(engine)
    engine.dispose()

    @app.get("/healthz")
    def healthz() -> ResponseReturnValue:
        return {}

    @app.post("/answers")
    def answer() -> ResponseReturnValue:
        try:
            values = schema.load(request.form.to_dict())
        except ValidationError:
            abort(422)
        with engine.begin() as connection:
            connection.execute(insert(ANSWERS).values(id=uuid4().hex, values=repr(values)))
            connection.execute(insert(AUDIT).values(at=datetime.now(UTC), what="answered"))
        return redirect("/answers", 303)

    return app
