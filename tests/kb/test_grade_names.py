"""What a table calls its grades: as plan.toml says, else as their column is headed."""

from pathlib import Path

import pytest

from kb.source.plans import load_plan
from kb.tables.mapping import Column, Table

FOLDER = Path("data/plans/nerima-shokogyo")


def table(heading: str, role: str = "value", kind: str = "grade", grade_name: str = "") -> Table:
    """A mapping with one column of grades."""
    columns = {"": (Column(1, "事業名", "name"), Column(2, heading, role, kind))}
    return Table("cells.csv", "printed", ("no",), ("順調", "遅れ"), (), (), {}, (), columns, grade_name)


@pytest.mark.parametrize(
    ("heading", "name"),
    [
        ("令和4年度 / 進捗", "進捗"),
        ("令和4年度進捗", "進捗"),
        ("R5年度の評価", "評価"),
        ("2023年度 / 事業評価(A～C)", "事業評価"),
        ("令和4年度 / 評価 / A～E", "評価"),
        ("令和4年度 / 判定 / ◎・○・△", "判定"),
        ("方向性", "方向性"),
        ("令和4年度", ""),
        ("A・B・C・Dのうち当てはまるもの", ""),
        ("", ""),
    ],
)
def test_a_short_heading_is_what_grades_are_called(heading: str, name: str) -> None:
    """Without its year and its brackets; a heading that is no word calls them nothing."""
    assert table(heading).grade_heading == name


def test_the_column_of_the_whole_project_comes_before_those_of_years() -> None:
    """総合評価 beside 令和4年度進捗."""
    columns = {"": (Column(2, "令和4年度進捗", "value", "grade"), Column(3, "総合評価", "grade"))}
    both = Table("cells.csv", "printed", ("no",), (), (), (), {}, (), columns)
    assert both.grade_heading == "総合評価"


def test_plan_toml_may_say_it(tmp_path: Path) -> None:
    """In [layout], for a text flattened from a page; 達成度 where it doesn't."""
    for path in FOLDER.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    assert load_plan(tmp_path).grade_name == "達成度"
    text = (tmp_path / "plan.toml").read_text(encoding="utf-8")
    assert "[layout]\n" in text
    said = text.replace("[layout]\n", '[layout]\ngrade_name = "評価"\n', 1)
    (tmp_path / "plan.toml").write_text(said, encoding="utf-8")
    assert load_plan(tmp_path).grade_name == "評価"
