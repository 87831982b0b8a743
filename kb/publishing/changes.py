"""Changes: what a knowledge base can say otherwise than another, each as one line."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

__all__ = ["KINDS", "ROW_KINDS", "Change", "both", "place_of", "shown"]

KINDS = {
    "plan": "計画",
    "access": "見える窓口",
    "project": "事業",
    "activity": "細事業",
    "name": "事業名",
    "figure": "数字",
    "writing": "数字の書き方だけ",
    "grade": "達成度",
    "period": "実施年度",
    "label": "目標・施策",
    "description": "内容",
    "detail": "そのほかの欄",
    "note": "補正・印",
    "alias": "別名",
    "words": "言葉",
    "rest": "そのほか",
}
"""What can differ, in the order in which it is told."""
ROW_KINDS = {"target": "目標", "budget": "予算", "settlement": "決算", "grade": "評価"}
"""How rows of cells that are no results are told."""


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that is said otherwise."""

    kind: str
    """One of KINDS."""
    plan: str
    """Id of the plan; "" where it belongs to none."""
    project: str
    """The project's number; "" where it belongs to none."""
    year: int | None
    """The fiscal year of a figure."""
    place: str
    """Where it is, as it is told: No.42 平成25年度."""
    before: str | None
    """What is said now; None where it is new."""
    after: str | None
    """What would be said; None where it is gone."""

    def __str__(self) -> str:
        """One line: No.42 平成25年度 10,136千円(19事業) → 10,200千円(19事業)."""
        if self.before is None:
            return f"＋ {self.place} {self.after}".rstrip()
        if self.after is None:
            return f"－ {self.place} {self.before}".rstrip()
        return f"{self.place} {self.before} → {self.after}"


def place_of(plan: str, no: str, several: bool) -> str:
    """A project as it is told, with its plan where there are several."""
    return f"{plan} No.{no}" if several else f"No.{no}"


def both(old: Mapping[Any, Any], new: Mapping[Any, Any]) -> Iterator[Any]:
    """The keys of either side, in order, each once."""
    return iter(dict.fromkeys((*old, *new)))


def shown(value: object) -> str:
    """A value as it is told."""
    text = "・".join(map(str, value)) if isinstance(value, tuple) else str(value)
    return text or "(空白)"
