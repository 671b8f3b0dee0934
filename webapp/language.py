"""Chinese first, English by a switch; moments, masks and groups as people read them."""

from __future__ import annotations

from datetime import datetime
from typing import Literal
from urllib.parse import quote, urlencode

from flask import Flask, Response, g, redirect, request
from flask_babel import Babel, gettext
from werkzeug.wrappers import Response as AnyResponse

from engine.clock import SHANGHAI

Language = Literal["zh", "en"]
COOKIE = "kaihu_language"
LOCALES = {"zh": "zh_Hans_CN", "en": "en"}


def language() -> Language:
    """The language of this request: the cookie's, else Chinese."""
    return "en" if g.get("language") == "en" else "zh"


def words(text: str, /, **values: object) -> str:
    """The text in the language of this request. Modules import it as `_`, the mark by which texts are collected."""
    return str(gettext(text, **values))


def switch_address() -> str:
    """This page in the other language."""
    other = "zh" if language() == "en" else "en"
    kept = [(key, value) for key, value in request.args.items(multi=True) if key != "lang"]
    return f"{_this_page()}?{urlencode([*kept, ('lang', other)])}"


def _this_page() -> str:
    """The path of this request, quoted: a tab or a second slash in it would be read as the address of another site."""
    return "/" + quote(request.path.lstrip("/"))


def moment(value: datetime | None) -> str:
    return value.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M") if value else ""


def exact_moment(value: datetime | None) -> str:
    """As the manual prints it: 2019-09-09 09:54:11."""
    return value.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M:%S") if value else ""


def grouped(number: str) -> str:
    """A card number in groups of four."""
    return " ".join(number[at : at + 4] for at in range(0, len(number), 4))


def teach(app: Flask, secure: bool) -> None:
    """Choose the language before each request and remember a switch."""
    Babel(
        app, default_locale=LOCALES["zh"], default_timezone="Asia/Shanghai", locale_selector=lambda: LOCALES[language()]
    )
    app.jinja_env.filters.update(moment=moment, exact_moment=exact_moment, grouped=grouped)

    @app.before_request
    def choose() -> AnyResponse | None:
        asked = request.args.get("lang")
        g.language = request.cookies.get(COOKIE)
        if asked not in LOCALES or request.method != "GET" or request.endpoint == "static":
            return None
        kept = urlencode([(key, value) for key, value in request.args.items(multi=True) if key != "lang"])
        answer: AnyResponse = redirect(_this_page() + (f"?{kept}" if kept else ""))
        answer.set_cookie(COOKIE, asked, max_age=365 * 86400, secure=secure, httponly=True, samesite="Lax")
        return answer

    @app.after_request
    def vary(response: Response) -> Response:
        response.headers["Content-Language"] = "en" if language() == "en" else "zh-Hans"
        return response
