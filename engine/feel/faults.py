"""What may be wrong with an expression, in both languages."""

from __future__ import annotations

from engine.feel.findings import Fault
from engine.feel.said import Said

# -- text to tokens --
TOO_LONG = Fault(
    Said(
        "表达式有 {count} 个字符，最多 {most} 个", "the expression has {count} characters, at most {most} are allowed"
    ),
    Said("把判断拆开，或改用决策表", "split the decision, or use a decision table"),
)
CHARACTER = Fault(Said("不能出现字符“{character}”", "unexpected character '{character}'"), Said("{mend}", "{mend}"))
BARE_DATE = Fault(
    Said("这样写的日期会被当成减法", "a bare date would be a subtraction"),
    Said('写成 date("{date}")', 'write date("{date}")'),
)
DIGIT = Fault(
    Said("名称不能以数字开头", "a name cannot start with a digit"),
    Said("在数字和名称之间写上运算符", "put an operator between number and name"),
)
OPEN_TEXT = Fault(Said("文字缺少结尾的引号", "the text has no closing quote"), Said('用 " 结束', 'close it with "'))
ESCAPE = Fault(
    Said("文字里有不认识的转义", "unknown escape in a text"),
    Said(r"使用 \" \\ \n \t \r 或 \uXXXX", r"use \" \\ \n \t \r or \uXXXX"),
)

# -- tokens to a tree --
TOO_EARLY = Fault(Said("表达式没有写完", "the expression ends too early"), Said("{mend}", "{mend}"))
UNEXPECTED = Fault(Said("这里不能写“{text}”", "unexpected '{text}'"), Said("{mend}", "{mend}"))
TOO_MANY = Fault(
    Said("表达式超过 {most} 个部分", "the expression has more than {most} parts"),
    Said("改用决策表", "use a decision table"),
)
TOO_DEEP = Fault(
    Said("括号套了超过 {most} 层", "more than {most} brackets inside each other"), Said("写得简单些", "simplify it")
)
NOT_UNCLEAR = Fault(
    Said("看不出这个 not 管到哪里", "it is unclear how far this not reaches"), Said("写成 not(...)", "write not(...)")
)
NO_FUNCTION = Fault(Said("没有函数“{name}”", "there is no function '{name}'"), Said("{mend}", "{mend}"))
SILENT_CELL = Fault(
    Said("这个条件没有说到本列的值", "this condition does not speak of the column's value"),
    Said("用 ? 代表本列的值", "call the value ?"),
)

# -- what a tree may mean --
UNKNOWN_NAME = Fault(Said("不认识名称“{name}”", "unknown name '{name}'"), Said("{mend}", "{mend}"))
NOT_SINGLE = Fault(
    Said("“{name}”不是单个的值：{why}", "'{name}': {why}"), Said("写出单个事实的名称", "name a single fact")
)
UNKNOWN_PART = Fault(Said("不认识 {part}", "nothing is known of {part}"), Said("删除它", "remove it"))
NO_DATE = Fault(
    Said("“{text}”不是日期", "'{text}' is no date"),
    Said('写成 date("2026-01-31")', 'write it as date("2026-01-31")'),
)
NO_DURATION = Fault(
    Said("“{text}”不是时长", "'{text}' is no duration"),
    Said('写成 duration("P1D") 或 duration("PT2H")', 'write it as duration("P1D") or duration("PT2H")'),
)
EMPTY_RANGE = Fault(
    Said("这个范围是空的", "this range is empty"), Said("先写较小的一端", "write the smaller end first")
)
CONSTANTS = Fault(
    Said("两边都是固定的值", "both sides are constants"), Said("用事实和固定的值比较", "compare a fact with a constant")
)
LESS_THAN_NULL = Fault(
    Said("没有什么比 null 大或小", "nothing is less or more than null"),
    Said("用 = null 或 != null 比较", "compare with = null or != null"),
)

# -- timers --
_TIMER = Said(
    '写一个 ISO 时长，例如 P1D 或 PT30M，或一个日期，例如 "2026-01-31"',
    'write an ISO duration such as P1D or PT30M, or a date such as "2026-01-31"',
)
NO_TIME = Fault(Said("定时器要有时长或日期", "a timer needs a duration or a date"), _TIMER)
NO_TIMER = Fault(Said("{value} 不是定时器的时间", "{value} is no timer"), _TIMER)
TIMER_TOO_LONG = Fault(
    Said("定时器最多等 100 年，也不能倒着等", "a timer waits at most 100 years and never backwards"), _TIMER
)
REPEATING = Fault(
    Said("定时器不能重复", "timers that repeat are not supported"),
    Said("把循环画出来，或每个时间用一个定时器", "draw the loop, or use one timer for each moment"),
)

# -- ways out that several of them name --
REMOVE = Said("删除它", "remove it")
COMPLETE = Said("把它写完", "complete it")
EXPECTED = Said("这里应该是 {kind}", "expected {kind}")
CLOSE_RANGE = Said("用 ] 或 ) 结束范围", "close the range with ] or )")
TWO_AT_A_TIME = Said("一次只比较两样，再用 and 连接", "compare two things at a time and join them by and")
NOT_IN = Said("写成 not(x in ...)", "write not(x in ...)")
RANGE_AFTER_IN = Said("范围写在 in 后面的括号里：x in [1..5]", "a range stands after in, in brackets: x in [1..5]")
ONLY_IN_CELLS = Said("? 只能写在决策表的单元格里", "? stands only in the cells of a decision table")
OPERATOR_MISSING = Said("前面缺少 and、or、= 之类的运算符", "an operator such as and, or, = is missing before it")
DECLARE = Said("在表单、服务或公司设置里声明这个事实", "declare the fact in a form, a service or the settings")
FUNCTIONS_ARE = Said("可用的函数有 {names}", "the functions are {names}")
ASCII = {
    "'": Said('文字用双引号："..."', 'write texts in double quotes: "..."'),
    "“": Said('文字用半角双引号："..."', 'write texts in straight double quotes: "..."'),
    "”": Said('文字用半角双引号："..."', 'write texts in straight double quotes: "..."'),
    "&": Said("写 and", "write and"),
    "|": Said("写 or", "write or"),
    "!": Said("写 not(...) 或 !=", "write not(...) or !="),
    "（": Said("用半角括号 (", "write the ASCII bracket ("),
    "）": Said("用半角括号 )", "write the ASCII bracket )"),
    "，": Said("用半角逗号 ,", "write the ASCII comma ,"),
    "＝": Said("用半角等号 =", "write the ASCII sign ="),
    "。": Said("用半角句点 .", "write the ASCII dot ."),
    "\u3000": Said("用半角空格", "write an ASCII space"),
}
"""What to write instead of characters that people type by habit."""
