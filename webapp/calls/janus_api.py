"""Janus' HTTP interface: sessions, handles, messages and their answers. It knows nothing of calls."""

from __future__ import annotations

import hashlib
import hmac
import json
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from http.client import HTTPException
from secrets import token_hex
from typing import Any
from urllib.parse import quote

PLUGIN = "janus.plugin.videoroom"
PATIENCE, FOR_AN_EVENT = 2.0, 5.0
REST = 5.0
"""Seconds in which a server that let somebody wait is asked nothing more: one thread waits for it, not each."""
NO_SESSION, NO_HANDLE = 458, 459
LARGEST = 256 * 1024
_directly = urllib.request.build_opener(urllib.request.ProxyHandler({}))
"""Its secret goes to nobody else, whatever the machine says of proxies."""
_silent: dict[str, float] = {}
"""Until when a server is left alone, by its address."""


class MediaAway(Exception):
    """The media server does not answer, or not as it should."""


class MediaSilent(MediaAway):
    """It lets one wait."""


class Declined(MediaAway):
    """It answers with an error of its own."""

    def __init__(self, code: int, reason: str) -> None:
        super().__init__(f"{code} {reason}")
        self.code = code


class Janus:
    """One server; its secret stands in every request, and only here."""

    def __init__(self, url: str, secret: str, patience: float = PATIENCE) -> None:
        self._url, self._secret, self._patience = url.rstrip("/"), secret, patience

    def keyed(self, what: str, name: str) -> str:
        """A word for one thing of one room, which nobody can guess without the secret."""
        return hmac.new(self._secret.encode(), f"{what}:{name}".encode(), hashlib.sha256).hexdigest()

    def about(self) -> Mapping[str, Any]:
        """What it says of itself: version, plugins."""
        return self._prompt("/info", None)

    def open(self) -> int:
        """A session; it lives while something is said in it, at least once a minute."""
        return int(self._say("", "create")["data"]["id"])

    def attach(self, session: int) -> int:
        return int(self._say(f"/{session}", "attach", plugin=PLUGIN)["data"]["id"])

    def keep(self, session: int) -> None:
        self._say(f"/{session}", "keepalive")

    def close(self, session: int) -> None:
        self._say(f"/{session}", "destroy")

    def ask(self, session: int, handle: int, body: Mapping[str, Any]) -> Mapping[str, Any]:
        """A request that the plugin answers at once."""
        answer = self._say(f"/{session}/{handle}", "message", body=body)
        return _good(answer.get("plugindata", {}).get("data", {}))

    def send(
        self, session: int, handle: int, body: Mapping[str, Any], jsep: Mapping[str, Any] | None = None
    ) -> Mapping[str, Any]:
        """A request that is answered by an event: its data, and a description as `jsep` where there is one."""
        name, more = token_hex(8), {"jsep": jsep} if jsep else {}
        self._say(f"/{session}/{handle}", "message", name, body=body, **more)
        end = time.monotonic() + FOR_AN_EVENT
        while (left := end - time.monotonic()) > 0:
            event = self._heard(session, left)
            if event.get("transaction") == name:
                return {**_good(event.get("plugindata", {}).get("data", {})), "jsep": event.get("jsep")}
        raise MediaAway("no event")

    def _heard(self, session: int, patience: float) -> Mapping[str, Any]:
        """The next event of a session: what was said in it is asked for by a request that waits."""
        return self._asked(f"/{session}?maxev=1&apisecret={quote(self._secret)}", None, patience)

    def _say(self, path: str, what: str, name: str = "", **more: Any) -> Mapping[str, Any]:
        said = {"janus": what, "transaction": name or token_hex(8), "apisecret": self._secret, **more}
        return self._prompt(path, json.dumps(said).encode())

    def _prompt(self, path: str, data: bytes | None) -> Mapping[str, Any]:
        """What it answers at once when it is well."""
        if time.monotonic() < _silent.get(self._url, 0.0):
            raise MediaAway("it has just let somebody wait")
        try:
            return self._asked(path, data, self._patience)
        except MediaSilent:
            _silent[self._url] = time.monotonic() + REST
            raise

    def _asked(self, path: str, data: bytes | None, patience: float) -> Mapping[str, Any]:
        try:
            request = urllib.request.Request(self._url + path, data, {"Content-Type": "application/json"})  # noqa: S310
            with _directly.open(request, timeout=patience) as answer:  # loopback, checked at start
                found = json.loads(answer.read(LARGEST))
        except (OSError, HTTPException, ValueError) as wrong:
            late = isinstance(getattr(wrong, "reason", wrong), TimeoutError)
            raise (MediaSilent if late else MediaAway)(type(wrong).__name__) from None
        if not isinstance(found, dict):
            raise MediaAway("no answer of Janus")
        if found.get("janus") == "error":
            raise Declined(int(found["error"]["code"]), str(found["error"]["reason"]))
        return found


def _good(data: Mapping[str, Any]) -> Mapping[str, Any]:
    if "error_code" in data:
        raise Declined(int(data["error_code"]), str(data.get("error", "")))
    return data
