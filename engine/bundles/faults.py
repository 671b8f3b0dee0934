"""What may be wrong with a bundle beside its diagrams and tables, in both languages: files and JSON."""

from __future__ import annotations

from engine.feel.findings import Fault, Faults
from engine.feel.said import Said

_LESS = Said("删除不属于本业务的文件", "remove what does not belong to the business")

FILES: dict[str, Fault] = {
    "bundle.archive": Fault(
        Said("这不是能读取的 zip", "this is no zip that can be read"),
        Said("把文件夹 processes 和 forms 打成普通的 zip", "pack the folders processes and forms as a plain zip"),
    ),
    "bundle.count": Fault(Said("有 {count} 个文件，超过 {most}", "{count} files, more than {most}"), _LESS),
    "bundle.size/all": Fault(Said("共 {size} 字节，超过 {most}", "{size} bytes in all, more than {most}"), _LESS),
    "bundle.size/file": Fault(
        Said("文件有 {size} 字节，超过 {most}", "{size} bytes, more than {most}"),
        Said("把文件改小", "make the file smaller"),
    ),
    "bundle.twice": Fault(
        Said("压缩包里有两个文件都叫这个名称", "two files of the zip have this name"),
        Said("重新打包，每个文件只放一次", "pack it again, with each file once"),
    ),
    "bundle.link": Fault(
        Said("这是一个指向业务之外的链接", "a link leads out of the bundle"), Said("改为复制文件", "copy the file")
    ),
    "bundle.file": Fault(
        Said("业务里没有放这个文件的位置", "this file belongs to no place of the bundle"),
        Said(
            "一个业务由 processes/<业务>/{{*.bpmn, *.dmn, business.json, reasons.json, questions.json, notices.json,"
            " texts.en.json, agreements/*.md, scenarios/*.yaml}} 和 forms/<业务>/*.form.json 组成，shared 下同样",
            "a bundle holds processes/<business>/{{*.bpmn, *.dmn, business.json, reasons.json, questions.json,"
            " notices.json, texts.en.json, agreements/*.md, scenarios/*.yaml}} and forms/<business>/*.form.json, and"
            " the same under shared",
        ),
    ),
    "business.id": Fault(
        Said("“{id}”不能作业务的 id", '"{id}" is no id of a business'),
        Said("只用 a-z、0-9 和 _，以字母开头", "use a-z, 0-9 and _, with a letter first"),
    ),
    "business.missing": Fault(
        Said("业务没有 business.json", "the business has no record"), Said("加上 business.json", "add business.json")
    ),
    "business.nowhere": Fault(
        Said("这里没有业务", "there is no business here"),
        Said(
            "写业务的 id、它在 processes 下的文件夹、装有 processes 和 forms 的文件夹，或这两个文件夹的 zip",
            "name a business, its folder under processes/, a folder with processes/ and forms/, or a zip of the two",
        ),
    ),
}

UPLOADS: dict[str, Fault] = {
    "upload.empty/none": Fault(
        Said("没有选择文件", "no file was chosen"),
        Said("选择 zip，或选择改过的文件", "choose the zip, or the files that you changed"),
    ),
    "upload.empty/zip": Fault(
        Said("zip 里没有文件", "the zip holds no file"),
        Said("把文件夹 processes 和 forms 放进去", "put the folders processes and forms into it"),
    ),
    "upload.mixed": Fault(
        Said("zip 和别的文件一起上传了", "a zip came together with other files"),
        Said("只上传 zip，或只上传单个文件", "hand in either the zip or the single files"),
    ),
    "upload.twice": Fault(
        Said("有两个文件都叫这个名称", "two of the files have this name"),
        Said("每个文件只选一次", "choose each file once"),
    ),
    "upload.size": Fault(
        Said("超过 {files} 个文件或 {size} MB", "more than {files} files or {size} MB"),
        Said("只上传本业务的文件", "hand in only what belongs to this business"),
    ),
}

JSON: dict[str, Fault] = {
    "json.syntax/text": Fault(
        Said("文件不是 UTF-8 文本", "the file is not UTF-8 text"), Said("另存为 UTF-8", "save it as UTF-8")
    ),
    "json.syntax/json": Fault(Said("不是 JSON（{detail}）", "not JSON: {detail}"), Said("改正 JSON", "mend the JSON")),
    "json.syntax/deep": Fault(Said("嵌套太深", "nested too deep"), Said("减少嵌套", "flatten it")),
    "json.syntax/twice": Fault(Said("键 {key} 出现两次", "the key {key} stands twice"), Said("只留一个", "keep one")),
    "json.syntax/character": Fault(
        Said("{character} 不是字符，不能显示也不能保存", "{character} is no character that can be shown or kept"),
        Said("删除它", "remove it"),
    ),
    "json.syntax/number": Fault(
        Said("{number} 不是 JSON 能写的数", "{number} is no JSON number"), Said("写普通的数", "write a plain number")
    ),
    "json.shape/object": Fault(Said("这里应该是对象", "this is no object"), Said("写成 {{...}}", "write {{...}}")),
    "json.shape/text": Fault(
        Said("缺少文字 {key}", "needs the text {key}"), Said('加上 "{key}": "..."', 'add "{key}": "..."')
    ),
    "json.shape/flag": Fault(
        Said("{key} 应该是 true 或 false", "needs {key} to be true or false"),
        Said('写成 "{key}": true 或 false', 'add "{key}": true or false'),
    ),
    "json.shape/count": Fault(
        Said("{key} 应该是整数", "needs {key} to be a whole number"), Said('写成 "{key}": 3', 'add "{key}": 3')
    ),
    "json.shape/texts": Fault(
        Said("{key} 应该是文字的列表", "needs {key} to be a list of texts"),
        Said('写成 "{key}": ["..."]', 'write "{key}": ["..."]'),
    ),
    "json.shape/list": Fault(Said("{key} 应该是列表", "needs {key} to be a list"), Said("写成 [...]", "write [...]")),
    "json.shape/key": Fault(Said("不认识键 {key}", "unknown key {key}"), Said("{mend}", "{mend}")),
    "json.shape/choice": Fault(
        Said("{key} 不能是“{value}”", '{key} cannot be "{value}"'),
        Said("从这些里选一个：{choices}", "write one of {choices}"),
    ),
    "json.shape/id": Fault(
        Said("文件夹 {folder} 里的 id 是“{id}”", 'the id is "{id}" in the folder {folder}'),
        Said("让 id 等于文件夹的名称", "let id be the folder's name"),
    ),
}

WHOLE: dict[str, Fault] = {
    "process.missing": Fault(
        Said(
            "业务要启动流程 {process}，但没有一张图画了它",
            "the business starts the process {process}, which no diagram draws",
        ),
        Said("{mend}", "{mend}"),
    ),
    "decision.duplicate": Fault(
        Said("有两个决策都叫 {decision}", "two decisions are called {decision}"), Said("给其中一个改名", "rename one")
    ),
}

FAULTS = Faults({**FILES, **UPLOADS, **JSON, **WHOLE})
