"""Narrowing: whether a message after a list is about those of it that something more holds for."""

from collections.abc import Sequence

from nlp.conditions import Condition
from nlp.cues import asking_cues
from nlp.slots import Slots

__all__ = ["narrows"]


def narrows(own: Slots, listed: Sequence[Condition] | None) -> bool:
    """そのうち達成度Bは · その中でBは · 事業はいくつ, after a list: the list's conditions stay."""
    graded = {_kind(condition) for condition in own.conditions} == {"grade"}  # 5年度にAは: the year is the grade's
    asking = bool((own.years and not graded) or own.measures or asking_cues(own.cues) - {"count"})
    counts = own.tables == ("projects",) or (asking_cues(own.cues) == {"count"} and "project" not in own.cues)
    counting = counts and not own.subjects and not own.conditions and not own.attributes and not asking
    before = {_kind(condition) for condition in listed or ()}
    kinds = {condition.type for condition in own.conditions} - before
    kinds |= {"letter"} if own.letters and not before & {"grade", "goal"} else set()
    own_asks = asking or own.tables or "count" in own.cues or set(own.attributes) - _column_of(own)
    bare = (
        bool(kinds and before & _COLUMNED) and not own.subjects and not own_asks and not own.cues & {"project", "list"}
    )
    told = bool(own.years and own.cues & {"has_result", "no_result"})
    more = bool(own.conditions or own.letters or own.subjects or told)
    within_it = own.of_last or ("only" in own.cues and not own.subjects)  # 達成度Aだけ
    return (bool(listed) and (counting or bare)) or (listed is not None and within_it and more)


# Private functions

_COLUMNED = frozenset({"goal", "policy", "grade", "detail", "told", "untold", "status", "project"})
"""Conditions that a column prints, or figures: after a list by one of them another is one more, else a question of its own."""


def _kind(condition: Condition) -> str:
    """The grade of a year is a grade too, and what is said of it a status."""
    return {"graded": "grade", "said": "status"}.get(condition.type, condition.type)


def _column_of(own: Slots) -> set[str]:
    """The columns that a message's conditions are said of: 担当課が産業課のもの asks for no 担当課."""
    details = {name for name in own.attributes if name.startswith("detail:")}
    return {condition.type for condition in own.conditions} | details
