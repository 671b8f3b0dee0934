"""What is wrong with a text of the condition language, as a sentence beside the field in which it stands."""

from __future__ import annotations

from engine.feel.errors import Problem
from webapp.language import language
from webapp.language import words as _


def sentence(problem: Problem) -> str:
    why, mend = problem.why.to(language()), problem.mend.to(language())
    return _("%(why)s（第 %(place)d 个字符）；%(mend)s", why=why, place=problem.position + 1, mend=mend)
