"""Sheet parts: a found table as a part of the mapping: the year, the policy and the unit that hold for its whole sheet."""

import re
from collections.abc import Sequence

from kb.tables.discovery import Found
from kb.tables.mapping import Part
from kb.tables.surroundings import Surroundings
from kb.tables.vocabulary import Headings, plain
from kb.tables.years import PrintedYear, find_years, is_span, resolve

__all__ = ["SheetParts"]


class SheetParts:
    """Makes parts of found tables; what had to be assumed is added to a list."""

    def __init__(self, stem: str, headings: Headings, surroundings: Surroundings, assumed: list[str]) -> None:
        self.stem, self.headings = stem, headings
        self.surroundings, self.assumed = surroundings, assumed

    def parts(self, found: Sequence[Found], layouts: Sequence[str]) -> list[Part]:
        """One for each table, with the word for its columns."""
        parts = []
        for one, layout in zip(found, layouts, strict=True):
            own = self._own_year(one, len(found) > 1)
            policy = "" if own[1] or len({other.sheet.name for other in found}) == 1 else self._own_policy(one)
            last = one.block.last if one.block.last < max(one.sheet.rows) else 0
            unit = self._unit(one)
            parts.append(Part(one.sheet.name, one.block.headings, last, layout, own[0], policy, unit, one.halves))
        return parts

    # Private functions

    def _own_year(self, one: Found, several: bool) -> tuple[int, bool]:
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

    def _own_policy(self, one: Found) -> str:
        labels = {column.role for column in one.columns} & {"goal", "policy"}
        generic = re.fullmatch(r"(?i)(sheet|シート)?[\s_]*\d*", one.sheet.name)
        return "" if labels or generic or find_years(one.sheet.name) else one.sheet.name

    def _unit(self, one: Found) -> str:
        for row in one.block.before:
            for text in one.sheet.rows[row]:
                found = re.search(r"単位[:：]?([^()（）\s、,，・;；]+)", plain(text))
                if found and self.headings.is_unit(found[1]):
                    return found[1]
        return ""


def _years_of_values(text: str) -> tuple[PrintedYear, ...]:
    """The years of a text; 令和5年度評価(令和4年度実績) holds values of the one that 実績 or 決算 follows."""
    years = find_years(text)
    followed = tuple(
        year
        for year in years
        if re.search(re.escape(year.text) + "(?:の|分の?)?(?:実績|決算|事業分|実施分|分)", plain(text))
    )
    return followed if len({year.text for year in years}) > 1 and followed else years
