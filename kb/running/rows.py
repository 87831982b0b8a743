"""Rows: a row of the table with its project, as one SELECT gives it, and what it says of each attribute."""

from typing import NamedTuple

__all__ = ["Row", "value_of"]


class Row(NamedTuple):
    """What Query.to_sql selects."""

    project: int
    no: str
    name: str
    goal: str
    goal_text: str
    policy: str
    subpolicy: str
    description: str
    project_grade: str
    address: str
    row: int
    position: int
    activity: str | None
    period: str
    row_grade: str
    kind: str
    unit: str

    @property
    def activity_or_name(self) -> str:
        """The activity; the project's name where the row is its own."""
        return self.activity or self.name

    @property
    def grade(self) -> str:
        """The grade that holds for the row."""
        return self.row_grade or self.project_grade


def value_of(attribute: str, row: Row) -> tuple[str, tuple[str, ...]]:
    """The printed value, and the fields whose marks go with it."""
    if attribute == "goal":
        return f"{row.goal} {row.goal_text}".strip(), ("goal_text", "goal")
    if attribute == "policy":
        return " / ".join(dict.fromkeys(label for label in (row.policy, row.subpolicy) if label)), (
            "policy",
            "subpolicy",
        )
    values = {
        "grade": row.grade,
        "period": row.period,
        "description": row.description,
        "number": row.address,
        "name": row.activity_or_name,
    }
    return values[attribute], (attribute,)
