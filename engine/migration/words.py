"""What is said of cases that are to be migrated, in the words of people."""

from __future__ import annotations

from engine.feel.said import Said

NAMES = {
    "untouched": Said("流程不变", "untouched"),
    "clean": Said("可以直接迁移", "clean"),
    "needs_mapping": Said("需要指定去向", "needs mapping"),
    "blocked": Said("现在不能迁移", "blocked"),
    "moved": Said("已迁移", "moved"),
    "held": Said("暂缓", "held"),
}

WORDS = {
    # needs mapping
    "step": Said("新版本没有停留的这一步（或不再是原来那样的步骤）：{what}，请指定去哪一步",
                 "the version has no such step any more, or one of another kind: {what}; say which step it becomes"),
    "waits": Said("新版本没有正在等待的这个事件：{what}，请指定新的事件，或指定不再等待",
                  "the version has no such event to wait for: {what}; name the new one, or let it go"),
    "done": Said("新版本没有已经办过的这一步：{what}，请指定它改名为哪一步，或指定已取消",
                 "the version has no such step, done by the case: {what}; say its new name, or let it go"),
    # blocked
    "ended": Said("已经办结", "it has ended"),
    "elsewhere": Said("不是这个业务的受理单", "it is a case of another business"),
    "job": Said("系统正在处理，结果还没有回来；请稍后再迁移", "a job is under way; migrate it when that has answered"),
    "incident": Said("有未处理的异常；请先由运维处理", "an incident is open; an operator has to settle it first"),
    "call": Said("正在视频通话；请通话结束后再迁移", "a video call is under way; migrate it when that is over"),
    "branches": Said("停在几个同时进行的分支上，新版本改了这些分支：{what}；请等分支汇合后再迁移",
                     "it stands on parallel branches that are drawn otherwise: {what}; migrate it when they have met"),
    "signed": Said("已签署的内容里有改名的步骤：{what}；签名要按原来的名称核对，不能改名",
                   "what was signed covers steps that were renamed: {what}; a signature is checked by the old names"),
    "stuck": Said("试办时从这里走不下去：{what}；请检查新版本的流程",
                  "tried on a copy, it gets stuck there: {what}; look at the flow"),
    # held
    "typing": Said("客户正在办理（十分钟内有操作）；请稍后再迁移",
                   "its customer is at work, within the last ten minutes; migrate it later"),
    "busy": Said("刚刚有别的操作；请稍后再迁移", "something else is just happening to it; migrate it later"),
    # notes
    "passed": Said("新增的步骤在已办过的部分，不再询问：{what}",
                   "new steps lie before its place and are passed by: {what}"),
    "asked": Said("之后会经过新增的步骤：{what}", "new steps that it will come to: {what}"),
    "forgotten": Said("新版本不再使用的事实，保留但不起作用：{what}",
                      "facts the version does not use; kept, without effect: {what}"),
    "new_events": Said("开始等待新的事件：{what}", "it begins to wait for: {what}"),
    "let_go": Said("不再等待：{what}", "it no longer waits for: {what}"),
    "anew": Said("期限的写法改了，从迁移时重新计算：{what}",
                 "timers whose text changed count anew from the migration: {what}"),
    "texts": Said("签署过的协议在新版本里文字不同；已签署的仍然有效，不会要求重签",
                  "agreements that it has signed have another text there; what was signed stays signed"),
    "role": Said("由别的岗位办理，原来的领取作废：{what}", "another desk does it, a claim is void: {what}"),
}  # fmt: skip
