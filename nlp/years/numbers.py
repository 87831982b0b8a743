"""Years in numbers: 平成25年度, H23.24, 23~25年度, 2013, 平成25年3月; one year, several, or all between two."""

from collections.abc import Iterator
from itertools import pairwise

from nlp.writing.patterns import Pattern
from nlp.years.fiscal import Calendar, YearForm, YearMention
from nlp.years.points import WESTERN, Point, goes_on, is_counted, read_points

__all__ = ["read_year_numbers"]


def read_year_numbers(value: str, calendar: Calendar) -> list[YearMention]:
    """The mentions in numbers; they may lie over one another, the longest at a place is meant."""
    points = read_points(value)
    return [*_singles(value, points, calendar), *_ranges(value, points, calendar), *_lists(value, points, calendar)]


# Private functions

_NEAR = 10
"""Years between two numbers that still belong together, and how far outside its plan a 25年 may lie."""
_FARTHEST = 100

_RANGE = Pattern("~|-|ー|から|->")
_LIST = Pattern("[・、,./→と&+や]|->|=>")
_ARROW = Pattern("→|->|=>|[.]")
_NUMBERED = Pattern("(?:番号|番|no[.]?|#|project ?)$")
_NO_YEAR_BEFORE = Pattern("(?:創業|創立|築|設立|開業|開設|勤続|永年|約|満|第|今後|向こう|およそ|わずか)の?$")
_NO_YEAR_AFTER = Pattern(
    "[間周半物制代齢続経越超余弱強祭]|前(?![年半期])|後(?![半期])|以上|以内|未満|ぶり|連続|ごと|毎|おき|もの"
    "|計画|たっ|たち|かか|かけ|ほど|くらい|ぐらい|過ぎ|ローン|保証|契約|かん|目(?![標的安処])|め(?![ぐざあや])|まえ|いじょう|ご(?!ろ)"
)
_BY = Pattern("で(?![はしすのも])")


def _singles(value: str, points: list[Point], calendar: Calendar) -> Iterator[YearMention]:
    for point in points:
        year = _year(point, calendar)
        if year is not None and not point.is_loose and _stands_alone(value, point, year, calendar):
            yield YearMention(point.start, point.end, _form(point), (year,))


def _form(point: Point) -> YearForm:
    if point.month:
        return YearForm.MONTH
    if point.era == WESTERN or (point.number >= 1000 and point.suffix == "年度"):
        return YearForm.WESTERN
    if point.number >= 1000:
        return YearForm.CALENDAR
    return YearForm.ERA if point.era else YearForm.BARE


def _year(point: Point, calendar: Calendar, era: str | None = None) -> int | None:
    """The fiscal year of a number, in the era said, else in `era`, else in the plan's own."""
    era, number = point.era or era, point.number
    if number >= 1000:
        year = number if 1868 <= number <= 2200 else None
    elif not 0 < number < 100:
        year = None
    else:
        year = 2000 + number if era == WESTERN else calendar.western(number, era)
    return None if year is None else point.fiscal(year)


def _stands_alone(value: str, point: Point, year: int, calendar: Calendar) -> bool:
    """Is it a year without another one beside it, and neither a count nor a duration?"""
    before, after = value[max(0, point.start - 6) : point.start], value[point.end : point.end + 6]
    if point.suffix == "年度" or point.month:
        return (point.era is not None or not point.is_short_kana) and not before.endswith("第")
    if point.suffix:
        if point.era or point.number >= 1000:
            return True
        near = calendar.first - _NEAR <= year <= calendar.last + _NEAR
        inside = calendar.first <= year <= calendar.last
        refused = _NO_YEAR_BEFORE.search(before) or _NO_YEAR_AFTER.match(after) or point.is_short_kana
        return near and not refused and (inside or not _BY.match(after))
    if point.era:
        return not goes_on(value, point.end)
    clean = before[-1:] not in tuple("-./:,#△▲") and not _NUMBERED.search(before)
    return clean and 1900 <= point.number <= 2100 and not is_counted(value, point.end)


def _ranges(value: str, points: list[Point], calendar: Calendar) -> Iterator[YearMention]:
    for first, last in pairwise(points):
        between = value[first.end : last.start]
        if not _RANGE.fullmatch(between):
            continue
        until = last.end + 2 * value.startswith("まで", last.end)
        ends = _ends(first, last, calendar)
        if ends and _is_range(value, first, last, ends, calendar):
            step = 1 if ends[0] <= ends[1] else -1
            yield YearMention(first.start, until, YearForm.RANGE, tuple(range(ends[0], ends[1] + step, step)))


def _ends(first: Point, last: Point, calendar: Calendar) -> tuple[int, int] | None:
    """Both fiscal years of a range; the era that is said once counts for both."""
    start = _year(first, calendar, last.era)
    said = WESTERN if first.number >= 1000 else first.era
    end = _year(last, calendar, said)
    if start is None or end is None or abs(start - end) > _FARTHEST:
        return None
    return start, end


def _is_range(value: str, first: Point, last: Point, ends: tuple[int, int], calendar: Calendar) -> bool:
    if not last.suffix and is_counted(value, last.end):
        return False
    if first.is_loose and (_NUMBERED.search(value[max(0, first.start - 8) : first.start]) or last.number >= 1000):
        return False
    if first.is_loose and last.is_loose:
        return calendar.first <= ends[0] < ends[1] <= calendar.last
    if first.is_loose or last.is_loose:
        return ends[0] < ends[1] <= ends[0] + 3 * _NEAR
    return all(_stands_in_range(value, point, year, calendar) for point, year in zip((first, last), ends, strict=True))


def _stands_in_range(value: str, point: Point, year: int, calendar: Calendar) -> bool:
    if not point.suffix and not point.era:
        return 1900 <= point.number <= 2100
    return _stands_alone(value, point, year, calendar)


def _lists(value: str, points: list[Point], calendar: Calendar) -> Iterator[YearMention]:
    for run in _runs(value, points):
        yield from _anchored(value, run, calendar)


def _runs(value: str, points: list[Point]) -> Iterator[list[Point]]:
    """Numbers joined by ・ or 、 where only the last says 年度 (23・24年度), or joined by an arrow."""
    run: list[Point] = points[:1]
    for before, point in pairwise(points):
        between = value[before.end : point.start]
        joined = _LIST.fullmatch(between) and (not before.suffix or _ARROW.fullmatch(between))
        if not joined:
            if len(run) > 1:
                yield run
            run = []
        run.append(point)
    if len(run) > 1:
        yield run


def _anchored(value: str, run: list[Point], calendar: Calendar) -> Iterator[YearMention]:
    """The years of a run around the one that is said as a year; what is too far from it is another number."""
    anchors = [point for point in run if not point.is_loose and _year(point, calendar) is not None]
    if not anchors:
        yield from _arrowed(value, run, calendar)
        return
    anchor = anchors[0]
    middle = _year(anchor, calendar)
    kept: list[tuple[Point, int]] = []
    for point in run:
        year = _year(point, calendar, WESTERN if anchor.number >= 1000 else anchor.era)
        counted = not point.suffix and is_counted(value, point.end)
        numbered = point.is_loose and _NUMBERED.search(value[max(0, point.start - 8) : point.start])
        far = year is None or middle is None or (point.is_loose and abs(year - middle) > _NEAR)
        if year is None or far or counted or numbered:
            if point.start > anchor.start:
                break
            kept = []
            continue
        kept.append((point, year))
    if len(kept) > 1:
        yield YearMention(kept[0][0].start, kept[-1][0].end, YearForm.LIST, tuple(year for _, year in kept))


def _arrowed(value: str, run: list[Point], calendar: Calendar) -> Iterator[YearMention]:
    """23→25: bare numbers in order with an arrow between them, all years of the plan, and no count behind them."""
    years = [_year(point, calendar) for point in run]
    arrows = all("→" in value[one.end : other.start] for one, other in pairwise(run))
    inside = all(year is not None and calendar.first <= year <= calendar.last for year in years)
    if arrows and inside and years == sorted({*years}, key=years.index) and not is_counted(value, run[-1].end):
        yield YearMention(run[0].start, run[-1].end, YearForm.LIST, tuple(year for year in years if year))
