"""What the kinds of parts and the entries of their pages are called, in the language of this request."""

from __future__ import annotations

from forms.palette import SECTIONS
from webapp.language import words as _


def kinds_by_section() -> list[tuple[str, list[tuple[str, str]]]]:
    """What can be put into a form, as a list with headings."""
    return [(section(name), [(one, kind(one)) for one in kinds]) for name, kinds in SECTIONS.items()]


def section(name: str) -> str:
    return {
        "plain": _("普通字段"),
        "ruled": _("按规则检查的字段"),
        "layout": _("文字、分组和列表"),
        "customer": _("客户页面的控件"),
        "desk": _("岗位页面的控件"),
    }[name]


def kind(name: str) -> str:
    """A kind of part; one that the palette does not have goes by its own name."""
    return {**_plain(), **_ruled(), **_customer(), **_desk()}.get(name, name)


def _plain() -> dict[str, str]:
    return {
        "textfield": _("单行文字"),
        "textarea": _("多行文字"),
        "number": _("数字"),
        "datetime": _("日期"),
        "checkbox": _("勾选"),
        "radio": _("单选"),
        "select": _("下拉选择"),
        "checklist": _("多选"),
        "taglist": _("多选（标签）"),
        "text": _("说明文字"),
        "separator": _("分隔线"),
        "spacer": _("空白"),
        "group": _("分组"),
        "dynamiclist": _("可增减的列表"),
    }


def _ruled() -> dict[str, str]:
    return {
        "name": _("姓名（按规则检查）"),
        "id_number": _("身份证号码（校验位、出生日期）"),
        "phone": _("手机号码"),
        "validity": _("证件有效期限"),
        "bank_card": _("银行卡号（校验位、发卡行）"),
        "outlet": _("开户网点"),
    }


def _customer() -> dict[str, str]:
    return {
        "photo": _("照片"),
        "photo_review": _("核对照片"),
        "fixed": _("账户里的资料（不能填写）"),
        "document": _("要同意的文本"),
        "notice": _("要知晓的提示"),
        "bank_cards": _("银行卡的增删"),
        "bank_links": _("新增银行卡的银期关联"),
        "agreements": _("签署协议"),
        "certificate": _("检测数字证书"),
        "install_certificate": _("安装数字证书"),
        "device_check": _("设备检测"),
        "device_state": _("设备检测的结果"),
        "device_choice": _("设备检测之后的选择"),
        "video_choice": _("视频通话或预约"),
        "appointment": _("预约时段"),
        "appointment_choice": _("预约之后的选择"),
    }


def _desk() -> dict[str, str]:
    return {
        "desk_decision": _("结论"),
        "desk_check": _("核对项"),
        "reject_reasons": _("驳回原因"),
        "knowledge_questions": _("开户知识问答"),
    }


def entry(name: str) -> tuple[str, str]:
    """The label of an entry and the help under it."""
    return {**_said(), **_checked(), **_tied()}.get(name, (name, ""))


def _said() -> dict[str, tuple[str, str]]:
    facts = _('条件，例如 decision = "reject"')
    return {
        "text": (_("文字"), _("空一行分段；以“- ”开头是列表；**粗体**。")),
        "label": (_("名称"), _("页面上字段的标题")),
        "description": (_("说明"), _("标题下面的小字；可以不写")),
        "key": (_("key"), _("条件和流程里用的名字：英文字母、数字和下划线")),
        "required": (_("必填"), ""),
        "requiredWhen": (_("什么时候必填"), facts),
        "hide": (_("什么时候不显示"), facts),
        "disabled": (_("不能填写"), ""),
    }


def _checked() -> dict[str, tuple[str, str]]:
    return {
        "rule": (_("检查规则"), _("例如身份证号码的校验位、银行卡号的校验位")),
        "minLength": (_("最少字数"), ""),
        "maxLength": (_("最多字数"), ""),
        "pattern": (_("格式"), _("正则表达式，写成 ^…$")),
        "patternErrorMessage": (_("格式不对时的提示"), ""),
        "validationType": (_("内容"), ""),
        "min": (_("最小值"), ""),
        "max": (_("最大值"), ""),
        "decimalDigits": (_("小数位"), _("不写就只能填整数")),
        "disallowPassedDates": (_("不能早于今天"), ""),
    }


def _tied() -> dict[str, tuple[str, str]]:
    return {
        "read": (_("从照片读出"), _("照片识别的哪一项可以填入这个字段")),
        "prefill": (_("预先填入"), _("账户里的哪一项")),
        "choices": (_("选项来自"), ""),
        "fact": (_("告诉流程的事实"), _("流程图的条件里用的名字，例如 review.decision；个人资料不能作事实")),
        "slot": (_("照片位置"), _("照片保存在哪里，例如 id_portrait")),
        "kind": (_("照片的种类"), ""),
        "example": (_("示意图"), ""),
        "slots": (_("要核对的照片位置"), _("用逗号分开")),
        "document": (_("文本"), ""),
        "consent": (_("同意书的名字"), _("同意记录里的名字；不写就不作单独同意的记录")),
        "notice": (_("提示"), _("notices.json 里的名字")),
        "source": (_("显示哪一项资料"), ""),
        "mask": (_("怎样遮盖"), ""),
        "documents": (_("要签署的协议"), _("用逗号分开；business.agreements 是这个业务的全部协议")),
        "oneClick": (_("一键结论"), _("有自己按钮的选项的值，用逗号分开")),
        "stills": (_("通过之前要拍的照片"), _("用逗号分开：face, face_with_id, id_closeup")),
        "offers": (_("可以选哪些原因"), _("不选就是这个岗位的全部原因")),
    }


def choice(entry_name: str, value: str) -> str:
    """A choice of an entry as a person reads it."""
    said = {
        ("kind", "id1"): _("证件或卡片"),
        ("kind", "sheet"): _("纸张"),
        ("offers", "correctable"): _("可以更正的"),
        ("offers", "final"): _("不再办理的"),
        ("validationType", "email"): _("邮箱地址"),
        ("choices", "banks"): _("公司支持的银行"),
    }.get((entry_name, value))
    return said or (kind(value) if entry_name == "rule" else value)
