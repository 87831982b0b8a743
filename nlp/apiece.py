"""Apiece: それぞれの of projects, which asks for the values of each, and not for what is counted apart by a column."""

from nlp.recognition import Recognition

__all__ = ["apiece"]


def apiece(recognition: Recognition, cues: frozenset[str]) -> frozenset[str]:
    """The cues with that of each project in the place of that of each value: 事業それぞれの実績, それぞれの内容."""
    each = [at for at, mention in enumerate(recognition.mentions) if "each" in mention.of("cue")]
    if not each or cues & _COUNTING or not all(_is_of_projects(recognition, at) for at in each):
        return cues
    return cues - {"each"} | {"apiece"}


# Private functions

_COUNTING = frozenset({"count", "measure:事業"})
"""Cues of how many: 達成度AとBの事業数をそれぞれ."""


def _is_of_projects(recognition: Recognition, at: int) -> bool:
    """Whether each is said of what was listed or is called a project, and of no column, value or year: 目標ごと, AとBそれぞれ."""
    each, before = recognition.mentions[at], recognition.mentions[at - 1] if at else None
    if each.of("attribute") or each.of("every"):
        return False
    alone = before is None or recognition.between(before, each) not in ("", "の")
    if alone or "project" in each.of("cue"):  # 各事業
        return True
    return before is not None and "project" in before.of("cue") and not before.of("attribute")
