"""From a page that nobody is signed in for any more to the sign-in, and back to that page afterwards."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue as Page

from webapp import kept, sessions
from webapp.language import words as _


def to_sign_in(endpoint: str, door: sessions.Door, shown: str) -> Page:
    """Said in its place where only a part of a page was asked for: what is being typed beside it stays."""
    if "HX-Request" in request.headers:
        there = url_for(endpoint, next=local_path(request.headers.get("HX-Current-URL", "")))
        return render_template("signed_out_part.html", sign_in=there), {"HX-Reselect": ".signed-out"}
    flash(_("请先登录。如果您刚才已登录，是因为长时间没有操作，系统已自动退出；已保存的内容都还在。"), "warn")
    return redirect(url_for(endpoint, next=_after(door, shown)), 303)


def _after(door: sessions.Door, shown: str) -> str:
    """Where to go once he has signed in: to what he sent too late, else to the page where he was."""
    here = _here()
    return url_for(shown) if kept.keep(door, here) else here


def _here() -> str:
    """The page to come back to: this one if it was read, else the one the form stood on."""
    if request.method == "GET":
        return request.full_path.rstrip("?")
    return local_path(request.referrer or "")


def local_path(address: str) -> str:
    """The path of an address on this very site; empty for anything else, so that nobody is sent elsewhere."""
    try:
        parts = urlsplit(address)
    except ValueError:  # a bracket that is never closed
        return ""
    path = parts.path + (f"?{parts.query}" if parts.query else "")
    here = not parts.netloc or (parts.scheme in ("http", "https") and parts.netloc == request.host)
    plain = path.startswith("/") and not path.startswith("//") and "\\" not in path
    return path if here and plain else ""
