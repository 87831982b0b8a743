"""Phrasing: a query as a Japanese phrase that can be asked again."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kb.filters import DATED, FILTERS, STATED, Filter
from kb.terms import ATTRIBUTES, BETWEEN, DETAIL, ENDINGS, SELECTS, TABLE, measured
from nlp.years.fiscal import era_year

if TYPE_CHECKING:
    from kb.query import Query

__all__ = ["condition", "phrased", "sought"]


def phrased(query: "Query") -> str:
    """The whole query: 平成25年度のある事業の実績."""
    years = "・".join(era_year(year, query.era) for year in query.years)
    subjects = "と".join(dict.fromkeys(subject.name for subject in query.subjects))
    said = "の".join(filter(None, (subjects, _ending(query))))
    if any(filter_.type in DATED for filter_ in query.filters):  # a year before a grade would be the grade's
        years, said = "", "の".join(filter(None, (years, said)))
    if not subjects and query.operators == ("cells",) and query.bound is None:
        said = f"事業の{said}" if query.filters else f"すべての事業の{said}"
    if query.filters:
        said = condition(query) + ("の" if FILTERS[query.filters[-1].type].noun else "") + said
    return "の".join(filter(None, (years, said)))


def condition(query: "Query") -> str:
    """The filters alone: 戦略目標Dの達成度B."""
    said = [
        (FILTERS[one.type], ("の" if one.negated else "か").join(_alternatives(query, one))) for one in query.filters
    ]
    return "".join(
        text + ("の" if template.noun and at + 1 < len(said) else "") for at, (template, text) in enumerate(said)
    )


def sought(query: "Query") -> str:
    """What is looked for backwards, with the conditions beside it: 所管課がスポーツ課の「905千円」."""
    found = [filter_ for filter_ in query.filters if filter_.type in ("figure", "text")]
    beside = condition(query._replace(filters=tuple(filter_ for filter_ in query.filters if filter_ not in found)))
    said = "".join(f"「{_said(query, filter_)}」" for filter_ in found)
    return f"{beside}の{said}" if beside else said


# Private functions


def _alternatives(query: "Query", filter_: Filter) -> Iterator[str]:
    """Each of its values; of grades of one year that year is said once."""
    for at, one in enumerate(filter_.alternatives()):
        said = one._replace(type="grade", value=one.value.partition(":")[2])
        yield _condition(query, said if at and one.type == "graded" else one)


def _condition(query: "Query", filter_: Filter) -> str:
    said = _template(query, filter_.type).format(_said(query, filter_))
    return said + ("以外" if filter_.negated and filter_.type not in {*STATED, "told"} else "")


def _template(query: "Query", kind: str) -> str:
    """How a filter is said; of cells of any kind not as the results' alone."""
    template = FILTERS[kind].japanese
    return template if query.attributes == ("result",) else template.removeprefix("実績が")


def _said(query: "Query", filter_: Filter) -> str:
    value = filter_.value
    if filter_.type == "goal" and len(value) > 1:
        return f"「{value}」"
    if filter_.type == "grade":
        return f"{query.grade_name}{value}"
    if filter_.type in DATED | STATED:
        year, *rest = value.split(":", 1 if filter_.type in DATED else -1)
        return f"{era_year(int(year), query.era)}{_said_of_year(query, filter_, rest)}"
    if filter_.type == "told":
        return _told(filter_, query.era)
    if filter_.type == "detail":
        return "が".join(filter(None, (*value.partition("=")[::2],)))
    return value.split(" ")[-1] if filter_.type == "figure" else value


def _told(filter_: Filter, era: str) -> str:
    """令和5年度に備考の記載がある, 備考に「延期」とある."""
    year, _, value = filter_.value.partition(":")
    heading, _, text = value.partition("=")
    when = f"{era_year(int(year), era)}に" if year != "0" else ""
    return f"{when}{heading}" + (f"に「{text}」とある" if text else f"の記載が{'ない' if filter_.negated else 'ある'}")


def _said_of_year(query: "Query", filter_: Filter, rest: list[str]) -> str:
    if filter_.type == "said":
        return f"が{rest[0]}"
    if filter_.type == "graded":
        return f"の{query.grade_name}{rest[0]}"
    what = rest.pop(0) if filter_.type != "numeric" else ""
    there = "ない" if filter_.negated or (filter_.type == "state" and what != "reported") else "ある"
    if filter_.type == "unit":
        return f"に{''.join(f'{ATTRIBUTES[kind]}の' for kind in rest)}{measured(what)}が{there}"
    column = ATTRIBUTES[rest[0] if rest else "result"]
    return f"に{'数字の' if filter_.type == 'numeric' else ''}{column}が{there}"


def _ending(query: "Query") -> str:
    last = query.operators[-1]
    if query.bound:
        return f"{_bounded(query)}が{query.bound.said}{_ordered(query)}"
    if last == "table":
        return "と".join(TABLE.get(attribute, attribute) for attribute in query.attributes)
    if last == "count" and not query.filters:
        return "事業の総数"
    if last not in ENDINGS:
        return _columns(query) or ATTRIBUTES["result"]
    said = _columns(query) if last != "having" or len(query.attributes) == 1 else measured(query.measure)
    between = BETWEEN if len(query.attributes) > 1 else {}
    ending = between.get(last) or ENDINGS[last].format(_ordered(query))
    ending = ending.replace("最も", f"{query.place}番目に") if query.place else ending
    joint = "が" if last in SELECTS else "の"
    return f"{said}{joint}{ending}" if said else ending


def _ordered(query: "Query") -> str:
    """What is put in order: years of a project, or projects."""
    return "年度" if query.subjects else f"上位{query.limit}事業" if query.limit else "事業"


def _bounded(query: "Query") -> str:
    """What must be above or below a figure, whose unit needs no word of its own: 実績, 予算, 補給."""
    measure = query.measure if query.bound and query.measure != query.bound.unit else ""
    return _columns(query._replace(measure=measure)) or ATTRIBUTES["result"]


def _columns(query: "Query") -> str:
    """What is asked of each project, but for its plain result: 予算と決算, 金額, 予算の金額."""
    asked = (_attribute(query, name) for name in query.attributes)
    plain = "" if query.attributes == ("result",) else "と".join(asked)
    return "の".join(filter(None, (plain, measured(query.measure))))


def _attribute(query: "Query", name: str) -> str:
    if name == "grade":
        return query.grade_name
    return name.removeprefix(DETAIL) if name.startswith(DETAIL) else ATTRIBUTES[name]
