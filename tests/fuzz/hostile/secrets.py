"""Pictures that carry where they were taken and by whom: taken, and served without any of it."""

from __future__ import annotations

import struct

from PIL import Image
from PIL.ExifTags import GPS, IFD, Base

from tests.fuzz.hostile.pieces import CANARY, TAKEN, Recipe, chunk, jpeg_with, png_with, recipe, saved, segment

XMP = b"<x:xmpmeta><rdf:RDF>" + CANARY + b"</rdf:RDF></x:xmpmeta>"


def exif() -> Image.Exif:
    told = Image.Exif()
    told[Base.Make], told[Base.Artist] = CANARY.decode(), CANARY.decode()
    told.get_ifd(IFD.GPSInfo).update(
        {GPS.GPSLatitudeRef: "N", GPS.GPSLatitude: (39.0, 54.0, 26.0), GPS.GPSMapDatum: CANARY.decode()}
    )
    return told


def thumbnail() -> bytes:
    """An EXIF block with a whole picture in it: the uncut one, with programs that cut and forget."""
    inner = jpeg_with(segment(0xFE, CANARY))
    second = (
        struct.pack("<H", 2) + struct.pack("<HHII", 0x0201, 4, 1, 44) + struct.pack("<HHII", 0x0202, 4, 1, len(inner))
    )
    return b"Exif\0\0II*\0\x08\0\0\0" + struct.pack("<HI", 0, 14) + second + struct.pack("<I", 0) + inner


RECIPES: dict[str, Recipe] = {
    "jpeg: place, phone and name in EXIF": recipe(lambda: saved("JPEG", exif=exif()), TAKEN),
    "jpeg: XMP": recipe(lambda: jpeg_with(segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + XMP)), TAKEN),
    "jpeg: IPTC": recipe(
        lambda: jpeg_with(segment(0xED, b"Photoshop 3.0\x008BIM\x04\x04\0\0\0\0\0\x18\x1c\x02\x50\0\x13" + CANARY)),
        TAKEN,
    ),
    "jpeg: a comment": recipe(lambda: jpeg_with(segment(0xFE, CANARY)), TAKEN),
    "jpeg: a picture in its EXIF": recipe(lambda: jpeg_with(segment(0xE1, thumbnail())), TAKEN),
    "jpeg: a profile with a name": recipe(
        lambda: jpeg_with(segment(0xE2, b"ICC_PROFILE\0\x01\x01" + bytes(128) + CANARY)), TAKEN
    ),
    "png: EXIF and texts": recipe(
        lambda: png_with(
            chunk(b"tEXt", b"Author\0" + CANARY), chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + XMP),
            chunk(b"eXIf", exif().tobytes()[6:]),
        ),
        TAKEN,
    ),
    "webp: EXIF and XMP": recipe(lambda: saved("WEBP", exif=exif(), xmp=XMP), TAKEN),
}  # fmt: skip
