"""Conditions: what projects must be or hold to be selected: a goal, a policy, a grade of a year, what a column says."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from kb.catalog import Catalog
from kb.filters import Filter
from kb.planning.outcomes import Absence, Note
from kb.query import Query
from kb.terms import DETAIL
from nlp.conditions import Condition
from nlp.slots import Slots

__all__ = [
    "DATED_CONDITIONS",
    "Conditions",
    "beside_names",
    "other_years",
    "read_conditions",
    "state_filter",
    "to_conditions",
    "within_note",
]

FEW = 5
"""So many projects are named; of more the numbers are said."""
Conditions = tuple[tuple[Filter, ...], tuple[Note, ...]]
"""Filters with what was inferred."""
DATED_CONDITIONS = frozenset({"grade", "status"})
"""Conditions of a year."""


def read_conditions(
    wanted: Sequence[Condition], slots: Slots, years: Sequence[int], catalog: Catalog
) -> Conditions | Absence:
    """The filters of a selection; absent where the table has no such goal or grade, or no goals or grades at all."""
    filters: list[Filter] = []
    notes: list[Note] = []
    details = _details(wanted, slots, catalog)
    years = catalog.graded if slots.of_each_year and not years else years
    absent = next((absent for condition in wanted if (absent := _absent(condition, catalog))), None)
    if absent:
        return absent
    ranged = [each for condition in wanted for each in _ranged(condition, catalog)]
    for condition in sorted(ranged, key=lambda one: one.type == "detail"):  # what columns say stands last
        if condition.type == "grade":
            dated = _years_of(condition, years, catalog)
            if condition.end and not {*dated} <= {*catalog.years}:
                return Absence("no_year", "no_year", years=tuple(dated))
            found, inferred = _grade_filters(condition.value, dated, catalog)
            notes += inferred
        elif condition.type in ("told", "untold"):
            found = _told(condition, condition.years or years)
        elif condition.type == "status":
            found = _said(condition.value, condition.years or years)
        elif condition.type == "detail":
            found = tuple(
                of
                for one in details.pop(condition.text, ())
                for of in _of_years(one, condition.years or years, catalog)
            )
        else:
            found = (_to_filter(condition),)
        for filter_ in (one._replace(negated=condition.negated or one.negated) for one in found):
            filters = _either(filters, filter_) if condition.joined else [*filters, filter_]
    return tuple(dict.fromkeys(filters)), tuple(dict.fromkeys(notes))


def beside_names(slots: Slots) -> tuple[Condition, ...]:
    """The conditions that are no name at the same time: what a project is called may be a policy too."""
    named = {subject.text for subject in slots.subjects}
    return tuple(condition for condition in slots.conditions if condition.text not in named)


def other_years(slots: Slots, years: tuple[int, ...]) -> tuple[int, ...]:
    """The years that are said of something else than of a grade, which may be one of these once more."""
    own = [year for condition in slots.conditions for year in condition.years if condition.type in DATED_CONDITIONS]
    said = [year for mention in slots.years for year in mention.years]
    for year in own:
        if year in said:
            said.remove(year)
    return tuple(year for year in years if year in said or year not in own)


def to_conditions(filters: Iterable[Filter], plan: str) -> Iterator[Condition]:
    """Filters that ran as the conditions that give them again, in whatever year the next message asks."""
    for filter_ in filters:
        for at, one in enumerate(filter_.alternatives()):
            value = f"{plan}/{one.value}" if one.type in _OF_A_PLAN else one.value
            value = value.replace(f"/{one.value}", f"/{one.value.partition(':')[2]}") if one.type == "told" else value
            yield Condition(one.type, value, one.value, joined=at > 0, negated=one.negated)


def state_filter(year: int, state: str, catalog: Catalog, column: str = "") -> Filter:
    """Whether a cell of a year is reported, prints a figure (numeric) or one in a unit; of the results where no column is asked."""
    kind = column or catalog.default[0]
    other = "" if kind == "result" else f":{kind}"
    if state == "numeric":
        return Filter("numeric", f"{year}{other}")
    return Filter("state" if state == "reported" else "unit", f"{year}:{state}{other}")


def within_note(query: Query, catalog: Catalog) -> Note:
    """Of which projects something is computed: by what selects them, and a few that figures picked by their names."""
    picked = [filter_ for filter_ in query.filters if filter_.type == "project"]
    references = [f"{query.plan}/{one.value}" for filter_ in picked for one in filter_.alternatives()]
    if len(picked) != 1 or len(references) > FEW or not catalog.names.keys() >= {*references}:
        return Note("within", echo=query.condition())
    beside = query._replace(filters=tuple(filter_ for filter_ in query.filters if filter_ not in picked)).condition()
    names = "・".join(map(catalog.label, references))
    return Note("within", echo="のうち".join(filter(None, (beside, names))))


# Private functions

_OF_A_PLAN = frozenset({"goal", "policy", "detail", "told", "untold"})
"""Types of which a condition's value begins with the plan that has it."""


def _to_filter(condition: Condition) -> Filter:
    """A condition that means the same in any year."""
    _, of_a_plan, value = condition.value.partition("/")
    return Filter(condition.type, value if of_a_plan and condition.type in ("goal", "policy") else condition.value)


def _grade_filters(said: str, years: Sequence[int], catalog: Catalog) -> Conditions:
    """A grade: of the years that are asked where the table prints one for each, of the last one where it has no other."""
    grade = catalog.grade(said) or said
    if catalog.graded and years:
        return tuple(Filter("graded", f"{year}:{grade}") for year in years), ()
    if not catalog.graded or catalog.overall:
        return (Filter("grade", grade),), ()
    last = catalog.graded[-1]
    return (Filter("graded", f"{last}:{grade}"),), (Note("latest", years=(last,)),)


def _years_of(condition: Condition, years: Sequence[int], catalog: Catalog) -> Sequence[int]:
    """In which years a grade must hold: DからAになった is of the first and of the last one, or of a year and the one before."""
    said = condition.years or years
    if not condition.end or condition.years:
        return said
    first, *_, last = (said[0] - 1, *said) if len(said) == 1 else sorted(said or catalog.graded)
    return (first,) if condition.end == "first" else (last,)


def _said(status: str, years: Sequence[int]) -> tuple[Filter, ...]:
    """A status: of the years that are asked, else wherever the table says so."""
    return tuple(Filter("said", f"{year}:{status}") for year in years) or (Filter("keyword", status),)


def _told(condition: Condition, years: Sequence[int]) -> tuple[Filter, ...]:
    """What a further column holds: of the years that are asked where it says their year, else of any."""
    value, untold = condition.value.partition("/")[2], condition.type == "untold"
    return tuple(Filter("told", f"{year}:{value}", untold or condition.negated) for year in years or (0,))


def _of_years(detail: Filter, years: Sequence[int], catalog: Catalog) -> tuple[Filter, ...]:
    """What a narrow column says: in the years that are asked, where it says something of each."""
    dated = years if detail.value.partition("=")[0] in catalog.yearly else ()
    return tuple(Filter("told", f"{year}:{detail.value}") for year in dated) or (detail,)


def _absent(condition: Condition, catalog: Catalog) -> Absence | None:
    if condition.type not in ("grade", "goal") or "/" in condition.value:
        return None
    if not catalog.has(condition.type):
        return Absence("no_attribute", "no_column", echo=catalog.attribute_label(condition.type))
    if condition.type == "grade" and (condition.years or condition.end) and not catalog.graded:
        return Absence("no_attribute", "undated", echo=condition.value)
    known = catalog.grade(condition.value) if condition.type == "grade" else condition.value in catalog.goals
    if not known:
        return Absence("no_project", f"no_{condition.type}", echo=condition.value)
    beyond = {"above": "より上", "below": "より下"}.get(condition.relation, "")
    return None if _ranged(condition, catalog) else Absence("no_project", "no_grade", echo=condition.text + beyond)


def _ranged(condition: Condition, catalog: Catalog) -> tuple[Condition, ...]:
    """Every grade of a range as one that does as well: B以下 is B or what stands behind it, best first."""
    grade = catalog.grade(condition.value) if condition.relation else None
    if grade is None:
        return (condition,)
    at = catalog.grades.index(grade)
    better, worse = catalog.grades[:at], catalog.grades[at + 1 :]
    grades = {"from": (*better, grade), "above": better, "upto": (grade, *worse), "below": worse}[condition.relation]
    return tuple(
        condition._replace(value=grade, relation="", joined=condition.joined or place > 0)
        for place, grade in enumerate(grades)
    )


def _either(filters: list[Filter], other: Filter) -> list[Filter]:
    """やや遅れと遅れ: what と or か joins to a condition of its kind does as well; beside any other it must hold too."""
    at = next((at for at in range(len(filters) - 1, -1, -1) if _subject(filters[at]) == _subject(other)), None)
    if at is None:
        return [*filters, other]
    known = filters[at]
    values = dict.fromkeys((known.value, *known.others, other.value))
    return [*filters[:at], known._replace(value=next(iter(values)), others=tuple(values)[1:]), *filters[at + 1 :]]


def _subject(filter_: Filter) -> tuple[str, str]:
    """What a filter is about: its kind, with the year or the heading that its value begins with."""
    dividing = {"graded": ":", "said": ":", "detail": "="}.get(filter_.type)
    return filter_.type, filter_.value.partition(dividing)[0] if dividing else ""


def _details(wanted: Sequence[Condition], slots: Slots, catalog: Catalog) -> dict[str, tuple[Filter, ...]]:
    """What narrow columns say, by the words; where several say the same, of the one that is named, or of any."""
    said: dict[str, dict[str, str]] = {}
    for condition in wanted:
        plan, _, value = condition.value.partition("/")
        if condition.type == "detail" and plan in ("", catalog.plan):
            heading, _, member = value.partition("=")
            said.setdefault(condition.text, {})[heading] = member
    return {text: (_detail(members, slots),) for text, members in said.items()}


def _detail(members: Mapping[str, str], slots: Slots) -> Filter:
    named = [heading for heading in members if f"{DETAIL}{heading}" in slots.attributes]
    headings = named or list(members)
    return Filter("detail", f"{headings[0] if len(headings) == 1 else ''}={members[headings[0]]}")
