"""The check of the media server that carries and records calls."""

from __future__ import annotations

from collections.abc import Iterator

from cli.call_engine import BadEngine, call_engine
from cli.checkups_stored import DATABASE, STORE, TABLES
from cli.finding import Check, Finding, Patient
from webapp.calls.janus_api import PLUGIN, Declined, Janus, MediaAway

CALL_ENGINE = "call engine"
PATIENCE = 3.0
GUIDE = "docs/video.md says how Janus is set up"


def call_engine_answers(patient: Patient) -> Iterator[Finding]:
    """Nothing to say where calls go from browser to browser."""
    try:
        engine = call_engine(patient.place)
    except BadEngine as wrong:
        yield Finding("wrong", CALL_ENGINE, wrong.message, GUIDE)
        return
    if engine.url:
        yield _asked(engine.url, Janus(engine.url, engine.secret, PATIENCE), engine.name)


def _asked(url: str, janus: Janus, name: str) -> Finding:
    try:
        about = janus.about()
        janus.close(janus.open())
    except Declined:
        return Finding(
            "wrong", CALL_ENGINE, f"{url} does not take the secret", "api_secret of janus.jcfg, janus.secret"
        )
    except MediaAway as away:
        return Finding("wrong", CALL_ENGINE, f"{url} does not answer ({away})", "start Janus, or mend JANUS_URL")
    if PLUGIN not in about.get("plugins", {}):
        return Finding("wrong", CALL_ENGINE, f"{url} has no VideoRoom", GUIDE)
    return Finding("ok", CALL_ENGINE, f"{name}; Janus {about.get('version_string', '')} answers at {url}")


CHECKS = [(CALL_ENGINE, Check(call_engine_answers, [*STORE, DATABASE, TABLES]))]
