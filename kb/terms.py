"""Terms: how attributes, operators and measures are called, in replies and in questions that are asked again."""

__all__ = [
    "ADDING",
    "ATTRIBUTES",
    "BETWEEN",
    "DETAIL",
    "DIVIDING",
    "ENDINGS",
    "FIGURED",
    "GAINING",
    "MOVING",
    "OF_A_QUERY",
    "PERIODS",
    "ORDERING",
    "REMARK",
    "SELECTS",
    "STEADY",
    "TABLE",
    "TAKING",
    "TRENDS",
    "UNREAD",
    "measured",
]

ATTRIBUTES = {
    "result": "実績", "target": "目標", "budget": "予算", "settlement": "決算", "grade": "達成度", "description": "内容", "period": "実施年度", "goal": "戦略目標", "policy": "施策", "number": "事業番号", "name": "名前",
}  # fmt: skip
"""Attribute of a project → its name."""
FIGURED = ("target", "budget", "settlement", "result")
"""Attributes that are cells of a year with figures; a difference is that of the later one in this order."""
DETAIL = "detail:"
"""What the attribute of a further column begins with: detail:担当課."""
DIVIDING = "/.,?;>%~*@|"
"""What divides references and compact queries, and can be no part of a project's number in them."""
UNREAD = "unread"
"""What words ask for that head a column which was left unread."""
REMARK = "remark"
"""Type of what a word for reasons means beside them: a column of remarks, in which a reason may stand."""
ENDINGS = {
    "projects": "事業一覧", "count": "事業数", "each": "それぞれの事業数", "label": "名前", "formal": "回答文", "change": "増減", "steps": "年度ごとの増減", "rate": "前年度比", "ratio": "倍率",
    "sum": "合計", "average": "平均", "compare": "比較", "largest": "最も多い{}", "smallest": "最も少ない{}", "bounded": "{}",
    "rising": "増え続けている事業", "falling": "減り続けている事業", "risen": "増えた事業", "fallen": "減った事業", "gained": "最も増えた事業", "lost": "最も減った事業", "unchanged": "変わらない事業", "changed": "変わった事業", "having": "事業",
}  # fmt: skip
"""Operator → its name; {} is what is put in order."""
OF_A_QUERY = frozenset({*ENDINGS, "cells", "table"})
"""Operators that a query has; the others (letter, lacking, help) are of messages that ask the table nothing."""
ORDERING = frozenset({"largest", "smallest"})
"""Operators that put figures in order."""
ADDING = frozenset({"sum", "average"})
"""Operators that make one value of all cells."""
TRENDS = frozenset({"rising", "falling", "risen", "fallen", "unchanged", "changed"})
"""Operators that pick projects by how their cells go on from year to year."""
GAINING = frozenset({"gained", "lost"})
"""Operators that put the changes of projects between two years in order."""
MOVING = GAINING | {"risen", "fallen"}
"""Operators that hold two years of each project against each other."""
STEADY = frozenset({"changed", "unchanged"})
"""Operators that hold all years of a project against each other, or one against the year before it."""
SELECTS = ORDERING | TRENDS | GAINING | {"bounded"}
"""Operators of which the figures are the subject: 決算が最も多い事業, 予算が減った事業."""
TAKING = ORDERING | ADDING | {"bounded"}
"""Operators that take figures as they stand, also over a line that many projects print: 効果額の合計."""
TABLE = {
    "title": "資料名", "source": "出典", "publisher": "発行者", "years": "対象年度", "projects": "事業の総数", "goals": "戦略目標の一覧",
    "policies": "施策の一覧", "grades": "達成度の種類", "published": "公表時期",
}  # fmt: skip
"""What is asked about the table itself → its name."""

BETWEEN = {"change": "差", "rate": "割合"}
"""Operator on two kinds of cells → its name: 目標と実績の差."""

PERIODS = ("期", "期間", "年度", "時", "時点")
"""How a heading ends that calls years: 第8期, 基準年度; 効果額 over the one year that has any is what is counted."""

_MEASURES = {"円": "金額", "人": "人数"}


def measured(measure: str) -> str:
    """How a query's measure is said: 金額, 補給, 事業数と金額; "" where it has none."""
    parts = (part.partition(":") for part in measure.split("+") if part)
    return "と".join(label or _MEASURES.get(unit, f"{unit}数") for unit, _, label in parts)
