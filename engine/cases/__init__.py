"""Cases (受理单): everything that a person can do to one, each as one write unit."""

from engine.cases import answers
from engine.cases.abandoning import abandon
from engine.cases.back import go_back, ways_back
from engine.cases.completing import complete
from engine.cases.idle import closes_at
from engine.cases.intentions import Advanced, Completion, RejectionInput
from engine.cases.messages import send_message, waits_for
from engine.cases.opening import open_case
from engine.cases.reading import facts_of, open_tasks, queue, way_of

__all__ = [
    "Advanced", "Completion", "RejectionInput", "abandon", "answers", "closes_at", "complete", "facts_of", "go_back",
    "open_case", "open_tasks", "queue", "send_message", "waits_for", "way_of", "ways_back",
]  # fmt: skip
