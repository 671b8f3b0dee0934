"""What the canvas hands in: the file as it was opened, as its editor wrote it untouched, and as it stands there now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from engine.bundles.reading import form_key
from engine.diagrams.xml import MAX_BYTES
from forms import exact
from forms.document import MOST_COMPONENTS, BadForm, Form
from forms.editing import Raw, rows
from forms.rejoining import NotRejoined, rejoined
from webapp import bodies
from webapp.language import language
from webapp.language import words as _
from webapp.studio.forms_editor.english import English, Reworded
from webapp.studio.forms_editor.opened import Opened, opened
from webapp.studio.forms_editor.texts import texts_of
from webapp.studio.modeler import NotTaken

LARGEST = 4 * MAX_BYTES
"""Three documents, which the editor writes without the blanks of a file."""


@dataclass(frozen=True)
class Handed:
    """`here` has the form as it was opened, `document` as it is now; `sent` is all that came."""

    here: Opened
    document: Raw
    seen: int
    sent: Raw

    @property
    def files(self) -> dict[str, bytes]:
        """The draft with what was done on the canvas; the English of what nobody says any more goes."""
        files = self.here.with_document(self.document)
        gone = [Reworded(text, "") for text in sorted(texts_of(self.here.document) - texts_of(self.document))]
        english = English(self.here.files, self.here.row.business, self.here.file)
        return {**files, **english.reworded(files, gone)}

    @property
    def changed(self) -> dict[str, bytes]:
        return {path: data for path, data in self.files.items() if self.here.files.get(path) != data}


def handed(sketch_id: str, file: str) -> Handed:
    """What came with this request. NotOpened, NotTaken."""
    here = opened(sketch_id, file)
    try:
        sent = exact.read(bodies.raw(LARGEST))
        seen = int(sent["seen"])
        original = here.document if seen == here.row.version else sent["original"]
        document = _joined(file, original, sent["before"], sent["after"])
    except BadForm as wrong:
        raise NotTaken(wrong.why.to(language())) from None
    except (exact.NotExact, NotRejoined, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise NotTaken(_("画布送来的内容和这份文件对不上，没有保存。请重新打开这一页，或在表格里改。")) from None
    if len(list(rows(document))) > MOST_COMPONENTS:
        raise NotTaken(_("一张表单最多 %(n)d 项。请分成几个步骤。", n=MOST_COMPONENTS))
    return Handed(Opened(here.row, here.files, file, original), document, seen, sent)


def _joined(file: str, *documents: Any) -> Raw:
    """The three are forms, and so is what they come to."""
    for one in documents:
        Form.parse(one, form_key(file))
    document = rejoined(*documents)
    Form.parse(document, form_key(file))
    return document
