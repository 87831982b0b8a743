"""Kinds of question about one project: its results, its activities, its attributes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from tests.examination.drafts import NONE, Draft, Kind, Sheet, figure_needles
from tests.examination.expectation import Expect, any_of
from tests.examination.gold import Project
from tests.examination.pieces import Piece, fill, year_piece
from tests.examination.words import MEASURES

__all__ = ["CASUAL", "LOOKUPS", "POLITE", "SHORT", "description_start", "grade_expect"]

POLITE = (
    "{name}|の|{year}|の|実績|を|教えてください。", "{year}|の|{name}|の|実績|を|教えていただけますか。",
    "{name}|について、|{year}|の|実績|は|どのようになっていますか。",
    "{name}|の|{year}|における実績|を|お知らせください。",
    "{year}|の|実績|を|確認したいのですが、|{name}|は|どうなっておりますでしょうか。",
    "恐れ入りますが、|{name}|の|{year}|の|事業実績|を|ご教示ください。",
)  # fmt: skip
CASUAL = (
    "{name}|の|{year}|の|実績|って|どうだった？", "{name}|の|{year}|どうなってる？",
    "{year}|の|{name}|って|どうだったの", "{name}|、|{year}|は|？", "ねえ、|{name}|の|{year}|の|実績教えて",
    "{name}|の|{year}|分|の|実績知りたい", "{name}|って|{year}|は|どんな感じでした？",
)  # fmt: skip
SHORT = (
    "{name} |{year}", "{name}　|{year}|　実績", "{year}| |{name}", "{name}|の|{year}", "{name}| |{year}| 実績は？",
    "{name}|{year}|実績",
)  # fmt: skip
BEFORE = (
    "お世話になっております。総務課の佐藤と申します。", "いつもありがとうございます。ちょっと教えてほしいのですが、",
    "お忙しいところすみません。窓口で区民の方に聞かれて困っているのですが、",
    "議会の答弁資料を作っていて急いでいます。", "はじめまして。区内に住んでいる者です。",
    "おはようございます！突然すみません、", "先ほどは失礼しました。もう一つだけ。",
)  # fmt: skip
AFTER = (
    "よろしくお願いいたします。", "お手数をおかけしますが、よろしくお願いします。", "急ぎで恐縮です。",
    "分かる範囲で構いません。", "助かります！", "",
)  # fmt: skip


def result(templates: Sequence[str], *, number: bool = False) -> Kind:
    """The result of a year, in the words of these templates."""

    def draft(sheet: Sheet) -> Draft:
        project, year = sheet.reported()
        message = sheet.ask(templates, project, year, number=number)
        return Draft((message,), sheet.result(project, [year]), asked_about=sheet.called(project))

    return draft


def rambling(sheet: Sheet) -> Draft:
    """A greeting, who one is, the question, and thanks."""
    plain = result(POLITE)(sheet)
    before, after = sheet.random.choice(BEFORE), sheet.random.choice(AFTER)
    return replace(plain, turns=((Piece("words", before), *plain.turns[0], Piece("words", after)),))


def measure(sheet: Sheet) -> Draft:
    """One figure of a cell by what people call it."""
    asked = sheet.random.choice(MEASURES)
    year, figure = sheet.random.choice(sorted(sheet.series(asked).items()))
    project = sheet.table.project(asked.no)
    templates = (
        "{name}|の|{year}|の|{what}|は？", "{year}|の|{name}|の|{what}|を|教えてください", "{name}| |{what}| |{year}",
        "{name}|の|{what}|、|{year}|は|いくつ？", "{name}|について、|{year}|の|{what}|は|どのくらいですか。",
    )  # fmt: skip
    slots = {"what": Piece("words", sheet.random.choice(asked.words)), "year": year_piece(year)}
    slots["name"] = sheet.measured(asked)
    expect = replace(sheet.result(project, [year], asked.activity), lead=(figure_needles(figure),), must=())
    message = fill(sheet.random.choice(templates), slots)
    return Draft((message,), expect, asked_about=sheet.called(asked))


def several_years(sheet: Sheet) -> Draft:
    """Two years at once, of which one may be blank."""
    project, first = sheet.reported()
    second = sheet.random.choice([year for year in sheet.table.years if year != first])
    templates = (
        "{name}|の|{year}|と|{year2}|の|実績|は？", "{year}|と|{year2}|の|{name}|の|実績|を|教えて",
        "{name} |{year}| |{year2}",
    )  # fmt: skip
    first, second = sorted((first, second))
    expect = sheet.result(project, [first, second])
    if any(not sheet.table.reported(project.no, year) for year in (first, second)):
        expect = replace(expect, must=(*expect.must, NONE))
    return Draft((sheet.ask(templates, project, first, second),), expect, asked_about=sheet.called(project))


def span_of_years(sheet: Sheet) -> Draft:
    """23～25年度."""
    project = sheet.project(lambda p: len(sheet.years_of(p)) >= 3)
    last = sheet.random.choice((25, 26))
    templates = (
        f"{{name}}|の|23～{last}年度|の|実績|を|教えてください",
        f"平成23年度から{last}年度まで|の|{{name}}|の|実績|は？", f"{{name}} H23～H{last}",
    )  # fmt: skip
    expect = sheet.result(project, range(23, last + 1))
    return Draft((sheet.ask(templates, project),), expect, asked_about=sheet.called(project))


def all_years(sheet: Sheet) -> Draft:
    """Every year of a project."""
    project, _ = sheet.reported()
    templates = (
        "{name}|の|実績|を|全部の年度で教えて", "{name}|の|これまで|の|実績|を|年度ごとに教えてください。",
        "{name}|の|各年度|の|実績|は？", "{name}|の|実績|を|年度別|に|一覧で", "{name}|の|全年度|の|実績",
    )  # fmt: skip
    return Draft(
        (sheet.ask(templates, project),), sheet.result(project, sheet.table.years), asked_about=sheet.called(project)
    )


def activity(sheet: Sheet) -> Draft:
    """A line under a project, by its own name."""
    pairs = [(p, row) for p in sheet.table.projects for row in p.rows if row.activity]
    project, row = sheet.random.choice(pairs)
    year = sheet.year()
    slots = {"name": Piece("name", row.activity, project.no), "year": year_piece(year)}
    message = fill(sheet.random.choice((*POLITE, *CASUAL, *SHORT)), slots)
    holders = [p for p, other in pairs if other.activity == row.activity]
    main, *others = [sheet.result(holder, [year], row.activity) for holder in holders]
    if others:
        numbers = frozenset(holder.no for holder in holders)
        main = replace(main, optional=numbers)
        others = [replace(other, optional=numbers) for other in others]
    return Draft((message,), main, tuple(others), asked_about=(row.activity, *sheet.called(project)))


def grade(sheet: Sheet) -> Draft:
    """達成度."""
    project = sheet.project(lambda p: bool(p.grades))
    templates = (
        "{name}|の|達成度|は？", "{name}|の|達成度|を|教えてください。", "{name} 達成度", "{name}|って|達成度いくつ？",
        "達成度|は|何ですか、|{name}|の", "{name}|は|どの達成度|に|なっていますか。",
    )  # fmt: skip
    message = sheet.ask(templates, project, number=sheet.random.random() < 0.2)
    return Draft((message,), grade_expect(project), asked_about=sheet.called(project))


def grade_of_activity(sheet: Sheet) -> Draft:
    """達成度 where each activity has its own."""
    project = sheet.project(lambda p: len(p.grades) > 1)
    row = sheet.random.choice([row for row in project.rows if row.grade])
    slots = {"name": Piece("name", row.activity, project.no)}
    message = fill(
        sheet.random.choice(("{name}|の|達成度|は？", "{name} 達成度", "{name}|の|達成度|を|お願いします")), slots
    )
    expect = Expect(("answer",), frozenset({project.no}), grades=((project.no, row.grade),), lead=((row.grade,),))
    return Draft((message,), expect, asked_about=(row.activity,))


def description(sheet: Sheet) -> Draft:
    """内容."""
    project = sheet.project()
    templates = (
        "{name}|の|内容|を|教えてください。", "{name}|って|どんな事業？", "{name}|は|何をする事業ですか",
        "{name}|の|事業内容|は？", "{name}|の|概要|を|知りたいです", "{name}|って|なにしてるの？",
    )  # fmt: skip
    expect = Expect(("answer",), frozenset({project.no}), must=((description_start(project),),))
    message = sheet.ask(templates, project, number=sheet.random.random() < 0.15)
    return Draft((message,), expect, asked_about=sheet.called(project))


def period(sheet: Sheet) -> Draft:
    """実施年度."""
    project = sheet.project(lambda p: len(p.rows) == 1)
    templates = (
        "{name}|の|実施年度|は？", "{name}|は|いつ実施されますか", "{name}|は|何年度|に|実施ですか",
        "{name}|の|実施年度|を|教えてください。", "{name}|って|何年度から何年度までやるの？",
    )  # fmt: skip
    message = sheet.ask(templates, project, number=sheet.random.random() < 0.15)
    return Draft((message,), _period_expect(project), asked_about=sheet.called(project))


def goal(sheet: Sheet) -> Draft:
    """戦略目標 of a project."""
    project = sheet.project()
    templates = (
        "{name}|は|どの戦略目標|の|事業ですか", "{name}|の|戦略目標|は？", "{name}|って|どの目標|に|入ってる？",
        "{name} 戦略目標",
    )  # fmt: skip
    expect = Expect(("answer",), frozenset({project.no}), lead=((project.goal, project.goal_text[:9]),))
    message = sheet.ask(templates, project, number=sheet.random.random() < 0.15)
    return Draft((message,), expect, asked_about=sheet.called(project))


def policy(sheet: Sheet) -> Draft:
    """施策 of a project."""
    project = sheet.project(lambda p: p.goal != "E" and bool(p.policies))
    templates = (
        "{name}|は|どの施策|の|事業ですか", "{name}|の|施策|は？", "{name}|の|属する施策|を|教えてください。",
        "{name} 施策名",
    )  # fmt: skip
    expect = Expect(("answer",), frozenset({project.no}), must=(tuple(project.policies),))
    return Draft((sheet.ask(templates, project),), expect, asked_about=sheet.called(project))


def description_start(project: Project) -> str:
    """How its description begins, no number cut in two."""
    return re.sub(r"\d+$", "", project.description[:12])


def grade_expect(project: Project) -> Expect:
    """The grade of a project; of every line where the lines have their own."""
    grades = tuple(dict.fromkeys(project.grades))
    stated = tuple((project.no, grade) for grade in grades)
    others = [letter for letter in "ABC" if letter not in grades]
    false = tuple(form.format(letter) for letter in others for form in ("達成度は{}です", "達成度:{}", "達成度「{}」"))
    return Expect(
        ("answer",),
        frozenset({project.no}),
        grades=stated,
        lead=((grades[0],),),
        must=tuple((g,) for g in grades),
        must_not=false,
    )


# Private functions


def _period_expect(project: Project) -> Expect:
    text = project.rows[0].period
    if not text:
        return Expect(("no_data",), frozenset({project.no}), reasons=frozenset({"blank"}), must=(NONE,))
    if text == "未実施":
        return Expect(("answer", "no_data"), frozenset({project.no}), must=(any_of("未実施"),))
    years = [
        int(part) for part in text.replace("H", "").replace("～", " ").replace("、", " ").replace(".", " ").split()
    ]
    joins = (
        ("～", "から", "～平成", "年度～平成", "年度から平成", "年度～")
        if "～" in text
        else ("、", "・", "年度、平成", "年度と平成", "年度・平成")
    )
    forms = [f"{years[0]}{join}{years[-1]}" for join in joins] if len(years) > 1 else [f"{years[0]}年度"]
    return Expect(("answer",), frozenset({project.no}), must=((text, *forms),))


LOOKUPS: dict[str, Kind] = {
    "result.polite": result(POLITE), "result.casual": result(CASUAL), "result.short": result(SHORT),
    "result.number": result((*POLITE, *CASUAL, *SHORT), number=True), "result.rambling": rambling,
    "result.measure": measure, "result.years": several_years, "result.span": span_of_years, "result.all": all_years,
    "activity": activity, "grade": grade, "grade.activity": grade_of_activity, "description": description,
    "period": period, "goal": goal, "policy": policy,
}  # fmt: skip
