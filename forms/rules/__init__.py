"""Rules about people's data: pure functions, the day and the tables passed in.

Every rule answers with a `Verdict`: `value` is the normalised value, None when the entry is refused; `problems` are
small `Problem(code, text, english, level)` where `block` refuses and `warn` is for the reviewer; `block` and
`warnings` pick them. The rules and what their values are:

    id_number.check(text, today)              -> Verdict[IdNumber]   number, birth, sex, age(today)
    bank_card.check(text, bank, bins)         -> Verdict[str]        digits only
    name.check(text)                          -> Verdict[str]        U+00B7 for every interpunct
    phone.check(text)                         -> Verdict[str]        +8613800138000
    validity.read(text), .check(v, birth, today) -> Verdict[Validity]  start, end (None: 长期)
    outlet.check(text)                        -> Verdict[str]        without blanks

`apply` is the same by the name that a form writes in `properties.rule`, always with a text as value.
`masking` says how much of a value is shown.
"""

from __future__ import annotations

from forms.rules.apply import RULES, About, apply
from forms.rules.verdict import Problem, Verdict

__all__ = ["RULES", "About", "Problem", "Verdict", "apply"]
