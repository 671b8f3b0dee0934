"""The words of the diagram editor's own parts; those of bpmn.io's come with the bundle, in both languages."""

from __future__ import annotations

from webapp.language import words as _


def words_of_the_editor() -> dict[str, str]:
    return {
        "saved": _("已保存"),
        "unsaved": _("有改动还没有保存"),
        "saving": _("正在保存…"),
        "not_opened": _("这张图打不开：%(why)s"),
        "lossy": _("编辑器读不懂图中的以下内容，保存会丢失它们，因此不能在这里保存。请下载文件后在文本编辑器里改。"),
        "not_saved": _("没有保存：网络不通或服务没有响应。您的改动还在这一页上，请稍后再按“保存”。"),
        "signed_out": _(
            "没有保存：您已退出登录，或很久没有操作。请在另一个窗口登录，再回到这一页按“保存”；您的改动还在这一页上。"
        ),
        "no_findings": _("检查通过：没有发现问题。"),
        "findings": _("检查发现 %(n)s 处问题"),
        "mend": _("怎么改：%(mend)s"),
        "step": _("这一步"),
        "condition": _("条件"),
        "condition_of": _("这条连线什么时候走"),
        "condition_help": _("条件语言；输入时会提示可用的事实。默认连线不写条件"),
        "service": _("服务"),
        "parameter": _("参数"),
        "parameter_help": _("条件语言；文本要加英文双引号"),
        "decision": _("决策表"),
        "called": _("调用的流程"),
        "none": _("（无）"),
        "suggestions": _("可用的名称"),
        "canvas": _("流程图画布"),
        "nothing_to_add_to": _("请先选中一个元素或一条连线；结束后面不能再添加。"),
        "nowhere_to_connect": _("请先选中一个元素或一条连线；这里没有可以连到的地方。"),
    }
