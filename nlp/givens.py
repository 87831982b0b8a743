"""Givens: the single figures that the last answers gave, and the two of them that a bare 差は？ computes with."""

from collections.abc import Sequence
from typing import NamedTuple

from nlp.names.lexicon import Meaning
from nlp.names.names import project_of
from nlp.slots import Slots
from nlp.subjects import Subject
from nlp.years.fiscal import YearForm, YearMention

__all__ = ["Given", "asks_both", "beside", "is_bare", "kept", "placed", "taken", "with_both"]

_COMPUTING = frozenset({"change", "rate", "percent", "ratio", "sum", "average", "compare", "rising", "falling"})
"""Cues that ask for a value of two figures or more."""
_OF_SEVERAL = frozenset({"sum", "average"})
"""Of these, those that may be asked of more than two."""
_PLACED = frozenset(
    {"previous", "base", "always", "project", "count", "among", "largest", "smallest", "which_year", "whole"}
)
"""Cues that say themselves what is computed of."""
_SAID = ("years", "conditions", "letters", "figures", "numbers", "absents", "tables", "socials", "of_last", "with_last")
"""Slots that say it too."""


class Given(NamedTuple):
    """What an answer gave where it gave one thing: a project or a line of it in one fiscal year."""

    reference: str
    """The project or the line."""
    year: int
    """The fiscal year."""
    kinds: tuple[str, ...]
    """Which cells: result, target, budget …"""
    line: str = ""
    """What the line is called; "" for a whole project."""
    measures: tuple[Meaning, ...] = ()
    """Which figures were asked."""


def is_bare(own: Slots, given: Sequence[Given]) -> bool:
    """Whether a message asks for a computation and says nothing of what: 差は？ · 入館者数の差は？ after a library."""
    if not own.cues & _COMPUTING or own.cues & _PLACED or any(getattr(own, name) for name in _SAID):
        return False
    if any(mention.noun for mention in own.unknown):
        return False
    known = {kind for one in given[-2:] for kind in one.kinds}
    return set(own.attributes) <= (known or {"result"}) and (not own.subjects or bool(_of_line(own, given[-1:])))


def taken(own: Slots, given: Sequence[Given]) -> tuple[Given, ...]:
    """What a bare computation is of: the two that were given last, or more to be added; nothing where they differ too much."""
    run = _run(_of_line(own, given))
    run = run if own.cues & _OF_SEVERAL and "both" not in own.cues else run[-2:]
    apart = _apart(run[0], run[-1]) if len(run) > 1 else ""
    return run if apart and not (apart == "kinds" and own.cues & _OF_SEVERAL) else ()


def beside(own: Slots, run: Sequence[Given]) -> Slots:
    """The message about the figures that it takes."""
    apart = _apart(run[0], run[-1])
    kinds = tuple(dict.fromkeys(kind for one in run for kind in one.kinds))
    references, years = (dict.fromkeys(one.reference for one in run), dict.fromkeys(one.year for one in run))
    return own._replace(
        subjects=tuple(Subject((reference,), "place", "") for reference in references),
        years=(YearMention(0, 0, YearForm.ERA, tuple(years)),),
        attributes=own.attributes or (kinds if apart == "kinds" or len(kinds) == 1 else ()),
        measures=own.measures or next((one.measures for one in run if one.measures), ()),
        inherited=frozenset({"subjects", "years"}),
    )


def asks_both(own: Slots) -> bool:
    """Whether a message speaks of two things and doesn't name both: 両方の24年度は？, and not 24年度と25年度の両方は？"""
    two = (
        own.subjects,
        own.attributes,
        own.measures,
        [year for mention in own.years for year in mention.years or (mention.form,)],
    )
    return "both" in own.cues and not (own.conditions or own.letters) and all(len(said) < 2 for said in two)


def with_both(own: Slots, last: Slots, given: Sequence[Given]) -> Slots:
    """両方の24年度は？ after one question about each: what was talked about, as if both had been asked together."""
    talked = {reference for subject in last.subjects for reference in subject.references}
    pair = given[-2:]
    if (
        not asks_both(own)
        or own.subjects
        or len(last.subjects) != 1
        or len(pair) < 2
        or pair[-1].reference not in talked
    ):
        return last
    if pair[0].reference == pair[1].reference:
        return last
    return last._replace(subjects=tuple(Subject((one.reference,), "place", one.line) for one in pair))


def placed(own: Slots, order: Sequence[Given]) -> Slots | None:
    """2番目は？, 3位の事業の24年度は？ after a ranking: what stands there, as if it had been named; None where nothing surely does."""
    places = [number.value for number in own.numbers if number.form == "ordinal"]
    said = any(getattr(own, name) for name in _SAID if name not in ("numbers", "years")) or own.subjects or own.ranks
    nouns = any(mention.noun for mention in own.unknown)
    if (
        said
        or nouns
        or own.cues & (_COMPUTING | _PLACED - {"project"})
        or len(places) != 1
        or not 0 < places[0] <= len(order)
    ):
        return None
    there = beside(own, (order[places[0] - 1],))
    return there._replace(years=own.years or there.years, cues=own.cues - {"project"}, inherited=frozenset())


def kept(given: Sequence[Given], new: Given) -> tuple[Given, ...]:
    """What is remembered with one more: those that a computation could take together, at least the last two."""
    if new in given[-1:]:
        return tuple(given)
    run = _run((*given, new))
    return run if len(run) > 1 else (*given[-1:], new)


# Private functions


def _of_line(own: Slots, given: Sequence[Given]) -> tuple[Given, ...]:
    """The last ones as a line that the message names has them: 入館者数 of each library."""
    if not own.subjects:
        return tuple(given)
    found: list[Given] = []
    for one in reversed(given):
        lines = [r for named in own.subjects for r in named.references if _is_line_of(r, one)]
        if len(lines) != 1 or len(own.subjects) != 1:
            break
        line = one.line if lines[0] == one.reference else own.subjects[0].text
        found.append(one._replace(reference=lines[0], line=line))
    return tuple(reversed(found))


def _is_line_of(reference: str, given: Given) -> bool:
    """Whether it is a line of what was given, or that very line; a project that is named again is asked about anew."""
    return "." in reference and given.reference in (reference, project_of(reference))


def _run(given: Sequence[Given]) -> tuple[Given, ...]:
    """The longest end of which all differ in the same one thing."""
    run = tuple(given[-1:])
    for one in reversed(given[:-1]):
        things = {_apart(one, other) for other in run} | ({_apart(run[0], run[-1])} if len(run) > 1 else set())
        if len(things) > 1 or not all(things):
            break
        run = (one, *run)
    return run


def _apart(one: Given, other: Given) -> str:
    """The one thing in which two differ; "" where it is none, or more."""
    things = [name for name in ("reference", "year", "kinds") if getattr(one, name) != getattr(other, name)]
    measured = one.measures == other.measures or not (one.measures and other.measures)
    return things[0] if len(things) == 1 and measured and (things != ["reference"] or _alike(one, other)) else ""


def _alike(one: Given, other: Given) -> bool:
    """Two lines of a project, or two projects by the same line: a project isn't held against its own line."""
    same = project_of(one.reference) == project_of(other.reference)
    return bool(one.line and other.line) if same else one.line == other.line
