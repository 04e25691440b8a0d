"""The rule language: one line that a lawyer can read, checked when it is read, with one meaning everywhere.

    unused > 0
    targeted in (partly, no)
    target_groups has other
    received - used
    round(unused / received * 100, 1)
    families <= visits_done and not (ages has before_birth and count(ages) = 1)

``=``, ``<>``, ``<``, ``<=``, ``>``, ``>=`` compare numbers; ``is``, ``is not`` and ``in`` compare a single choice, and
``has`` a multiple choice, with options of the name on their left. ``not`` binds tighter than ``and``, and ``and``
tighter than ``or``. The words of the language are never names. What a rule comes to is told in ``evaluation``.
"""

from statsbidrag.terms.language.names import Answer, Kind, Name
from statsbidrag.terms.language.reading import read_rule
from statsbidrag.terms.language.rule import Rule, shown_when
from statsbidrag.terms.language.sentence import part_of

__all__ = ["Answer", "Kind", "Name", "Rule", "part_of", "read_rule", "shown_when"]
