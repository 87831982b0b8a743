"""Columns: what each column of a table is, by its heading and by what stands in it."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from kb.tables.mapping import Column
from kb.tables.vocabulary import Headings, plain
from kb.tables.years import find_years, is_span, resolve, without_years, year_of
from nlp.fiscal import ERAS

__all__ = ["Contents", "recognise"]

_ONCE = ("no", "name", "description", "period", "year", "edition", "kind", "goal", "policy", "subpolicy")
_NEXT = {"goal": "policy", "policy": "subpolicy"}
_STRONG = ("事業名", "取組名", "project_name")
_LATER_GRADES = ("方向", "方針", "区分", "判定", "結果", "進捗", "状況")


_DASHES = ("-", "ー", "―", "—", "–", "‐")
_BESIDE = re.compile("(?:前|昨|次|翌|来)年度?(?!比)")
"""Years that only the edition tells: their figures are no values of its own year."""
_FIGURE = re.compile(r"(?:[△▲+\-−約]|延べ)?[\d,.]+\D{0,4}(?:\(.*\))?")


@dataclass(frozen=True, slots=True)
class Contents:
    """What stands in a column, in short."""

    texts: tuple[str, ...]
    """Some of its texts, in order."""
    filled: int = 0
    """How many cells print something."""

    def share(self, texts: Iterable[bool]) -> float:
        """How much of the column it is true of."""
        return sum(texts) / len(self.texts) if self.texts else 0.0

    def without(self, totals: Iterable[str]) -> "Contents":
        """Without the words of lines that add up others: 合計, 給付費合計."""
        endings = tuple(word for word in totals if len(word) > 1)
        texts = tuple(text for text in self.texts if not plain(text).endswith(endings))
        return Contents(texts, self.filled - len(self.texts) + len(texts))

    def grades(self, headings: Headings) -> float:
        """How much of it is grades."""
        printed = [text.strip() for text in self.texts if plain(text) not in _DASHES]
        return sum(map(headings.is_grade, printed)) / len(printed) if printed else 0.0

    def is_graded(self, headings: Headings) -> bool:
        """Whether it is grades though its heading says nothing of them; 1 to 5 are counts then."""
        return self.grades(headings) >= 0.8 and self.numbers() < 0.5

    def numbers(self) -> float:
        """How much of it is a figure: 4,200, △3, 12人."""
        return self.share(_FIGURE.fullmatch(plain(text)) is not None for text in self.texts)

    def kinds(self, headings: Headings) -> bool:
        """Whether it says what each line holds: 目標, 実績, 目標, 実績."""
        found = [headings.kind(text) if headings.says_kind(text) else "" for text in self.texts]
        return len({*found} - {""}) > 1 and self.share(map(bool, found)) > 0.5

    def is_long(self) -> bool:
        """Whether it is sentences."""
        return self.share(len(text) > 40 for text in self.texts) > 0.5

    def is_short_scale(self) -> bool:
        """Few short texts without digits, again and again: a scale that nobody has listed."""
        distinct = {text.strip() for text in self.texts}
        short = all(len(text) <= 12 and not any(c.isdigit() for c in text) for text in distinct)
        return bool(distinct) and short and len(distinct) <= 10 and len(distinct) * 2 <= max(len(self.texts), 4)


def recognise(
    paths: Mapping[int, tuple[str, ...]],
    contents: Mapping[int, Contents],
    headings: Headings,
    era: str,
    *,
    by_line: bool = False,
) -> tuple[tuple[Column, ...], str]:
    """The columns of a table, and the era that had to be assumed."""
    paths = {at: _with_era(path) for at, path in paths.items()}
    printed = [year for path in paths.values() for part in path if not is_span(part) for year in find_years(part)]
    years, assumed = resolve(printed, era)
    found = []
    for at in sorted({*paths, *(at for at, content in contents.items() if content.texts)}):
        path = paths.get(at, ())
        found.append(_column(at, path, contents.get(at, Contents(())), headings, years))
    found = _like_siblings(found, contents)
    columns = _settle_names(found, contents)
    columns = _settle_twice(columns)
    columns = _settle_grades(columns, contents, headings)
    if by_line or any(column.role == "kind" for column in columns):
        columns = [_by_line(column, paths.get(column.at, ()), headings) for column in columns]
    if any(column.role == "kind" for column in columns):
        columns = [_of_kinds(column, headings) for column in columns]
    columns = [column if column.role == "value" else replace(column, unit="") for column in columns]
    if any(column.role == "activity" for column in columns):
        columns = [_of_line(column, headings) for column in columns]
    return tuple(_name_values(columns, paths, headings)), assumed


# Private functions


def _with_era(path: tuple[str, ...]) -> tuple[str, ...]:
    """令和 over 3年度 is 令和3年度."""
    eras = [part for part in path if part in ERAS]
    rest = tuple(part for part in path if part not in ERAS)
    if not eras or not rest:
        return path
    return tuple(f"{eras[0]}{part}" if any(not year.western for year in find_years(part)) else part for part in rest)


def _column(at: int, path: tuple[str, ...], content: Contents, headings: Headings, years: Mapping[str, int]) -> Column:
    heading = " / ".join(path)
    column = Column(at, heading, "detail" if path else "unread", unit=_unit(path, headings))
    printed = [year for part in path if not is_span(part) for year in find_years(part)]
    if printed:
        return _dated(column, path, content, headings, years[printed[-1].text])
    if content.kinds(headings):
        return replace(column, role="kind")
    if any(map(headings.is_base, path)) or any(_BESIDE.match(plain(part)) for part in path):
        return column
    for part in reversed(path):
        if found := _undated(column, part, content, headings):
            return found
    return column


def _dated(column: Column, path: tuple[str, ...], content: Contents, headings: Headings, year: int) -> Column:
    value = replace(column, role="value", year=year)
    rests = [rest for part in path if (rest := without_years(part))]
    kind = next((kind for rest in reversed(rests) if (kind := headings.kind(rest))), "")
    last = rests[-1] if rests else ""
    role = headings.role(last) if last else ""
    if role in ("detail", "description", "period") and not headings.kind(last):
        return column
    if any(map(headings.is_base, rests)):
        return column
    if role == "unit":
        return replace(column, role="unit")
    if kind == "grade":
        return _graded(value, column, last, content, headings)
    if kind == "result" and any(word in last for word in ("状況", "進捗")) and content.grades(headings) >= 0.6:
        return replace(value, kind="grade")
    if not kind and last and content.is_long():
        return column
    if not kind and not last and content.is_graded(headings):
        return replace(value, kind="grade")
    return replace(value, kind=kind or "result")


def _graded(value: Column, column: Column, last: str, content: Contents, headings: Headings) -> Column:
    if content.grades(headings) >= 0.6 or content.is_short_scale():
        return replace(value, kind="grade")
    if content.numbers() >= 0.6:
        return replace(value, kind="result", activity=last)
    return column


def _undated(column: Column, part: str, content: Contents, headings: Headings) -> Column | None:
    role, kind = headings.role(part), headings.kind(part)
    if role == "goal" and headings.says_kind(part) and content.numbers() >= 0.5:
        role = ""
    if kind and not role:
        return _undated_kind(column, kind, content, headings)
    if role == "group" and content.share(bool(headings.kind(text)) for text in content.texts) >= 0.8:
        role = "kind"
    if role == "group" and len(set(content.texts)) > 10:
        role = "detail"
    if role == "year" and content.texts and not _are_years(content):
        role = "period"
    return replace(column, role=role) if role else None


def _undated_kind(column: Column, kind: str, content: Contents, headings: Headings) -> Column | None:
    if kind == "grade":
        graded = content.grades(headings) >= 0.6 or content.is_short_scale()
        return replace(column, role="grade") if graded else replace(column, role="detail")
    if kind == "result" and content.is_graded(headings):
        return replace(column, role="grade")
    return replace(column, role="value", kind=kind)


def _are_years(content: Contents) -> bool:
    """R4, R5, with headings over the lines between them; R3～R5 is a period."""
    return content.share(map(_is_year, content.texts)) >= 0.5 and content.share(map(is_span, content.texts)) <= 0.2


def _is_year(text: str) -> bool:
    bare = plain(text)
    return bool(year_of(text, "")) and (bool(find_years(text)) or len(bare) in (1, 2, 4))


def _unit(path: tuple[str, ...], headings: Headings) -> str:
    for part in reversed(path):
        text = plain(part)
        if headings.is_unit(text) and not headings.kind(part):
            return text if not text.endswith(("数", "人数")) else ""
        for piece in text.replace("[", "(").replace("〔", "(").split("(")[1:]:
            inner = piece.rstrip(")]〕").removeprefix("単位").strip(":・")
            if headings.is_unit(inner) and not inner.endswith("数"):
                return inner
        if text.endswith("_yen"):
            return "円"
    return ""


def _like_siblings(columns: Sequence[Column], contents: Mapping[int, Contents]) -> list[Column]:
    """進捗状況 of a year that has few grades yet is what it is in the other years."""
    grades = {without_years(column.heading) for column in columns if column.kind == "grade" and column.year}
    return [
        replace(column, role="value", kind="grade", activity="", unit="")
        if column.role == "value"
        and without_years(column.heading) in grades
        and contents.get(column.at, Contents(())).numbers() < 0.5
        else column
        for column in columns
    ]


def _settle_names(columns: Sequence[Column], contents: Mapping[int, Contents]) -> list[Column]:
    """Of several columns that could be the project's name, the plainest; those to its right are finer lines."""
    named = [column for column in columns if column.role == "name"]
    if len(named) < 2:
        return list(columns)
    strong = [column for column in named if any(word in plain(column.heading) for word in _STRONG)]
    name = (strong or named)[0]
    others = {column.at for column in named} - {name.at}
    settled = []
    for column in columns:
        role = column.role
        if column.at in others:
            role = _beside(column, name, columns, contents)
        settled.append(replace(column, role=role))
    return settled


def _beside(column: Column, name: Column, columns: Sequence[Column], contents: Mapping[int, Contents]) -> str:
    if column.at < name.at:
        return "policy" if all(other.role != "policy" for other in columns) else "detail"
    finer = contents.get(column.at, Contents(())).filled > contents.get(name.at, Contents(())).filled
    return "activity" if finer and all(other.role != "activity" for other in columns) else "detail"


def _settle_twice(columns: Sequence[Column]) -> list[Column]:
    seen: set[str] = set()
    settled = []
    for column in columns:
        role = column.role
        while role in seen and role in _ONCE:
            role = _NEXT.get(role, "detail")
        seen.add(role)
        settled.append(replace(column, role=role))
    return settled


def _settle_grades(columns: Sequence[Column], contents: Mapping[int, Contents], headings: Headings) -> list[Column]:
    """One column is the grade of the project; further ones stay details under their own headings."""
    grades = [column.at for column in columns if column.role == "grade"]
    if not grades and not any(column.kind == "grade" for column in columns):
        likely = [column for column in columns if column.role == "detail" and _may_grade(column, contents, headings)]
        grades = [column.at for column in likely[:1]]
    kept = [at for at in grades if contents.get(at, Contents(())).texts][:1] or grades[:1]
    settled = []
    for column in columns:
        if column.at in kept:
            settled.append(replace(column, role="grade"))
        else:
            settled.append(replace(column, role="detail") if column.role == "grade" else column)
    return settled


def _may_grade(column: Column, contents: Mapping[int, Contents], headings: Headings) -> bool:
    content = contents.get(column.at, Contents(()))
    named = any(word in column.heading for word in _LATER_GRADES)
    return named and len(content.texts) > 1 and content.grades(headings) >= 0.8


def _of_kinds(column: Column, headings: Headings) -> Column:
    """値 beside a column of kinds holds what each line says."""
    is_value = column.role == "detail" and headings.is_value(column.heading)
    return replace(column, role="value", kind="") if is_value else column


def _of_line(column: Column, headings: Headings) -> Column:
    """基準値 is that of the indicator on its line."""
    based = column.role == "detail" and any(map(headings.is_base, column.heading.split(" / ")))
    return replace(column, of="activity") if based else column


def _by_line(column: Column, path: tuple[str, ...], headings: Headings) -> Column:
    """A column of years that names no kind itself holds what each line says."""
    named = any(headings.kind(rest) for part in path if (rest := without_years(part)))
    return column if column.role != "value" or named else replace(column, kind="")


def _name_values(columns: Sequence[Column], paths: Mapping[int, tuple[str, ...]], headings: Headings) -> list[Column]:
    """Two columns of one kind and year hold different things: what tells them apart names them."""
    groups: dict[tuple[str, int, int], list[Column]] = {}
    for column in columns:
        if column.role == "value" and not column.activity:
            groups.setdefault((column.kind, column.year, _block(column, columns)), []).append(column)
    names: dict[int, str] = {}
    for group in groups.values():
        names.update(_told_apart(group, paths, headings))
    named = [replace(c, activity=names.get(c.at, c.activity)) for c in columns]
    return [_residual(column, paths, headings) for column in named]


def _block(column: Column, columns: Sequence[Column]) -> int:
    """Which of several columns of indicators a value stands after."""
    return max((c.at for c in columns if c.role == "activity" and c.at < column.at), default=0)


def _told_apart(group: Sequence[Column], paths: Mapping[int, tuple[str, ...]], headings: Headings) -> dict[int, str]:
    if len(group) < 2:
        return {}
    rests = {column.at: _rest(paths[column.at], headings) for column in group}
    if len(set(rests.values())) == len(group):
        return {at: rest for at, rest in rests.items() if rest}
    whole = {column.at: " ".join(map(_undated_part, paths[column.at])).strip() for column in group}
    return dict(list(whole.items())[1:]) if len(set(whole.values())) == len(group) else {}


def _residual(column: Column, paths: Mapping[int, tuple[str, ...]], headings: Headings) -> Column:
    """来場者数 over R4 and R5 is what the values are of."""
    if column.role != "value" or column.activity or column.kind != "result":
        return column
    path = paths.get(column.at, ())
    if any(headings.kind(rest) for part in path if (rest := without_years(part))):
        return column
    rest = _rest(path, headings)
    return replace(column, activity=rest) if rest and rest != column.unit else column


def _rest(path: tuple[str, ...], headings: Headings) -> str:
    """A heading without its years, kinds and units."""
    rests = []
    for part in path:
        bare = _undated_part(part)
        known = headings.kind(bare) and (headings.says_exactly(bare) or len(path) > 1)
        inner = plain(bare).strip("()")
        of_year = inner in ("年", "年度", "年度別", *headings.words["calendar_years"])
        if inner and not known and not of_year and not headings.is_unit(inner):
            rests.append(bare)
    return " ".join(rests)


def _undated_part(part: str) -> str:
    return without_years(part) if find_years(part) else part
