"""The papers themselves, lying flat: abstract, marked 样本 / SPECIMEN, with blocks in place of any state's artwork."""

from __future__ import annotations

import math
import random
from datetime import date

from PIL import Image, ImageDraw

from workers.specimens.fonts import font, words

SIZE = (1012, 638)
RADIUS = 38
INK, LABEL, MARK = (28, 30, 36), (62, 108, 160), (196, 92, 92)


def portrait_side(name: str, woman: bool, born: date, address: str, number: str) -> Image.Image:
    """The side with the portrait: name, sex, birth, address, number."""
    card, draw = _plastic((222, 232, 242), (240, 228, 226))
    shown_name = words(name, "YANGBEN " + number[-4:])
    rows = (
        (60, words("姓名", "Name"), shown_name, 40),
        (138, words("性别", "Sex"), words("女" if woman else "男", "F" if woman else "M"), 34),
        (214, words("出生", "Born"), words(f"{born.year} 年 {born.month} 月 {born.day} 日", born.isoformat()), 34),
        (292, words("住址", "Address"), words(address[:11], "Specimen Road 1"), 34),
        (340, "", words(address[11:22], "Specimen City"), 34),
    )
    for top, label, value, size in rows:
        draw.text((60, top), label, font=font(28), fill=LABEL)
        draw.text((180, top - (size - 28) // 2), value, font=font(size), fill=INK)
    draw.text((60, 534), words("公民身份号码", "ID number"), font=font(30), fill=LABEL)
    draw.text((330, 524), number, font=font(44), fill=INK)
    card.paste(_figure(woman), (690, 84))
    _stamp(card, (330, 420))
    return card


def emblem_side(issuer: str, valid: str) -> Image.Image:
    """The other side: a star of blocks where the emblem would be, the authority and the validity."""
    card, draw = _plastic((238, 224, 222), (218, 230, 238))
    draw.rounded_rectangle((70, 60, 220, 210), 18, fill=(184, 44, 44))
    draw.polygon(_star(145, 135, 58, 24), fill=(244, 208, 84))
    draw.text((300, 74), words("样 本 之 国", "SPECIMENLAND"), font=font(52), fill=INK)
    draw.text((280, 162), words("样 本 身 份 证", "SPECIMEN CARD"), font=font(68), fill=INK)
    for top, label, value in (
        (430, words("签发机关", "Issued by"), words(issuer, "Specimen office")),
        (510, words("有效期限", "Valid"), words(valid, valid.replace("长期", "long term"))),
    ):
        draw.text((230, top), label, font=font(34), fill=INK)
        draw.text((430, top), value, font=font(36), fill=INK)
    _stamp(card, (640, 330))
    return card


def debit_card(bank: str, number: str, colour: tuple[int, int, int] = (26, 86, 120)) -> Image.Image:
    """A flat printed debit card of a bank that the demonstration's company has on its list."""
    lighter = (min(colour[0] + 70, 255), min(colour[1] + 70, 255), min(colour[2] + 70, 255))
    card, draw = _plastic(colour, lighter)
    light = (244, 244, 238)
    draw.text((60, 52), words(bank, "SPECIMEN BANK"), font=font(52), fill=light)
    draw.text((790, 62), words("借记卡", "DEBIT"), font=font(38), fill=light)
    draw.rounded_rectangle((80, 210, 210, 310), 14, fill=(212, 190, 120), outline=(150, 130, 70), width=3)
    draw.line((80, 260, 210, 260), fill=(150, 130, 70), width=3)
    draw.line((145, 210, 145, 310), fill=(150, 130, 70), width=3)
    draw.text((80, 372), " ".join(number[k : k + 4] for k in range(0, len(number), 4)), font=font(58), fill=light)
    draw.text((80, 484), "VALID THRU 12/32", font=font(32), fill=light)
    for k in range(3):
        draw.rounded_rectangle((760 + 56 * k, 500, 850 + 56 * k, 590), 12, outline=light, width=5)
    _stamp(card, (420, 536), light)
    return card


def signature_sheet(name: str, seed: int) -> Image.Image:
    """A sheet of paper with strokes that look like a signature and spell nothing."""
    source = random.Random(seed)  # noqa: S311 - a drawing, not a secret
    sheet = Image.new("RGB", SIZE, (246, 246, 243))
    draw = ImageDraw.Draw(sheet)
    left = 210
    for _ in range(2 + len(name)):
        control = [(left + source.randint(-50, 130), 310 + source.randint(-120, 120)) for _ in range(4)]
        draw.line(_curve(control), fill=(24, 26, 62), width=source.randint(7, 11), joint="curve")
        left += 120
    _stamp(sheet, (330, 540))
    return sheet


def _plastic(left: tuple[int, int, int], right: tuple[int, int, int]) -> tuple[Image.Image, ImageDraw.ImageDraw]:
    """A card of two colours running into each other, with fine waves like a security print."""
    ramp = Image.linear_gradient("L").rotate(90).resize(SIZE)
    card = Image.composite(Image.new("RGB", SIZE, left), Image.new("RGB", SIZE, right), ramp)
    draw = ImageDraw.Draw(card)
    for row in range(-20, SIZE[1] + 20, 22):
        wave = [(x, row + 9 * math.sin(x / 70 + row / 40)) for x in range(0, SIZE[0] + 8, 8)]
        draw.line(wave, fill=tuple(max(value - 9, 0) for value in left), width=1)
    return card, draw


def _figure(woman: bool) -> Image.Image:
    """A head and shoulders of plain shapes: clearly nobody."""
    picture = Image.new("RGB", (240, 300), (236, 239, 243))
    draw = ImageDraw.Draw(picture)
    skin, hair = (222, 184, 160), (38, 32, 34)
    if woman:
        draw.rounded_rectangle((52, 44, 188, 236), 60, fill=hair)
    draw.ellipse((18, 214, 222, 420), fill=(44, 62, 92))
    draw.rectangle((100, 180, 140, 232), fill=skin)
    draw.ellipse((62, 56, 178, 210), fill=skin)
    draw.pieslice((56, 38, 184, 150), 180, 360, fill=hair)
    for x in (97, 143):
        draw.ellipse((x - 5, 120, x + 5, 130), fill=hair)
    draw.line((104, 176, 136, 176), fill=(160, 84, 84), width=4)
    return picture


def _stamp(card: Image.Image, place: tuple[int, int], colour: tuple[int, int, int] = MARK) -> None:
    ImageDraw.Draw(card).text(place, words("样本 SPECIMEN", "SPECIMEN"), font=font(44), fill=colour)


def _star(x: float, y: float, outer: float, inner: float) -> list[tuple[float, float]]:
    reach = [outer if k % 2 == 0 else inner for k in range(10)]
    return [(x + r * math.sin(k * math.pi / 5), y - r * math.cos(k * math.pi / 5)) for k, r in enumerate(reach)]


def _curve(points: list[tuple[int, int]]) -> list[tuple[float, float]]:
    """A Bézier curve through the hull of four points."""
    steps = [k / 40 for k in range(41)]
    weights = [((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t**2 * (1 - t), t**3) for t in steps]
    return [
        (sum(w * p[0] for w, p in zip(ws, points, strict=True)), sum(w * p[1] for w, p in zip(ws, points, strict=True)))
        for ws in weights
    ]
