"""What parsers say of a text that they cannot read, in both languages, with line and column.

The English is the parser's own. What is frequent has its Chinese here; what is rare says the place.
"""

from __future__ import annotations

import json
import re

from lxml import etree

from engine.feel.said import Said

_RARE = "这里读不懂"
_JSON = {
    "Expecting value": "这里缺少值，或前面多了逗号",
    "Expecting property name": "这里应该是双引号里的键，或前面多了逗号",
    "Expecting ':'": "键后面缺少冒号",
    "Expecting ','": "这里缺少逗号，或括号没有合上",
    "Illegal trailing comma": "最后一项后面多了逗号",
    "Extra data": "文件结束之后还有内容",
    "Unterminated string": "引号没有合上",
    "Invalid control character": "双引号里有换行或制表符，要写成 \\n、\\t",
    "Invalid \\": "反斜杠后面的字符不对，反斜杠本身要写成 \\\\",
}
_XML: dict[int, tuple[str, str]] = {
    # libxml2's number of the error: the Chinese, and where its places stand in the message
    4: ("文件不是以标签开头", ""),
    5: ("根元素之后还有内容", ""),
    9: ("有 XML 不允许的字符", ""),
    23: ("正文里的 & 要写成 &amp;，实体以分号结束", ""),
    26: ("实体 &{0}; 没有定义", r"Entity '(.+)' not defined"),
    38: ("属性值里的 < 要写成 &lt;", ""),
    39: ("属性值要加引号", ""),
    40: ("属性值的引号没有合上", ""),
    41: ("属性 {0} 没有值", r"for attribute (\S+)"),
    42: ("属性 {0} 写了两次", r"Attribute (\S+) redefined"),
    45: ("注释没有合上", ""),
    63: ("CDATA 没有合上", ""),
    64: ("XML 声明只能写在文件开头", ""),
    65: ("属性之间缺少空格", ""),
    68: ("标签名称不对；正文里的 < 和 & 要写成 &lt; 和 &amp;", ""),
    73: ("开始标签没有写完", ""),
    76: ("第 {1} 行的标签 <{0}> 没有合上，就出现了 </{2}>", r"mismatch: (\S+) line (\d+) and ([^\s,]+)"),
    77: ("文件到头了，第 {1} 行的标签 <{0}> 还没有合上", r"in tag (\S+) line (\d+)"),
    110: ("名称太长", ""),
    201: ("前缀 {0} 没有声明", r"prefix (\S+)"),
}
_YAML = {
    "mapping values are not allowed": "冒号用错了地方：前一行没有写完，或文字里的冒号要加引号",
    "cannot start any token": "这里不能用这个字符；缩进用空格，不用制表符",
    "expected <block end>": "缩进和上面的不一致",
    "did not find expected key": "缩进和上面的不一致，或缺少冒号",
    "did not find expected '-'": "缩进和上面的不一致，或缺少 -",
    "could not find expected ':'": "键后面缺少冒号",
    "expected ',' or": "缺少逗号，或括号没有合上",
    "unexpected end of stream": "引号没有合上",
    "special characters are not allowed": "有 YAML 不允许的字符",
    "control characters are not allowed": "有 YAML 不允许的字符",
    "expected a single document": "一个文件只写一个文档，去掉第二个 ---",
}


def json_said(wrong: json.JSONDecodeError) -> Said:
    """Why it is no JSON."""
    return _placed(wrong.lineno, wrong.colno, _first(_JSON, wrong.msg), wrong.msg)


def xml_said(wrong: etree.XMLSyntaxError) -> Said:
    """Why it is no well-formed XML."""
    english = re.sub(r", line \d+, column \d+$", "", str(wrong.msg)).strip()
    chinese, places = _XML.get(wrong.code, (_RARE, ""))
    found = re.search(places, english)
    chinese = chinese.format(*found.groups()) if found else _RARE
    return _placed(*wrong.position, chinese, english)


def yaml_said(line: int, column: int, problem: str) -> Said:
    """Why it is no YAML."""
    return _placed(line, column, _first(_YAML, problem), problem)


def _first(table: dict[str, str], message: str) -> str:
    return next((said for start, said in table.items() if start in message), _RARE)


def _placed(line: int, column: int, chinese: str, english: str) -> Said:
    place = Said("第 {line} 行第 {column} 列：{said}", "{said} (line {line}, column {column})")
    return place.filled(line=str(line), column=str(column), said=Said(chinese[:160], english[:160]))
