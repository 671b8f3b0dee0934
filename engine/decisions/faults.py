"""What may be wrong with a decision table, in both languages: read, checked, and asked."""

from __future__ import annotations

from engine.feel.findings import Fault, Faults
from engine.feel.said import Said

READING: dict[str, Fault] = {
    "dmn.namespace": Fault(
        Said("这是 {space} 的 {name}，不是 DMN 1.3", "the document is {name} of {space}, not DMN 1.3"),
        Said("用 dmn-js 另存为 DMN 1.3", "save it with dmn-js as DMN 1.3"),
    ),
    "dmn.language": Fault(
        Said("表达式语言是 {language}", "expression language {language}"),
        Said("用 FEEL 写单元格，去掉语言设置", "write the cell in FEEL and remove the language"),
    ),
    "dmn.unsupported": Fault(Said("这里不能用 {name}", "{name} is not supported here"), Said("{mend}", "{mend}")),
    "dmn.empty/file": Fault(
        Said("文件里没有决策", "the file holds no decision"), Said("画一张决策表", "draw a decision table")
    ),
    "dmn.empty/table": Fault(
        Said("这个决策没有表", "the decision has no table"), Said("画一张决策表", "draw a decision table")
    ),
    "dmn.twice": Fault(
        Said("有两个决策的 id 都是 {id}", "two decisions have the id {id}"),
        Said("给其中一个改名", "rename one of them"),
    ),
    "dmn.hit_policy/unknown": Fault(
        Said("不支持命中策略 {policy}", "hit policy {policy}"),
        Said("从这些里选一个：{policies}", "choose one of {policies}"),
    ),
    "dmn.hit_policy/aggregation": Fault(
        Said("不支持汇总 {aggregation}", "aggregation {aggregation}"),
        Said("收集成列表，在使用的地方计数", "collect a list, and count it where it is used"),
    ),
    "dmn.input": Fault(
        Said("这一列没有表达式", "the column has no expression"),
        Said("写出它检查的事实", "name the fact that it tests"),
    ),
    "dmn.output/name": Fault(
        Said("“{name}”不能作输出的名称", '"{name}" cannot name an output'),
        Said("取一个名称，例如 result", "give it a name such as result"),
    ),
    "dmn.output/twice": Fault(
        Said("有两个输出都叫 {name}", "two outputs are called {name}"), Said("给其中一个改名", "rename one of them")
    ),
    "dmn.columns/none": Fault(
        Said("一张表要有输入列和输出列", "a table needs an input and an output"),
        Said("补上缺少的列", "add the missing column"),
    ),
    "dmn.columns/cells": Fault(
        Said(
            "有 {tests} 个输入格和 {results} 个输出格，但表有 {inputs} 个输入列和 {outputs} 个输出列",
            "{tests} and {results} cells for {inputs} inputs and {outputs} outputs",
        ),
        Said("让每一列都有单元格", "give every column its cell"),
    ),
}

CHECKING: dict[str, Fault] = {
    "dmn.cell": Fault(Said("“{text}”：{why}（第 {place} 个字符）", '"{text}": {why} (character {place})'),
                      Said("{mend}", "{mend}")),
    "dmn.type": Fault(
        Said("类型为 {kind} 的列里写了 {value}", "{value} in a column of type {kind}"),
        Said("改正单元格，或改列的类型", "correct the cell, or the column's type"),
    ),
    "dmn.unreachable": Fault(
        Said("永远轮不到：上面的规则 {rule} 总会命中", "never reached: rule {rule} above always hits"),
        Said("把它移到上面，或删除它", "move it up, or remove it"),
    ),
    "dmn.twins": Fault(
        Said(
            "和规则 {rule} 的检查完全一样，而命中策略是 UNIQUE",
            "the same tests as rule {rule}, the hit policy is UNIQUE"
        ),
        Said("删除其中一条", "remove one of them"),
    ),
}  # fmt: skip

ASKING: dict[str, Fault] = {
    "dmn.name": Fault(Said("不认识名称“{name}”", "unknown name '{name}'"), Said("{mend}", "{mend}")),
    "dmn.value": Fault(Said("{why}", "{why}"), Said("{mend}", "{mend}")),
    "dmn.hits/unique": Fault(
        Said(
            "命中了不止一条规则，而命中策略是 UNIQUE：{rules}",
            "more than one rule hits, the hit policy is UNIQUE: {rules}",
        ),
        Said("让规则互相排斥，或换一种命中策略", "make the rules exclude each other, or choose another hit policy"),
    ),
    "dmn.hits/any": Fault(
        Said(
            "命中的规则输出不同，而命中策略是 ANY：{rules}",
            "the rules that hit differ in their outputs, the hit policy is ANY: {rules}",
        ),
        Said("让规则互相排斥，或换一种命中策略", "make the rules exclude each other, or choose another hit policy"),
    ),
}
"""What is only known when a table is asked; lint cannot find it."""

FAULTS = Faults({**READING, **CHECKING, **ASKING})
