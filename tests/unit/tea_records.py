"""The records, texts and one scenario of the sample business."""

from __future__ import annotations

RECORD = {
    "id": "tea",
    "name": "喝茶",
    "summary": "订一壶茶",
    "button": "马上喝茶",
    "exclusive": True,
    "started_by": "investor",
    "process": "tea",
    "eligibility": "tea_allowed",
    "repeats": "tea_repeats",
    "papers": ["茶票"],
    "devices": ["茶杯"],
    "milestones": [{"id": "order", "name": "订茶", "steps": ["order", "sign"]}],
}
REJECTS = [
    {
        "code": "cold",
        "text": "茶凉了",
        "step": "order",
        "field": "agree",
        "final": False,
        "video": False,
        "desks": ["taste"],
        "customer_text": "请重新订茶",
    },
    {"code": "gone", "text": "没茶了", "final": True, "desks": ["taste"], "customer_text": "今天没有茶了"},
]
POOL = {
    "draw": 2,
    "needed": 1,
    "questions": [
        {"code": "leaf", "text": "什么茶", "answer": "绿茶"},
        {"code": "cup", "text": "几杯", "answer": "两杯"},
        {"code": "heat", "text": "几度", "answer": "八十度"},
    ],
}
WAY = """\
name: 茶凉了，再订一次
given:
  settings: {idle_limit: P30D}
  services:
    leaf.check: [{leaf.verdict: bad}, {leaf.verdict: ok}]
when:
  - order:
  - sign:
  - back: sign
  - timer: warn
  - fails: check_leaf
  - taste: {taste.decision: reject}
    reasons: [cold]
  - message: abandon
then:
  end: done
  status: 喝完了
"""
TEXTS = """
喝茶 订一壶茶 马上喝茶 茶票 茶杯 订茶 办理 变故 查茶 喝完了 走了 茶客 签字 品茶 待订茶 待签字 待品茶 品茶中
 茶凉了 请重新订茶 没茶了 今天没有茶了 快到期了 茶快凉了 请致电{hotline} 继续 茶 什么茶 绿茶 几杯 两杯 几度 八十度
"""
