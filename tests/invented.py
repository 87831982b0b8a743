"""Two invented tables of other towns: one with grades in words for each year, one with money and indicators, no grades."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from bot.answering import Kotae
from kb.compiling import building
from kb.compiling.language import compile_language
from kb.source.plan_sections import Layout
from kb.source.plans import Plan
from kb.source.projects import Cell, Detail, Project, Row
from kb.storing import KnowledgeBase
from nlp.writing.tokens import Tokenizer

__all__ = ["AOBA", "MIDORI", "aoba", "midori", "open_bot", "open_both", "plan", "project", "row"]

YEARS = (2021, 2022, 2023)


def plan(folder: Path, name: str, title: str, grades: Sequence[str] = (), grade_name: str = "達成度") -> Plan:
    """A plan of three years of 令和 whose table was made by hand; its source is a note of that."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "source.txt").write_text(title, encoding="utf-8")
    return Plan(
        folder=folder,
        id=name,
        title=title,
        scope="",
        publisher="ある町",
        contact="企画課",
        era="令和",
        years=YEARS,
        keys=("3", "4", "5"),
        file="source.txt",
        row="No.{no}",
        address="",
        as_of="",
        retrieved="",
        layout=Layout((), (), (), tuple(grades), grade_name),
        corrections=(),
        markings=(),
        aliases=(),
    )


def row(kind: str, texts: Sequence[str | tuple[str, ...]], activity: str | None = None, unit: str = "") -> Row:
    """One line of a kind; a tuple of texts is a contradiction."""
    cells = (
        Cell(year, text) if isinstance(text, str) else Cell(year, "", text)
        for year, text in zip(YEARS, texts, strict=True)
    )
    return Row(activity, "", tuple(cells), "", kind, unit)


def project(
    name: str, no: str, title: str, rows: Sequence[Row], description: str = "", details: Mapping[str, str] | None = None
) -> Project:
    """A project without goal, policy and period."""
    told = tuple(Detail(heading, text) for heading, text in (details or {}).items())
    return Project(name, no, title, "", "", "", "", description, tuple(rows), (), (), told)


AOBA = "aoba"
MIDORI = "midori"

_OFFICES = {
    "1": "商工観光課",
    "2": "農政課",
    "3": "商工観光課",
    "4": "産業経済課",
    "5": "都市整備課・産業経済課",
    "6": "産業経済課",
}
_ISSUES = {
    "1": "補助を受けた店の定着が課題である。",
    "2": "生産者の高齢化が進んでいる。",
    "3": "外国語での案内が足りない。",
    "4": "",
    "5": "所有者との調整に時間がかかる。",
    "6": "申込みが減っている。",
}


def aoba() -> tuple[Project, ...]:
    """目標, 実績 and 進捗 of each year, 担当課 and 課題; No. 5 contradicts itself, No. 6 has blanks."""
    lines: dict[str, tuple[str, str, list[Row]]] = {
        "1": ("商店街にぎわい補助金", "商店街の催しに補助する。", [
            row("target", ["10件", "12件", "15件"]),
            row("result", ["8件", "12件", "16件"]),
            row("grade", ["遅れ", "順調", "順調"]),
        ]),
        "2": ("農産物直売所支援", "直売所の開設を支援する。", [
            row("target", ["3", "4", "5"], unit="か所"),
            row("result", ["3", "3", "4"], unit="か所"),
            row("grade", ["順調", "概ね順調", "概ね順調"]),
        ]),
        "3": ("観光案内所運営", "駅前で観光案内を行う。", [
            row("target", ["20,000人", "20,000人", "25,000人"]),
            row("result", ["9,800人", "15,400人", "24,100人"]),
            row("grade", ["遅れ", "遅れ", "概ね順調"]),
        ]),
        "4": ("創業相談窓口", "創業の相談に応じる。", [
            row("target", ["100", "100", "100"]),
            row("result", ["1,234", "1,300", "1,250"]),
            row("grade", ["順調", "順調", "遅れ"]),
        ]),
        "5": ("空き家活用バンク", "空き家を登録して貸し手と借り手をつなぐ。", [
            row("target", ["5件", "5件", "5件"]),
            row("result", ["2件", "4件", ("6件(2023シート C12)", "7件(総括シート F8)")]),
            row("grade", ["概ね順調", "概ね順調", "順調"]),
        ]),
        "6": ("中小企業融資あっせん", "融資をあっせんする。", [
            row("target", ["30件", "30件", "30件"]),
            row("result", ["28件", "-", ""]),
            row("grade", ["概ね順調", "-", ""]),
        ]),
    }  # fmt: skip
    return tuple(
        project(AOBA, no, title, rows, told, {"担当課": _OFFICES[no], "課題": _ISSUES[no]})
        for no, (title, told, rows) in lines.items()
    )


def midori() -> tuple[Project, ...]:
    """予算 and 決算 in 千円, indicators with 目標 and 実績, no grades and no descriptions."""
    lines: dict[str, tuple[str, list[Row]]] = {
        "1": ("図書館運営事業", [
            row("budget", ["10,000", "11,000", "12,000"], unit="千円"),
            row("settlement", ["9,876", "10,136", "11,954"], unit="千円"),
            row("target", ["50,000", "52,000", "54,000"], "貸出冊数", "冊"),
            row("result", ["48,210", "52,300", "55,012"], "貸出冊数", "冊"),
            row("target", ["80", "82", "85"], "利用者満足度", "%"),
            row("result", ["78.5", "83", "△2"], "利用者満足度", "%"),
        ]),
        "2": ("公園緑地管理事業", [
            row("budget", ["30,000", "30,500", "31,000"], unit="千円"),
            row("settlement", ["29,100", "30,200", ""], unit="千円"),
            row("target", ["12", "12", "12"], "開催回数", "回"),
            row("result", ["10", "12", "14"], "開催回数", "回"),
        ]),
        "3": ("防災訓練事業", [
            row("budget", ["1,500", "1,500", "1,800"], unit="千円"),
            row("settlement", ["1,420", "1,498", ("1,790(2023シート D9)", "1,970(決算シート D9)")], unit="千円"),
            row("target", ["12", "12", "12"], "開催回数", "回"),
            row("result", ["10", "12", "14"], "開催回数", "回"),
        ]),
        "4": ("道路補修事業", [
            row("budget", ["5,000", "△500", "6,000"], unit="千円"),
            row("result", ["3.2", "2.8", "4"], "補修延長", "km"),
            row("result", ["40", "38", "52"], "指数"),
        ]),
    }  # fmt: skip
    return tuple(project(MIDORI, no, title, rows) for no, (title, rows) in lines.items())


def open_both(folder: Path) -> dict[str, Kotae]:
    """A bot over each of the two tables."""
    grades = ("順調", "概ね順調", "遅れ")
    plans = {
        AOBA: (plan(folder / AOBA, AOBA, "あおば市産業振興計画", grades, "進捗"), aoba()),
        MIDORI: (plan(folder / MIDORI, MIDORI, "みどり町行政評価"), midori()),
    }
    return {name: open_bot(plan_, projects, folder / f"{name}-home") for name, (plan_, projects) in plans.items()}


def open_bot(plan_: Plan, projects: tuple[Project, ...], home: Path) -> Kotae:
    """The bot over a knowledge base with this one table."""

    def words(plans: Sequence[Plan], told: Sequence[Project]) -> Mapping[str, str]:
        return compile_language(Path("data/language"), plans, told, Tokenizer())

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(building, "_audited", lambda _: projects)
        building.build([plan_], words, home)
    return Kotae(KnowledgeBase.open(home))
