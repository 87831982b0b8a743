"""Printed words: grades, kinds, units and years that the cells of a table print, as its mapping lists them."""

import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence

from kb.cells import is_dash
from kb.tables.contents import rows_of
from kb.tables.headers import Block
from kb.tables.mapping import Column, Part
from kb.tables.sheets import Sheet, is_blank, one_line
from kb.tables.vocabulary import Headings, in_brackets, plain
from kb.tables.years import find_years, resolve

__all__ = ["PrintedWords"]


class PrintedWords:
    """The texts of a table by the role of their columns."""

    def __init__(
        self,
        sheets: Sequence[Sheet],
        headings: Headings,
        parts: Sequence[Part],
        columns: Mapping[str, tuple[Column, ...]],
        assumed: list[str],
    ) -> None:
        self.assumed = assumed
        self.headings, self.parts, self.columns = headings, parts, columns
        self._sheets = sheets

    def grades(self) -> tuple[str, ...]:
        """The grades, best first."""
        found = self._grades()
        scales = [scale for scale in self.headings.scales.values() if set(scale) & set(map(_narrow, found))]
        order = [grade for scale in scales for grade in scale]
        places = {text: order.index(_narrow(text)) if _narrow(text) in order else len(order) for text in found}
        graded = {_narrow(text) for text in found}
        if graded and not any(graded <= {*scale} for scale in scales):
            said = "・".join(sorted(found, key=places.__getitem__))
            self.assumed.append(
                f"評価の段階の順は推定です: {said}(よいものから。違うときは plan.toml の grades を並べかえてください。順が確かなら ordered = true を足すと「B以上」でも探せます)"
            )
        return tuple(sorted(found, key=places.__getitem__))

    def is_ordered(self) -> bool:
        """Whether all grades are of one scale of which each step is better than the next one."""
        graded = {_narrow(text) for text in self._grades()}
        unordered = {*self.headings.scales["direction"], *self.headings.words["unordered"]}
        return bool(graded) and not graded & unordered and any(graded <= {*s} for s in self.headings.scales.values())

    def units(self) -> tuple[str, ...]:
        """Only the name of an indicator says what is counted; 補助(町) of a project says who gives it."""
        units = dict.fromkeys(in_brackets(one_line(text)) for text in self._printed(self._is_indicator))
        return tuple(unit for unit in units if self.headings.measures(unit))

    def totals(self) -> tuple[str, ...]:
        """What stands where a line adds up others: 合計 anywhere, and 収入計 where the table calls its own lines so."""
        names = dict.fromkeys(one_line(text) for text in self._printed(lambda column: column.role == "name"))
        known = self.headings.words["totals"]
        own = tuple(name for name in names if self.headings.is_sum(name) and plain(name) not in known)
        if own:
            self.assumed.append(
                f"「{'」「'.join(own)}」は、ほかの行を足した合計の行としました(plan.toml の totals で直せます)"
            )
        return (*own, *known)

    def kinds(self) -> dict[str, str]:
        """What the words of a column of kinds stand for."""
        texts = dict.fromkeys(plain(text) for text in self._texts("kind"))
        return {text: kind for text in texts if (kind := self.headings.kind(text))}

    def years(self, era: str) -> tuple[tuple[int, ...], bool]:
        """The years that the table prints, and whether it writes them as Western ones."""
        known = [column for columns in self.columns.values() for column in columns if column.year]
        years = {column.year for column in known} | {part.year for part in self.parts if part.year}
        printed = [
            year
            for text in dict.fromkeys(self._texts("year"))
            for year in (find_years(text) or find_years(f"{plain(text)}年度"))
        ]
        years |= set(resolve(printed, era)[0].values())
        found = [year for column in known for year in find_years(column.heading)] + printed
        western = bool(found) and sum(bool(year.western and not year.era) for year in found) * 2 > len(found)
        if not years:
            return (), western
        first = min(years)
        return (tuple(sorted(years)) if max(years) - first <= 60 else (first,)), western

    # Private functions

    def _grades(self) -> list[str]:
        found = dict.fromkeys(text.strip() for text in self._texts("grade"))
        return [text for text in found if len(text) <= 20 and not is_dash(text)]

    def _texts(self, role: str) -> Iterator[str]:
        yield from self._printed(lambda column: role in (column.role, column.kind))

    def _printed(self, is_wanted: Callable[[Column], bool]) -> Iterator[str]:
        for part in self.parts:
            wanted = [c.at for c in self.columns[part.layout] if is_wanted(c)]
            sheet = next(sheet for sheet in self._sheets if part.covers(sheet))
            block = Block(part.headings, part.last_row(sheet), ())
            for row in rows_of(sheet, block) if wanted else ():
                yield from (text for at in wanted if not is_blank(text := sheet.text(row, at)))

    def _is_indicator(self, column: Column) -> bool:
        known = {self.headings.role(part) for part in column.heading.split(" / ")}
        return (
            (column.role in ("name", "activity") and "activity" in known)
            or (
                column.role == "activity" and "name" in known  # 項目 that comes again for each name
            )
            or (column.role == "name" and self.headings.is_item(column.heading))
        )


def _narrow(text: str) -> str:
    """Ａ is A."""
    return unicodedata.normalize("NFKC", text)
