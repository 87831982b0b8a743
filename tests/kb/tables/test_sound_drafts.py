"""What an import says is sound can be published: the audit that a build makes is made of every draft."""

from pathlib import Path

from bot.publishing.importing import summary
from kb.tables.drafting import Draft, draft
from tests.kb.tables.tables import DATA, by_name, imported, values, workbook

CARE = [
    ["事業名", "区分", "項目", "令和4年度", "令和5年度"],
    ["教育・保育", "1号認定", "量の見込み", 60, 58],
    [None, None, "実績", 57, 51],
    [None, "2号認定", "量の見込み", 110, 108],
    [None, None, "実績", 112, 109],
    ["病児保育事業", None, "量の見込み", 100, 101],
    [None, None, "実績", 36, 88],
]
MERGED = ["B2:B3", "B4:B5", "A6:B7"]


def corrected(made: Draft, old: str, new: str) -> Draft:
    """The draft read again once a person has corrected its plan.toml."""
    path = made.plan.folder / "plan.toml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    file = made.plan.folder.parents[2] / "a.xlsx"
    return draft(file, DATA, made.plan.folder.parents[1], made.plan.id, "", lambda _: None)


def test_a_name_merged_over_the_column_of_its_lines_names_the_project_alone(tmp_path: Path) -> None:
    """A service without 区分 spans both columns: its values are its own, and the audit finds them in their place."""
    made = imported(workbook(tmp_path / "a.xlsx", {"進捗": CARE}, {"進捗": MERGED}))
    assert made.problems == ()
    sick = by_name(made)["病児保育事業"]
    assert values(sick, "target") == {2022: "100", 2023: "101"}
    assert values(sick, "result") == {2022: "36", 2023: "88"}
    assert values(by_name(made)["教育・保育"], "result", "2号認定") == {2022: "112", 2023: "109"}


def test_an_import_says_what_a_build_would_refuse(tmp_path: Path) -> None:
    """Each problem is named with its place, in the report too, and publishing isn't offered."""
    lines = [["番号", "事業名", "担当課", "R4実績", "R5実績"], ["1", "健診", "保健課", "10件", "12件"]]
    made = imported(workbook(tmp_path / "a.xlsx", {"一覧": lines}))
    assert made.problems == ()
    again = corrected(made, 'role = "detail"', 'role = "detail"\nof = "activity"')
    assert again.problems == ("一覧 C2「保健課」: 使われていないか、別の所で使われています",)
    report = (again.plan.folder / "report.csv").read_text(encoding="utf-8-sig")
    assert "公表できない所,,,,一覧 C2「保健課」: 使われていないか、別の所で使われています" in report
    told = list(summary(again))
    assert "このままでは公表できない所 1件" in told
    assert not any("kotae publish" in line for line in told)
    assert any("kotae publish" in line for line in summary(made))
