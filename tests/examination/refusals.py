"""Kinds of question that must be turned down or asked back: the five absences, the ambiguous, the off-topic."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from tests.examination.drafts import NONE, Draft, Kind, Sheet
from tests.examination.expectation import Expect, any_of
from tests.examination.gold import BLANK, DASH
from tests.examination.lookups import CASUAL, POLITE, SHORT
from tests.examination.names import number_form
from tests.examination.pieces import Piece, fill, year_piece
from tests.examination.words import FRAGMENTS, STRANGERS

__all__ = ["REFUSALS", "ambiguity"]

SHOWN = (
    "{name}|の|{year}|の|実績|は？", "{name}|の|達成度|は？", "{name}|の|内容|を|教えて",
    "{year}|の|{name}|の|実績|を|教えてください", "{name} |{year}",
)  # fmt: skip
OUTSIDE = (
    "22年度", "平成22年度", "27年度", "平成27年度", "28年度", "平成30年度", "令和2年度", "令和元年度", "R3年度",
    "2009年度", "2016年度", "昭和63年度", "平成20年度", "2020年", "H28", "平成二十七年度",
)  # fmt: skip
ATTRIBUTES = (
    "担当課", "担当部署", "担当者", "予算", "予算額", "決算額", "電話番号", "財源", "申請方法", "職員数", "根拠法令",
)  # fmt: skip


def unknown_number(sheet: Sheet) -> Draft:
    """A number that no project has."""
    taken = {p.no for p in sheet.table.projects}
    no = sheet.random.choice([str(n) for n in (*range(4, 8), *range(56, 100), 120, 300) if str(n) not in taken])
    slots = {"name": Piece("number", number_form(no, sheet.random)), "year": year_piece(sheet.year())}
    return Draft((fill(sheet.random.choice(SHOWN), slots),), Expect(("not_found",)))


def unknown_name(sheet: Sheet) -> Draft:
    """A project that the table doesn't have."""
    slots = {"name": Piece("words", sheet.random.choice(STRANGERS)), "year": year_piece(sheet.year())}
    return Draft((fill(sheet.random.choice(SHOWN), slots),), Expect(("not_found",)))


def outside_year(sheet: Sheet) -> Draft:
    """A year that the table doesn't have."""
    project = sheet.project()
    slots = {"name": sheet.names.piece(project.no, sheet.random), "year": Piece("words", sheet.random.choice(OUTSIDE))}
    message = fill(sheet.random.choice((*POLITE, *CASUAL, *SHORT)), slots)
    expect = Expect(("no_data",), frozenset({project.no}), reasons=frozenset({"no_year"}), must=(NONE,))
    return Draft((message,), expect, asked_about=sheet.called(project))


def empty_cell(text: str) -> Kind:
    """A year whose cell is blank, or 「-」."""

    def draft(sheet: Sheet) -> Draft:
        cells = [c for c in sheet.table.cells() if c.text == text and not sheet.table.reported(c.project, c.year)]
        if text == DASH:
            cells = [c for c in sheet.table.cells() if c.text == text]
        cell = sheet.random.choice(cells)
        project = sheet.table.project(cell.project)
        message = sheet.ask((*POLITE, *CASUAL, *SHORT), project, cell.year)
        if text == DASH and cell.activity:
            slots = {"name": Piece("name", cell.activity, project.no), "year": year_piece(cell.year)}
            message = fill(sheet.random.choice((*POLITE, *CASUAL, *SHORT)), slots)
        expect = sheet.absence(project, [cell.year], cell.activity if text == DASH else None)
        return Draft(
            (message,), expect, asked_about=(*sheet.called(project), *((cell.activity,) if cell.activity else ()))
        )

    return draft


def missing_attribute(sheet: Sheet) -> Draft:
    """Something that the table says about no project."""
    project, attribute = sheet.project(), sheet.random.choice(ATTRIBUTES)
    templates = (
        "{name}|の|{what}|は？", "{name}|の|{what}|を|教えてください。", "{name}|の|{what}|は|分かりますか",
        "{name} {what}",
    )  # fmt: skip
    message = sheet.ask(templates, project, what=attribute)
    reasons = frozenset({"no_attribute"})
    expect = Expect(("no_data",), frozenset({project.no}), reasons=reasons, must=(NONE,))
    return Draft((message,), expect, asked_about=sheet.called(project))


def why(sheet: Sheet) -> Draft:
    """A reason, which the table never gives; to say what it has is as good."""
    project = sheet.project(lambda p: len(set(p.grades)) == 1)
    grade = project.grades[0]
    templates = (
        f"なぜ|{{name}}|は|達成度が{grade}なのですか", f"{{name}}|が|達成度{grade}|の|理由|を|教えて",
        f"{{name}}|の|達成度|が|{grade}なのはどうして？",
    )  # fmt: skip
    expect = Expect(("no_data",), frozenset({project.no}), reasons=frozenset({"no_attribute"}), must=(NONE,))
    stated = replace(expect, statuses=("answer",), must=((grade,), NONE))
    return Draft((sheet.ask(templates, project),), expect, (stated,), asked_about=sheet.called(project))


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
    "absent.number": unknown_number, "absent.name": unknown_name, "absent.year": outside_year,
    "absent.blank": empty_cell(BLANK), "absent.dash": empty_cell(DASH), "absent.attribute": missing_attribute,
    "absent.reason": why, "clarify.name": ambiguous_name, "clarify.letter": letter_alone,
    "clarify.subject": missing_subject, "clarify.relative": relative_year, "meta.title": meta(TITLE, "商工業振興計画"),
    "meta.years": meta(YEARS, *SPAN), "talk.greeting": said(("help",), *GREETINGS),
    "talk.help": said(("help",), *HELP), "talk.abuse": said(("help", "clarify", "not_found"), *ABUSE),
    "talk.offtopic": said(("not_found",), *OFFTOPIC),
}  # fmt: skip
