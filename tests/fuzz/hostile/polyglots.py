"""Files that are two things at once, files under another's name, and kinds that are not taken."""

from __future__ import annotations

import io
import zipfile

from PIL import Image

from tests.fuzz.hostile.documents import one_page
from tests.fuzz.hostile.pieces import (
    CANARY,
    SCRIPT,
    TAKEN,
    TYPE,
    UNREADABLE,
    Recipe,
    chunk,
    drawing,
    jpeg_with,
    png_with,
    recipe,
    saved,
    segment,
)

PHP = b"<?php system($_GET['c']); /* canary-of-the-tests */ ?>"
XXE = (
    b'<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    b'<svg xmlns="http://www.w3.org/2000/svg"><text>&x;</text></svg>'
)


def archive() -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as packed:
        packed.writestr("../../canary.sh", CANARY)
    return kept.getvalue()


def icon() -> bytes:
    return saved("ICO", drawing((64, 64)))


def many_modes(mode: str, kind: str) -> bytes:
    return saved(kind, Image.new(mode, (96, 96)))


RECIPES: dict[str, Recipe] = {
    "jpeg and html: a script in a comment": recipe(lambda: jpeg_with(segment(0xFE, SCRIPT)), TAKEN),
    "jpeg and html: a page behind the end": recipe(lambda: jpeg_with(tail=b"<html>" + SCRIPT), TAKEN),
    "jpeg and javascript: its first segment opens a comment": recipe(
        lambda: jpeg_with(segment(0xE0, b"/*" + bytes(60)), tail=b"*/=1;alert('canary-of-the-tests')//"), TAKEN
    ),
    "jpeg and zip": recipe(lambda: jpeg_with(tail=archive()), TAKEN),
    "jpeg and php": recipe(lambda: jpeg_with(segment(0xFE, PHP)), TAKEN),
    "jpeg and pdf": recipe(lambda: jpeg_with(tail=one_page()), TAKEN),
    "png and php: in a text": recipe(lambda: png_with(chunk(b"tEXt", b"Comment\0" + PHP)), TAKEN),
    "pdf and zip": recipe(lambda: one_page() + archive(), TAKEN),
    "html that begins like a gif": recipe(lambda: b"GIF89a/*" + SCRIPT + b"*/", TYPE),
    "svg with a script": recipe(lambda: b'<svg xmlns="http://www.w3.org/2000/svg">' + SCRIPT + b"</svg>", TYPE),
    "svg that reads a file of the server": recipe(lambda: XXE, TYPE),
    "tiff": recipe(lambda: saved("TIFF"), TYPE),
    "bmp": recipe(lambda: saved("BMP"), TYPE),
    "icon": recipe(icon, TYPE),
    "eps that would run a program": recipe(
        lambda: b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 99 99\n(id) (w) file\n", TYPE
    ),
    "psd": recipe(lambda: b"8BPS\0\x01" + bytes(6) + b"\0\x03\0\0\0\x40\0\0\0\x40\0\x08\0\x03" + bytes(100), TYPE),
    "xcf": recipe(lambda: b"gimp xcf v011\0" + bytes(100), TYPE),
    "a program": recipe(lambda: b"\x7fELF\x02\x01\x01" + bytes(300), TYPE),
    "nothing at all": recipe(lambda: b"", TYPE),
    "one byte": recipe(lambda: b"\xff", TYPE),
    "one pixel": recipe(lambda: saved("PNG", drawing((1, 1))), UNREADABLE),
    "one pixel high": recipe(lambda: saved("JPEG", drawing((3000, 1))), UNREADABLE),
    "null bytes": recipe(lambda: bytes(5000), TYPE),
}
