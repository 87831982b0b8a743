"""The vocabulary of headings: data/language/headings.toml, by which columns are recognised."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from kb.errors import PlanError
from kb.source.documents import Section, read_document
from kb.tables.years import without_years
from nlp.figures.units import canonical_unit

__all__ = ["Headings", "Meaning", "in_brackets", "load_headings", "plain"]

_TAILS = frozenset(
    [
        "値",
        "額",
        "量",
        "等",
        "数",
        "欄",
        "名",
        "区分",
        "結果",
        "見込",
        "見込額",
        "件数",
        "人数",
        "回数",
        "の状況",
        "状況",
        "について",
        "内容",
        "の内容",
        "合計",
        "_yen",
        "_value",
        "_amount",
    ]
) | {""}
"""What may follow a part: a heading's last word says what it is, so 目標達成率 is no 目標."""

_ENDING = re.compile(r"[(（\[［〔](?:単位[:：])?([^()（）\[\]［］〔〕]+)[)）\]］〕]\s*")
_BRACKETS = re.compile(r"[(\[【〔<][^()\[\]【】〔〕<>]*[)\]】〕>]")


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a role or a kind is called in headings."""

    key: str
    """name, no, target, grade …"""
    title: str
    """Its name in reports."""
    words: frozenset[str]
    """Whole headings."""
    parts: tuple[str, ...]
    """What stands in a heading, the longest first."""
    examples: tuple[str, ...]
    """Headings that mean it."""
    counter_examples: tuple[str, ...]
    """Headings that are near and don't."""


@dataclass(frozen=True, slots=True)
class Headings:
    """All of the vocabulary."""

    roles: Mapping[str, Meaning]
    """Roles of columns that hold no year."""
    kinds: Mapping[str, Meaning]
    """Kinds of columns of years."""
    scales: Mapping[str, tuple[str, ...]]
    """Grades, best first."""
    words: Mapping[str, tuple[str, ...]]
    """Totals, notes and the like, plain."""
    known: frozenset[str]
    """The whole headings of all roles and kinds."""

    def role(self, heading: str) -> str:
        """The role that a heading names, "" where none."""
        return _found(self.roles, heading)

    def kind(self, heading: str) -> str:
        """The kind of cells that a heading names, "" where none."""
        return _found(self.kinds, heading)

    def says_exactly(self, heading: str) -> bool:
        """Whether the whole heading is a known word."""
        return any(form in self.known for form in _forms(heading))

    def says_kind(self, heading: str) -> bool:
        """Whether the whole heading is a word for a kind: 目標, not 基本目標."""
        return any(form in meaning.words for form in _forms(heading) for meaning in self.kinds.values())

    def is_grade(self, text: str) -> bool:
        """Whether a text is a grade of a known scale."""
        return any(text in scale for scale in self.scales.values())

    def is_unit(self, text: str) -> bool:
        """Whether a text is a unit: 千円, 件, 人/年."""
        text = plain(text)
        forms = (text, text.removeprefix("延べ"), text.removeprefix("延"))
        return any(canonical_unit(form) or form in self.words["units"] for form in forms if form)

    def measures(self, text: str) -> bool:
        """Whether figures can be counted in what stands behind the name of an indicator: 件, 千人; no 市 that may be its place."""
        bare = plain(text)
        return self.is_unit(text) and not bare.endswith("数") and bare not in self.words["publishers"]

    def is_value(self, heading: str) -> bool:
        """Whether a heading says no more than that figures stand below it: 値, 金額(千円)."""
        return any(form in self.words["values"] for form in _forms(heading))

    def is_base(self, heading: str) -> bool:
        """Whether a heading names the figure that a plan set out from: 基準値(H30)."""
        forms = _forms(without_years(heading) or heading)
        return any(form.removesuffix(tail) in self.words["bases"] for form in forms for tail in ("", "の値", "値"))

    def is_sum(self, name: str) -> bool:
        """Whether a line's name says that it adds up others: 収入計, no 水道事業会計."""
        return plain(name).endswith("計") and not plain(name).endswith(self.words["no_totals"])

    def is_item(self, heading: str) -> bool:
        """Whether a heading names what is measured, though it may head projects: 項目."""
        return any(form in self.words["items"] for form in _forms(heading))

    def is_difference(self, heading: str) -> bool:
        """Whether a heading names what two other columns leave: 差引 of 計画 and 決算; it is no result of anything."""
        return any(form in self.words["differences"] for form in _forms(without_years(heading) or heading))

    def is_note(self, text: str) -> bool:
        """Whether a lone text is a note beside the table."""
        return plain(text).startswith(self.words["notes"])


def load_headings(path: Path) -> Headings:
    """Load the vocabulary; raises PlanError with every mistake of the file."""
    document = read_document(path)
    roles, kinds = _meanings(document.section("roles")), _meanings(document.section("kinds"))
    headings = Headings(
        roles=roles,
        kinds=kinds,
        scales=_lists(document.section("scales")),
        words={key: tuple(map(plain, texts)) for key, texts in _lists(document.section("words")).items()},
        known=frozenset().union(*(meaning.words for meaning in (*roles.values(), *kinds.values()))),
    )
    document.close()
    if document.problems:
        raise PlanError("\n".join(document.problems))
    return headings


@lru_cache(maxsize=1 << 16)
def plain(text: str) -> str:
    """A text without width, case and spaces."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).lower()


def in_brackets(name: str) -> str:
    """What stands in brackets at the end of a name: 件 of 相談件数(件), "" where nothing does."""
    found = [part for part in _ENDING.finditer(name) if part.end() == len(name)]
    return found[-1][1].strip() if found else ""


# Private functions


@lru_cache(maxsize=1 << 14)
def _forms(heading: str) -> tuple[str, ...]:
    """The heading as it stands, and without what stands in brackets and at its edges."""
    whole = plain(heading)
    bare = _BRACKETS.sub("", whole)
    return tuple(dict.fromkeys((whole, bare, bare.strip("・:/-_ ①②③④⑤⑥⑦⑧⑨1234567890.●■○◆"))))


def _found(meanings: Mapping[str, Meaning], heading: str) -> str:
    forms = _forms(heading)
    for form in forms:
        for key, meaning in meanings.items():
            if form and form in meaning.words:
                return key
    hits = [
        (form.rindex(part) + len(part), len(part), key)
        for form in forms[1:] or forms
        for key, meaning in meanings.items()
        for part in meaning.parts
        if part in form and form[form.rindex(part) + len(part) :] in _TAILS
    ]
    return max(hits)[2] if hits else ""


def _meanings(section: Section) -> dict[str, Meaning]:
    meanings = {}
    for key in section.data:
        entry = section.section(key)
        meanings[key] = Meaning(
            key,
            entry.text("title"),
            frozenset(map(plain, entry.texts("words"))),
            tuple(sorted(map(plain, entry.texts("parts", optional=True)), key=len, reverse=True)),
            entry.texts("examples"),
            entry.texts("counter_examples"),
        )
        entry.close()
    return meanings


def _lists(section: Section) -> dict[str, tuple[str, ...]]:
    return {key: section.texts(key) for key in section.data}
