"""Taking a photograph: told by its first bytes what it is, kept as it came, never served."""

from __future__ import annotations

from flask import request
from sqlalchemy import func, select
from werkzeug.datastructures import FileStorage

from engine import photos
from engine.errors import NoRoom
from engine.tables import Photo
from forms.cards import ROW
from forms.document import Component
from webapp.access import current_investor
from webapp.house import company, look_again, reading, store
from webapp.language import words as _
from webapp.steps.asked import Asked
from webapp.steps.knowing import CARD_SLOT

LARGEST = 20 * 1024 * 1024
MOST_IN_A_CASE = 200
HEIF_BRANDS = {b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1"}


def kind_of(asked: Asked, slot: str) -> str | None:
    """The kind of paper that a slot of this step takes; None when the step has no such slot."""
    if slot.startswith(CARD_SLOT) and ROW.fullmatch(slot.removeprefix(CARD_SLOT)):
        return next((part.properties.get("kind", "id1") for part in _row_photos(asked)), None)
    top = (part for part in asked.form.fields if part.widget == "photo" and part.properties.get("slot") == slot)
    return next((part.properties.get("kind", "id1") for part in top), None)


def take_all(asked: Asked) -> dict[str, str]:
    """Keep every file that came with the form; what could not be taken, by slot."""
    sent = ((name.removeprefix("photo-"), file) for name, file in request.files.items() if name.startswith("photo-"))
    wrong = {slot: take(asked, slot, file) for slot, file in sent if file.filename}
    return {slot: problem for slot, problem in wrong.items() if problem}


def take(asked: Asked, slot: str, file: FileStorage) -> str:
    """Keep one file; the sentence that refuses it, or nothing."""
    kind = kind_of(asked, slot)
    with file.stream as sent:
        data = sent.read(LARGEST + 1)
    problem = _problem(asked, data) if kind else _("这一步不需要这张照片")
    if not problem and kind:
        problem = _kept(asked, slot, data, kind)
    return problem


def _kept(asked: Asked, slot: str, data: bytes, kind: str) -> str:
    try:
        who, task = current_investor().id, asked.task.id
        photos.add(store(), case_id=asked.case.id, slot=slot, data=data, by=who, kind=kind, task_id=task)
    except NoRoom:
        return _("存储空间不足，这张照片没有保存。请稍后再试，或致电客服 %(hotline)s", hotline=company().hotline)
    look_again()
    return ""


def is_photo(data: bytes) -> bool:
    """JPEG, PNG, WebP, HEIC or PDF, by the content and not by the name."""
    heif = data[4:8] == b"ftyp" and data[8:12] in HEIF_BRANDS
    webp = data[:4] == b"RIFF" and data[8:12] == b"WEBP"
    return data.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"%PDF-")) or webp or heif


def _problem(asked: Asked, data: bytes) -> str:
    if not data:
        return _("这个文件是空的，请重新选择照片")
    if len(data) > LARGEST:
        return _("照片超过 20 MB。请换一张较小的照片，或用手机的普通画质重新拍摄")
    if not is_photo(data):
        return _("这不是能识别的照片。请上传 JPEG、PNG、WebP 或 HEIC 格式的照片，或只有一页的 PDF")
    count = reading().scalar(select(func.count()).where(Photo.case_id == asked.case.id)) or 0
    if count < MOST_IN_A_CASE:
        return ""
    most, hotline = MOST_IN_A_CASE, company().hotline
    return _(
        "这笔业务已上传 %(n)d 张照片，不能再上传。已上传的都还在；要更换请致电客服 %(hotline)s", n=most, hotline=hotline
    )


def _row_photos(asked: Asked) -> list[Component]:
    lists = [part for part in asked.form.fields if part.type == "dynamiclist"]
    return [inner for part in lists for inner in part.components if inner.widget == "photo"]
