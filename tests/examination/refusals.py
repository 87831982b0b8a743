"""Kinds of question that must be asked back, are about the table itself, or off-topic."""

from __future__ import annotations

from collections.abc import Callable

from tests.examination.drafts import NONE, Draft, Kind, Sheet
from tests.examination.expectation import Expect, any_of
from tests.examination.pieces import fill, year_piece
from tests.examination.words import FRAGMENTS

__all__ = ["REFUSALS", "ambiguity"]


def ambiguous_name(sheet: Sheet) -> Draft:
    """A fragment that stands in several names."""
    fragment, year = sheet.random.choice(FRAGMENTS), sheet.random.choice((23, 24, 25))
    suffix = sheet.random.choice(("", "の事業")) if len(sheet.names.holders(fragment)) == 2 else ""
    templates = (
        f"{fragment}{suffix}|の|{{year}}|の|実績|は？", f"{fragment}{suffix}|の|達成度|は？",
        f"{fragment}{suffix}|って|{{year}}|は|どうだった？",
    )  # fmt: skip
    template = sheet.random.choice(templates[: 1 if "の" in suffix else 3])
    message = fill(template, {"year": year_piece(year)})
    return Draft((message,), *ambiguity(sheet, fragment))


def ambiguity(sheet: Sheet, fragment: str) -> tuple[Expect, tuple[Expect, ...]]:
    """To ask back naming the candidates, or to answer all of two or three of them by name."""
    holders = sorted(sheet.names.holders(fragment), key=int)
    named = [sheet.called(sheet.table.project(no)) for no in holders]
    any_one, every = (tuple(name for names in named for name in names),), tuple(named)
    asked = Expect(("clarify",), must=every if len(holders) == 2 else any_one)
    return asked, (Expect(("answer",), frozenset(holders), must=every),) if len(holders) <= 3 else ()


def letter_alone(sheet: Sheet) -> Draft:
    """A, B and C are goals and grades."""
    letter = sheet.random.choice("ABC")
    templates = (
        f"{letter}|の|事業|は？", f"{letter}|の|事業|を|教えて", f"{letter}|は|いくつありますか",
        f"{letter}|って|どの事業？", f"{letter}|の|事業一覧",
    )  # fmt: skip
    return Draft(
        (fill(sheet.random.choice(templates)),), Expect(("clarify",), must=(any_of("達成度"), any_of("戦略目標")))
    )


def letter_of_keyword(sheet: Sheet) -> Draft:
    """The same beside a word that projects are related to."""
    letter, word = sheet.random.choice("ABC"), sheet.random.choice(("商店街", "高齢者", "中小企業", "消費者"))
    templates = (
        f"{word}関係|で|{letter}|の|事業|は？",
        f"{word}に関する事業のうち|{letter}|の|ものは？",
        f"{word}関連|で|{letter}|は|いくつ？",
    )
    both = (any_of("達成度"), any_of("戦略目標"))
    return Draft((fill(sheet.random.choice(templates)),), Expect(("clarify",), must=both))


def missing_subject(sheet: Sheet) -> Draft:
    """Nothing says which project is meant."""
    templates = (
        "実績|を|教えて", "{year}|の|実績|は？", "達成度|は？", "何件でしたか", "{year}|は|何人来ましたか",
        "金額|を|教えてください", "その事業|の|内容|は？", "{year}|は|どうだった？", "参加者数|は？",
        "いくらでしたか？", "それ|の|達成度|を|教えて",
    )  # fmt: skip
    message = fill(sheet.random.choice(templates), {"year": year_piece(sheet.year())})
    return Draft((message,), Expect(("clarify",)))


def relative_year(sheet: Sheet) -> Draft:
    """去年 is no year of the plan."""
    project = sheet.project()
    word = sheet.random.choice(("去年", "昨年度", "今年度", "今年", "一昨年", "おととし", "昨年"))
    templates = (
        f"{word}の|{{name}}|の|実績|は？", f"{{name}}|の|{word}の|実績|を|教えてください",
        f"{{name}}|って|{word}はどうだった？",
    )  # fmt: skip
    expect = Expect(("clarify",), must=(any_of("年度"),))
    none = Expect(("no_data",), frozenset({project.no}), reasons=frozenset({"no_year"}), must=(NONE, any_of("年度")))
    return Draft((sheet.ask(templates, project),), expect, (none,), asked_about=sheet.called(project))


def said(statuses: tuple[str, ...], *sentences: str) -> Kind:
    """One of these sentences; no noise, since they are meant as they stand."""

    def draft(sheet: Sheet) -> Draft:
        return Draft((fill(sheet.random.choice(sentences)),), Expect(statuses), noisy=False)

    return draft


def meta(sentences: tuple[str, ...], *needles: str) -> Callable[[Sheet], Draft]:
    """About the table itself."""

    def draft(sheet: Sheet) -> Draft:
        return Draft((fill(sheet.random.choice(sentences)),), Expect(("answer", "help"), must=(needles,)))

    return draft


TITLE = (
    "この資料|は|何という計画ですか",
    "何|の|資料なの？",
    "計画の名前|を|教えてください",
    "これ何の計画？",
    "資料のタイトル|は？",
)
YEARS = (
    "何年度|の|データがありますか",
    "何年度から何年度まで載っていますか？",
    "対象年度|は？",
    "何年度まで|の|実績がわかりますか",
)
SPAN = ("26年度", "平成26")
GREETINGS = (
    "こんにちは", "おはようございます！", "はじめまして", "ありがとう、助かりました", "どうも", "お疲れさまです",
    "こんばんは〜",
)  # fmt: skip
HELP = ("使い方を教えて", "何が聞けるの？", "ヘルプ", "どんな質問ができますか？", "help", "何ができるの", "")
ABUSE = ("バカじゃないの", "役に立たないな", "ふざけるな", "使えないボットだな", "もういい", "ポンコツ")
OFFTOPIC = (
    "今日の天気は？", "カレーの作り方を教えて", "総理大臣は誰ですか", "1+1は？", "東京タワーの高さは何メートル？",
    "おすすめの映画ある？", "明日の会議は何時から？", "円周率を10桁まで言って", "区役所の駐車場は何台停められますか",
    "フランスの首都はどこ",
)  # fmt: skip

REFUSALS: dict[str, Kind] = {
    "clarify.letter_keyword": letter_of_keyword, "clarify.name": ambiguous_name, "clarify.letter": letter_alone,
    "clarify.subject": missing_subject, "clarify.relative": relative_year, "meta.title": meta(TITLE, "商工業振興計画"),
    "meta.years": meta(YEARS, *SPAN), "talk.greeting": said(("help",), *GREETINGS),
    "talk.help": said(("help",), *HELP), "talk.abuse": said(("help", "clarify", "not_found"), *ABUSE),
    "talk.offtopic": said(("not_found",), *OFFTOPIC),
}  # fmt: skip
