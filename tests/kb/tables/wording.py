"""The words of invented tables: what offices head their columns by, and how they write a year."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

__all__ = [
    "BASES",
    "EXTRAS",
    "NOS",
    "ODD",
    "TRICKY",
    "AMOUNTS",
    "FORMS",
    "GROUPS",
    "JUNK",
    "KINDS",
    "KIND_WORDS",
    "LABELS",
    "NUMBERS",
    "OTHERS",
    "PLANNED",
    "TEXTS",
    "WORDS",
    "Form",
]


@dataclass(frozen=True)
class Form:
    """A way to write a year."""

    name: str
    write: Callable[[int], str]


FORMS = (
    Form("令和5年度", lambda year: f"令和{year - 2018}年度".replace("令和1年", "令和元年")),
    Form("R5", lambda year: f"R{year - 2018}"),
    Form("2023", str),
    Form("2023年度", lambda year: f"{year}年度"),
    Form("５年度", lambda year: f"{chr(0xFF10 + year - 2018)}年度"),
    Form("令和5(2023)", lambda year: f"令和{year - 2018}({year})"),
    Form("令和5年度(2023年度)", lambda year: f"令和{year - 2018}年度({year}年度)"),
    Form("R5年度末", lambda year: f"R{year - 2018}年度末"),
    Form("令和５年度", lambda year: f"令和{chr(0xFF10 + year - 2018)}年度"),
    Form("R5年度", lambda year: f"R{year - 2018}年度"),
)
KINDS = ["target", "result", "budget", "settlement"]
AMOUNTS = ("budget", "settlement")
KIND_WORDS = {
    "target": ["目標", "目標値", "計画値", "計画"],
    "result": ["実績", "実績値"],
    "budget": ["予算", "予算額", "当初予算額"],
    "settlement": ["決算", "決算額", "執行額"],
}
PLANNED = ("量の見込み", "確保方策")
"""Words that are both of the kind target, as plans for children and for care print them."""
GROUPS = ["対象", "対象者", "地区別", "区分", "圏域"]
"""Headings of a column that tells lines of one name apart, most of them unlisted."""
OTHERS = ["達成率", "執行率", "前年度比", "増減", "進捗率"]
BASES = ["基準値", "現状値", "策定時", "当初値", "計画策定時の値"]
ODD = ["延べ{}", "△{}", "{}(うち女性3)", "{}\n(前年より増)", "約{}", "{}以上"]
TRICKY = [
    "統計調査事業",
    "庁舎建築設計",
    "総合計画策定",
    "評価制度の見直し",
    "令和5年度臨時給付金事業",
    "3世代同居支援",
    "合計特殊出生率の向上",
    "目標管理の推進",
    "※印刷物の発行",
    "注意喚起の実施",
    "実績報告会の開催",
    "備考欄の整備",
    "予算編成",
    "人件費",
    "指標の見直し",
    "A",
]
NOS = ["{}", "1-{}", "00{}", "({})", "{}-(1)", "事業{}", "①{}"]
EXTRAS = {
    "reversed": 0.1,
    "baseline": 0.15,
    "section": 0.1,
    "again": 0.1,
    "numbering": 0.08,
    "graded": 0.15,
    "odd": 0.15,
    "tricky": 0.15,
    "spaced": 0.1,
    "swapped": 0.15,
    "subtotals": 0.1,
    "summed": 0.08,
    "broken": 0.1,
}
"""What makes a table harder, and in how many tables it stands."""
NUMBERS = ["No.", "番号", "事業番号", "№", "整理番号"]
LABELS = {
    "goal": ["基本目標", "政策", "政策名"],
    "policy": ["施策", "基本施策", "施策名"],
    "name": ["事業名", "事務事業名", "取組", "主な取組", "計画事業名", "具体的な取組"],
    "indicator": ["指標", "指標名", "成果指標", "KPI", "活動指標"],
}
TEXTS = ["担当課", "事業内容", "備考", "課題", "今後の方向性", "所管課"]
WORDS = ["保育所", "道路", "観光", "健康づくり", "図書館", "公園", "防災", "水道", "子育て", "農業", "森林", "文化財"]
JUNK = ["みどり町総合計画 進捗状況一覧", "みどり町", "令和6年8月1日現在", "※数値は速報値を含む"]
