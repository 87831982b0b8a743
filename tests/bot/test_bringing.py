"""A table's whole way: imported, looked at, published, asked, replaced by next year's file, and taken back."""

import shutil
import tempfile
from pathlib import Path

import pytest

from bot.publishing.importing import import_table
from kb.publishing.drafts import drafts
from kb.source.plans import load_plan, load_plans
from kb.source.reading import read_projects
from tests.bot.conftest import Run
from tests.crashing import killed_at, steps_of
from tests.drafting import DATA, PLAN, QUESTION
from tests.kb.tables.tables import workbook

HEAD = ["番号", "事業名", "事業内容", "令和4年度実績", "令和5年度実績", "評価"]
FIRST = [
    ["みどり町農業振興計画 進捗状況"],
    HEAD,
    ["1", "直売所応援事業", "直売所を支援する", "3か所", "5か所", "A"],
    ["2", "援農ボランティア養成", "ボランティアを育てる", "40人", "38人", "B"],
    ["3", "学校給食への供給", "地場野菜を届ける", "12校", "12校", "A"],
]
NEXT = [*FIRST[:2], ["1", "直売所応援事業", "直売所を支援する", "3か所", "6か所", "A"], *FIRST[3:]]


def test_a_workbook_becomes_a_plan(run: Run, place: tuple[Path, Path], tmp_path: Path) -> None:
    """Beside the first plan, which answers as before; its file and its cells lie in data/, the draft is gone."""
    data, home = place
    book = workbook(tmp_path / "midori.xlsx", {"一覧": FIRST})
    assert run("import", str(book), "--plan", "midori").exit_code == 0
    assert "下書きがあります(midori)" in run("build").stdout
    assert "計画1件 事業3件" in run("publish").stdout
    folder = data / "plans" / "midori"
    assert [path.suffix for path in sorted(folder.iterdir())] == [".csv", ".toml", ".xlsx"]
    assert [project.name for project in read_projects(load_plan(folder))] == [line[1] for line in FIRST[2:]]
    assert drafts(home) == ()
    assert run("ask", QUESTION).stdout.startswith("10,136千円(19事業)")
    assert run("build").stdout.startswith("知識ベースをつくりました: 54事業 62行")


def test_next_years_file_is_shown_by_its_changed_cells(run: Run, place: tuple[Path, Path], tmp_path: Path) -> None:
    """One figure: one line of diff; published and taken back. Here the plan is the first and only one of its home."""
    for folder in (place[0] / "plans", place[1]):
        shutil.rmtree(folder)
    for lines in (FIRST, NEXT):
        book = workbook(tmp_path / "midori.xlsx", {"一覧": lines})
        assert run("import", str(book), "--plan", "midori").exit_code == 0
        if lines is FIRST:
            assert run("publish").stdout.startswith("公表しました: 3事業 3行 版 ")
    assert "数字: 1件\n  No.1 令和5年度 5か所 → 6か所\n" in run("diff").stdout
    assert "数字1件" in run("publish").stdout
    assert run("ask", "直売所応援事業の令和5年度の実績は？").stdout.startswith("6か所")
    assert run("rollback").exit_code == 0
    assert run("ask", "直売所応援事業の令和5年度の実績は？").stdout.startswith("5か所")
    assert "取り消されている" in run("build").stdout


def test_a_new_text_of_the_first_plan_goes_the_same_way(run: Run, place: tuple[Path, Path], tmp_path: Path) -> None:
    """Twice in turn: the names of the files of the one before are never taken for others."""
    data, _ = place
    text = (DATA / "plans" / PLAN / "source.txt").read_text(encoding="utf-8")
    for figure in ("10,200千円(19事業)", "10,300千円(19事業)"):
        file = tmp_path / "new.txt"
        file.write_text(text.replace("10,136千円(19事業)", figure), encoding="utf-8")
        assert run("import", str(file), "--plan", PLAN).exit_code == 0
        published = run("publish")
        assert (published.exit_code, published.stderr, "数字1件" in published.stdout) == (0, "", True)
        assert run("ask", QUESTION).stdout.startswith(figure)
        assert run("check").exit_code == 0
    assert len(list((data / "plans" / PLAN).glob("source*.txt"))) == 3


@pytest.mark.parametrize("every", [False, pytest.param(True, marks=pytest.mark.slow)])
def test_an_import_that_is_killed(
    place: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, every: bool
) -> None:
    """At any step: the old draft or the new one waits, whole, data/ is as it was, and importing again goes on."""
    data, home = place
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))  # who is killed clears nothing away
    old = workbook(tmp_path / "old.xlsx", {"一覧": FIRST})
    new = workbook(tmp_path / "new.xlsx", {"一覧": NEXT})

    def bring(file: Path) -> None:
        import_table(file, data, home, "midori", "", lambda _: None)

    before = {path: path.read_bytes() for path in data.rglob("*") if path.is_file()}
    bring(old)
    count, found = steps_of(lambda: bring(new)), []
    for step in range(1, count + 1) if every else (1, count // 2, count):
        bring(old)
        assert killed_at(step, lambda: bring(new))
        (folder,) = drafts(home)
        found.append(read_projects(load_plan(folder))[0].rows[0].cells[-1].text)
    bring(new)
    assert read_projects(load_plan(folder))[0].rows[0].cells[-1].text == "6か所"
    assert (found[0], found[-1], set(found)) == ("5か所", "6か所", {"5か所", "6か所"})
    assert {path: path.read_bytes() for path in data.rglob("*") if path.is_file()} == before


def test_a_plan_that_comes_before_the_others(run: Run, place: tuple[Path, Path], tmp_path: Path) -> None:
    """Published by an id that sorts first, it stands where a build puts it: data/ holds nothing that isn't in force."""
    book = workbook(tmp_path / "midori.xlsx", {"一覧": FIRST})
    assert run("import", str(book), "--plan", "aaa").exit_code == 0
    assert run("publish").exit_code == 0
    assert [plan.id for plan in load_plans(place[0] / "plans")] == ["aaa", PLAN]
    revision = run("revisions").stdout
    added = run("alias", "add", "直売", "1", "--plan", "aaa")
    assert (added.exit_code, added.stderr) == (0, "")
    run("alias", "remove", "直売", "--plan", "aaa")
    assert run("build").exit_code == 0
    assert revision.splitlines()[0].split()[0] in run("revisions").stdout


def test_a_year_between_those_of_the_table(run: Run, tmp_path: Path) -> None:
    """令和2年度 lies between the first and the last year and has no column: the years that there are, are named."""
    lines = [
        ["みどり町指標 一覧"],
        ["番号", "事業名", "令和元年度実績", "令和3年度実績"],
        ["1", "直売所応援事業", "3か所", "5か所"],
    ]
    assert run("import", str(workbook(tmp_path / "a.xlsx", {"一覧": lines})), "--plan", "midori").exit_code == 0
    assert run("publish").exit_code == 0
    assert run("ask", "直売所応援事業の令和2年度の実績は？").stdout.startswith(
        "令和2年度(2020年度)はこの資料にありません。資料にあるのは令和元年度(2019年度)・令和3年度(2021年度)です。\n"
    )


def test_numbers_that_are_no_single_figure_are_named_where_they_are_left_out(run: Run, tmp_path: Path) -> None:
    """(600) and 600～900 stand in the table: that no number stands there would be untrue; of a blank it is true."""
    lines = [
        ["みどり町補助金 一覧"],
        ["番号", "事業名", "令和4年度決算(千円)", "令和5年度決算(千円)"],
        ["1", "直売所応援補助金", "500", "700"],
        ["2", "耐震改修補助金", "(600)", "600～900"],
        ["3", "見守り補助金", "", "300"],
    ]
    assert run("import", str(workbook(tmp_path / "a.xlsx", {"一覧": lines})), "--plan", "midori").exit_code == 0
    assert run("publish").exit_code == 0
    assert run("ask", "令和4年度の決算の合計は？").stdout.splitlines()[:4] == [
        "決算の合計 500千円(計算値)",
        "式: 500千円",
        "ひとつの数字として読めない欄は含めていません: 耐震改修補助金(No.2) 令和4年度 決算 (600)",
        "この数字の記載がない1行は含めていません。",
    ]
    assert (
        "含めていません: 耐震改修補助金(No.2) 令和5年度 決算 600～900\n"
        in run("ask", "令和5年度の決算の合計は？").stdout
    )


def test_a_figure_that_is_only_written_otherwise_is_no_changed_figure(run: Run, tmp_path: Path) -> None:
    """4,610 and 4610 are told apart from 5,150 → 5,155, and the examples ask in the years of the table."""
    head = ["番号", "事業名", "令和4年度決算(千円)", "令和5年度決算(千円)"]
    for figures in (["4,610", "5,150"], ["4610", "5155"]):
        lines = [["みどり町補助金 一覧"], head, ["1", "直売所応援補助金", *figures]]
        assert run("import", str(workbook(tmp_path / "a.xlsx", {"一覧": lines})), "--plan", "midori").exit_code == 0
        if figures[0] == "4,610":
            assert run("publish").exit_code == 0
    shown = run("diff").stdout
    assert "数字: 1件\n  midori No.1 決算 令和5年度 5,150(千円) → 5155(千円)\n" in shown
    assert "数字の書き方だけ: 1件\n  midori No.1 決算 令和4年度 4,610(千円) → 4610(千円)\n" in shown
    assert "直売所応援補助金の令和5年度の前年度比は？" in shown
