"""Headings: which words ask for a column of the plans' own tables: its headings, its grades, what its narrow columns say."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from kb.compiling.columns import members_of, read_columns
from kb.compiling.grades import forms_of, is_score, is_word, marks_of
from kb.compiling.lacking import WHY, read_called, read_groups, read_listed, read_remarks
from kb.compiling.periods import period_words
from kb.compiling.printed import PLANNED, planned_kind, printed_words, short_words, unread_words
from kb.compiling.statuses import statuses
from kb.source.plans import Plan
from kb.source.projects import Project
from kb.terms import DETAIL, FIGURED, REMARK, UNREAD
from nlp.names.lexicon import Entry, Meaning
from nlp.vocabulary import Word
from nlp.writing.text import fold, to_key
from nlp.writing.tokens import Tokenizer

__all__ = ["Headings", "read_headings"]


_ORDERED = re.compile("[1-9]次")
_KANJI = str.maketrans("123456789", "一二三四五六七八九")
"""二次評価 is how one says what is headed 2次評価."""
_HOLDING = {
    "has_result": ("ある", "がある", "があり", "のある", "があった", "が載っている", "の記載がある"),
    "no_result": (
        "ない",
        "がない",
        "がなく",
        "のない",
        "がなかった",
        "なし",
        "が空欄",
        "の記載がない",
        "が載っていない",
    ),
}
"""How it is asked whether a column says anything, by the cue of the kinds of question."""
_WRITTEN = {
    "has_result": (
        "に記載がある",
        "に記載のある",
        "に記載があった",
        "が書いてある",
        "に書いてある",
        "が書かれている",
        "に何か書いてある",
    ),
    "no_result": (
        "に記載がない",
        "に記載のない",
        "が書かれていない",
        "が書いてない",
        "に何も書いてない",
        "に何も書かれていない",
    ),
}
"""The same of what is no figure."""
_REPLACED = frozenset({"attribute", "absent", "measure"})
_LACKED = frozenset({"description"})
"""Attributes whose words ask for a further column where the table has none of them: 説明 for 成果の説明."""
_COMMON = frozenset({"absent", "keyword", "soft"})
"""Types of words that a column may print as well; any other word of the vocabulary stays what it is."""


_STEADY = frozenset({"unchanged", "changed"})
"""Cues that a column may print as its own judgement: 横ばい of a 動向 is no comparison of figures."""


class Headings(NamedTuple):
    """What the tables print, beside the vocabulary that every table shares."""

    kinds: frozenset[str]
    """What cells hold."""
    own: Mapping[str, tuple[str, ...]]
    """Folded heading → the attributes that it stands for."""
    remarks: tuple[str, ...]
    """The further columns that remark on anything: detail:備考."""
    groups: Mapping[str, tuple[str, ...]]
    """absent.office → the attributes that its words ask for here."""
    grades: Mapping[str, str]
    """Folded grade → the grade, where it is a word."""
    scores: Mapping[str, str]
    """評価4 · 評価が良 → the grade, where it is a digit or one character that means other things alone."""
    marks: tuple[Entry, ...]
    """Grades that folding drops: ◎, A+."""
    members: Mapping[str, tuple[str, ...]]
    """Folded part of a narrow column → plan/担当課=産業課."""
    aims: frozenset[str]
    """Folded words that mean a target, and no goal unless goals have letters: 目標."""
    computing: frozenset[str]
    """Folded words that choose what is computed, whatever is headed so: 増減額, 前年比."""
    unread: frozenset[str]
    """Folded headings of columns that were left unread: nothing else may be given for them."""
    planned: str
    """What is asked as 計画: target, or budget where the table has no targets and heads its budget 計画事業費; "" else."""
    called: frozenset[str]
    """Folded words that call what the table lists by the headings of its names: 指標."""
    listed: frozenset[str]
    """Folded headings of names that the vocabulary doesn't know: 施設, サービス."""
    statuses: Mapping[str, str]
    """Folded status → the status, as cells of results print it: 未着手 is no 未実施 where they do."""
    figured: frozenset[str]
    """Folded words for further columns that print figures, which are quoted only: 策定時."""
    periods: Mapping[str, tuple[int, ...]]
    """Folded word for some years of the table → these years: 第8期, 基準年度; none of a 第9期 that it hasn't."""

    def meanings(self, word: Word, key: str) -> Iterator[Meaning]:
        """What a word of the vocabulary stands for in these tables."""
        if (word.type in _REPLACED and (key in self.own or key in self.unread)) or self._is_status(word, key):
            return
        if (word.type == "absent" and key in self.called) or (word.value in _STEADY and key in self.members):
            return
        if self.planned == "budget" and word.value == "target" and PLANNED in word.surface:
            yield from (Meaning("attribute", "budget"), Meaning("column", "budget"))
            return
        attributes = ((word.value,) if word.value in self.kinds else ()) + self.groups.get(word.value, ())
        if word.value == WHY and not attributes:
            yield from (Meaning(REMARK, attribute) for attribute in self.remarks)
        if word.type == "absent" and (attributes or key in self.grades):
            yield from (Meaning("attribute", attribute) for attribute in attributes)
        elif word.type == "column" and key not in self.unread:
            if word.value in self.kinds and (self.kinds - {"grade", "result"} or self.own):
                yield from (Meaning("attribute", word.value), Meaning("column", word.value))
        elif not (word.value == "goal" and key in self.aims):
            yield Meaning(word.type, word.value)

    def _is_status(self, word: Word, key: str) -> bool:
        return word.type in ("keyword", "filler", "soft") and key in self.statuses

    def holding(self, word: Word, key: str) -> Iterator[tuple[str, Meaning]]:
        """決算がある, 予算がない, 備考がある, 金額がない: whether the cells of a column say anything, or print a unit."""
        yield from self._telling(key, self.groups.get(word.value, ()) if word.type == "absent" else ())
        held = word.value in FIGURED if word.type == "column" else word.type == "measure" and not key.startswith("何")
        meanings = tuple(self.meanings(word, key)) if held else ()
        for cue, endings in _HOLDING.items():
            for ending in endings if meanings else ():
                yield from ((f"{key}{fold(ending)}", meaning) for meaning in (*meanings, Meaning("cue", cue)))

    def printed(self) -> Iterator[tuple[str, Meaning]]:
        """What narrow columns say, as they print it."""
        for value in (value for values in self.members.values() for value in values):
            yield value.partition("=")[2], Meaning("detail", value)

    def _telling(self, key: str, attributes: Sequence[str]) -> Iterator[tuple[str, Meaning]]:
        """備考がある, 備考がない: whether further columns say anything of a project."""
        headings = [name.removeprefix(DETAIL) for name in attributes if name.startswith(DETAIL)]
        for cue, type_ in (("has_result", "told"), ("no_result", "untold")):
            for ending in (*_HOLDING[cue], *_WRITTEN[cue]):
                yield from ((f"{key}{fold(ending)}", Meaning(type_, f"/{heading}=")) for heading in headings)

    def entries(self, tokenizer: Tokenizer) -> Iterator[tuple[str, str, Meaning]]:
        """Surface, how it is found, what it stands for: of everything that only these tables print."""
        for key, attributes in self.own.items():
            how = "word" if key in self.computing else "heading"  # 増減額 of two years is worked out
            yield from ((key, how, Meaning("attribute", attribute)) for attribute in attributes)
            yield from ((form, "word", meaning) for form, meaning in self._telling(key, attributes))
            if key in self.figured - self.computing:
                yield key, how, Meaning("column", "quoted")
        for grade in self.grades.values():
            yield from ((form, "word", Meaning("grade", grade)) for form in forms_of(grade, tokenizer))
        yield from ((key, "word", Meaning("grade", grade)) for key, grade in self.scores.items())
        for key, values in self.members.items():
            yield from ((key, "word", Meaning("detail", value)) for value in values)
        yield from ((key, "heading", Meaning("absent", UNREAD)) for key in self.unread)
        yield from ((key, "word", Meaning("status", status)) for key, status in self.statuses.items())
        for key, years in self.periods.items():
            yield key, "heading", Meaning("years", ",".join(map(str, years)))
        listed = (Meaning("cue", "project"), Meaning("soft", "word"))
        yield from ((key, "heading", meaning) for key in self.listed for meaning in listed)
        counted = (Meaning("cue", "project"), Meaning("cue", "count"))  # 施設数
        yield from ((f"{key}数", "heading", meaning) for key in self.listed for meaning in counted)
        asked = (Meaning("attribute", self.planned), Meaning("column", self.planned), Meaning("soft", "word"))
        yield from ((PLANNED, "heading", meaning) for meaning in (asked if self.planned else ()))


def read_headings(plans: Sequence[Plan], projects: Sequence[Project], words: Sequence[Word]) -> Headings:
    """Everything that the tables of some plans are asked by."""
    columns = [read_columns(plan, projects) for plan in plans]
    kinds = frozenset(kind for one in columns for kind in one.kinds)
    asking = {
        to_key(word.surface) for word in words if word.type in ("attribute", "absent", "column", "cue", "measure")
    }
    dating = {to_key(word.surface) for word in words if (word.type, word.value) == ("cue", "which_year")}  # 年度
    own: dict[str, dict[str, None]] = defaultdict(dict)
    for plan, one in zip(plans, columns, strict=True):
        for heading in one.details:
            own[to_key(heading)][f"{DETAIL}{heading}"] = None
        if one.grades and to_key(plan.grade_name):
            own[to_key(plan.grade_name)]["grade"] = None
        for key, attribute in printed_words(plan):
            if key not in asking or (attribute.startswith(DETAIL) and key not in dating):
                own[key][attribute] = None
        for key in [key for key in own if _ORDERED.match(key)]:
            own[key.translate(_KANJI)] |= own[key]
        lacked = {("attribute", name) for name in _LACKED - {*one.attributes}}
        lacking = {to_key(w.surface) for w in words if w.type == "absent" or (w.type, w.value) in lacked}
        short: dict[str, dict[str, None]] = defaultdict(dict)
        for key, attribute in short_words(plan):
            if (key not in asking or key in lacking) and key not in own:
                short[key][attribute] = None
        own.update(short)
    unread = frozenset(key for plan in plans for key in unread_words(plan) if key not in own)
    known = {to_key(word.surface) for word in words if word.type not in _COMMON and word.value not in _STEADY}
    grades = [grade for one in columns for grade in one.grades]
    aims = frozenset(to_key(word.surface) for word in words if (word.type, word.value) == ("column", "target"))
    taken = {to_key(word.surface) for word in words if word.type not in ("keyword", "filler", "soft", "absent")}
    said = {to_key(text): text for text in sorted(statuses(projects))}
    remarks = tuple(read_remarks([heading for one in columns for heading in one.details], words))
    return Headings(
        kinds=kinds,
        statuses={key: text for key, text in said.items() if key not in taken},
        own={key: tuple(attributes) for key, attributes in own.items() if len(key) > 1 and not _is_plain(key, own)},
        remarks=remarks,
        groups=read_groups(own, words, remarks),
        grades={to_key(grade): grade for grade in grades if is_word(grade)},
        scores={
            to_key(f"{name}{particle}{grade}"): grade
            for plan, one in zip(plans, columns, strict=True)
            for name in ("達成度", "評価", plan.grade_name)
            for grade in one.grades
            if is_score(grade)
            for particle in ("", "が", "の", "は")
        },
        marks=tuple(entry for grade in dict.fromkeys(grades) if not is_word(grade) for entry in marks_of(grade)),
        members={key: values for key, values in members_of(projects).items() if key not in known | said.keys()},
        aims=aims if "target" in kinds and not any(project.goal for project in projects) else frozenset(),
        computing=frozenset(to_key(word.surface) for word in words if word.type == "cue"),
        unread=unread,
        planned=planned_kind(plans, kinds),
        called=frozenset(read_called(plans, words)),
        listed=frozenset(read_listed(plans)) - {to_key(word.surface) for word in words} - own.keys(),
        figured=frozenset(
            key
            for key, asked in own.items()
            if {*asked} & {f"{DETAIL}{name}" for one in columns for name in one.figured}
        ),
        periods={key: years for plan in plans for key, years in period_words(plan).items() if key not in known},
    )


# Private functions


def _is_plain(key: str, own: Mapping[str, Mapping[str, None]]) -> bool:
    """達成度 is what the vocabulary calls grades anyway."""
    return key == to_key("達成度") and list(own[key]) == ["grade"]
