"""Kinds of question that only the conversation before them explains."""

from __future__ import annotations

from dataclasses import replace

from tests.examination.drafts import Draft, Kind, Sheet
from tests.examination.expectation import Expect
from tests.examination.gold import Project
from tests.examination.lookups import CASUAL, POLITE, SHORT, description_start, grade_expect
from tests.examination.pieces import Message, fill, year_piece

__all__ = ["FOLLOWUPS"]

# Fragments whose candidates are two, each with a word of its own to answer with.
PAIRS = {
    "空き店舗": {"42": ("入居促進のほう", "入居促進"), "43": ("活用事業のほうです", "活用のほう")},
    "伝統工芸": {"1": ("工芸展のほう", "展のほうです"), "2": ("体験講座のほう", "体験講座です")},
    "消費者": {"54": ("意識の啓発のほう", "意識の啓発"), "55": ("安全の確保のほう", "安全の確保です")},
    "商店街支援": {"32": ("いきいきのほう", "いきいき"), "33": ("にぎわいのほう", "にぎわいです")},
    "相談": {"17": ("商工相談です", "商工相談のほう"), "18": ("ワンストップのほう", "ワンストップ相談")},
    "調査": {"21": ("景況調査です", "景況調査のほう"), "46": ("製造業のほう", "製造業実態調査")},
}  # fmt: skip


def year_swapped(sheet: Sheet) -> Draft:
    """… 24年度は？"""
    project, first, opening = _opening(sheet)
    year = sheet.random.choice([year for year in sheet.table.years if year != first])
    message = fill(
        sheet.random.choice(
            ("{year}|は|？", "じゃあ|{year}|は|？", "{year}|も|教えて", "{year}|だと？", "では|{year}|は|どうですか")
        ),
        {"year": year_piece(year)},
    )
    return Draft((opening, message), sheet.result(project, [year]), asked_about=sheet.called(project))


def year_before(sheet: Sheet) -> Draft:
    """… その前の年は？"""
    project, year, opening = _opening(sheet, before=True)
    words = ("前の年は？", "その前の年は？", "その前年度は？")
    return Draft(
        (opening, fill(sheet.random.choice(words))),
        sheet.result(project, [year - 1]),
        asked_about=sheet.called(project),
    )


def year_corrected(sheet: Sheet) -> Draft:
    """… 違う、23年度。"""
    project, first, opening = _opening(sheet)
    year = sheet.random.choice([year for year in sheet.table.years if year != first])
    message = fill(
        sheet.random.choice(
            ("違う、|{year}", "いや、|{year}|です", "間違えました。|{year}|でした", "ごめん、|{year}|の|ほう")
        ),
        {"year": year_piece(year)},
    )
    return Draft((opening, message), sheet.result(project, [year]), asked_about=sheet.called(project))


def project_swapped(sheet: Sheet) -> Draft:
    """… じゃあ商工相談は？"""
    before, year, opening = _opening(sheet)
    project = sheet.project(lambda p: p.no != before.no)
    number = sheet.random.random() < 0.25
    message = sheet.ask(
        (
            "じゃあ|{name}|は|？",
            "{name}|は|？",
            "{name}|の|ほうは？",
            "では|{name}|は|どうですか",
            "次に|{name}|も|お願いします",
        ),
        project,
        number=number,
    )
    return Draft((opening, message), sheet.result(project, [year]), asked_about=sheet.called(project))


def grade_after(sheet: Sheet) -> Draft:
    """… 達成度は？"""
    project, _, opening = _opening(sheet)
    expect = grade_expect(project)
    return Draft(
        (opening, fill(sheet.random.choice(("達成度は？", "達成度も教えて", "ちなみに達成度は？", "その達成度は")))),
        expect,
        asked_about=sheet.called(project),
    )


def description_after(sheet: Sheet) -> Draft:
    """… どんな事業？"""
    project, _, opening = _opening(sheet)
    words = ("どんな事業？", "事業の内容は？", "それって何をする事業ですか", "内容も教えてください")
    expect = Expect(("answer",), frozenset({project.no}), must=((description_start(project),),))
    return Draft((opening, fill(sheet.random.choice(words))), expect, asked_about=sheet.called(project))


def result_after_grade(sheet: Sheet) -> Draft:
    """達成度は？ … 25年度の実績は？"""
    project, year = sheet.reported()
    opening = sheet.ask(("{name}|の|達成度|は？", "{name} 達成度"), project)
    message = fill(
        sheet.random.choice(("{year}|の|実績|は？", "{year}|は|？", "じゃあ|{year}|の|実績")),
        {"year": year_piece(year)},
    )
    return Draft((opening, message), sheet.result(project, [year]), asked_about=sheet.called(project))


def topic_changed(sheet: Sheet) -> Draft:
    """A whole new question leaves the old one behind."""
    _, _, opening = _opening(sheet)
    project, year = sheet.reported()
    return Draft(
        (opening, sheet.ask((*POLITE, *CASUAL), project, year)),
        sheet.result(project, [year]),
        asked_about=sheet.called(project),
    )


def chosen_by_name(sheet: Sheet) -> Draft:
    """空き店舗の25年度は？ … 入居促進のほう."""
    fragment, project, year, opening = _ambiguous(sheet)
    message = fill(sheet.random.choice(PAIRS[fragment][project.no]))
    return Draft((opening, message), sheet.result(project, [year]), noisy=False)


def chosen_by_number(sheet: Sheet) -> Draft:
    """空き店舗の25年度は？ … 42番."""
    _, project, year, opening = _ambiguous(sheet)
    message = sheet.ask(("{name}", "{name}|の|ほう", "{name}|です"), project, number=True)
    return Draft((opening, message), sheet.result(project, [year]), noisy=False)


def chosen_by_place(sheet: Sheet) -> Draft:
    """空き店舗の25年度は？ … 2番目."""
    fragment, _, year, opening = _ambiguous(sheet, only_two=True)
    place = sheet.random.choice((1, 2))
    words = {1: ("1番目", "1つ目", "最初のほう", "一番目です"), 2: ("2番目", "2つ目", "二つ目の", "２番目のほう")}[
        place
    ]
    projects = [sheet.table.project(no) for no in PAIRS[fragment]]
    first, *others = [replace(sheet.result(p, [year]), chosen=sheet.names.titles(p)[0]) for p in projects]
    return Draft((opening, fill(sheet.random.choice(words))), first, tuple(others), ordinal=place, noisy=False)


def list_then_one(sheet: Sheet) -> Draft:
    """A list, then one of its projects."""
    year = sheet.random.choice((23, 24, 25))
    moved = sheet.project(
        lambda p: (
            any("事務移管" in row.results.get(26, "") for row in p.rows) and bool(sheet.table.reported(p.no, year))
        )
    )
    opening = fill(
        sheet.random.choice(("産業振興公社に事務移管された事業は？", "公社に移管された事業を教えてください"))
    )
    message = sheet.ask(("そのうち|{name}|の|{year}|の|実績|は？", "その中の|{name}|の|{year}|は？"), moved, year)
    return Draft((opening, message), sheet.result(moved, [year]), asked_about=sheet.called(moved))


# Private functions


def _opening(sheet: Sheet, *, before: bool = False) -> tuple[Project, int, Message]:
    project = sheet.project(lambda p: len(set(sheet.years_of(p)) & {24, 25}) > 0 and bool(p.grades))
    year = sheet.random.choice([y for y in sheet.years_of(project) if y in (24, 25) or not before])
    return project, year, sheet.ask((*POLITE, *CASUAL, *SHORT), project, year, number=sheet.random.random() < 0.15)


def _ambiguous(sheet: Sheet, *, only_two: bool = False) -> tuple[str, Project, int, Message]:
    fragment = sheet.random.choice([f for f in PAIRS if not only_two or len(sheet.names.holders(f)) == 2])
    project, year = sheet.table.project(sheet.random.choice(sorted(PAIRS[fragment]))), sheet.random.choice((24, 25))
    template = sheet.random.choice((f"{fragment}|の|{{year}}|の|実績|は？", f"{fragment}|の|{{year}}|を|教えて"))
    return fragment, project, year, fill(template, {"year": year_piece(year, f"{year}年度")})


FOLLOWUPS: dict[str, Kind] = {
    "follow.year": year_swapped, "follow.before": year_before, "follow.corrected": year_corrected,
    "follow.project": project_swapped, "follow.grade": grade_after, "follow.description": description_after,
    "follow.result": result_after_grade, "follow.topic": topic_changed, "follow.choice": chosen_by_name,
    "follow.choice_number": chosen_by_number, "follow.ordinal": chosen_by_place, "follow.list": list_then_one,
}  # fmt: skip
