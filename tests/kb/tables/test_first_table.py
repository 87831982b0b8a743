"""The first table, rebuilt as the workbook that it must once have been, gives what the published text gives."""

from dataclasses import replace
from pathlib import Path

from kb.source.plans import load_plan
from kb.source.projects import Project
from kb.source.reading import read_projects
from tests.kb.tables.tables import imported, workbook

PUBLISHED = load_plan(Path("data/plans/nerima-shokogyo"))
HEAD = ["戦略目標", "施策", "", "番号", "事業名", "内容", "細事業", "実施年度", "事業実績", "", "", "", "達成度"]
YEARS = [""] * 8 + ["23年度", "24年度", "25年度", "26年度"]
MERGED = ["I3:L3", "B3:C4", *(f"{letter}3:{letter}4" for letter in "ADEFGHM")]


def lines(projects: tuple[Project, ...]) -> list[list[str]]:
    """The table's lines with every label in place, as they stand before cells are merged."""
    made = [[PUBLISHED.layout.title[0]], [], HEAD, YEARS]
    for project in projects:
        for at, row in enumerate(project.rows):
            labels = [f"{project.goal} {project.goal_text}", project.policy, project.subpolicy]
            own = [project.no, project.name, project.description] if at == 0 else ["", "", ""]
            texts = [cell.text for cell in row.cells]
            made.append([*labels, *own, row.activity or "", row.period, *texts, row.grade])
    return made


def merge(table: list[list[str]], projects: tuple[Project, ...]) -> list[str]:
    """Merge labels over the rows that they hold for, and a project's own cells over its rows."""
    areas = list(MERGED)
    starts = [at for at, line in enumerate(table) if at > 3 and line[3]]
    for at, project in zip(starts, projects, strict=True):
        if len(project.rows) > 1:
            areas += [f"{letter}{at + 1}:{letter}{at + len(project.rows)}" for letter in "DEF"]
    for column, letter in enumerate("ABC"):
        top = 4
        for at in range(5, len(table) + 1):
            if at == len(table) or table[at][: column + 1] != table[top][: column + 1]:
                areas += [f"{letter}{top + 1}:{letter}{at}"] if at - top > 1 else []
                top = at
    return areas


def test_the_workbook_gives_the_same_projects_rows_and_cells(tmp_path: Path) -> None:
    """51 projects and 59 rows: names, activities, periods, cells, grades, goals and policies are those of the text."""
    published = read_projects(PUBLISHED)
    table = lines(published)
    file = workbook(tmp_path / "進捗状況.xlsx", {"進捗": table}, {"進捗": merge(table, published)})
    made = imported(file, "nerima-again")
    assert made.unread == ()
    assert made.remarks == ()
    assert (len(made.projects), sum(len(project.rows) for project in made.projects)) == (51, 59)
    bare = [replace(project, corrections=(), marks=()) for project in published]
    assert [replace(project, plan="nerima-shokogyo") for project in made.projects] == bare
    assert (made.plan.title, made.plan.era, made.plan.keys) == (
        "練馬区商工業振興計画 (平成23～26年度) 進捗状況 <アニメ産業・観光は除く>",
        "平成",
        ("23", "24", "25", "26"),
    )


def test_one_other_cell_makes_another_table(tmp_path: Path) -> None:
    """Negative control: the comparison sees a single changed figure."""
    published = read_projects(PUBLISHED)
    table = lines(published)
    table[4][8] = "来場者数 3,201人"
    file = workbook(tmp_path / "進捗状況.xlsx", {"進捗": table}, {"進捗": merge(table, published)})
    made = imported(file, "nerima-again")
    changed = [a.no for a, b in zip(made.projects, published, strict=True) if a.rows != b.rows]
    assert changed == ["1"]


def test_the_published_text_itself_is_drafted_by_its_own_rules(tmp_path: Path) -> None:
    """A text flattened from a page keeps its [layout], its corrections and its reader."""
    file = tmp_path / "進捗.txt"
    file.write_bytes((PUBLISHED.folder / "source.txt").read_bytes())
    made = imported(file, "nerima-shokogyo")
    assert made.projects == read_projects(PUBLISHED)
    assert made.plan.file.startswith("source-")
