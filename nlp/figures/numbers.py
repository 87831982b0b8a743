"""Numbers: a project's number (42番), a place in a list (2番目), the top of one (上位3) and a bare number."""

from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

from nlp.figures.numerals import KANA_NUMBER, KANJI_DIGITS, small_number
from nlp.figures.units import unit_at
from nlp.writing.patterns import Needles, Pattern

__all__ = ["NumberForm", "NumberMention", "read_numbers"]


class NumberForm(StrEnum):
    """What a number is for."""

    PROJECT = "project"
    ORDINAL = "ordinal"
    TOP = "top"
    BARE = "bare"


class NumberMention(NamedTuple):
    """A place in a text where a number names or picks something."""

    start: int
    """Where it begins in the normalised text."""
    end: int
    """Where it ends."""
    value: int
    """The number; an ordinal counts from 1, and from the end: -1 is the last."""
    form: NumberForm
    """What it is for."""
    descending: bool = True
    """Of a top: from the largest (上位3) or from the smallest (下位3)."""


def read_numbers(value: str) -> tuple[NumberMention, ...]:
    """The numbers that are neither a figure nor a year, in order, none over another."""
    named = (_projects, _ordinals, _tops) if _OF_NAMED.stand_in(value) else ()
    found = [mention for read in (*named, _bare) for mention in read(value)]
    kept: list[NumberMention] = []
    for mention in sorted(found, key=lambda mention: (mention.start, -mention.end)):
        if not kept or mention.start >= kept[-1].end:
            kept.append(mention)
    return tuple(kept)


# Private functions

_DIGITS = "[0-9]{1,4}(?![0-9])(?![.][0-9]|,[0-9]{3}(?![0-9]))"
_KANJI = f"[{KANJI_DIGITS}十百]{{1,5}}(?![{KANJI_DIGITS}十百千万億])"
_BEGINS = f"(?<![0-9a-z{KANJI_DIGITS}十百千])(?<![0-9][.,])"
_NUMBER = f"(?P<number>{_BEGINS}(?:{_DIGITS}|{_KANJI}))"
_TENS = "(?:いち|に|さん|よん|し|ご|ろく|なな|はち|きゅう)?じゅう(?:いち|に|さん|よん|ご|ろく|なな|しち|はち|きゅう)?"
_SPELT = f"(?P<spelt>{_TENS}|(?<![ぁ-ん])(?:{KANA_NUMBER}))"

_COUNTERS = "番目|件目|個目|つ目|行目|本目|社目|位|ばんめ|ばん目|番め|つめ|こめ|件め"
_MOST = "(?:一番|1番|いちばん)"
_PROJECTS = (
    Pattern(
        rf"(?!1番(?:[多少大小高低上下新古良早長短近遠最おす]|うえ|した)){_NUMBER}番(?![目め手付頭組号地線街台])",
        "番",
    ),
    Pattern(rf"(?:事業|プロジェクト)?(?:番号|ナンバー)(?:は|が|[:#])?{_NUMBER}番?(?![目め])", "番号", "ナンバー"),
    Pattern(rf"(?:事業)?(?<![a-z])no[.:]? ?(?P<number>{_DIGITS})(?![a-z])番?", "no"),
    Pattern(rf"#(?P<number>{_DIGITS})(?![a-z])", "#"),
    Pattern(rf"(?<![a-z])project ?(?:no[.]? ?|#)?(?P<number>{_DIGITS})(?![a-z])", "project"),
    Pattern(rf"{_SPELT}ばん(?![めてぐご])", "ばん"),
)
_ORDINALS = (
    Pattern(rf"(?:上から|(?P<below>(?:下|最後|後ろ|うしろ)から))?{_NUMBER}(?:{_COUNTERS})", "目", "位", "め"),
    Pattern(rf"{_SPELT}(?:ばんめ|ばん目)", "ばんめ", "ばん目"),
    Pattern("(?P<kana>ひとつ|ふたつ|みっつ|よっつ|いつつ)(?:目|め)", "つ目", "つめ"),
)
_KANA = {"ひとつ": 1, "ふたつ": 2, "みっつ": 3, "よっつ": 4, "いつつ": 5}
_THING = "(?:もの|やつ|ほう|方|事業|項目|件|候補|選択肢)"
_ENDS = (
    (
        1,
        Pattern(
            f"{_MOST}?(?:最初|初め|はじめ|さいしょ)の{_THING}|{_MOST}(?:上|うえ)",
            *("最初の", "初めの", "はじめの", "さいしょの", "番", "ばん"),
        ),
    ),
    (
        -1,
        Pattern(
            f"{_MOST}?(?:最後|終わり|おわり|さいご)の{_THING}|{_MOST}(?:下(?!が)|した)",
            *("最後の", "終わりの", "おわりの", "さいごの", "番", "ばん"),
        ),
    ),
)
_TOPS = (
    (
        True,
        Pattern(
            rf"(?<![ァ-ヺー])(?:上位|トップ|ベスト|じょうい)(?P<number>{_DIGITS}|{_KANJI})(?:つ|件|位|個|番)?(?:まで)?",
            *("上位", "トップ", "ベスト", "じょうい"),
        ),
    ),
    (True, Pattern(rf"(?<![以])上から(?P<number>{_DIGITS}|{_KANJI})(?:つ|件|個|(?=事業))(?![目め])", "上から")),
    (
        True,
        Pattern(
            rf"(?:多い|大きい|高い)(?:順|ほう|方)(?:に|から|で)(?P<number>{_DIGITS}|{_KANJI})(?:つ|件|個|位|(?=事業))",
            *("多い", "大きい", "高い"),
        ),
    ),
    (
        False,
        Pattern(
            rf"(?:少ない|小さい|低い)(?:順|ほう|方)(?:に|から|で)(?P<number>{_DIGITS}|{_KANJI})(?:つ|件|個|位|(?=事業))",
            *("少ない", "小さい", "低い"),
        ),
    ),
    (True, Pattern(rf"top ?(?P<number>{_DIGITS})", "top")),
    (
        False,
        Pattern(rf"(?:下位|ワースト)(?P<number>{_DIGITS}|{_KANJI})(?:つ|件|位|個|番)?(?:まで)?", "下位", "ワースト"),
    ),
    (False, Pattern(rf"(?<![以])下から(?P<number>{_DIGITS}|{_KANJI})(?:つ|件|個|(?=事業))(?![目め])", "下から")),
)
_OF_NAMED = Needles((*_PROJECTS, *_ORDINALS, *(pattern for _, pattern in (*_ENDS, *_TOPS))))
_ALONE = Pattern(
    "(?:です|で|を|に|が(?:いい|良い)(?:です)?)?(?:お願い(?:します|いたします)?|して(?:ください)?|します)?[。!、 ]*"
)
_BARE = Pattern(
    r"(?<![0-9a-zァ-ヺー.:/'’#△▲第何数])(?<![0-9][-~])[0-9]{1,3}"
    r"(?![0-9a-z%/:番号位つ目歳才])(?!,[0-9]{3}(?![0-9]))"
)
_NO_BARE_AFTER = Pattern("年|ねん|月|時|[十百千万億兆]|[-~→][0-9]|[.][0-9]|次|級|分|等|階|丁目|条|期|代|割")


def _projects(value: str) -> Iterator[NumberMention]:
    for pattern in _PROJECTS:
        for found in pattern.finditer(value):
            groups = found.groupdict()
            text = groups.get("number") or groups.get("spelt") or ""
            number = small_number(text)
            # 一番 is 「most」 far more often than a number, but for where nothing else is said; so is いちばん.
            most = found[0] in ("一番", "いちばん") and not (
                found.start() == 0 and _ALONE.fullmatch(value, found.end())
            )
            if number is not None and not most:
                yield NumberMention(*found.span(), number, NumberForm.PROJECT)


def _ordinals(value: str) -> Iterator[NumberMention]:
    for pattern in _ORDINALS:
        for found in pattern.finditer(value):
            groups = found.groupdict()
            text = groups.get("number") or groups.get("spelt") or ""
            number = _KANA.get(groups.get("kana") or "") or small_number(text)
            if number:
                yield NumberMention(*found.span(), -number if groups.get("below") else number, NumberForm.ORDINAL)
    for place, pattern in _ENDS:
        for found in pattern.finditer(value):
            yield NumberMention(*found.span(), place, NumberForm.ORDINAL)


def _tops(value: str) -> Iterator[NumberMention]:
    for descending, pattern in _TOPS:
        for found in pattern.finditer(value):
            number = small_number(found["number"])
            if number:
                yield NumberMention(*found.span(), number, NumberForm.TOP, descending)


def _bare(value: str) -> Iterator[NumberMention]:
    """A number with nothing that says what it counts."""
    for found in _BARE.finditer(value):
        counted = _NO_BARE_AFTER.match(value, found.end()) or unit_at(value, found.end())
        is_group = len(found[0]) == 3 and value[found.start() - 1 : found.start()] == ","
        if not counted and not is_group:
            yield NumberMention(*found.span(), int(found[0]), NumberForm.BARE)
