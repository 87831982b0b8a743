"""Discovery: the tables of a file, each with the stretch of its sheet that it fills and what its columns are."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kb.tables.columns import recognise
from kb.tables.contents import Contents, contents_of
from kb.tables.halves import kinds_of_lines, without_halves
from kb.tables.headers import Block, find_blocks, heading_paths
from kb.tables.mapping import Column
from kb.tables.sheets import Sheet, one_line
from kb.tables.vocabulary import Headings, plain
from kb.tables.years import era_of, era_of_bare

__all__ = ["Found", "discover"]


@dataclass(slots=True)
class Found:
    """A table of a sheet."""

    sheet: Sheet
    """Its sheet."""
    block: Block
    """Where it stands there."""
    columns: tuple[Column, ...]
    """What its columns are."""
    assumed: str
    """The era that had to be assumed for its years, "" where none had to."""
    halves: tuple[str, ...]
    """What the lines of a project hold in turn, where the table says so."""


def discover(sheets: Sequence[Sheet], headings: Headings, era: str, assumed: list[str]) -> list[Found]:
    """The tables of all sheets that are shown; what had to be assumed is added to a list."""
    found = [one for sheet in sheets if not sheet.is_hidden for one in _find(sheet, headings, era, assumed)]
    for guessed in sorted({one.assumed for one in found if one.assumed}):
        assumed.append(f"元号のない年度を{guessed}と読みました(違うときは --era か plan.toml の year を直してください)")
    _say_calendar(found, headings, assumed)
    return found


# Private functions


def _find(sheet: Sheet, headings: Headings, era: str, assumed: list[str]) -> Iterator[Found]:
    for block in find_blocks(sheet, headings):
        printed = heading_paths(sheet, block.headings)
        halves = kinds_of_lines(
            [*(text for path in printed.values() for text in path), *_beside(sheet, block)], headings
        )
        paths = without_halves(printed) if halves else printed
        known = era_of([sheet.name]) or era or era_of_bare([" ".join(p) for p in paths.values()])
        contents = contents_of(sheet, block)
        columns, said = recognise(paths, contents, headings, known, by_line=bool(halves))
        if any(column.role == "name" for column in columns):
            yield Found(sheet, block, columns, said, halves)
        elif guessed := _guess_name(columns, contents, headings.words["totals"]):
            assumed.append(f"シート「{sheet.name}」の事業名の列は「{guessed.heading}」と推定しました")
            columns = tuple(replace(c, role="name") if c.at == guessed.at else c for c in columns)
            if all(column.role != "activity" for column in columns):
                columns = tuple(map(_bare, columns))
            yield Found(sheet, block, columns, said, halves)


def _say_calendar(found: Sequence[Found], headings: Headings, assumed: list[str]) -> None:
    """A year from January to December is read as a fiscal year: that is to be known."""
    words = headings.words["calendar_years"]
    for one in found:
        texts = (text for text in _beside(one.sheet, one.block) if any(word in plain(text) for word in words))
        if said := next(texts, ""):
            assumed.append(f"「{one_line(said)}」の暦年も年度として読みました(2023年は令和5年度と答えます)")


def _beside(sheet: Sheet, block: Block) -> list[str]:
    """What stands alone above and below a table and between its lines, and its headings: titles, notes."""
    rows = [*block.before, *(row for row in sheet.rows if block.headings[0] <= row <= block.last)]
    shown = {row: list(filter(None, sheet.rows[row])) for row in rows}
    return [text for row, texts in shown.items() if len(texts) <= 2 or row <= block.headings[1] for text in texts]


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
