"""Contents: what stands in the columns of a table, in short, for whoever decides what a column is."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from kb.cells import is_dash
from kb.tables.headers import Block
from kb.tables.sheets import Sheet, is_blank
from kb.tables.vocabulary import Headings, plain

__all__ = ["Contents", "contents_of", "rows_of"]

_SAMPLE = 2_000
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
        printed = [text.strip() for text in self.texts if not is_dash(text)]
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


def contents_of(sheet: Sheet, block: Block) -> dict[int, Contents]:
    """By column; what a page prints again counts once."""
    texts: dict[int, list[str]] = {}
    filled: Counter[int] = Counter()
    for row in rows_of(sheet, block):
        for at, text in enumerate(sheet.rows[row], 1):
            if not is_blank(text):
                filled[at] += 1
                sample = texts.setdefault(at, [])
                if len(sample) < _SAMPLE:
                    sample.append(text)
    return {at: Contents(tuple(sample), filled[at]) for at, sample in texts.items()}


def rows_of(sheet: Sheet, block: Block) -> list[int]:
    """The rows of a table without its headings, which each page may print again."""
    printed = {
        row: tuple(filter(None, texts)) for row, texts in sheet.rows.items() if block.headings[0] <= row <= block.last
    }
    headings = {texts for row, texts in printed.items() if row <= block.headings[1]}
    return sorted(row for row, texts in printed.items() if texts not in headings)
