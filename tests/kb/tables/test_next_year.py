"""Next year's file of a plan is read with the mapping that a person has corrected; what changed is named, not guessed."""

import shutil
from pathlib import Path

import pytest

from kb.errors import DataError
from kb.source.plan_sections import Access
from kb.tables.restricting import MOVED
from tests.kb.tables.tables import DATA, by_name, details, imported, units, values, workbook

HEAD = ["番号", "事業名", "所管", "R4実績", "R5実績", "評価"]
LINES = [HEAD, ["1", "健診", "保健課", "10", "12", "A"], ["2", "相談", "福祉課", "5", "6", "B"]]
NEXT = ["番号", "事業名", "所管", "R5実績", "R6実績", "評価"]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data/ in which the plan town is published, its mapping corrected: results are counted in 件."""
    copy = tmp_path / "data"
    shutil.copytree(DATA, copy)
    made = imported(workbook(tmp_path / "r5.xlsx", {"一覧": LINES}), data=copy)
    folder = copy / "plans" / "town"
    shutil.copytree(made.plan.folder, folder)
    shutil.rmtree(made.plan.folder)
    text = (folder / "plan.toml").read_text(encoding="utf-8")
    for kind in ("result",):
        text = text.replace(f'kind = "{kind}"\n', f'kind = "{kind}"\nunit = "件"\n')
    text = text.replace('publisher = ""', 'publisher = "みどり町"')
    (folder / "plan.toml").write_text(text, encoding="utf-8")
    return copy


def test_the_mapping_is_used_again(tmp_path: Path, data: Path) -> None:
    """A new year under a known heading is read as the corrected years were; a year that is gone is no loss."""
    lines = [NEXT, ["1", "健診", "保健課", "12", "15", "A"], ["3", "訪問", "福祉課", "", "7", "C"]]
    made = imported(workbook(tmp_path / "r6.xlsx", {"一覧": lines}), data=data)
    assert (made.plan.id, made.plan.publisher, made.plan.years) == ("town", "みどり町", (2023, 2024))
    assert values(made.projects[0], "result") == {2023: "12", 2024: "15"}
    assert units(made.projects[0], "result") == {"件"}
    assert [line for line in made.assumed if "見出し" in line] == []
    assert made.plan.layout.grades == ("A", "B", "C")


def test_a_renamed_heading_is_named_and_not_read(tmp_path: Path, data: Path) -> None:
    """所管 became 担当課: its cells are unread until a person says what they are."""
    lines = [["番号", "事業名", "担当課", "R5実績", "R6実績", "評価"], ["1", "健診", "保健課", "12", "15", "A"]]
    made = imported(workbook(tmp_path / "r6.xlsx", {"一覧": lines}), data=data)
    assert [line for line in made.assumed if "見出し" in line] == [
        '新しい見出し: 「担当課」(C列)はまだ読みません。「所管」が変わったものなら、plan.toml で role = "detail" にしてください',
        "なくなった見出し: 「所管」(C列にありました)",
    ]
    assert [(one.address, one.text) for one in made.unread] == [("C2", "保健課")]
    assert details(made.projects[0]) == {}


def test_a_corrected_draft_is_read_as_it_was_corrected(tmp_path: Path, data: Path) -> None:
    """The same file again: what a person wrote into the draft's plan.toml stays and decides, comments too."""
    lines = [["番号", "事業名", "担当課", "R5実績", "R6実績", "評価"], ["1", "健診", "保健課", "12", "15", "A"]]
    file = workbook(tmp_path / "r6.xlsx", {"一覧": lines})
    plan = imported(file, data=data).plan.folder / "plan.toml"
    text = plan.read_text(encoding="utf-8").replace('role = "unread"', 'role = "detail" # 課の名前')
    plan.write_text(text, encoding="utf-8")
    again = imported(file, data=data)
    assert (again.kept, again.unread, details(again.projects[0])) == (True, (), {"担当課": "保健課"})
    assert plan.read_text(encoding="utf-8") == text


def test_a_new_heading_is_named_and_not_read(tmp_path: Path, data: Path) -> None:
    """What nobody has mapped yet waits for a person."""
    lines = [[*NEXT, "SDGs"], ["1", "健診", "保健課", "12", "15", "A", "3"]]
    made = imported(workbook(tmp_path / "r6.xlsx", {"一覧": lines}), data=data)
    assert "新しい見出し: 「SDGs」(G列)はまだ読みません。使うなら plan.toml で role を書いてください" in made.assumed
    assert [(one.address, one.text, one.reason) for one in made.unread] == [("G2", "3", '使わない列(role = "unread")')]


def test_a_renamed_column_of_names_stops(tmp_path: Path, data: Path) -> None:
    """Without it there is no project, so nothing is written."""
    lines = [["番号", "取組名", "所管", "R5実績", "R6実績", "評価"], ["1", "健診", "保健課", "12", "15", "A"]]
    with pytest.raises(DataError) as caught:
        imported(workbook(tmp_path / "r6.xlsx", {"一覧": lines}), data=data)
    assert "事業名の列「事業名」がありません。新しい見出しは「取組名」です。" in str(caught.value)
    assert not (tmp_path / "home" / "drafts" / "town").exists()


def test_a_file_whose_name_is_that_of_a_plan_asks_for_it(tmp_path: Path, data: Path) -> None:
    """A published plan is never replaced by accident."""
    with pytest.raises(
        DataError, match="計画「town」はもうあります。その表を差しかえるときは --plan town をつけてください"
    ):
        imported(workbook(tmp_path / "town.xlsx", {"一覧": LINES}), plan="", data=data)


def test_a_first_import_takes_its_id_from_the_file(tmp_path: Path) -> None:
    """Latin letters as they stand; any other name gives one that stays the same."""
    assert imported(workbook(tmp_path / "Plan 2023.xlsx", {"一覧": LINES}), plan="").plan.id == "plan-2023"
    assert imported(workbook(tmp_path / "評価.xlsx", {"一覧": LINES}), plan="").plan.id.startswith("table-")
    assert list(by_name(imported(workbook(tmp_path / "評価.xlsx", {"一覧": LINES}), plan=""))) == ["健診", "相談"]


def test_next_years_file_brings_its_own_title(tmp_path: Path, data: Path) -> None:
    """The title over the table is taken, and that it is another one is said; a file without one keeps the known one."""
    lines = [["みどり町事務事業評価 令和6年度実施分"], [], NEXT, ["1", "健診", "保健課", "12", "15", "A"]]
    made = imported(workbook(tmp_path / "r6.xlsx", {"一覧": lines}), data=data)
    assert made.plan.title == "みどり町事務事業評価 令和6年度実施分"
    assert "題名はファイルの「みどり町事務事業評価 令和6年度実施分」にしました(前は「r5」)" in made.assumed
    bare = imported(workbook(tmp_path / "bare.xlsx", {"一覧": lines[2:]}), data=data)
    assert bare.plan.title == "r5"


def test_the_published_file_again_is_read_as_it_was_corrected(tmp_path: Path, data: Path) -> None:
    """A year that a person gave a column whose heading says none stays; so does all else of the published plan.toml."""
    lines = [["番号", "事業名", "実績値", "R5決算"], ["1", "健診", "12", "900"], ["2", "相談", "6", "80"]]
    file = workbook(tmp_path / "once.xlsx", {"一覧": lines})
    made = imported(file, plan="once", data=data)
    folder = data / "plans" / "once"
    shutil.move(made.plan.folder, folder)
    text = (folder / "plan.toml").read_text(encoding="utf-8")
    text = text.replace('heading = "実績値"\nrole = "value"\n', 'heading = "実績値"\nrole = "value"\nyear = 2023\n')
    (folder / "plan.toml").write_text(text, encoding="utf-8")
    again = imported(file, plan="once", data=data)
    assert (again.kept, again.unread) == (True, ())
    assert values(again.projects[0], "result") == {2023: "12"}


# What is withheld


def withhold(data: Path, section: str) -> None:
    """Write [access] into the published plan."""
    path = data / "plans" / "town" / "plan.toml"
    path.write_text(f"{path.read_text(encoding='utf-8')}\n[access]\n{section}\n", encoding="utf-8")


@pytest.mark.parametrize(
    ("section", "access"),
    [
        ("internal = true", Access(internal=True)),
        ('projects = ["2"]', Access(projects=("2",))),
        ('projects = ["2"]\nplatforms = ["web", "line"]', Access(projects=("2",), platforms=("web", "line"))),
        ("platforms = []", Access(platforms=())),
    ],
)
def test_what_is_withheld_stays_withheld(tmp_path: Path, data: Path, section: str, access: Access) -> None:
    """[access] is carried into next year's draft, and stays there when it is read again."""
    withhold(data, section)
    file = workbook(tmp_path / "r6.xlsx", {"一覧": [NEXT, *LINES[1:], ["3", "訪問", "福祉課", "", "7", "C"]]})
    assert [imported(file, data=data).plan.access for _ in range(2)] == [access, access]


@pytest.mark.parametrize(
    "lines",
    [
        [["1", "相談", "福祉課", "6", "7", "B"], ["2", "健診", "保健課", "12", "15", "A"]],
        [["1", "健診", "保健課", "12", "15", "A"], ["3", "相談", "福祉課", "6", "7", "B"]],
        [["1", "健診", "保健課", "12", "15", "A"], ["2", "新しい相談", "福祉課", "6", "7", "B"]],
    ],
    ids=["swapped", "renumbered", "renamed"],
)
def test_numbers_that_mean_other_projects_withhold_the_whole_plan(
    tmp_path: Path, data: Path, lines: list[list[str]]
) -> None:
    """Nobody can tell any more what was meant: nothing is given until a person has looked."""
    withhold(data, 'projects = ["2"]\nplatforms = ["line"]')
    file = workbook(tmp_path / "r6.xlsx", {"一覧": [NEXT, *lines]})
    made = imported(file, data=data)
    assert made.plan.access == Access(internal=True, platforms=("line",))
    assert MOVED in made.assumed
    assert imported(file, data=data).plan.access == made.plan.access


def test_who_is_given_what_can_be_corrected_in_the_draft(tmp_path: Path, data: Path) -> None:
    """A person's [access] stays as it is when the same file is read again."""
    withhold(data, 'projects = ["2"]')
    file = workbook(tmp_path / "r6.xlsx", {"一覧": [NEXT, ["7", "相談", "福祉課", "6", "7", "B"]]})
    path = imported(file, data=data).plan.folder / "plan.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("internal = true", 'projects = ["7"]'), encoding="utf-8")
    assert imported(file, data=data).plan.access == Access(projects=("7",))


def test_what_a_person_wrote_of_the_plan_and_its_projects_stays(tmp_path: Path, data: Path) -> None:
    """Names, how a number is shown, marks and links of projects that are the same; the rest is said, the dates too."""
    path = data / "plans" / "town" / "plan.toml"
    text = path.read_text(encoding="utf-8").replace('row = "No.{no}"', 'row = "事業{no}"')
    text = text.replace("\n# 表の年度", 'names = ["みどり評価"]\n\n# 表の年度')
    text = text.replace('as_of = ""', 'as_of = "2024-03-31"').replace('retrieved = ""', 'retrieved = "2024-06-01"')
    text += '\n[[marks]]\nprojects = ["1", "2"]\nfield = "grade"\nkind = "inferred"\nreason = "推定です"\n'
    text += '\n[[continues]]\nproject = "1"\nfrom = "former/4"\n\n[[continues]]\nproject = "2"\nfrom = "former/5"\n'
    path.write_text(text, encoding="utf-8")
    lines = [NEXT, ["1", "健診", "保健課", "12", "15", "A"], ["2", "訪問", "福祉課", "", "7", "C"]]
    made = imported(workbook(tmp_path / "r6.xlsx", {"一覧": lines}), data=data)
    assert (made.plan.names, made.plan.row) == (("みどり評価",), "事業{no}")
    assert [[mark.reason for mark in project.marks] for project in made.projects] == [["推定です"], []]
    assert [(link.project, link.before) for link in made.plan.continues] == [("1", "former/4")]
    assert (made.plan.as_of, made.plan.retrieved) == ("", "")
    assert [line for line in made.assumed if "引きつぎません" in line] == [
        "時点(as_of)「2024-03-31」は前のファイルのものなので引きつぎません(plan.toml に書けます)",
        "取得した日(retrieved)「2024-06-01」は前のファイルのものなので引きつぎません(plan.toml に書けます)",
        "番号と名前が前の表と合わないため、印([[marks]])・前の計画からの続き([[continues]])を引きつぎません: No.2",
    ]


def test_the_table_before_is_not_read_where_nothing_is_carried_over(tmp_path: Path, data: Path) -> None:
    """Negative control: next year's file is read though the cells of the one before can't be any more."""
    plan = data / "plans" / "town"
    for cells in plan.glob("cells-*.csv"):
        cells.write_text("", encoding="utf-8")
    made = imported(workbook(tmp_path / "r6.xlsx", {"一覧": [NEXT, *LINES[1:]]}), data=data)
    assert [project.name for project in made.projects] == ["健診", "相談"]
