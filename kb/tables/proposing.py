"""Proposing: from the sheets of a file to a mapping that a person can correct, with all that had to be assumed."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from kb.tables.columns import Contents, recognise
from kb.tables.halves import kinds_of_lines, without_halves
from kb.tables.headers import Block, find_blocks, first_heading, heading_paths
from kb.tables.identity import identify
from kb.tables.mapping import Column, Part, Table
from kb.tables.sheets import Sheet, is_blank, one_line
from kb.tables.telling import tell_apart
from kb.tables.vocabulary import Headings, in_brackets, plain
from kb.tables.years import PrintedYear, cut_years, era_of, era_of_bare, find_years, is_span, resolve
from nlp.fiscal import ERAS

__all__ = ["Proposal", "Surroundings", "find_surroundings", "propose"]

_SAMPLE = 2_000


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a file says of itself beside its tables."""

    title: str
    """A title line, else the file's name."""
    publisher: str
    """Who is named above the table, "" where nobody is."""
    era: str
    """The era that years without one are in, "" where nothing names it."""
    from_name: bool
    """Whether the title is only the file's name."""
    year: int = 0
    """The year of columns without one, as whoever imports says it; 0 where nobody does."""
    yearly: tuple[str, ...] = ()
    """Titles of sheets that differ in their years alone; the title is what they have in common."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A mapping with the years that it covers."""

    table: Table
    """The mapping."""
    era: str
    """The era that the plan counts in."""
    years: tuple[int, ...]
    """Western fiscal years that the table prints, in order."""
    western: bool
    """Whether the table itself writes Western years."""
    assumed: tuple[str, ...]
    """What nobody states and was assumed, one Japanese line each."""


def find_surroundings(sheets: Sequence[Sheet], stem: str, headings: Headings, era: str) -> Surroundings:
    """Title, publisher and era, from the rows above the tables, the sheets' names and the file's."""
    above = [text for sheet in sheets if not sheet.is_hidden for text in _above(sheet, headings)]
    titles = [text for text in above if _is_title(text, headings)]
    publisher = next((text for text in above if _is_publisher(text, headings)), "")
    publisher = publisher or next((found for text in titles if (found := _publisher_of(text, headings))), "")
    beside = [*titles[:1], *above, *(sheet.name for sheet in sheets), stem]
    title = max(
        titles,
        key=lambda text: (bool(re.search("計画|評価|報告|一覧|実績|進捗|調書|表", text)), -titles.index(text)),
        default="",
    )
    yearly = tuple(dict.fromkeys(text for text in titles if plain(cut_years(text)) == plain(cut_years(title))))
    title = cut_years(title) if len(yearly) > 1 else title
    return Surroundings(title or stem, publisher, era or era_of(beside), not title, yearly=yearly[1:] and yearly)


def propose(sheets: Sequence[Sheet], stem: str, headings: Headings, surroundings: Surroundings) -> Proposal:
    """What every column of every table is."""
    proposer = _Proposer(sheets, stem, headings, surroundings)
    return proposer.proposal()


# Private functions


@dataclass(slots=True)
class _Found:
    sheet: Sheet
    block: Block
    columns: tuple[Column, ...]
    assumed: str
    halves: tuple[str, ...]


class _Proposer:
    def __init__(self, sheets: Sequence[Sheet], stem: str, headings: Headings, surroundings: Surroundings) -> None:
        self.sheets, self.stem, self.headings = sheets, stem, headings
        self.surroundings = surroundings
        self.assumed: list[str] = []

    def proposal(self) -> Proposal:
        found = [one for sheet in self.sheets if not sheet.is_hidden for one in self._find(sheet)]
        for era in sorted({one.assumed for one in found if one.assumed}):
            self.assumed.append(
                f"元号のない年度を{era}と読みました(違うときは --era か plan.toml の year を直してください)"
            )
        layouts = self._layouts(found)
        self._say_calendar(found)
        parts = self._parts(found, layouts)
        columns = {name: self._settled(name, found, layouts, parts) for name in dict.fromkeys(layouts)}
        table = self._table(parts, columns)
        table = identify(self.sheets, table, self.assumed)
        table = tell_apart(self.sheets, table, self.headings, self.assumed)
        table = replace(table, columns={name: self._owned(name, found, layouts, table) for name in table.columns})
        years, western = self._years(table)
        era = "令和" if years and years[-1] >= ERAS["令和"] else "平成"
        return Proposal(table, era, years, western, tuple(dict.fromkeys(self.assumed)))

    def _find(self, sheet: Sheet) -> Iterator[_Found]:
        for block in find_blocks(sheet, self.headings):
            printed = heading_paths(sheet, block.headings)
            halves = self._halves(sheet, block, printed)
            paths = without_halves(printed) if halves else printed
            era = era_of([sheet.name]) or self.surroundings.era or era_of_bare([" ".join(p) for p in paths.values()])
            contents = _contents(sheet, block)
            columns, assumed = recognise(paths, contents, self.headings, era, by_line=bool(halves))
            if any(column.role == "name" for column in columns):
                yield _Found(sheet, block, columns, assumed, halves)
            elif guessed := _guess_name(columns, contents, self.headings.words["totals"]):
                self.assumed.append(f"シート「{sheet.name}」の事業名の列は「{guessed.heading}」と推定しました")
                columns = tuple(replace(c, role="name") if c.at == guessed.at else _bare(c) for c in columns)
                yield _Found(sheet, block, columns, assumed, halves)

    def _say_calendar(self, found: Sequence[_Found]) -> None:
        """A year from January to December is read as a fiscal year: that is to be known."""
        for one in found:
            said = next((text for text in _beside(one.sheet, one.block) if self._is_calendar(text)), "")
            if said:
                self.assumed.append(f"「{one_line(said)}」の暦年も年度として読みました(2023年は令和5年度と答えます)")

    def _is_calendar(self, text: str) -> bool:
        return any(word in plain(text) for word in self.headings.words["calendar_years"])

    def _halves(self, sheet: Sheet, block: Block, paths: dict[int, tuple[str, ...]]) -> tuple[str, ...]:
        return kinds_of_lines(
            [*(text for path in paths.values() for text in path), *_beside(sheet, block)], self.headings
        )

    def _layouts(self, found: Sequence[_Found]) -> list[str]:
        """One word for each set of headings; empty where there is only one."""
        keys = [tuple((column.at, column.heading) for column in one.columns) for one in found]
        distinct = list(dict.fromkeys(keys))
        return ["" if len(distinct) == 1 else f"表{distinct.index(key) + 1}" for key in keys]

    def _parts(self, found: Sequence[_Found], layouts: Sequence[str]) -> list[Part]:
        parts = []
        for one, layout in zip(found, layouts, strict=True):
            own = self._own_year(one, len(found) > 1)
            policy = "" if own[1] or len({other.sheet.name for other in found}) == 1 else self._own_policy(one)
            last = one.block.last if one.block.last < max(one.sheet.rows) else 0
            unit = self._unit(one)
            parts.append(Part(one.sheet.name, one.block.headings, last, layout, own[0], policy, unit, one.halves))
        return parts

    def _own_year(self, one: _Found, several: bool) -> tuple[int, bool]:
        """The year of a sheet whose columns name none, and whether the sheet's name is that year."""
        values = [column for column in one.columns if column.role == "value"]
        graded = any(column.role == "grade" for column in one.columns)
        undated = any(column.year == 0 for column in values) or (graded and (several or not values))
        if any(column.role == "year" for column in one.columns) or not undated:
            return 0, False
        dated = any(column.year for column in one.columns)
        lone = not values or any(column.year == 0 for column in values)
        if self.surroundings.year and lone and not self._only_year([one.sheet.name]):
            return self.surroundings.year, False
        for place, texts in (
            ("シート名", [one.sheet.name]),
            ("題名", [one.sheet.text(row, at) for row in one.block.before for at in range(1, 30)]),
            ("ファイル名", [self.stem]),
        ):
            year = self._only_year(texts)
            if year and not (dated and place != "シート名"):
                if place != "シート名":
                    self.assumed.append(f"年度のない列は{place}の{year}年度と読みました")
                return year, place == "シート名"
        return 0, False

    def _only_year(self, texts: Sequence[str]) -> int:
        printed = [year for text in texts if text and not is_span(text) for year in _years_of_values(text)]
        if not printed and len(texts) == 1 and re.fullmatch(r"\d{4}", plain(texts[0])):
            printed = list(find_years(f"{plain(texts[0])}年度"))
        years, assumed = resolve(printed, self.surroundings.era)
        distinct = set(years.values())
        if assumed and len(distinct) == 1:
            self.assumed.append(f"「{texts[0]}」の元号を{assumed}と読みました")
        return distinct.pop() if len(distinct) == 1 else 0

    def _own_policy(self, one: _Found) -> str:
        labels = {column.role for column in one.columns} & {"goal", "policy"}
        generic = re.fullmatch(r"(?i)(sheet|シート)?[\s_]*\d*", one.sheet.name)
        return "" if labels or generic or find_years(one.sheet.name) else one.sheet.name

    def _unit(self, one: _Found) -> str:
        for row in one.block.before:
            for text in one.sheet.rows[row]:
                found = re.search(r"単位[:：]?([^()（）\s]+)", plain(text))
                if found and self.headings.is_unit(found[1]):
                    return found[1]
        return ""

    def _settled(
        self, name: str, found: Sequence[_Found], layouts: Sequence[str], parts: Sequence[Part]
    ) -> tuple[Column, ...]:
        """The columns of a layout, once it is known whether its lines or sheets are of one year each."""
        at = layouts.index(name)
        columns = found[at].columns
        own = [part for part in parts if part.layout == name]
        yearly = any(column.role == "year" for column in columns) or (
            len([part for part in parts if part.year]) > 1 and all(part.year for part in own)
        )
        if yearly:
            columns = tuple(replace(c, role="value", kind="grade") if c.role == "grade" else c for c in columns)
        return columns

    def _owned(self, name: str, found: Sequence[_Found], layouts: Sequence[str], table: Table) -> tuple[Column, ...]:
        """The columns of a layout, once it is known which of them name finer lines."""
        columns = table.columns[name]
        sheets = [(one.sheet, one.block) for one, layout in zip(found, layouts, strict=True) if layout == name]
        return tuple(_owned(column, columns, sheets) for column in columns)

    def _table(self, parts: Sequence[Part], columns: dict[str, tuple[Column, ...]]) -> Table:
        words = self.headings.words
        return Table(
            cells="",
            number="printed",
            identity=("name",),
            grades=self._grades(parts, columns),
            units=self._units(parts, columns),
            totals=words["totals"],
            notes=words["notes"],
            kinds=self._kinds(parts, columns),
            parts=tuple(parts),
            columns=columns,
        )

    def _texts(self, parts: Sequence[Part], columns: dict[str, tuple[Column, ...]], role: str) -> Iterator[str]:
        yield from self._printed(parts, columns, lambda column: role in (column.role, column.kind))

    def _printed(
        self, parts: Sequence[Part], columns: dict[str, tuple[Column, ...]], is_wanted: Callable[[Column], bool]
    ) -> Iterator[str]:
        by_name = {sheet.name: sheet for sheet in self.sheets}
        for part in parts:
            wanted = [c.at for c in columns[part.layout] if is_wanted(c)]
            sheet = by_name[part.sheet]
            for row in sheet.rows if wanted else ():
                if row > part.headings[1] and (not part.last or row <= part.last) and not _repeats(sheet, row, part):
                    yield from (text for at in wanted if not is_blank(text := sheet.text(row, at)))

    def _grades(self, parts: Sequence[Part], columns: dict[str, tuple[Column, ...]]) -> tuple[str, ...]:
        found = list(dict.fromkeys(text.strip() for text in self._texts(parts, columns, "grade")))
        found = [text for text in found if len(text) <= 20 and text != "-"]
        scales = [scale for scale in self.headings.scales.values() if set(scale) & set(found)]
        order = [grade for scale in scales for grade in scale]
        return tuple(sorted(found, key=lambda text: order.index(text) if text in order else len(order)))

    def _units(self, parts: Sequence[Part], columns: dict[str, tuple[Column, ...]]) -> tuple[str, ...]:
        """Only the name of an indicator says what is counted; 補助(町) of a project says who gives it."""
        found = self._printed(parts, columns, self._is_indicator)
        units = dict.fromkeys(in_brackets(one_line(text)) for text in found)
        return tuple(unit for unit in units if self.headings.measures(unit))

    def _is_indicator(self, column: Column) -> bool:
        named = column.role in ("name", "activity")
        return named and any(self.headings.role(part) == "activity" for part in column.heading.split(" / "))

    def _kinds(self, parts: Sequence[Part], columns: dict[str, tuple[Column, ...]]) -> dict[str, str]:
        texts = dict.fromkeys(plain(text) for text in self._texts(parts, columns, "kind"))
        return {text: kind for text in texts if (kind := self.headings.kind(text))}

    def _years(self, table: Table) -> tuple[tuple[int, ...], bool]:
        years = {column.year for columns in table.columns.values() for column in columns if column.year}
        years |= {part.year for part in table.parts if part.year}
        printed = [
            year
            for text in dict.fromkeys(self._texts(table.parts, table.columns, "year"))
            for year in (find_years(text) or find_years(f"{plain(text)}年度"))
        ]
        years |= set(resolve(printed, self.surroundings.era)[0].values())
        texts = [column.heading for columns in table.columns.values() for column in columns if column.year]
        found = [year for text in texts for year in find_years(text)] + printed
        western = bool(found) and sum(bool(year.western and not year.era) for year in found) * 2 > len(found)
        if not years:
            return (), western
        first = min(years)
        return (tuple(sorted(years)) if max(years) - first <= 60 else (first,)), western


def _years_of_values(text: str) -> tuple[PrintedYear, ...]:
    """The years of a text; 令和5年度評価(令和4年度実績) holds values of the one that 実績 or 決算 follows."""
    years = find_years(text)
    followed = tuple(
        year
        for year in years
        if re.search(re.escape(year.text) + "(?:の|分の?)?(?:実績|決算|事業分|実施分|分)", plain(text))
    )
    return followed if len({year.text for year in years}) > 1 and followed else years


def _beside(sheet: Sheet, block: Block) -> list[str]:
    """What stands alone above and below a table and between its lines, and its headings: titles, notes."""
    rows = [*block.before, *(row for row in sheet.rows if block.headings[0] <= row <= block.last)]
    shown = {row: list(filter(None, sheet.rows[row])) for row in rows}
    return [text for row, texts in shown.items() if len(texts) <= 2 or row <= block.headings[1] for text in texts]


def _above(sheet: Sheet, headings: Headings) -> list[str]:
    first = first_heading(sheet, headings)
    rows = [row for row in sorted(sheet.rows)[:20] if row < first] if first else sorted(sheet.rows)[:5]
    return [one_line(text) for row in rows for text in sheet.rows[row] if not is_blank(text)]


def _is_title(text: str, headings: Headings) -> bool:
    bare = plain(text)
    return (
        4 <= len(bare) <= 80
        and not bare.startswith(("(単位", "単位", "※", "作成", "更新"))
        and not (
            bare.replace("年", "")
            .replace("月", "")
            .replace("日", "")
            .replace("令和", "")
            .replace("現在", "")
            .isdecimal()
            or _is_publisher(text, headings)
        )
    )


def _is_publisher(text: str, headings: Headings) -> bool:
    return bool(re.fullmatch(r"[^\d\s()()計画評価]{2,20}", text)) and text.endswith(headings.words["publishers"])


def _publisher_of(title: str, headings: Headings) -> str:
    """みどり市 事務事業評価結果: the first word, where a space ends it."""
    first, _, rest = title.replace("\u3000", " ").partition(" ")
    return first if rest and _is_publisher(first, headings) else ""


def _rows(sheet: Sheet, block: Block) -> list[int]:
    """The rows of a table without its headings, which each page may print again."""
    printed = {
        row: tuple(filter(None, texts)) for row, texts in sheet.rows.items() if block.headings[0] <= row <= block.last
    }
    headings = {texts for row, texts in printed.items() if row <= block.headings[1]}
    return sorted(row for row, texts in printed.items() if texts not in headings)


def _contents(sheet: Sheet, block: Block) -> dict[int, Contents]:
    texts: dict[int, list[str]] = {}
    filled: Counter[int] = Counter()
    for row in _rows(sheet, block):
        for at, text in enumerate(() if _repeats(sheet, row, block) else sheet.rows[row], 1):
            if not is_blank(text):
                filled[at] += 1
                sample = texts.setdefault(at, [])
                if len(sample) < _SAMPLE:
                    sample.append(text)
    return {at: Contents(tuple(sample), filled[at]) for at, sample in texts.items()}


def _repeats(sheet: Sheet, row: int, table: Part | Block) -> bool:
    """Whether a row prints the headings again, as at the head of a page or a section."""
    first, last = table.headings
    texts = list(filter(None, sheet.rows[row]))
    return any(texts == list(filter(None, sheet.rows.get(heading, ()))) for heading in range(first, last + 1))


def _guess_name(columns: Sequence[Column], contents: dict[int, Contents], totals: Sequence[str]) -> Column | None:
    """The column of indicators, else of different short texts without figures the fullest one, and the first of these."""
    indicators = [column for column in columns if column.role == "activity"]
    if len(indicators) == 1 and contents.get(indicators[0].at, Contents(())).texts:
        return indicators[0]
    contents = {at: content.without(totals) for at, content in contents.items()}
    fullest = max((content.filled for content in contents.values()), default=0)
    likely = [column for column in columns if _may_name(column, contents.get(column.at, Contents(())), fullest)]
    return max(likely, key=lambda column: contents[column.at].filled, default=None)


def _may_name(column: Column, content: Contents, fullest: int) -> bool:
    if content.filled * 2 < fullest:
        return False  # a label that is merged over many lines
    distinct = len(set(content.texts)) >= max(2, len(content.texts) * 0.6)
    named = column.role in ("detail", "goal", "policy", "activity", "group")
    return named and distinct and content.numbers() < 0.3 and not content.is_long()


def _bare(column: Column) -> Column:
    """A detail of the line's indicator is the project's once the indicators are the projects."""
    return replace(column, of="") if column.of == "activity" else column


def _owned(column: Column, columns: Sequence[Column], sheets: Sequence[tuple[Sheet, Block]]) -> Column:
    """Amounts that are printed once for a project with several lines are the project's."""
    if column.kind not in ("budget", "settlement", "grade") or all(other.role != "activity" for other in columns):
        return column
    name = next(other.at for other in columns if other.role == "name")
    alike = differing = 0
    for sheet, block in sheets:
        seen: dict[tuple[str, ...], str] = {}
        above = ""
        for row in _rows(sheet, block):
            text = sheet.text(row, column.at)
            above = sheet.text(row, name) or above
            key = (above, *(sheet.text(row, other.at) for other in columns if other.role in ("year", "edition")))
            if not is_blank(text):
                alike += seen.setdefault(key, text) == text
                differing += seen[key] != text
    return column if differing * 20 > alike + differing else replace(column, of="project")
