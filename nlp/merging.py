"""Merging: what a message leaves out comes from the conversation, before its kind is chosen."""

from collections.abc import Sequence

from nlp.conditions import Condition
from nlp.cues import MOVES, PASSIVE, asking_cues
from nlp.names.names import project_of
from nlp.narrowing import narrows
from nlp.questions import Kind
from nlp.slots import COLUMNS, Slots
from nlp.years.fiscal import YearForm, YearMention

__all__ = ["contributes", "merge", "stands_alone", "within"]

_WHOLE = frozenset({"subject", "condition", "keyword", "table", "social", "figure", "letter"})
"""Slots of which one makes a question that needs no conversation."""
_ASKS = ("years", "attributes", "measures", "absents")
_OVER_PROJECTS = frozenset({"sum", "average", "largest", "smallest"})
"""Cues that compute over the very projects of a list, whatever selected them."""
_REFERRING = frozenset({"among", "pronoun"})
"""Cues that speak of what was just given."""
_JOINING = frozenset({"compare", "change", "sum", "average", "rate", "percent", "ratio"})
"""Cues that after 「Xと」 want what was talked about before beside X."""


def stands_alone(own: Slots, kind: Kind, last: Slots, listed: Sequence[Condition] | None = None) -> bool:
    """Whether a message needs nothing of the conversation: it names its subject and what it asks.

    `listed`: what selects the projects of the last list.
    """
    if own.of_last or narrows(own, listed) or _joins(own, last) or _is_of_talked(own, last):
        return False
    if of_list(own, last, listed):
        return False
    projects = "project" in own.cues or ("each" in own.cues and bool(last.subjects))
    if not kind.cues and "figure" in kind.required and last.subjects:
        return False  # 992件は？ after one project: its own figure is held against it
    if kind.forbidden & {"subject", "project"} and (kind.required & _WHOLE or projects):
        return True
    if kind.operators[0] == "projects" and kind.required and projects and not own.cues & _REFERRING:
        return True
    if own.absents and "written" in own.cues and projects and not own.cues & _REFERRING:
        return True  # 備考に「延期」とある事業は？ of a table without 備考
    named = own.subjects or own.conditions
    asks = any(getattr(own, name) for name in _ASKS) or bool(asking_cues(own.cues))
    return bool(named) and asks


def of_list(own: Slots, last: Slots, listed: Sequence[Condition] | None) -> bool:
    """維持管理費の合計は？ after a list: a line that many projects print, of those that were listed."""
    projects = {project_of(reference) for subject in own.subjects for reference in subject.references}
    lines = all(reference != project_of(reference) for subject in own.subjects for reference in subject.references)
    anew = own.conditions or own.with_last or "whole" in own.cues or ("project" in own.cues and not own.of_last)
    of_many = len(own.subjects) == 1 and len(projects) > 1 and lines
    return bool(listed) and of_many and not anew and not _of_one_project(last)


def asks_of_each(own: Slots, last: Slots, listed: Sequence[Condition] | None) -> bool:
    """進捗は？ after a list: of each project that was listed, where the message names a column and nothing else."""
    said = own.subjects or own.conditions or own.letters or own.figures or own.bounds or own.numbers or own.with_last
    nouns = any(mention.noun for mention in own.unknown)
    asks = bool(own.attributes or own.absents) and not own.measures and not asking_cues(own.cues)
    figured = set(own.attributes) <= COLUMNS | {"result"}
    computed = figured and last.cues & _OVER_PROJECTS  # 決算は？ after 予算の合計は？ asks for one more sum
    anew = said or nouns or computed or "whole" in own.cues or _of_one_project(last)
    return (bool(listed) or _listed_all(last, listed)) and asks and not anew


def contributes(own: Slots) -> bool:
    """Whether a message says anything that a question can use, so that the last answer isn't simply repeated."""
    said = (own.subjects, own.conditions, own.figures, own.letters, *(getattr(own, name) for name in _ASKS))
    named = any(cue.startswith("plan:") for cue in own.cues)  # the same, of another plan
    asks = bool(asking_cues(own.cues) - {"more", "less"})
    return any(said) or named or asks or "whole" in own.cues or any(n.form == "bare" for n in own.numbers)


def within(own: Slots, last: Slots) -> Slots:
    """A line that many projects print is that of the project that was talked about: 達成率は？ after 転入者数."""
    talked = {project_of(reference) for subject in last.subjects for reference in subject.references}
    over_all = "project" in own.cues and not own.cues & _REFERRING  # 上位3事業
    if len(talked) != 1 or len(own.subjects) != 1 or over_all:
        return own
    references = own.subjects[0].references
    kept = tuple(reference for reference in references if project_of(reference) in talked)
    lines = all(reference != project_of(reference) for reference in references)
    if not kept or not lines or len({project_of(reference) for reference in references}) < 2:
        return own
    line = own.subjects[0]._replace(references=kept)
    both = COLUMNS & set(last.attributes) and "result" in last.attributes  # 計画との差 is asked of this line too
    attributes = own.attributes or (() if both else ("result",))  # not the 目標 that was asked before
    return own._replace(subjects=(line,), attributes=attributes)


def merge(own: Slots, last: Slots, listed: Sequence[Condition] | None = None) -> Slots:
    """What the message leaves out comes from the conversation: subject and conditions, or what was asked of them."""
    last = _scoped(own, last, listed)
    if narrows(own, listed):
        cues = own.cues | {"count", "project"} if own.tables or "count" in own.cues else own.cues
        conditions = (*(listed or ()), *own.conditions)
        return own._replace(conditions=conditions, cues=cues, tables=(), inherited=frozenset({"conditions"}))
    years = own.years or last.years
    if asks_of_each(own, last, listed):
        cues = own.cues | {"project"} | (set() if listed else {"whole", "everything"})
        return own._replace(conditions=tuple(listed or ()), years=years, cues=cues, inherited=frozenset({"conditions"}))
    if of_list(own, last, listed):
        again = _asked_again(own, last) if last.cues & _OVER_PROJECTS and not asking_cues(own.cues) else frozenset()
        inherited_cues = own.cues | again
        return own._replace(
            conditions=tuple(listed or ()), years=years, cues=inherited_cues, inherited=frozenset({"conditions"})
        )
    if _joins(own, last):
        measures = own.measures or last.measures
        subjects = (*last.subjects, *own.subjects)
        return own._replace(subjects=subjects, years=years, measures=measures, inherited=frozenset({"years"}))
    own = _against(own, last)
    inherited = _asked_of_others(own, last) if own.subjects or own.conditions else _asked_anew(own, last)
    asks = asking_cues(own.cues)
    if "measures" in inherited:
        own = own._replace(cues=own.cues | (last.cues & {"how_much"}))  # 何%？ after いくら増えた？: in any unit still
    if not asks:
        inherited |= {"bounds": last.bounds} if _bounds_too(own, last) else {}
        inherited["cues"] = own.cues | _asked_again(own, last)
    elif asks == {"percent"} and "change" in last.cues and not own.attributes:
        inherited["cues"] = own.cues | {"change"}  # 何%？ after どれだけ増えた？
    return own._replace(**inherited, inherited=frozenset(inherited))  # type: ignore[arg-type]


# Private functions


def _listed_all(last: Slots, listed: Sequence[Condition] | None) -> bool:
    """Whether all projects were listed, or what each of them says."""
    lists = "project" in last.cues and last.cues & {"list", "whole"}
    return listed is not None and not listed and bool(lists) and not asking_cues(last.cues)


def _bounds_too(own: Slots, last: Slots) -> bool:
    """Whether 25年度は？ asks for the same range: not of one project that is named after a list of them."""
    return bool(last.bounds) and (bool(last.subjects) or not own.subjects)


def _scoped(own: Slots, last: Slots, listed: Sequence[Condition] | None) -> Slots:
    """What was asked last, of what this message is about: all of the list, every project, or as it was."""
    if (
        own.of_last and listed is not None
    ):  # そのうち一番多いのは: of all of the list, also where it was but one project
        kept = tuple(subject for subject in last.subjects if subject.how != "place")
        return last._replace(conditions=tuple(listed), subjects=kept)
    if "whole" in own.cues and not own.subjects:  # 全体では: of all projects
        return last._replace(subjects=() if _of_one_project(last) else last.subjects, conditions=())
    if listed is not None and not last.subjects and asking_cues(own.cues) & _OVER_PROJECTS:
        return last._replace(conditions=tuple(listed))
    return last


def _asked_anew(own: Slots, last: Slots) -> dict[str, object]:
    """What a message without subject and conditions takes over: what it is about, and what was asked of it."""
    inherited: dict[str, object] = {
        name: getattr(last, name) for name in ("subjects", "conditions") if getattr(last, name)
    }
    anew = "which_year" in own.cues and bool(own.cues & {"largest", "smallest"})  # 一番多い年は: of all years
    if not own.years and (not own.attributes or _names_column(own)) and last.years and not anew:
        inherited["years"] = _last_year(last.years) if "previous" in own.cues else last.years
    if not own.measures and not own.attributes and last.measures:
        inherited["measures"] = last.measures
    cells = "result" in last.attributes or COLUMNS & set(last.attributes)
    if not own.attributes and not own.absents and not (own.years and not cells):
        asked = _figured(last.attributes) if own.measures else last.attributes
        between = "previous" in own.cues and len(COLUMNS & set(asked)) > 1
        inherited["attributes"] = asked[-1:] if between else asked  # 前年度との差は？ after 執行率: of what was spent
    return inherited


def _last_year(said: Sequence[YearMention]) -> tuple[YearMention, ...]:
    """前年度との差は？ after 3年間の平均: of the last of these years."""
    years = [year for mention in said for year in mention.years]
    return (YearMention(0, 0, YearForm.ERA, (max(years),)),) if len(years) > 1 else tuple(said)


def _asked_of_others(own: Slots, last: Slots) -> dict[str, object]:
    """What a message with a subject or conditions of its own takes over: what was asked of those before."""
    dated = bool(own.years or any(number.form == "bare" for number in own.numbers))
    if own.absents or (own.attributes and not _is_of_talked(own, last)):
        return {}
    names = ("years",) if own.attributes else ("years", "attributes", "measures")
    kept = (name for name in names if name != "years" or not dated)
    return {name: getattr(last, name) for name in kept if getattr(last, name) and not getattr(own, name)}


def _against(own: Slots, last: Slots) -> Slots:
    """予算との差は？ after the 決算 of a year: of both columns."""
    columns = set(own.attributes) | set(last.attributes)
    both = own.with_last and not own.subjects and own.cues & _JOINING and len(columns) == 2 and columns <= COLUMNS
    return own._replace(attributes=(*last.attributes, *own.attributes)) if both else own


def _asked_again(own: Slots, last: Slots) -> frozenset[str]:
    """What was asked of the figures before; not of a column that prints none: 達成度は after 前年より増えた？"""
    if own.attributes and not set(own.attributes) & (COLUMNS | {"result"}):
        return frozenset()
    passive = PASSIVE | ({"percent"} if own.attributes else set())  # 目標は after 割合は asks for no share of it
    if _of_one_project(last) and len({year for one in own.years for year in one.years or (one.form,)}) == 1:
        passive |= {"largest", "smallest", "which_year"}  # その年は after 一番多い年は: that year alone
    if any(subject.how == "place" for subject in own.subjects):
        passive |= _OVER_PROJECTS | MOVES  # 2番目は after the 合計 of a list, or after what fell: what it prints
    return frozenset(cue for cue in last.cues if ":" not in cue and cue not in passive)


def _is_of_talked(own: Slots, last: Slots) -> bool:
    """A line of the project that was talked about, of which no other column is asked: 児童は？ after 一般の貸出."""
    talked = {project_of(reference) for subject in last.subjects for reference in subject.references}
    lines = [reference for subject in own.subjects for reference in subject.references]
    of_talked = bool(lines) and all(line != project_of(line) and project_of(line) in talked for line in lines)
    return of_talked and own.attributes == ("result",)


def _of_one_project(last: Slots) -> bool:
    """Whether one project was talked about, and no line of several."""
    return len({project_of(reference) for subject in last.subjects for reference in subject.references}) == 1


def _figured(attributes: Sequence[str]) -> tuple[str, ...]:
    """The columns of figures that were asked before: 事業費は after 状況は asks for whatever prints money."""
    return tuple(name for name in attributes if name in COLUMNS)


def _names_column(own: Slots) -> bool:
    """Whether it asks for other cells of the same years: 決算は？ after a year's 予算."""
    return set(own.attributes) <= COLUMNS or ("column:result" in own.cues and own.attributes == ("result",))


def _joins(own: Slots, last: Slots) -> bool:
    """もう一つの事業と比べて, after another project: both are meant."""
    return len(own.subjects) == 1 and bool(last.subjects) and own.with_last and bool(own.cues & _JOINING)
