"""PDF files, written object by object: one page is a photograph, the rest is refused."""

from __future__ import annotations

import zlib
from collections.abc import Sequence

from tests.fuzz.hostile.pieces import CANARY, PAGES, TAKEN, UNREADABLE, Recipe, drawing, recipe, saved

PAGE = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %d %d] /Contents 4 0 R /Resources << /XObject << /I 5 0 R >> >> >>"
SHOW = b"q %d 0 0 %d 0 0 cm /I Do Q"


def pdf(objects: Sequence[bytes], trailer: bytes = b"/Root 1 0 R") -> bytes:
    """A file of these objects, numbered from 1, with a table of where they lie."""
    body, places = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj\n" % number + content + b"\nendobj\n"
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1)
    end = b"trailer << /Size %d %s >>\nstartxref\n%d\n%%%%EOF\n" % (len(places) + 1, trailer, len(body))
    return body + head + table + end


def stream(data: bytes, words: bytes = b"") -> bytes:
    return b"<< /Length %d %s >>\nstream\n" % (len(data), words) + data + b"\nendstream"


def photograph() -> bytes:
    words = b"/Type /XObject /Subtype /Image /Width 240 /Height 160 /ColorSpace /DeviceRGB /BitsPerComponent 8"
    return stream(saved("JPEG", drawing()), words + b" /Filter /DCTDecode")


def one_page(
    size: tuple[int, int] = (240, 160), catalog: bytes = b"", image: bytes | None = None, content: bytes | None = None
) -> bytes:
    return pdf(
        [
            b"<< /Type /Catalog /Pages 2 0 R %s >>" % catalog,
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            PAGE % size,
            stream(content if content is not None else SHOW % size),
            image or photograph(),
        ],
        b"/Root 1 0 R /Info << /Author (%s) >>" % CANARY,
    )


def of_pages(pages: int) -> bytes:
    kids = b" ".join(b"3 0 R" for _ in range(pages))
    return pdf(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, pages),
            PAGE % (240, 160),
            stream(SHOW % (240, 160)),
            photograph(),
        ]
    )


def with_script() -> bytes:
    """A script of the document's own, run when a reader opens it."""
    action = b"<< /S /JavaScript /JS (app.alert\\('canary-of-the-tests'\\)) >>"
    names = b"/Names << /JavaScript << /Names [(a) %s] >> >> /OpenAction %s" % (action, action)
    return one_page(catalog=names)


def encrypted() -> bytes:
    """Standard encryption with a password that nobody told."""
    lock = b"/Encrypt << /Filter /Standard /V 1 /R 2 /O <%s> /U <%s> /P -4 >> /ID [<00> <00>]" % (
        b"41" * 32,
        b"42" * 32,
    )
    return one_page().replace(b"/Root 1 0 R", b"/Root 1 0 R " + lock)


def own_parent() -> bytes:
    """The tree of pages has itself as its child."""
    return pdf([b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [2 0 R] /Count 1 >>"])


def table_of_itself() -> bytes:
    """The table of places names itself as the one before it."""
    data = one_page()
    place = data.rindex(b"xref\n0")
    return data.replace(b"/Root 1 0 R", b"/Prev %d /Root 1 0 R" % place)


def form_of_itself() -> bytes:
    """The page draws a form that draws itself."""
    words = b"/Type /XObject /Subtype /Form /BBox [0 0 240 160] /Resources << /XObject << /I 5 0 R >> >>"
    return one_page(image=stream(b"/I Do /I Do", words))


def image_claiming(side: int) -> bytes:
    words = b"/Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /DeviceRGB /BitsPerComponent 8 " % (
        side,
        side,
    )
    packer = zlib.compressobj(9)
    rows = b"".join(packer.compress(bytes(1024 * 1024)) for _ in range(300)) + packer.flush()
    return one_page(image=stream(rows, words + b"/Filter /FlateDecode"))


def bomb_of_bombs() -> bytes:
    """Deflate in deflate: 300 MB of drawing commands in a few kilobytes."""
    packer = zlib.compressobj(9)
    once = b"".join(packer.compress(b"q Q " * (256 * 1024)) for _ in range(300)) + packer.flush()
    data = stream(zlib.compress(once, 9), b"/Filter [/FlateDecode /FlateDecode]")
    return one_page().replace(stream(SHOW % (240, 160)), data)


def endless_drawing() -> bytes:
    """Curves without end: a second of work, or a minute."""
    return one_page(content=b"0 0 m " + b"1 300 200 1 240 160 c 9 9 99 1 0 0 c S 0 0 m " * 150_000)


RECIPES: dict[str, Recipe] = {
    "pdf: one page": recipe(one_page, TAKEN),
    "pdf: two pages": recipe(lambda: of_pages(2), PAGES),
    "pdf: ten thousand pages": recipe(lambda: of_pages(10_000), PAGES),
    "pdf: no page": recipe(lambda: of_pages(0), PAGES, UNREADABLE),
    "pdf: a script": recipe(with_script, UNREADABLE),
    "pdf: locked by a password": recipe(encrypted, UNREADABLE),
    "pdf: a page of a million points": recipe(lambda: one_page((1_000_000, 1_000_000)), UNREADABLE),
    "pdf: a page as thin as a thread": recipe(lambda: one_page((14_000, 2)), UNREADABLE),
    "pdf: pages that are their own children": recipe(own_parent, PAGES, UNREADABLE),
    "pdf: a table that names itself": recipe(table_of_itself, TAKEN, UNREADABLE),
    "pdf: a drawing that draws itself": recipe(form_of_itself, TAKEN, UNREADABLE),
    "pdf: a picture of 30,000 x 30,000": recipe(lambda: image_claiming(30_000), TAKEN, UNREADABLE),
    "pdf: 300 MB of drawing in a few kilobytes": recipe(bomb_of_bombs, TAKEN, UNREADABLE),
    "pdf: drawing without end": recipe(endless_drawing, TAKEN, UNREADABLE),
    "pdf: a head and nothing else": recipe(lambda: b"%PDF-1.7\n", UNREADABLE),
    "pdf: cut in the middle": recipe(lambda: one_page()[:900], UNREADABLE, PAGES, TAKEN),
}
