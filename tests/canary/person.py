"""The canary: a customer whose every value is found nowhere else in the world."""

from __future__ import annotations

import io
from datetime import date

from PIL import Image
from PIL.ExifTags import Base

from cli.demonstration.people import BEIJING, INVESTORS
from cli.demonstration.pictures import CARD, path_of
from workers.specimens.numbers import specimen_card_number, specimen_id_number

IP, AGENT = "203.0.113.77", "CanaryBrowser/7.31"
ON_FILE = {
    "name": "欧阳金丝雀",
    "id_number": specimen_id_number(date(1987, 3, 9), 713),
    "phone": "13987650123",
    "account_number": "8807654321",
    "address": "样例省样例市鹦鹉洲路三百零七号",
    "issuer": "样例市公安局鹦鹉洲分局",
    "outlet": "样例市鹦鹉洲路支行",
    "card": specimen_card_number("622202", 77123451),
}
TYPED = {
    "another id_number": specimen_id_number(date(1991, 7, 5), 517),
    "draft address": "样例省样例市夜莺巷草稿一号",
    "address": "样例省样例市夜莺巷五十八号院",
    "corrected address": "样例省样例市画眉里九十二号楼",
    "new outlet": "样例市百灵鸟街支行",
    "new card": specimen_card_number("621700", 88123459),
    "given-up card": specimen_card_number("622588", 9912345, 16),
    "given-up outlet": "样例市云雀大道支行",
    "wrong code": "letmein-canary",
}
WRITTEN = {
    "customer text": "照片里的鹦鹉挡住了人像，请换一张重新拍摄",
    "internal note": "内部：疑似借用他人证件，电话回访夜莺",
    "verifier's text": "画面里的地址与夜莺巷的门牌对不上，请更正",
    "verifier's note": "内部：通话时背景里有云雀的叫声",
    "comment": "留言：百灵鸟街支行说客户昨天来过",
    "supervisor's reason": "欧阳先生来电催办，请今天办完鹦鹉洲路这一件",
    "desk note": "复核备注：鹦鹉洲路的地址与身份证一致",
}
PHOTO_MARK = "canary-exif-owner-7731"
VALUES = {**ON_FILE, **TYPED, **WRITTEN, "address of his network": IP, "browser": AGENT, "photo's EXIF": PHOTO_MARK}
SLOTS = ("id_portrait", "id_emblem", "signature")


def customer_file() -> str:
    """The person as `kaihu customers import` reads him."""
    card = f"ICBC|{ON_FILE['outlet']}|{ON_FILE['card']}"
    row = {
        **{name: ON_FILE[name] for name in ("id_number", "name", "phone", "account_number")},
        "account_type": "期货经纪账户", "address": ON_FILE["address"], "issuer": ON_FILE["issuer"],
        "valid_from": "2016-05-20", "valid_until": "2036-05-20", "branch": BEIJING, "cards": card,
    }  # fmt: skip
    return "\n".join([",".join(row), ",".join(row.values())]) + "\n"


def photo(slot: str) -> bytes:
    """A specimen that a phone of his has taken."""
    exif = Image.Exif()
    exif[Base.Artist] = PHOTO_MARK
    kept = io.BytesIO()
    Image.open(path_of(INVESTORS[0], CARD if slot.startswith("bank_card") else slot)).save(
        kept, "JPEG", quality=93, exif=exif
    )
    return kept.getvalue()
