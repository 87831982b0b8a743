"""Kinds of question about what the table doesn't have: the five absences, and columns that other tables have."""

from __future__ import annotations

from dataclasses import replace

from tests.examination.drafts import NONE, Draft, Kind, Sheet
from tests.examination.expectation import Expect
from tests.examination.gold import BLANK, DASH
from tests.examination.lookups import CASUAL, POLITE, SHORT
from tests.examination.names import number_form
from tests.examination.pieces import Piece, fill, year_piece
from tests.examination.words import STRANGERS

__all__ = ["ABSENCES"]

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


def missing_rate(sheet: Sheet) -> Draft:
    """達成率 and 執行率 need a target or a budget, which the table doesn't have."""
    project, year = sheet.reported()
    word = sheet.random.choice(("達成率", "執行率", "目標達成率", "予算執行率"))
    templates = (
        f"{{name}}|の|{{year}}|の|{word}|は|何%ですか",
        f"{{name}}|の|{word}|は？",
        f"{{year}}|の|{{name}}|の|{word}|を|教えて",
    )
    expect = Expect(("no_data",), frozenset({project.no}), reasons=frozenset({"no_attribute"}), must=(NONE,))
    return Draft((sheet.ask(templates, project, year),), expect, asked_about=sheet.called(project))


def missing_column(sheet: Sheet) -> Draft:
    """Projects by what stands in a column that the table doesn't have."""
    column, text = sheet.random.choice(("備考", "特記事項", "備考欄")), sheet.random.choice(("繰越", "中止", "コロナ"))
    templates = (
        f"{column}|が|書いてある事業|は？", f"{column}|に|何か書かれている事業|を|教えて", f"{column}|に|「{text}」と書いてある事業|は？",
        f"{column}|に|{text}とある事業|は|どれですか",
    )  # fmt: skip
    expect = Expect(("no_data",), reasons=frozenset({"no_attribute"}), must=(NONE,))
    return Draft((fill(sheet.random.choice(templates)),), expect, noisy=False)


def grade_of_two_years(sheet: Sheet) -> Draft:
    """A grade that became another, where the table prints one for all years."""
    one, other = sheet.random.sample("ABC", 2)
    templates = (
        f"達成度|が|{one}から{other}に変わった事業|は？", f"{{before}}|の|達成度{one}|から|{{year}}|に|{other}になったのはどの事業ですか",
        f"達成度{one}から達成度{other}になった事業|を|教えて",
    )  # fmt: skip
    year = sheet.random.choice((24, 25, 26))
    message = fill(sheet.random.choice(templates), {"year": year_piece(year), "before": year_piece(year - 1)})
    expect = Expect(("no_data",), reasons=frozenset({"no_attribute"}), must=(NONE,))
    return Draft((message,), expect, (Expect(("clarify",)),))


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


ABSENCES: dict[str, Kind] = {
    "absent.number": unknown_number, "absent.name": unknown_name, "absent.year": outside_year,
    "absent.blank": empty_cell(BLANK), "absent.dash": empty_cell(DASH), "absent.attribute": missing_attribute,
    "absent.reason": why, "absent.rate": missing_rate, "absent.column": missing_column,
    "absent.turned": grade_of_two_years,
}  # fmt: skip
