"""Roles and refusals in the words of the administrator's pages."""

from __future__ import annotations

from engine import branches
from engine.branches import BadBranch
from engine.staff import SHORTEST_PASSWORD, BadStaff, Fault
from webapp.language import words as _


def role_names() -> dict[str, str]:
    """What a role is called."""
    return {
        "verifier": _("认证人员"),
        "reviewer": _("柜台人员"),
        "supervisor": _("主管"),
        "analyst": _("业务分析人员"),
        "operator": _("运维人员"),
        "administrator": _("管理员"),
    }


def role_notes() -> dict[str, str]:
    """What somebody with a role does."""
    return {
        "verifier": _("与客户视频，核对本人和资料"),
        "reviewer": _("在柜台复核资料"),
        "supervisor": _("查看本营业部的待办，转给同事"),
        "analyst": _("修改和发布业务流程"),
        "operator": _("处理没有办成的任务"),
        "administrator": _("管理人员、营业部和公司资料"),
    }


def person_refused(wrong: BadStaff) -> dict[str, str]:
    """Fields and sentences for what cannot be in the staff."""
    found: dict[Fault, tuple[str, str]] = {
        "login": ("login", _("账号须有 1 至 32 个字母、数字或 . _ -，以字母或数字开头")),
        "login_taken": ("login", _("这个账号已有人使用，请另选一个")),
        "name": ("name", _("请输入姓名（1 至 64 个字）")),
        "roles": ("roles", _("请至少选择一个岗位")),
        "branch": ("branch", _("请选择营业部")),
        "password_short": ("", _("新密码至少要 %(n)d 个字符，请换一个长一些的", n=SHORTEST_PASSWORD)),
        "password_same": ("", _("新密码与现在的密码相同，请另选一个")),
        "unknown": ("", _("没有这个账号，请返回列表再选一次")),
        "yourself": ("", _("不能停用自己、取消自己的管理员岗位或重置自己的密码。请由另一位管理员操作")),
        "last_administrator": ("", _("这是最后一位可以登录的管理员。请先添加另一位管理员，再作这项更改")),
    }
    return dict(found[fault] for fault in wrong.faults)


def branch_refused(wrong: BadBranch) -> dict[str, str]:
    """Fields and sentences for what can be no branch."""
    found: dict[branches.Fault, tuple[str, str]] = {
        "id": ("id", _("代码须有 1 至 32 个小写字母、数字或 - _，以字母或数字开头")),
        "taken": ("id", _("这个代码已有营业部使用，请另选一个")),
        "name": ("name", _("请输入营业部名称（1 至 64 个字）")),
        "name_en": ("name_en", _("请输入英文名称（1 至 64 个字符），供英文页面使用")),
    }
    return dict(found[fault] for fault in wrong.faults)
