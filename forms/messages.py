"""What a form says to a person whose entry it refuses: Chinese, with the English beside it."""

from __future__ import annotations

from collections.abc import Callable

from forms.document import Component


class Message(str):
    """A finished Chinese sentence that remembers its pattern, so that it can be said in English."""

    template: str
    params: dict[str, str]
    english: str | None = None

    def __new__(cls, template: str, **params: object) -> Message:
        words = {name: str(value) for name, value in params.items()}
        message = super().__new__(cls, template.format(**words))
        message.template, message.params = template, words
        return message

    def format(self, *args: object, **params: object) -> Message:
        """Finished it is: marshmallow fills the messages it is given, and a label may hold braces."""
        return self

    @classmethod
    def ruled(cls, chinese: str, english: str) -> Message:
        """A rule's sentence, which brings its English along."""
        message = cls("{text}", text=chinese)
        message.english = english
        return message


def in_english(message: str, label: Callable[[str], str]) -> str:
    """The message in English; `label` gives the English of the form's own words inside it."""
    if not isinstance(message, Message):
        return ENGLISH.get(message) or label(message)
    if message.english is not None:
        return message.english
    pattern = ENGLISH.get(message.template)
    if pattern is None:
        return label(message)
    return pattern.format(**{name: label(value) for name, value in message.params.items()})


ENGLISH: dict[str, str] = {
    "请填写{label}": "Enter: {label}",
    "请选择{label}": "Choose: {label}",
    "请阅读并勾选“{label}”": "Read and tick “{label}”",
    "请上传{label}": "Upload: {label}",
    "请完成“{label}”": "Complete “{label}”",
    "{label}最多 {limit} 个字，请缩短": "{label}: at most {limit} characters; please shorten it",
    "{label}至少 {limit} 个字，请补充": "{label}: at least {limit} characters; please add to it",
    "{label}不能大于 {limit}": "{label} cannot be more than {limit}",
    "{label}不能小于 {limit}": "{label} cannot be less than {limit}",
    "{label}的格式不正确，请检查后重新填写": "{label} is not in the right form; check it and enter it again",
    "{label}请填写数字": "{label}: enter a number",
    "{label}请填写整数": "{label}: enter a whole number",
    "{label}不是有效的日期，请按 2026-11-22 的样子填写": "{label} is not a date; write it like 2026-11-22",
    "{label}不能早于今天": "{label} cannot be before today",
    "{label}请填写邮箱地址": "{label}: enter an e-mail address",
    "请从列表中选择{label}": "Choose {label} from the list",
    "请至少选择一项：{label}": "Choose at least one: {label}",
    "每份协议都需阅读并勾选": "Read and tick every agreement",
    "这个时段不能预约，请从列表中选择一个时段": "This time cannot be booked; choose one from the list",
    "这个时段刚刚约满，请选择另一个时段": "This time has just been taken; choose another one",
    "请至少选择一个驳回原因": "Choose at least one reason",
    "所选的驳回原因不在原因目录中，请重新选择": "That reason is not in the catalogue; choose again",
    "通过前须确认：{label}": "To be confirmed before passing: {label}",
    "请记录第 {n} 题是否答对": "Note whether the answer to question {n} was right",
    "客户答对 {right} 题，至少答对 {needed} 题才能通过": (
        "{right} answered right; at least {needed} must be right for a pass"
    ),
    "银行卡没有任何变更。请删除或添加一张银行卡；如不需要变更，请放弃本次业务": (
        "Nothing has changed. Remove or add a card, or abandon this business if no change is needed"
    ),
    "请至少保留一张银行卡": "At least one bank card must stay",
    "这张银行卡已不在预留信息中，请刷新页面后重试": "This card is no longer on file; reload the page and try again",
    "{bank}的这张卡仍有银期关联。请先在银行解除，再勾选确认": (
        "This {bank} card is still linked for bank-futures transfer. Unlink it at the bank, then tick the confirmation"
    ),
    "每家银行只能有一张卡：{bank}已有一张。请先删除原来的卡，或选择其他银行": (
        "One card per bank: {bank} has one already. Remove the old card first, or choose another bank"
    ),
}
"""Chinese pattern -> English pattern, complete: a test says so."""


def missing(component: Component) -> Message:
    """What to do about a field that was left empty."""
    return Message(MISSING.get(component.widget, MISSING.get(component.type, "请填写{label}")), label=component.label)


MISSING = {
    "radio": "请选择{label}",
    "select": "请选择{label}",
    "checklist": "请至少选择一项：{label}",
    "taglist": "请至少选择一项：{label}",
    "checkbox": "请阅读并勾选“{label}”",
    "document": "请阅读并勾选“{label}”",
    "desk_check": "通过前须确认：{label}",
    "notice": "请阅读并勾选“{label}”",
    "agreements": "每份协议都需阅读并勾选",
    "appointment": "请选择{label}",
    "photo": "请上传{label}",
    "filepicker": "请上传{label}",
    "photo_review": "请阅读并勾选“{label}”",
    "certificate": "请完成“{label}”",
    "install_certificate": "请完成“{label}”",
}
