"""What a parser says of a file that it cannot read is said in Chinese too, with line and column."""

from __future__ import annotations

import json

import pytest
from lxml import etree

from engine.feel.unread import json_said, xml_said

JSON = [
    ('{"a": 1,\n}', "前面多了逗号"),
    ('{"a" 1}', "第 1 行第 6 列：键后面缺少冒号"),
    ('[1 2]', "缺少逗号"),
    ('{"a', "引号没有合上"),
    ('{"a\n": 1}', "要写成 \\n"),
    ("{} {}", "文件结束之后还有内容"),
]  # fmt: skip
XML = [
    ("<a><b></a>", "第 1 行第 11 列：第 1 行的标签 <b> 没有合上，就出现了 </a>"),
    ("<a>\n<b>", "第 2 行的标签 <b> 还没有合上"),
    ("<a>茶 & 水</a>", "要写成 &lt; 和 &amp;"),
    ("<a b=1/>", "属性值要加引号"),
    ('<a b="1" b="2"/>', "属性 b 写了两次"),
    ("<x:a/>", "前缀 x 没有声明"),
    ("<a/><b/>", "根元素之后还有内容"),
    ("<a><![CDATA[", "CDATA 没有合上"),
    ("<a>]]></a>", "第 1 行第 4 列：这里读不懂"),
]


@pytest.mark.parametrize(("text", "said"), JSON)
def test_json(text: str, said: str) -> None:
    with pytest.raises(json.JSONDecodeError) as wrong:
        json.loads(text)
    assert said in json_said(wrong.value).zh
    assert json_said(wrong.value).en == f"{wrong.value.msg} (line {wrong.value.lineno}, column {wrong.value.colno})"


@pytest.mark.parametrize(("text", "said"), XML)
def test_xml(text: str, said: str) -> None:
    with pytest.raises(etree.XMLSyntaxError) as wrong:
        etree.fromstring(text)
    assert said in xml_said(wrong.value).zh
    assert xml_said(wrong.value).en.count("column") == 1
