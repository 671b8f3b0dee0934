"""What may be wrong with a diagram as a file and as a whole, in both languages."""

from __future__ import annotations

from engine.feel.findings import Fault, Faults
from engine.feel.said import Said

READING: dict[str, Fault] = {
    "xml.empty": Fault(
        Said("文件是空的", "the file is empty"),
        Said("上传建模器保存的文件", "upload the diagram that the modeler saved"),
    ),
    "xml.size": Fault(
        Said("文件有 {size} 字节，超过 {most}", "{size} bytes, more than {most}"),
        Said("拆成几个被调用的流程", "split it into called processes"),
    ),
    "xml.encoding/bytes": Fault(
        Said("文件不是 UTF-8 文本", "the file is not UTF-8 text"), Said("另存为 UTF-8", "save it as UTF-8")
    ),
    "xml.encoding/declared": Fault(
        Said("文件声明的编码是 {encoding}", "the file declares the encoding {encoding}"),
        Said("另存为 UTF-8", "save it as UTF-8"),
    ),
    "xml.doctype": Fault(
        Said("文件声明了文档类型或实体", "a document type or an entity is declared"),
        Said("删除这个声明", "remove the declaration"),
    ),
    "xml.depth": Fault(
        Said("元素嵌套超过 {most} 层", "nested deeper than {most}"), Said("减少嵌套", "flatten the element")
    ),
    "xml.count": Fault(
        Said("文件超过 {most} 个 XML 元素", "more than {most} XML elements"),
        Said("拆成几个被调用的流程", "split it into called processes"),
    ),
    "xml.syntax": Fault(
        Said("不是格式正确的 XML（{detail}）", "not well-formed XML: {detail}"),
        Said("用建模器重新保存", "save it again from the modeler"),
    ),
    "bpmn.element": Fault(Said("不能使用 <{name}>：{why}", "<{name}> is not run: {why}"), Said("{mend}", "{mend}")),
    "bpmn.attribute/foreign": Fault(
        Said(
            "属性 {name} 属于别的引擎，不会起作用",
            "the attribute {name} belongs to another engine and would be ignored",
        ),
        Said("用 spiffworkflow:properties 表达", "say it with spiffworkflow:properties"),
    ),
    "bpmn.attribute/unrun": Fault(
        Said("属性 {name} 的这个值不会起作用", "the attribute {name} with this value is not run"),
        Said("删除它", "remove it"),
    ),
    "bpmn.attribute/boolean": Fault(
        Said("属性 {name} 既不是 true 也不是 false", "the attribute {name} is neither true nor false"),
        Said("写成 true 或 false", "write true or false"),
    ),
    "bpmn.event/kind": Fault(
        Said("{element} 不能带 {kind}", "a {element} with {kind} is not run"),
        Said("在允许的位置使用消息、定时或错误事件", "use a message, timer or error event where it may stand"),
    ),
    "bpmn.event/two": Fault(
        Said("一个事件只等一样东西", "an event waits for one thing"), Said("每样画一个事件", "draw one event for each")
    ),
    "bpmn.event/nothing": Fault(
        Said("这个事件什么也不等", "the event waits for nothing"),
        Said("给它一个消息或定时器", "give it a message or a timer"),
    ),
    "bpmn.event_subprocess": Fault(
        Said(
            "事件子流程从不中断，还会改变共用的流程定义",
            "an event sub-process never interrupts and changes the shared spec",
        ),
        Said("在调用活动上画边界事件", "draw a boundary event on a call activity"),
    ),
    "bpmn.schema": Fault(
        Said("不符合 BPMN 2.0 的格式（{detail}）", "not BPMN 2.0: {detail}"),
        Said("用建模器画，它会遵守格式", "draw it with the modeler, which keeps to the schema"),
    ),
    "bpmn.engine": Fault(
        Said("流程引擎不接受（{detail}）", "the engine refuses it: {detail}"),
        Said("换一种画法", "draw that part otherwise"),
    ),
}

STRUCTURE: dict[str, Fault] = {
    "bpmn.id": Fault(Said("有元素没有 id", "an element without an id"), Said("给它一个 id", "give it an id")),
    "bpmn.count": Fault(
        Said("一个文件里有 {count} 个元素，超过 {most}", "{count} elements in one file, more than {most}"),
        Said("把一部分移到被调用的流程里", "move a part into a called process"),
    ),
    "process.duplicate": Fault(
        Said("有两个流程都叫 {process}", "two processes are called {process}"), Said("给其中一个改名", "rename one")
    ),
    "flow.dangling": Fault(
        Said(
            "从 {source} 到 {target} 的连线有一端不在本流程里",
            "the flow from {source} to {target} has an end outside its process",
        ),
        Said("在同一流程的两个元素之间重新画", "draw it again between two elements of one process"),
    ),
    "boundary.dangling": Fault(
        Said(
            "边界事件附在 {holder} 上，它不是这里的任务", "the boundary event sits on {holder}, which is no task here"
        ),
        Said("把它放到任务的边上", "put it on the edge of a task"),
    ),
    "call.missing": Fault(
        Said("调用了流程 {called}，但没有一张图画了它", "calls the process {called}, which no diagram draws"),
        Said("{mend}", "{mend}"),
    ),
    "call.recursive": Fault(
        Said(
            "调用 {called}，而它又会调用 {process}，没有尽头", "calls {called}, which calls {process} again without end"
        ),
        Said("在一个流程里画循环", "draw a loop inside one process"),
    ),
}

FAULTS = Faults({**READING, **STRUCTURE})
