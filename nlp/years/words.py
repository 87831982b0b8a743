"""Years in words: 初年度, 直近, 3年間, 去年, 前の年 … and the phrases with 年 in them that mean no year."""

from collections.abc import Iterator

from nlp.figures.numerals import KANA_NUMBER, KANJI_DIGITS, small_number
from nlp.writing.patterns import Needles, Pattern
from nlp.years.fiscal import Calendar, YearForm, YearMention

__all__ = ["read_year_words"]


def read_year_words(value: str, calendar: Calendar) -> tuple[list[YearMention], list[tuple[int, int]]]:
    """The mentions in words, and the spans in which no year is meant (前年度比, 3年前)."""
    mentions = [*_fixed(value), *_counts(value), *_nth(value, calendar)]
    return mentions, [found.span() for pattern in _SILENT for found in pattern.finditer(value)]


# Private functions

_NUMBER = f"(?<![0-9{KANJI_DIGITS}十百千])(?:[0-9]{{1,2}}|[{KANJI_DIGITS}十]{{1,3}}|{KANA_NUMBER})"
_YEAR = "(?:年度|年|ねんど|ねん)"
_THE_YEAR = f"(?:{_YEAR}|とし)"
_COMPARED = "比|差|増減|同期|対比|並み|割れ|より|に比|に対|と比|との|から|を?[上下]回|とど[っち]|[とに]くらべ"
_NOT_COMPARED = f"(?!{_COMPARED})"
_NOT_THING = "(?!の(?:事業|やつ|もの|質問|話|施策|項目|番|名|行|件(?!数)))"
"""その前の事業 is another project, その前の件数 another year."""

_WORDS: tuple[tuple[YearForm, int, str, str], ...] = (
    (YearForm.EACH, 0, "各 かくねんど", f"各{_YEAR}(?!代)|かくねんど"),
    (YearForm.EACH, 0, "1年ごと 1年度ごと 一年ごと 1年毎", "[1一]年度?(?:ごと|毎|おき)"),
    (YearForm.EACH, 0, "毎年 まいねん まいとし", "毎年度?|まいねんど?|まいとし"),
    (YearForm.EACH, 0, "別 ごと 毎 べつ", f"(?<![0-9{KANJI_DIGITS}十])(?:年度?|ねんど?)(?:別|ごと|毎|べつ)"),
    (
        YearForm.ALL,
        0,
        "全 すべて ぜんぶ",
        f"全(?:て|部)の{_THE_YEAR}|(?:すべて|ぜんぶ)の{_THE_YEAR}",
    ),
    (
        YearForm.ALL,
        0,
        "全 経年 けいねん",
        f"(?<![安健保完万])全{_YEAR}(?![齢代])|経年(?:変化)?|けいねん",
    ),
    (
        YearForm.ALL,
        0,
        "順 どの",
        f"(?<![0-9{KANJI_DIGITS}十])(?:年度?|ねんど?)順|どの{_THE_YEAR}も",
    ),
    (
        YearForm.ALL,
        0,
        "全期間 計画 ぜんきかん けいかくきかん",
        "全期間|計画(?:の)?(?:全)?期間中?|ぜんきかん|けいかくきかん",
    ),
    (
        YearForm.FIRST,
        0,
        "初 始め はじめ しょねんど さいしょ",
        f"初年度?|しょねんど|(?:一番|いちばん)?(?:最初|初め|始め|はじめ|さいしょ)の{_THE_YEAR}",
    ),
    (
        YearForm.LAST,
        0,
        "最終年 さいしゅうねんど 最後 終わり おわり さいご",
        f"最終年度?|さいしゅうねんど|(?:最後|終わり|おわり|さいご)の{_THE_YEAR}",
    ),
    (
        YearForm.LATEST,
        0,
        "最新 直近 最近 さいしん ちょっきん さいきん",
        f"(?:最新|直近|最近|さいしん|ちょっきん|さいきん)(?:の?{_YEAR}|のとし)?",
    ),
    (YearForm.LATEST, 0, "新しい あたらしい", f"(?:一番|いちばん|もっとも|最も)(?:新しい|あたらしい)(?:{_THE_YEAR})?"),
    (YearForm.RELATIVE, -2, "一昨年 おととし いっさくねん", "一昨年度?|おととし|いっさくねんど?"),
    (
        YearForm.RELATIVE,
        -1,
        "去年 昨年 きょねん さくねん",
        "(?<!過)去年度?|(?<!一)昨年度?(?!度?比)|きょねん|さくねんど?",
    ),
    (YearForm.RELATIVE, 0, "今年 本年 ことし こんねん ほんねん", "今年度?|(?<!日)本年度?|ことし|こんねんど|ほんねんど"),
    (YearForm.RELATIVE, 1, "来年 らいねん", "(?<![再以将従未古本])来年度?|(?<!さ)らいねんど?"),
    (YearForm.RELATIVE, 2, "再来年 さ来年 さらいねん", "再来年度?|さ来年度?|さらいねんど?"),
    (
        YearForm.STEP,
        -2,
        "前々 前前 つ前の",
        f"(?:前々の?{_YEAR}|前前の?{_YEAR}|(?:2|二|ふた)つ前の{_THE_YEAR}){_NOT_COMPARED}",
    ),
    (YearForm.STEP, -1, "前の まえの", f"(?:その|もう|さらに|もっと)?(?:また)?(?:前|まえ)の{_THE_YEAR}{_NOT_COMPARED}"),
    (YearForm.STEP, -1, "前 ぜんねん", f"(?:その)?前{_YEAR}{_NOT_COMPARED}|ぜんねんど?{_NOT_COMPARED}"),
    (YearForm.STEP, -1, "その", f"その(?:また)?(?:前(?![に回後提日月々年])|まえ(?!に)){_NOT_THING}{_NOT_COMPARED}"),
    (YearForm.STEP, -1, "前の", f"(?:1|一|ひと)(?:つ|個|年)前の{_THE_YEAR}{_NOT_COMPARED}"),
    (
        YearForm.STEP,
        0,
        "同 おなじ その この 当",
        f"その(?:とき|時)(?![間期代点刻])|(?:同じ|おなじ|その|この|当該){_THE_YEAR}(?![齢代])|(?<!共)同{_YEAR}(?![齢代])|(?<![担本相正])当年度",
    ),
    (
        YearForm.STEP,
        1,
        "次 つぎ 後 あと 翌 よくねん",
        f"(?:その)?(?:また)?(?:次|つぎ|(?<![最今以午前])後|あと)の{_THE_YEAR}|(?:その)?翌{_YEAR}|よくねんど?",
    ),
    (YearForm.STEP, 1, "その", "その(?:また)?(?:次|つぎ)(?=[はもで?、。]|$)"),
    (YearForm.STEP, 2, "翌々 つ次の つ後の", f"翌々{_YEAR}|(?:2|二|ふた)つ(?:次|後)の{_THE_YEAR}"),
)
"""Form, offset, needles, the phrases. A year before that is only compared with (前年度比) is no mention."""

_FIXED = tuple((form, offset, Pattern(pattern, *needles.split())) for form, offset, needles, pattern in _WORDS)
_OF_FIXED = Needles(pattern for _, _, pattern in _FIXED)

_SILENT = (
    Pattern(f"対前々?{_YEAR}|昨{_YEAR}度?比", "対前", "昨"),
    Pattern(f"(?:その)?前々?の?{_THE_YEAR}(?={_COMPARED})", "前"),
    Pattern(
        f"{_NUMBER}{_YEAR}(?:前(?![年半期])|まえ|以上|以内|未満|ぶり|おき|連続|周)",
        *("前", "まえ", "以上", "以内", "未満", "ぶり", "おき", "連続", "周"),
    ),
)
"""前年度との差 is a question's kind; 10年前 and 2年連続 are durations."""

_COUNT = Pattern(
    f"(?P<lead>(?:直近|過去|この|ここ|最近|ちょっきん|かこ)の?)?(?P<number>{_NUMBER})"
    "(?P<unit>(?:[かヶカケヵ]|箇)?(?:年度|年|ねんど|ねん))(?P<tail>間(?!隔)(?:とも)?|かん|分(?!野|類|析)|ぶん)?(?!計画)",
    *("年", "ねん"),
)
_NTH = Pattern(f"(?P<number>{_NUMBER})(?:年度|年|ねんど|ねん)(?:目(?![標的安処])|め(?!あて|やす))", "目", "め")
"""3年目; 25年度目標 is the target of a year."""


def _fixed(value: str) -> Iterator[YearMention]:
    for form, offset, pattern in _FIXED if _OF_FIXED.stand_in(value) else ():
        for found in pattern.finditer(value):
            yield YearMention(*found.span(), form, offset=offset)


def _counts(value: str) -> Iterator[YearMention]:
    """3年間, 直近2年, 3か年; 25年分 is a year's own amount, not that many years."""
    for found in _COUNT.finditer(value):
        many = found["lead"] or found["unit"][0] not in "年ね" or (found["tail"] or "")[:1] in ("間", "か")
        count = small_number(found["number"]) if many or found["tail"] else None
        if count and (many or count <= 12):
            yield YearMention(*found.span(), YearForm.COUNT, number=count)


def _nth(value: str, calendar: Calendar) -> Iterator[YearMention]:
    for found in _NTH.finditer(value):
        number = small_number(found["number"])
        if number == 1:
            yield YearMention(*found.span(), YearForm.FIRST, number=1)
        elif number:
            yield YearMention(*found.span(), YearForm.NTH, (calendar.first + number - 1,), number=number)
